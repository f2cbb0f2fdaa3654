"""What preview foretells is what is then sent; of the store, the daemon and the workers it touches nothing."""
import hashlib
import json
import os
import subprocess

from harness.installation import programs
from harness.office import TASKS, dossier, task

READER, GROUP = 65534, 65433  # who is nobody, and a group that owns nothing else


def office_of_today(new_office):
    office = new_office()
    office.list("25/06/2026 06:40", dossier("HS-1", due="24/06/2026 17:00"), dossier("HS-2", due="26/06/2026 17:00"),
                dossier("HS-3", due="25/06/2026 17:00", holder="dung", unit="tu"))
    return office


def foretold(office, *options):
    return json.loads(office.run("preview", "--json", "--messages", *options).stdout)


def found(messages):
    return [(message["at"][:16].replace("T", " "), message["person"], message["channel"],
             {line["code"]: (line["level"], line["fresh"]) for line in message["lines"]}) for message in messages]


def test_what_is_foretold_is_then_sent(new_office):
    office = office_of_today(new_office)
    office.up()
    expected = foretold(office, "--to", "29/06/2026")["messages"]
    office.go_on_to("2026-06-29 23:59")
    sent = office.all_told()
    assert sorted(found(expected), key=str) == sorted(
        ((message.at, message.person, message.channel, {code: (level, code in message.fresh) for code, level in message.lines.items()})
         for message in sent), key=str)
    assert {message["subject"] for message in expected} == {message.subject for message in sent}
    assert len(sent) > 8


def test_tasks_that_come_round_are_foretold_with_their_dates_to_come(new_office):
    office = new_office(rules=TASKS.replace("before: 3wd", "before: 7wd"))  # reached when the one before is due
    office.import_rows("items", [task("NV-1", "26/06/2026", recurrence="hằng tuần")], "--feed", "nhiem-vu", "--as-of", "25/06/2026 06:41")
    office.up()
    expected = found(foretold(office, "--to", "14/07/2026")["messages"])
    office.go_on_to("2026-07-14 23:59")
    assert expected == [(message.at, message.person, message.channel, {code: (level, code in message.fresh) for code, level in message.lines.items()})
                        for message in office.all_told()]
    assert {code for message in expected for code in message[3]} >= {"NV-1/2026-W26", "NV-1/2026-W28"}


def kept(office):
    """All files of the store but the index of its log, in which readers mark themselves."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in office.directory.iterdir()
            if path.name.startswith("kiphan.db") and not path.name.endswith("-shm")}


def test_nothing_is_touched(new_office):
    office = office_of_today(new_office)
    office.up()
    before, rows, log, queue = kept(office), office.dump(), office.log("kiphand"), office.ask("STATUS")["queue"]
    foretold(office, "--to", "60d")
    assert (kept(office), office.dump(), office.log("kiphand"), office.ask("STATUS")["queue"]) == (before, rows, log, queue)
    assert not office.messages()


def test_it_needs_no_daemon_and_waits_for_nobody(new_office):
    office = office_of_today(new_office)
    before = kept(office)
    assert foretold(office)["messages"]
    assert kept(office) == before


def test_whoever_may_only_read_may_ask(new_office):
    """A member of group kiphan: may read the store, may write nowhere."""
    office = office_of_today(new_office)
    expected = foretold(office)
    for path in [office.directory, *office.directory.iterdir()]:
        os.chown(path, 0, GROUP)
        path.chmod(0o750 if path.is_dir() else 0o640)
    for parent in office.directory.parents:
        if parent.stat().st_uid == os.getuid() and str(parent) != "/":
            parent.chmod(parent.stat().st_mode | 0o011)
    before = kept(office)
    asked = subprocess.run([programs() / "kiphan", "preview", "--json", "--messages"], env=office.environment, capture_output=True, text=True,
                           user=READER, group=GROUP, extra_groups=[])
    assert asked.returncode == 0, asked.stderr
    assert json.loads(asked.stdout) == expected
    assert kept(office) == before


def test_the_table_is_person_by_day_with_totals(new_office):
    office = office_of_today(new_office)
    lines = office.run("preview", "--to", "5d", "--lang", "vi").stdout.splitlines()
    assert lines[0].split() == ["Th5", "25/6", "Th6", "26/6", "Th2", "29/6", "Tổng"]
    cells = {line.split()[0]: line.split()[1:] for line in lines[1:-2]}
    assert cells["an"] == ["mail", "1", "1", "1", "3"]
    assert cells["dung"] == ["mail", "1", "1", "1", "3"]
    assert cells["pct2"] == ["mail", "–", "–", "1", "1"]
    total = cells["Tổng"]
    assert sum(map(int, total[:-1])) == int(total[-1])
    assert lines[-2].startswith(f"{len(cells) - 1} người, {total[-1]} thông báo; nhiều nhất cho một người trong một ngày: 1")
    only = office.run("preview", "--to", "5d", "--person", "an", "--lang", "en").stdout
    assert "Thu 25/6" in only and "1 people, 3 messages" in only and "dung" not in only


def test_from_a_later_day_only_what_leaves_then(new_office):
    office = office_of_today(new_office)
    everything = found(foretold(office, "--to", "30/06/2026")["messages"])
    later = found(foretold(office, "--from", "29/06/2026", "--to", "30/06/2026")["messages"])
    assert later == [message for message in everything if message[0] >= "2026-06-29"]
    assert later and len(later) < len(everything)


def test_what_cannot_be_foretold_is_refused(new_office):
    office = office_of_today(new_office)
    for wrong in (["--from", "24/06/2026"], ["--to", "24/06/2026"], ["--to", "400d"], ["--to", "soon"], ["--diff"], ["--person", "x y z"]):
        assert office.run("preview", *wrong, check=False).returncode in (1, 2), wrong

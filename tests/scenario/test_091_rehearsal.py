"""A rehearsal sends every message to one person with the real recipient on top, at most n a day; live again, each person gets one first message, no history."""
import json

import pytest

from harness.office import OUTBOX, PEOPLE, RULES, changed, dossier, file_channel
from harness.stubs import NO_ANSWER

REHEARSAL = "delivery: rehearsal\nrehearsal: {to: quantri, most-a-day: %d}"
ROWS = [dossier("HS-1", due="24/06/2026 17:00"), dossier("HS-2", due="26/06/2026 17:00"), dossier("HS-3", due="15/06/2026 17:00", holder="binh")]


def address(message):
    return str(message.mail["To"])


def live(office):
    office.set_settings(delivery="delivery: live")
    office.reload()
    assert "the settings were reloaded" in office.log("kiphand")


def test_every_message_goes_to_one_person_with_the_real_one_on_top(new_office):
    office = new_office(delivery=REHEARSAL % 50)
    office.list("25/06/2026 06:40", *ROWS)
    office.up()
    office.go_on_to("2026-06-25 07:30")
    told = office.told()
    assert sorted(told) == ["an", "binh", "pct2", "sep"]
    for code, message in told.items():
        assert "quantri@thu.example" in address(message) and f"{code}@" not in address(message)
        assert message.subject.startswith(f"[Diễn tập → {code}] [Nhắc việc]")
        assert message.text.startswith("DIỄN TẬP. Khi gửi thật, tin này là của")
        assert f"{code}@thu.example" in message.text.split(". ")[1] + message.text
        assert "DIỄN TẬP" in message.html.split("<body")[1][:400]
        assert message.facts["to"]["code"] == "quantri" and message.facts["rehearsal"]["code"] == code
    assert "Kính gửi: Ông/Bà Nguyễn Văn An" in told["an"].text
    first = office.run("status").stdout.splitlines()[0]
    assert "DIỄN TẬP: mọi tin gửi cho quantri, tối đa 50 tin một ngày" in first
    told = json.loads(office.run("status", "--json").stdout)["delivery"]
    assert (told["mode"], told["to"], told["rehearsed_today"], told["unsent_today"], told["held"]) == ("rehearsal", "quantri", 4, 0, None)
    assert "diễn tập, gửi cho quantri" in office.run("history", "an").stdout
    told = json.loads(office.run("why-not", "HS-1", "an", "--json").stdout)
    assert not told["told"] and "rehearsed" in {line["answer"] for line in told["lines"]}


def test_what_goes_beyond_the_days_bound_is_written_down(new_office):
    office = new_office(delivery=REHEARSAL % 3)
    office.list("25/06/2026 06:40", *ROWS)
    office.up()
    office.go_on_to("2026-06-25 07:30")
    assert len(office.all_told()) == 3
    rows = office.query("SELECT recipient, detail, facts FROM notices WHERE state = 'unsent'")
    assert len(rows) == 1 and rows[0]["detail"] == "rehearsal: more than 3 messages today"
    assert json.loads(rows[0]["facts"])["lines"], "what it would have said is kept"
    assert "không gửi" in office.run("queue", "--all").stdout
    assert json.loads(office.run("status", "--json").stdout)["delivery"]["unsent_today"] == 1
    office.go_on_to("2026-06-26 07:30")
    assert len(office.all_told()) == 3, "another day, another bound"


def test_going_live_each_gets_one_first_message_and_no_history(new_office):
    office = new_office(delivery=REHEARSAL % 50)
    office.list("25/06/2026 06:40", *ROWS)
    office.up()
    for day in ("25", "26", "29"):
        office.go_on_to(f"2026-06-{day} 07:30")
    office.go_on_to("2026-06-29 17:30")
    office.all_told()
    live(office)
    office.go_on_to("2026-06-30 07:30")
    told = office.told()
    assert sorted(told) == ["an", "binh", "pct2", "sep"]
    for code, message in told.items():
        assert f"{code}@thu.example" in address(message) and "Diễn tập" not in message.subject
        assert message.fresh == set(message.lines), "a person who saw nothing yet"
    assert told["an"].lines == {"HS-1": "overdue", "HS-2": "overdue"}
    office.go_on_to("2026-06-30 17:30")
    assert not office.told()
    steps = office.query("""SELECT DISTINCT a.step FROM alerts a JOIN notices n ON n.id = a.notice
                            WHERE a.recipient = 'an' AND a.state = 'sent' AND n.rehearsed_to = ''""")
    assert [row["step"] for row in steps] == ["overdue"]


def test_what_was_told_before_a_rehearsal_stays_told(new_office):
    office = new_office(rules=RULES.replace(", repeat: 1wd", ""))
    office.list("25/06/2026 06:40", ROWS[0])
    office.up()
    office.go_on_to("2026-06-25 07:30")
    assert sorted(office.told()) == ["an", "sep"]
    office.set_settings(delivery=REHEARSAL % 50)
    office.reload()
    office.list("25/06/2026 09:00", *ROWS[:2])
    office.go_on_to("2026-06-25 13:30")
    assert sorted(office.told()) == ["an"]
    live(office)
    office.go_on_to("2026-06-26 07:30")
    told = office.told()
    assert sorted(told) == ["an"] and told["an"].fresh == {"HS-2"}, "HS-1 was told in earnest"


def test_a_changed_rule_counts_only_what_was_told_in_earnest(new_office):
    office = new_office(delivery=REHEARSAL % 50, rules=RULES.replace(", repeat: 1wd", ""))
    office.list("25/06/2026 06:40", ROWS[0])
    office.up()
    office.go_on_to("2026-06-25 07:30")
    assert sorted(office.told()) == ["an", "sep"]
    office.set_settings(rules=RULES.replace(", repeat: 1wd", "").replace("name: ho-so", "name: khac"))
    office.reload()
    office.go_on_to("2026-06-25 13:30")
    assert not office.told(), "renaming repeats nothing, in a rehearsal too"
    live(office)
    office.go_on_to("2026-06-26 07:30")
    assert sorted(office.told()) == ["an", "sep"]


def test_a_message_that_waits_never_leaves_in_another_mode(new_office, new_stub):
    # More than there can be attempts: how many there are by an hour is drawn by lot.
    stub = new_stub(*[(503, {"Retry-After": "300"})] * 30)
    office = new_office(rules=RULES.replace("[assignee, head]", "[assignee]"), channels=stub.channel("mail", "timeout: 30"))
    office.list("25/06/2026 06:40", ROWS[0])
    office.up()
    office.step_to("2026-06-25 07:30")
    assert len(stub.posts) == 1
    office.set_settings(delivery=REHEARSAL % 50)
    office.reload()
    office.step_to("2026-06-25 07:40")
    office.step_to("2026-06-25 08:40")
    told = [json.loads(row["facts"])["to"]["code"] for row in office.query("SELECT facts FROM notices ORDER BY id")]
    assert told[0] == "an" and set(told[1:]) == {"quantri"}
    assert office.query("SELECT state FROM notices ORDER BY id")[0]["state"] == "withdrawn"
    live(office)
    office.step_to("2026-06-25 09:50")
    last = office.query("SELECT facts, state FROM notices ORDER BY id DESC LIMIT 1")[0]
    assert json.loads(last["facts"])["to"]["code"] == "an" and "rehearsal" not in json.loads(last["facts"])


def test_whom_the_channel_does_not_reach_is_written_down(new_office):
    office = new_office(people=changed(PEOPLE, "quantri", email=""), delivery=REHEARSAL % 50)
    office.list("25/06/2026 06:40", ROWS[0])
    assert "delivery" in office.run("check", check=False).stdout
    office.up()
    office.go_on_to("2026-06-25 07:30")
    assert not office.told()
    rows = office.query("SELECT state, detail FROM notices")
    assert {row["state"] for row in rows} == {"unsent"} and "no address" in rows[0]["detail"]


@pytest.mark.parametrize("delivery, wrong", [
    ("delivery: rehearsal", r"delivery: is a rehearsal; say who gets it"),
    ("delivery: rehearsal\nrehearsal: {to: quantr}", r'there is no person "quantr"; did you mean "quantri"'),
    ("delivery: rehearse", r"rehearsal"),
    ("delivery: rehearsal\nrehearsal: {to: quantri, most-a-day: 0}", r"most-a-day"),
])
def test_a_wrong_mode_is_refused_with_its_place(new_office, delivery, wrong):
    office = new_office()
    office.set_settings(delivery=delivery)
    done = office.run("check", check=False)
    assert done.returncode == 1 and wrong in done.stdout + done.stderr, done.stdout + done.stderr

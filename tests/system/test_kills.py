"""Two days straight, and the same two days with SIGKILLs in the middle of every kind of work: the same mail arrives.

The mail goes through a real Postfix, is read back from Dovecot over IMAP and parsed by Python's email. What was delivered
twice has the same Message-ID, and there are not more of those than were in flight at a kill. KIPHAN_SEED repeats a run.
"""
import os
import random
import re
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from harness.installation import Installation, programs  # noqa: E402
from harness.mailserver import MailServer  # noqa: E402

EXAMPLE = ROOT / "config/example/kien-an"
DAYS = ("24", "25")
CODE = re.compile(r"(?:H24\.17\.30-\d{6}-\d{4}|NV-2026-\d{3})")
# What a kill interrupts: the process, and the order for tests/tools/killer.c.
PHASES = {
    "import": ("cli", 'sql "INSERT INTO items" {n}'),
    "evaluate": ("kiphand", 'sql "INSERT INTO alerts" {n}'),
    "bundle": ("kiphand", 'sql "INSERT INTO notice_lines" {n}'),
    "in flight, not sent": ("worker-mail", 'send "before" {n}'),
    "in flight, sent": ("worker-mail", 'send "after" {n}'),
    "lease": ("kiphand", 'sql "INSERT INTO attempts" {n}'),
    "outcome": ("kiphand", 'sql "UPDATE attempts" {n}'),
}


class TwoDays:
    def __init__(self, directory, server, dice=None):
        self.server, self.dice, self.landed = server, dice, Counter()
        text = (EXAMPLE / "kiphan.yaml").read_text(encoding="utf-8")
        text = re.sub(r"(?ms)^channels:.*?(?=^\w)", "", text)
        self.kiphan = Installation(directory, settings=text, channel="smtp", extra=server.channel())
        self.order = self.kiphan.directory / "kill"
        self.kiphan.environment["KIPHAN_KILL"] = str(self.order)
        self.kiphan.environment["LD_PRELOAD"] = str(programs().parent / "tests/libkiller.so")

    def arm(self, phase):
        process, order = PHASES[phase]
        self.order.write_text(order.format(n=self.dice.randint(1, 4)))
        return process

    def disarm(self):
        self.order.unlink(missing_ok=True)

    def raise_again(self, name):
        self.kiphan.processes.pop(name, None)
        if name == "kiphand":
            self.kiphan.start_daemon()
        else:
            self.kiphan.start_worker("mail")

    def killed(self, phase, act):
        """Do something with a kill waiting in that phase; True when it landed."""
        name = self.arm(phase)
        act()
        process, until, landed = self.kiphan.processes[name], time.monotonic() + 3, False
        while time.monotonic() < until and not landed:
            landed = process.poll() == -9
            if not landed and (self.kiphan.ask("STATUS", timeout=0.5) or {}).get("settled"):
                break
            time.sleep(0.005)
        landed = landed or process.poll() == -9
        self.disarm()
        if landed:
            self.landed[phase] += 1
            self.raise_again(name)
        return landed

    def import_list(self, day):
        path = self.kiphan.directory / f"ho-so-{day}.csv"
        with open(path, "w", encoding="utf-8") as out:
            subprocess.run([sys.executable, EXAMPLE / "make_dossiers.py", "--as-of", f"{day}/06/2026 07:00"], stdout=out, check=True)
        take = ["import", "items", path, "--feed", "motcua", "--as-of", f"{day}/06/2026 07:00"]
        for _ in range(3 if self.dice else 0):
            self.arm("import")
            self.landed["import"] += self.kiphan.run(*take, check=False).returncode == -9
            self.disarm()
        act = lambda: self.kiphan.run(*take, check=False)  # noqa: E731
        if self.dice:
            self.killed("evaluate", act)
            for _ in range(2):
                self.killed("evaluate", lambda: None)
        assert act().returncode in (0, 3)

    def open_window(self, instant):
        self.kiphan.set_clock(instant)
        if self.dice:
            for phase in ("bundle", "bundle", "bundle", "lease", "in flight, not sent", "outcome", "in flight, sent", "outcome", "lease",
                          "in flight, not sent", "in flight, sent", "outcome"):
                self.killed(phase, lambda: self.kiphan.ask("POKE"))
        self.kiphan.settle(90)

    def run(self):
        with self.kiphan as kiphan:
            kiphan.set_clock("2026-06-24T07:00:00+07:00")
            kiphan.run("init")
            kiphan.run("import", "units", EXAMPLE / "units.csv")
            kiphan.run("import", "people", EXAMPLE / "people.csv")
            kiphan.run("import", "calendar", EXAMPLE / "calendar-2026.csv", "--year", "2026")
            kiphan.start_daemon()
            kiphan.start_worker("mail")
            for day in DAYS:
                kiphan.set_clock(f"2026-06-{day}T07:05:00+07:00")
                self.import_list(day)
                for clock in ("07:30", "13:30"):
                    self.open_window(f"2026-06-{day}T{clock}:00+07:00")
            self.server.wait_empty()
            people = [row["value"] for row in kiphan.query("SELECT value FROM addresses WHERE kind = 'email'")]
            kiphan.stop("worker-mail")
            kiphan.stop("kiphand")
            self.dump = kiphan.query("SELECT state, count(*) AS n FROM notices GROUP BY state")
        return {person: self.server.mails(person) for person in people}


def lines(mail):
    """(section, code) of each item in the text part."""
    section, found = "", []
    for line in mail.get_body(("plain",)).get_content().splitlines():
        heading = re.match(r"^(QUÁ HẠN|ĐẾN HẠN HÔM NAY|SẮP ĐẾN HẠN|OVERDUE|DUE TODAY|AT RISK)\b", line)
        section = heading.group(1) if heading else section
        found += [(section, code) for code in CODE.findall(line)[:1]]
    return tuple(found)


def told(mailboxes):
    """{(person, opening): lines}; a repeated Message-ID counts once. And how many were repeated."""
    found, repeated = {}, 0
    for person, mails in mailboxes.items():
        by_id = {}
        for mail in mails:
            number = mail["Message-ID"]
            assert by_id.setdefault(number, lines(mail)) == lines(mail), f"{number} came twice with different lines"
        repeated += len(mails) - len(by_id)
        for number in by_id:
            opening = next(mail["Date"] for mail in mails if mail["Message-ID"] == number)
            assert (person, opening) not in found, f"{person} got two different messages at {opening}"
            found[person, opening] = by_id[number]
    return found, repeated


def test_kills_lose_nothing_and_repeat_only_what_was_in_flight(tmp_path):
    seed = int(os.environ.get("KIPHAN_SEED", random.randrange(10**6)))
    print(f"KIPHAN_SEED={seed}")
    with MailServer() as server:
        straight, repeated = told(TwoDays(tmp_path / "straight", server).run())
    assert repeated == 0 and len(straight) > 10
    with MailServer() as server:
        days = TwoDays(tmp_path / "killed", server, random.Random(seed))
        survived, repeated = told(days.run())
    print(f"landed: {dict(days.landed)}, delivered twice: {repeated}, messages: {len(straight)}")
    assert survived == straight
    in_flight = days.landed["in flight, sent"] + days.landed["in flight, not sent"] + days.landed["outcome"] + days.landed["lease"]
    assert repeated <= in_flight * 4
    assert min(days.landed[phase] for phase in ("import", "evaluate", "bundle", "outcome")) >= 5, days.landed
    assert days.landed["in flight, sent"] + days.landed["in flight, not sent"] >= 5, days.landed

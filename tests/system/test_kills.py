"""Two days straight, and the same two days with SIGKILLs in the middle of every kind of work: the same mail arrives.

The mail goes through a real Postfix, is read back from Dovecot over IMAP and parsed by Python's email. What was delivered
twice has the same Message-ID and the same bytes, and there are not more of those than were in flight at a kill.
KIPHAN_SEED=7 (or 7,8,9) repeats a run; scripts/kill-test runs many.
"""
import os
import random
import re
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from harness.installation import Installation, programs  # noqa: E402
from harness.mailserver import MailServer  # noqa: E402

EXAMPLE = ROOT / "config/example/kien-an"
DAYS = ("24", "25")
LIST = ("--per-day", "20")
ITEM = re.compile(r"(?:H24\.17\.30-\d{6}-\d{4}|NV-2026-\d{3})")
HEADING = re.compile(r"^(QUÁ HẠN|ĐẾN HẠN HÔM NAY|SẮP ĐẾN HẠN|OVERDUE|DUE TODAY|AT RISK)\b")
# What a kill interrupts: the program, and of its work (kind, text of the statement, up to the how-manieth, at which moment).
PHASES = {
    "import": ("kiphan", [("sql", "INSERT INTO items", 15, "before")]),
    "import done": ("kiphan", [("sql", "INSERT INTO items", 15, "committed")]),
    "evaluate": ("kiphand", [("sql", "INSERT INTO alerts", 2, "before"), ("sql", "UPDATE items SET next_at", 30, "before")]),
    "evaluate done": ("kiphand", [("sql", "UPDATE items SET next_at", 3, "committed")]),
    "bundle": ("kiphand", [("sql", "INSERT INTO notice_lines", 20, "before"), ("sql", "INSERT INTO notices", 6, "before"),
                           ("sql", "UPDATE notices SET facts", 6, "before")]),
    "bundle done": ("kiphand", [("sql", "INSERT INTO notices", 3, "committed")]),
    "lease": ("kiphand", [("sql", "INSERT INTO attempts", 3, "before"), ("sql", "INSERT INTO attempts", 2, "committed")]),
    "in flight": ("kiphan-worker", [("send", "mail", 2, "before"), ("send", "mail", 2, "answered")]),
    "outcome": ("kiphand", [("sql", "UPDATE attempts SET", 2, "before"), ("sql", "UPDATE attempts SET", 1, "committed"),
                            ("sql", "UPDATE alerts SET state = 'sent'", 2, "before")]),
}
NAMES = {"kiphand": "kiphand", "kiphan-worker": "worker-mail"}
IMPORT = ["import"] * 4 + ["import done"]
EVALUATION = ["evaluate"] * 6 + ["evaluate done"]
MORNING = ["bundle", "bundle", "bundle", "bundle done"]
DELIVERY = ["in flight"] * 5 + ["outcome"] * 4 + ["lease"]


class TwoDays:
    """dice: where the kills come from; without, the two days are straight."""

    def __init__(self, directory, server, dice=None):
        self.server, self.dice = server, dice
        self.landed, self.in_flight = Counter(), Counter()  # by phase; by a notice's identity
        text = (EXAMPLE / "kiphan.yaml").read_text(encoding="utf-8")
        self.kiphan = Installation(directory, settings=text, channel="smtp", extra=server.channel())
        settings = self.kiphan.settings.read_text(encoding="utf-8")
        settings = re.sub(r"(?m)^  lost: .*$", "  lost: 2\n  ambiguous-attempts: 20", settings)  # many kills hit one notice
        self.kiphan.settings.write_text(settings, encoding="utf-8")
        self.order = self.kiphan.directory / "kill"
        if dice:
            self.kiphan.environment["KIPHAN_KILL"] = str(self.order)
            self.kiphan.environment["LD_PRELOAD"] = str(programs().parent / "tests/libkiller.so")

    # -- kills ------------------------------------------------------------------------------------------------------

    def arm(self, phase):
        """The next kill, in one piece: programs read it at any moment."""
        program, orders = PHASES[phase]
        kind, text, most, moment = self.dice.choice(orders)
        new = self.order.with_suffix(".new")
        new.write_text(f'{program} {kind} "{text}" {self.dice.randint(1, most)} {moment}')
        new.rename(self.order)
        return NAMES.get(program)

    def raise_the_dead(self):
        """Start what does not run; it may die of the order that stands."""
        for name, start in (("kiphand", lambda: self.kiphan.start_daemon(wait=False)), ("worker-mail", self.kiphan.start_worker)):
            process = self.kiphan.processes.get(name)
            if process is None or process.poll() is not None:
                assert process is None or process.poll() == -9, self.kiphan.log(name)[-2000:]
                start()

    def settled(self):
        return self.kiphan.processes["kiphand"].poll() is None and (self.kiphan.ask("STATUS", timeout=0.5) or {}).get("settled")

    def kill_in(self, phases, act):
        """One kill after another, the first while we act; each is in place before what the last one killed runs again."""
        for phase in phases:
            name = self.arm(phase)
            act()
            act = self.raise_the_dead
            process, until = self.kiphan.processes[name], time.monotonic() + 15
            while process.poll() is None and not self.settled() and time.monotonic() < until:
                time.sleep(0.002)
            self.order.unlink(missing_ok=True)
            if process.poll() is not None:
                self.landed[phase] += 1
                self.in_flight.update(row["identity"] for row in self.kiphan.query("SELECT identity FROM notices WHERE state = 'in-flight'"))
        self.raise_the_dead()
        self.kiphan.await_reply()

    # -- the two days -----------------------------------------------------------------------------------------------

    def import_list(self, day):
        path = self.kiphan.directory / f"ho-so-{day}.csv"
        with open(path, "w", encoding="utf-8") as out:
            subprocess.run([sys.executable, EXAMPLE / "make_dossiers.py", "--as-of", f"{day}/06/2026 07:00", *LIST], stdout=out, check=True)
        take = ["import", "items", path, "--feed", "motcua", "--as-of", f"{day}/06/2026 07:00"]
        for phase in IMPORT if self.dice else ():
            self.arm(phase)
            self.landed[phase] += self.kiphan.run(*take, check=False).returncode == -9
            self.order.unlink(missing_ok=True)

        def finish():
            assert self.kiphan.run(*take, check=False).returncode in (0, 3)
            self.raise_the_dead()  # on the first day they were not begun yet: all that came is evaluated now

        self.kill_in(EVALUATION, finish) if self.dice else finish()
        self.kiphan.settle(60)

    def open_window(self, instant):
        def begin():
            self.kiphan.set_clock(instant)
            self.kiphan.ask("POKE", timeout=0.5)

        self.kill_in(MORNING + self.dice.sample(DELIVERY, len(DELIVERY)), begin) if self.dice else begin()
        self.kiphan.settle(90)

    def prepare(self):
        kiphan = self.kiphan
        kiphan.set_clock("2026-06-24T07:00:00+07:00")
        kiphan.run("init")
        kiphan.run("import", "units", EXAMPLE / "units.csv")
        kiphan.run("import", "people", EXAMPLE / "people.csv")
        kiphan.run("import", "calendar", EXAMPLE / "calendar-2026.csv", "--year", "2026")
        kiphan.run("import", "items", EXAMPLE / "notice-tasks.csv", "--feed", "nhiem-vu", "--as-of", "24/06/2026 06:50", check=False)

    def run(self):
        """{address: [bytes of each mail]}."""
        with self.kiphan as kiphan:
            self.prepare()
            for day in DAYS:
                kiphan.set_clock(f"2026-06-{day}T07:05:00+07:00")
                self.import_list(day)
                for clock in ("07:30", "13:30"):
                    self.open_window(f"2026-06-{day}T{clock}:00+07:00")
            self.server.wait_empty()
            states = {row["state"] for row in kiphan.query("SELECT DISTINCT state FROM notices")}
            assert states <= {"sent", "withdrawn"}, states
            addresses = [row["value"] for row in kiphan.query("SELECT value FROM addresses WHERE kind = 'email'")]
            kiphan.stop("worker-mail")
            kiphan.stop("kiphand")
        return {address: self.server.contents(address) for address in addresses}


# -- what arrived ---------------------------------------------------------------------------------------------------


def own_bytes(content):
    """A mail without what the servers on its way put on top."""
    return content[content.index(b"\r\nDate: "):]


def words(mail):
    """The text part without the message's own number, which a withdrawn one may have moved on."""
    lines = mail.get_body(("plain",)).get_content().splitlines()
    return "\n".join(line for line in lines if not re.match(r"(Số thư|Message number): \d+$", line))


def item_lines(text):
    """(heading, line) of each item: code, level, how long, new or not."""
    heading, found = "", []
    for line in text.splitlines():
        heading = HEADING.match(line).group(1) if HEADING.match(line) else heading
        if ITEM.match(line):
            found.append((heading, line))
    return found


def told(server, mailboxes):
    """{(address, opening): text}, and {identity: how many times more than once it came}."""
    found, repeated = {}, Counter()
    for address, contents in mailboxes.items():
        by_id, came = {}, Counter()
        for content, mail in zip(contents, server.mails(address)):
            number = mail["Message-ID"]
            came[number.strip("<>").partition("@")[0]] += 1
            assert by_id.setdefault(number, own_bytes(content)) == own_bytes(content), f"{number} came twice, with other bytes"
            assert found.setdefault((address, mail["Date"]), (number, words(mail)))[0] == number, \
                f"{address} got two different messages at {mail['Date']}"
        repeated.update({identity: times - 1 for identity, times in came.items() if times > 1})
    return {key: text for key, (_, text) in found.items()}, repeated


@pytest.fixture(scope="module", name="straight")
def two_straight_days(tmp_path_factory):
    with MailServer() as server:
        found, repeated = told(server, TwoDays(tmp_path_factory.mktemp("straight"), server).run())
    assert not repeated and len(found) >= 20
    assert all(item_lines(text) or "HỆ THỐNG" in text for text in found.values())
    return found


def seeds():
    return [int(seed) for seed in os.environ.get("KIPHAN_SEED", str(random.randrange(10**6))).split(",")]


@pytest.mark.parametrize("seed", seeds())
def test_kills_lose_nothing_and_repeat_only_what_was_in_flight(tmp_path, straight, seed):
    print(f"KIPHAN_SEED={seed}")
    with MailServer() as server:
        days = TwoDays(tmp_path, server, random.Random(seed))
        survived, repeated = told(server, days.run())
    print(f"seed {seed}: {sum(days.landed.values())} kills landed {dict(days.landed)}; {len(survived)} messages of {len(straight)}, "
          f"{repeated.total()} delivered once more, {days.in_flight.total()} in flight at a kill")
    assert sorted(survived) == sorted(straight)
    for key, text in straight.items():
        assert sorted(item_lines(survived[key])) == sorted(item_lines(text)), key
        assert survived[key] == text
    assert all(times <= days.in_flight[identity] for identity, times in repeated.items())
    assert all(days.landed[phase] >= 5 for phase in ("import", "evaluate", "bundle", "in flight", "outcome")), days.landed
    assert sum(days.landed.values()) >= 20

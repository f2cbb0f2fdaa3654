"""What preview foretells the daemon then sends, message by message, line by line.

Random offices of tests/oracle, 60 days each, with lists, hand-overs, leavers, outages and other settings; some steps are
urgent, some rules have two channels.  After each list, before each start and (by the rules to come) before each reload preview
is asked until the next event; the clock then steps to each instant at which the daemon would wake.  Only what leaves at once
because of a list cannot be foretold.  Once more for each office: 60 days foretold at once, in which nothing comes in.
KIPHAN_OFFICES says how many offices (a bounded sample by default), KIPHAN_FIRST_SEED where to begin.
"""
import json
import os
import random
import re
import sys
from datetime import datetime
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))
sys.path.insert(0, str(Path(__file__).resolve().parent))

from harness.installation import HANOI, instant  # noqa: E402
from test_agrees_with_oracle import Run, python  # noqa: E402

FIRST = int(os.environ.get("KIPHAN_FIRST_SEED", "2"))
OFFICES = int(os.environ.get("KIPHAN_OFFICES", "1"))
DAYS, DAY = 60, 86400
FAR = 1 << 60


def varied(text, seed):
    """The settings of an office, with some steps urgent and some rules by a second channel first."""
    dice = random.Random(f"preview {seed}")
    text = text.replace("\nwindows:", "  - {name: tep2, type: file, directory: out}\n\nwindows:")
    text = re.sub(r"via: \[tep\]", lambda _: dice.choice(["via: [tep]", "via: [tep]", "via: [tep2, tep]"]), text)
    return re.sub(r"(\{name: buoc-\d+,)", lambda found: found[1] + (" urgent: yes," if dice.random() < 0.2 else ""), text)


class Foretold(Run):
    """A run in which what is about to be sent is asked for beforehand."""

    def __init__(self, office, directory):
        super().__init__(office, directory)
        self.foretold, self.lists = [], set()

    def do_up(self, event):
        super().do_up(event)
        if "worker-tep2" not in self.kiphan.processes:
            self.kiphan.start_worker("tep2")

    def wakes_at(self, reply):
        """When the daemon would wake by itself: at an opening, when an item comes due, when something held may leave."""
        now = self.kiphan.now()
        due = self.kiphan.query("SELECT min(next_at) AS at FROM items")[0]["at"]
        held = self.kiphan.query("SELECT min(opens_at) AS at FROM alerts WHERE state = 'held'")[0]["at"]
        return min((at for at in (reply["next-opening"], due, held) if at is not None and at > now), default=FAR)

    def step_through(self, until):
        reply = self.kiphan.settle() if self.up else None
        while self.up:
            at = self.wakes_at(reply)
            if at >= until:
                return
            reply = self.kiphan.step_to_second(at)

    def foretell(self, until, *options):
        """Ask for all that leaves from now on and before an instant."""
        to = datetime.fromtimestamp(until - 1, HANOI).isoformat()
        asked = self.kiphan.run("preview", "--json", "--messages", "--to", to, *options)
        self.foretold += [foreseen(message) for message in json.loads(asked.stdout)["messages"]]

    def other_settings(self, event):
        """The settings to come, as a file of their own."""
        path = self.kiphan.directory / "other.yaml"
        text = (self.office / event["path"]).read_text(encoding="utf-8")
        path.write_text(self.kiphan.localised(text, "file"), encoding="utf-8")
        return path

    def happen_foretold(self, event, until):
        """Let an event happen, and ask for what leaves until the next one."""
        at = instant(event["at"])
        self.step_through(at)
        self.kiphan.set_clock_second(at)
        if self.up:
            self.kiphan.settle()
        before = event["do"] == "up" or (self.up and event["do"] == "settings")
        if before:
            self.foretell(until, *(["--rules", self.other_settings(event)] if event["do"] == "settings" else []))
        else:
            self.lists.add(at)
        getattr(self, "do_" + event["do"])(event)
        if self.up:
            self.kiphan.settle()
        if self.up and not before:
            self.foretell(until)


def foreseen(message):
    return {"key": (instant(message["at"]), message["person"], message["channel"]), "opening": instant(message["opening"]),
            "kind": message["kind"], "subject": message["subject"],
            "lines": [(line["code"], line["level"], line["fresh"]) for line in message["lines"]]}


def sent(run):
    """What left, in the same form; the subject as it arrived."""
    subjects = {re.search(r"[0-9a-f]{32}", mail["Message-ID"])[0]: str(mail["Subject"]) for mail in run.kiphan.messages()}
    for notice in run.kiphan.query("""SELECT n.*, a.leased_at FROM notices n JOIN attempts a ON a.notice = n.id AND a.attempt = n.attempts
                                      WHERE n.state = 'sent' ORDER BY n.id"""):
        lines = run.kiphan.query("""SELECT i.code, l.level, l.fresh FROM notice_lines l JOIN items i ON i.id = l.item
                                    WHERE l.notice = ? ORDER BY l.place""", notice["id"])
        yield {"key": (notice["leased_at"], notice["recipient"], notice["channel"]), "opening": notice["opening_at"],
               "kind": json.loads(notice["facts"])["kind"], "subject": subjects[notice["identity"]],
               "lines": [(line["code"], line["level"], bool(line["fresh"])) for line in lines]}


def differences(told, came):
    """A sentence for each message in which the two do not agree."""
    assert len({message["key"] for message in told}) == len(told), "the same message foretold twice"
    told, came = ({message["key"]: message for message in messages} for messages in (told, came))
    for key in sorted(set(told) | set(came)):
        if key not in told or key not in came:
            yield f"{key}: only {'foretold' if key in told else 'sent'}: {(told.get(key) or came.get(key))['lines']}"
        elif told[key] != came[key]:
            yield f"{key}: " + "; ".join(f"{name}: foretold {told[key][name]}, sent {came[key][name]}"
                                         for name in told[key] if told[key][name] != came[key][name])


def make(seed, directory):
    office = directory / "office"
    python(ROOT / "tests/oracle/office.py", "--seed", seed, office)
    for path in office.glob("kiphan*.yaml"):
        path.write_text(varied(path.read_text(encoding="utf-8"), seed), encoding="utf-8")
    return office, json.loads((office / "timeline.json").read_text(encoding="utf-8"))


def compare(seed, run, came):
    assert len(came) > 20, "the office is told next to nothing: it shows nothing"
    found = list(differences(run.foretold, came))
    assert not found, f"seed {seed}: {len(found)} differences of {len(came)} messages:\n" + "\n".join(found[:40])


@pytest.mark.parametrize("seed", range(FIRST, FIRST + OFFICES))
def test_from_event_to_event(seed, tmp_path):
    office, timeline = make(seed, tmp_path)
    run = Foretold(office, tmp_path / "run")
    with run.kiphan:
        run.kiphan.set_clock(timeline[0]["at"])
        run.kiphan.run("init")
        for event, following in zip(timeline, timeline[1:]):
            run.happen_foretold(event, instant(following["at"]))
        run.happen(timeline[-1])
        compare(seed, run, [message for message in sent(run) if message["key"][0] not in run.lists])


@pytest.mark.parametrize("seed", range(FIRST, FIRST + OFFICES))
def test_sixty_days_at_once(seed, tmp_path):
    """Beginning in the middle of whatever was going on; nothing comes in any more."""
    office, timeline = make(seed, tmp_path)
    run = Foretold(office, tmp_path / "run")
    with run.kiphan:
        run.kiphan.set_clock(timeline[0]["at"])
        run.kiphan.run("init")
        for number, event in enumerate(timeline):
            run.happen(event)
            if run.up and number >= 20:
                break
        before = {message["key"] for message in sent(run)}
        until = run.kiphan.now() + DAYS * DAY
        run.foretell(until)
        run.step_through(until)
        run.kiphan.step_to_second(until - 1)
        compare(seed, run, [message for message in sent(run) if message["key"] not in before])

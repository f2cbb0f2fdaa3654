"""The shortcut proved against the long way round.

rules.py looks only at openings, and asks what is then due.  A daemon takes turns all day, writes each alert down when its
step is reached, supersedes it, holds it again, and lets it go.  Here that is played turn by turn with a ledger of states,
on random offices; both must say the same.
"""
import json
import os

import pytest

from ladder import version
from office import make_office
from rules import Daemon, Office, Simulation, level_of

HOUR = 3600


class LedgerDaemon(Daemon):
    def __init__(self, office):
        super().__init__(office)
        self.ledger = {}        # key -> held | told | suppressed
        self.decided = {}       # key -> the turn at which it was last held
        self.served = {}        # door -> its latest opening at or before a turn

    def turn(self, now):
        """Evaluate, then bundle what may leave."""
        current = {alert.key: alert for _, alerts in self.alerts(now) for mine in alerts.values() for alert in mine}
        for key, alert in current.items():
            if self.ledger.get(key, "suppressed") == "suppressed" and (key in self.ledger or not self.barred(alert)):
                self.ledger[key], self.decided[key] = "held", now
        for key, state in self.ledger.items():
            if state == "held" and key not in current:
                self.ledger[key] = "suppressed"
        opened = {}
        for door in self.office.doors():
            last = self.last_opening(door, now)
            session = self.office.calendars.by_name[door[1]].session_holding(last, lenient=True)
            if last == now or (self.served and self.served.get(door, last) < last and session and now < session[1]):
                opened[door] = last
            self.served[door] = last
        if opened:
            self.serve(now, opened)

    def last_opening(self, door, now):
        day = now // 86400
        while True:
            past = [opening for opening in self.office.openings(door, day) if opening <= now]
            if past:
                return past[-1]
            day -= 1

    def barred(self, alert):
        shown = self.told_level.get((alert.item.code, alert.about, version(alert.item, alert.about), alert.person), -1)
        return self.reloaded is not None and alert.reached.at < self.reloaded and shown >= level_of(alert.reached.step)

    def leaves(self, alert, opened):
        """Held since the opening or before it; or reached by then, and this the first turn since."""
        opening = opened.get(self.door_of(alert))
        return opening is not None and self.ledger.get(alert.key) == "held" and (
            self.decided[alert.key] <= opening or alert.reached.at <= opening)

    def settle(self, person, mine, causes):
        super().settle(person, mine, causes)
        self.ledger |= {alert.key: "told" for alert in causes}

    def remember_held(self, now):
        """The ledger remembers."""


class TurnByTurn(Simulation):
    """A turn at each event, each opening and each half hour, while the daemon is up."""

    def __init__(self, office):
        super().__init__(office)
        self.daemon = LedgerDaemon(office)

    def happen(self, event):
        if self.up and event["do"] in ("settings", "down"):
            self.daemon.turn(event["at"])
        super().happen(event)

    def rise(self, now):
        self.up = self.started = True
        if self.pending:
            self.daemon.reloaded, self.pending = now, False

    def openings(self, begin, end):
        turns = {begin} | set(range(begin - begin % HOUR + HOUR, end, HOUR // 2))
        for door in self.office.doors():
            turns |= set(self.office.openings_between(door, begin, end))
        for now in sorted(turns):
            self.daemon.turn(now)


@pytest.mark.parametrize("seed", [9, 24])
def test_turn_by_turn_the_same_is_told(tmp_path, seed):
    directory = make_office(seed, tmp_path)
    with open(os.path.join(directory, "timeline.json"), encoding="utf-8") as text:
        timeline = json.load(text)
    short, long = Simulation(Office(directory)).run(timeline), TurnByTurn(Office(directory)).run(timeline)
    for one, other in zip(short, long):
        assert one == other
    assert len(short) == len(long)

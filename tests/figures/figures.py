"""Every figure of a report, worked out a second time from the lists alone.

Written from R9, R16-R20 and docs/reports.md, without a look at the program: it never opens the store, and replays the lists that
were taken in, each with the instant that it is true for.  Instants are those of tests/oracle/clockwork.py.
"""
import sys
from collections import Counter
from fractions import Fraction
from math import floor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "oracle"))

from clockwork import DAY, show, span, stamp  # noqa: E402

RUNNING, PAUSED, SETTLED, RETURNED, REGISTERED = "running", "paused", "settled", "returned", "registered"
STAGES = {
    "dossier": {"1": REGISTERED, "2": RUNNING, "3": RETURNED, "4": RUNNING, "5": PAUSED, "6": PAUSED, "7": RETURNED, "8": RETURNED, "9": SETTLED,
                "10": SETTLED},
    "task": {"new": RUNNING, "accepted": RUNNING, "doing": RUNNING, "review": RUNNING, "done": SETTLED, "paused": PAUSED, "cancelled": RETURNED},
}
OPEN = (RUNNING, PAUSED)
OUT = (SETTLED, RETURNED)
EVER = -1  # before everything: what an item first came with


class Told:
    """One value through telling: (happened, learnt, value) in the order of telling."""

    def __init__(self):
        self.rows = []

    def tell(self, happened, learnt, value):
        self.rows.append((happened, learnt, value))

    def at(self, instant, known):
        """The last that was told by known of what happened before the instant."""
        fit = [value for happened, learnt, value in self.rows if learnt <= known and happened < instant]
        return fit[-1] if fit else None

    def by(self, learnt_by, known):
        fit = [value for _, learnt, value in self.rows if learnt <= min(learnt_by, known)]
        return fit[-1] if fit else None


class Item:
    """What the lists said of one code."""

    def __init__(self, code, kind):
        self.code, self.kind = code, kind
        self.row = None  # as last listed
        self.events = []  # ("status" | "finish", happened, learnt, value)
        self.due, self.deadline, self.unit, self.holder, self.gone = Told(), Told(), Told(), Told(), Told()
        self.received, self.way, self.field = Told(), Told(), Told()
        self.pauses = []  # [start, seconds or None while it lasts, contained]
        self.is_gone = False

    def stage(self):
        return STAGES[self.kind][self.row["status"]]

    def is_open(self):
        return self.stage() in OPEN and not self.is_gone


class Replay:
    """The lists, taken in one after another."""

    def __init__(self, calendar, handlers):
        self.calendar, self.handlers = calendar, handlers
        self.items = {}
        self.lists = []  # (feed, as of)

    def take(self, feed, kind, as_of, rows, complete):
        self.lists.append((feed, as_of))
        listed = {row["code"] for row in rows}
        for item in self.items.values():
            if complete and item.kind == kind and item.is_open() and item.code not in listed:
                item.is_gone = True
                item.gone.tell(as_of, as_of, True)
        for row in rows:
            self.take_row(kind, as_of, row)

    def take_row(self, kind, as_of, row):
        item = self.items.setdefault(row["code"], Item(row["code"], kind))
        before, item.row = item.row, row
        new = before is None
        stage, stage_before = STAGES[kind][row["status"]], None if new else STAGES[kind][before["status"]]
        came = row["received"] if new and row["received"] is not None and row["received"] < as_of else as_of
        from_when = EVER if new else as_of
        if new or before["status"] != row["status"]:
            happened = as_of
            if stage == SETTLED and row["finished"] is not None:
                happened = row["finished"]
            elif new and stage in (RUNNING, REGISTERED):
                happened = came
            item.events.append(("status", happened, as_of, row["status"]))
        if row["finished"] is not None and (new or before["finished"] != row["finished"]):
            item.events.append(("finish", row["finished"], as_of, row["finished"]))
        self.take_promise(item, new, before, row, from_when, as_of, stage, stage_before)
        unit = row["unit"] or self.handlers.get(row["holder"], "")
        for told, value, known in ((item.unit, unit, not new and item.unit.rows and item.unit.rows[-1][2]),
                                   (item.holder, row["holder"], not new and item.holder.rows and item.holder.rows[-1][2])):
            if value != (known or ""):
                told.tell(from_when, as_of, value)
        for told, name in ((item.received, "received"), (item.way, "way"), (item.field, "field")):
            if new or before[name] != row[name]:
                told.tell(as_of, as_of, row[name])
        if item.is_gone:
            item.is_gone = False
            item.gone.tell(as_of, as_of, False)

    def take_promise(self, item, new, before, row, from_when, as_of, stage, stage_before):
        """The promise, and the deadline that counts: pauses that are over are given back unless the promise was moved since (R9)."""
        moved = (row["due"] is not None) if new else before["due"] != row["due"]
        if stage == PAUSED and stage_before != PAUSED:
            item.pauses.append([as_of, None, False])
        if stage_before == PAUSED and stage != PAUSED:
            pause = item.pauses[-1]
            begin = pause[0] if row["received"] is None else max(pause[0], self.calendar.effective(row["received"]))
            pause[1] = max(0, self.calendar.count(begin, as_of)) if begin < as_of else 0
        if moved:
            item.due.tell(from_when, as_of, row["due"])
            for pause in item.pauses if not new else ():  # what a dossier first comes with was not moved
                pause[2] = True
        if row["due"] is None:
            deadline = None
        else:
            back = sum(seconds for _, seconds, contained in item.pauses if seconds and not contained)
            deadline = self.calendar.add_seconds(row["due"], back) if back else row["due"]
        if not item.deadline.rows or item.deadline.rows[-1][2] != deadline:
            item.deadline.tell(from_when, as_of, deadline)


class Life:
    """One item as it was known at a moment."""

    def __init__(self, item, known):
        self.item, self.known = item, known
        self.turns = []  # [at, learnt, stage]
        self.received = item.received.by(known, known)
        self.receipt = None
        said = [event for event in item.events if event[2] <= known]
        for what, happened, learnt, value in said:
            if what == "status":
                self.turn(happened, learnt, STAGES[item.kind][value])
            elif self.turns and self.turns[-1][2] == SETTLED and self.turns[-1][0] != value:
                _, told, _ = self.turns.pop()
                self.turn(value, told, SETTLED)
        stages = [STAGES[item.kind][value] for what, _, _, value in said if what == "status"]
        if self.received is not None:
            if any(stage != REGISTERED for stage in stages):
                self.receipt = self.received
        elif any(stage in (RUNNING, PAUSED, SETTLED) for stage in stages):
            self.receipt = next((at for at, _, stage in self.turns if stage in (RUNNING, PAUSED, SETTLED)), None)

    def turn(self, at, learnt, stage):
        while self.turns and self.turns[-1][0] > at:
            self.turns.pop()
        last = self.turns[-1][2] if self.turns else None
        if last != stage and not (last in OUT and stage in OUT):
            self.turns.append([at, learnt, stage])

    def last_turn(self, instant):
        earlier = [turn for turn in self.turns if turn[0] < instant]
        return earlier[-1] if earlier else None

    def stage(self, instant):
        if self.receipt is None or self.receipt >= instant:
            return None
        turn = self.last_turn(instant)
        return RUNNING if turn is None or turn[2] == REGISTERED else turn[2]

    def present_deadline(self, instant):
        return self.item.deadline.at(instant, self.known)

    def original(self):
        told = [value for _, learnt, value in self.item.due.rows if learnt <= self.known and value is not None]
        return told[0] if told else None


class Standing:
    """In which columns an item is."""

    def __init__(self, life, start, end, known):
        item = life.item
        over = known >= end
        self.life = life
        self.now, self.until = (end, end) if over else (known, known + 1)
        self.fresh = self.carried = self.settled = self.returned = self.paused = self.running = self.overdue = False
        self.deadline = self.finished = None
        self.timing = "unjudged"
        if life.receipt is None or life.receipt >= self.until:
            return
        self.fresh = start <= life.receipt < end
        reopened = any(before[2] in OUT and turn[2] in OPEN and start <= turn[0] < end and turn[0] < self.until
                       for before, turn in zip(life.turns, life.turns[1:]))
        self.carried = life.receipt < start and (life.stage(start) in OPEN or reopened)
        stage, turn = life.stage(self.until), life.last_turn(self.until)
        if item.kind == "task":
            self.deadline = life.original()
        elif stage == SETTLED:
            self.deadline = item.deadline.by(turn[1], known)
        else:
            self.deadline = life.present_deadline(self.until)
        self.paused, self.running = stage == PAUSED, stage == RUNNING
        self.overdue = self.running and self.deadline is not None and self.now > self.deadline
        if stage in OUT and start <= turn[0] < end:
            self.finished = turn[0]
            self.settled, self.returned = stage == SETTLED, stage == RETURNED
        if self.settled and self.deadline is not None:
            day, promised = self.finished // DAY, self.deadline // DAY
            self.timing = "early" if day < promised else "on_time" if day == promised else "late"

    def in_stock(self):
        return self.fresh or self.carried

    def adds_up(self):
        return self.fresh + self.carried == self.settled + self.returned + self.paused + self.running

    def counts(self):
        return self.in_stock() or not self.adds_up()


def tenths(part, whole, scale=1000):
    """One decimal, half up; None of nothing."""
    return None if whole <= 0 else floor(Fraction(scale * part, whole) + Fraction(1, 2))


def dossier_figures(standings):
    """The columns of a group of dossiers: pairs of standing and way of handing in."""
    out = Counter()
    for standing, way in standings:
        if standing.fresh:
            out[{"online": "online", "in-person": "in_person", "by-post": "by_post"}.get(way, "unknown_way")] += 1
        out["carried_over"] += standing.carried
        out["received"] += standing.fresh + standing.carried
        if standing.settled:
            out["settled"] += 1
            out[standing.timing] += 1
        if standing.running:
            out["in_progress"] += 1
            out["no_promise" if standing.deadline is None else "overdue" if standing.overdue else "within_term"] += 1
        out["paused"] += standing.paused
        out["returned"] += standing.returned
        gone = bool(standing.life.item.gone.at(standing.until, standing.life.known))
        out["gone"] += gone and (standing.running or standing.paused)
    names = ["received", "online", "in_person", "by_post", "unknown_way", "carried_over", "settled", "early", "on_time", "late", "unjudged", "in_progress",
             "within_term", "overdue", "no_promise", "paused", "returned", "gone"]
    figures = {name: int(out[name]) for name in names}
    figures["adds_up"] = out["received"] == out["settled"] + out["in_progress"] + out["paused"] + out["returned"]
    good = out["early"] + out["on_time"]
    figures["on_time_permille"] = tenths(good, out["settled"])
    figures["online_permille"] = tenths(out["online"], out["online"] + out["in_person"] + out["by_post"])
    figures["index_tenths"] = tenths(good, out["received"], 200)
    return figures


def form_figures(standings):
    """Form II.06a: paused within term, returned left out."""
    kept = [(standing, way) for standing, way in standings if not standing.returned]
    of = dossier_figures(kept)
    return {"received": of["received"], "online": of["online"], "in_person_or_by_post": of["in_person"] + of["by_post"], "carried_over": of["carried_over"],
            "settled": of["settled"], "early": of["early"], "on_time": of["on_time"], "late": of["late"], "in_progress": of["in_progress"] + of["paused"],
            "within_term": of["within_term"] + of["paused"], "overdue": of["overdue"]}


class Report:
    """Everything of one report; risk: the span before which a task is at risk."""

    def __init__(self, replay, units, start, end, known, unit=None, risk="3wd"):
        self.replay, self.units, self.known, self.risk = replay, units, known, span(risk)
        self.calendar = replay.calendar
        self.start, self.end, self.unit = start, end, unit
        self.now = end if known >= end else known
        self.lives = [Life(item, known) for item in replay.items.values()]
        self.standings = self.standing_in(start, end)

    def standing_in(self, start, end):
        found = []
        for life in self.lives:
            standing = Standing(life, start, end, self.known)
            standing.unit = life.item.unit.at(standing.until, self.known) or None
            standing.holder = life.item.holder.at(standing.until, self.known) or None
            if standing.counts() and self.wanted(standing.unit):
                found.append(standing)
        return found

    def wanted(self, unit):
        while unit and self.unit and unit != self.unit:
            unit = self.units.get(unit)
        return not self.unit or bool(unit)

    @staticmethod
    def of_kind(standings, kind):
        return [standing for standing in standings if standing.life.item.kind == kind]

    def dossiers(self, standings):
        return [(standing, standing.life.item.way.by(self.known, self.known)) for standing in self.of_kind(standings, "dossier")]

    def at_risk(self, standing):
        if not standing.running or standing.overdue or standing.deadline is None:
            return False
        if standing.now // DAY == standing.deadline // DAY:
            return True
        receipt = self.calendar.effective(standing.life.receipt)  # no step is reached before it (R6)
        return standing.now >= max(receipt, self.calendar.before(self.calendar.going_back(standing.deadline), self.risk))

    def tasks(self, standings):
        out = Counter()
        for standing in self.of_kind(standings, "task"):
            if standing.settled:
                out[{"late": "done_late", "unjudged": "done_without_deadline"}.get(standing.timing, "done_on_time")] += 1
            out["paused"] += standing.paused
            out["cancelled"] += standing.returned
            if standing.running:
                out["overdue" if standing.overdue else "in_progress"] += 1
                out["at_risk"] += self.at_risk(standing)
                out["no_deadline"] += standing.deadline is None
        out["total"] = sum(out[name] for name in ("done_on_time", "done_late", "done_without_deadline", "in_progress", "overdue"))
        names = ["total", "done_on_time", "done_late", "done_without_deadline", "in_progress", "at_risk", "no_deadline", "overdue", "paused", "cancelled"]
        figures = {name: int(out[name]) for name in names}
        figures["on_time_permille"] = tenths(out["done_on_time"], out["done_on_time"] + out["done_late"])
        return figures

    def total(self, standings=None):
        standings = self.standings if standings is None else standings
        return {"dossiers": dossier_figures(self.dossiers(standings)), "tasks": self.tasks(standings)}

    def by_unit(self):
        found = {}
        for unit in {standing.unit for standing in self.standings}:
            mine = [standing for standing in self.standings if standing.unit == unit]
            found[unit] = self.total(mine) | {"form": form_figures(self.dossiers(mine))}
        return found

    def by_field(self):
        found = {}
        for standing, way in self.dossiers(self.standings):
            found.setdefault(standing.life.item.field.by(self.known, self.known), []).append((standing, way))
        return {field: dossier_figures(pairs) for field, pairs in found.items()}

    def ranking(self, names):
        def key(unit):
            of = units[unit]["dossiers"]
            return (-Fraction(of["early"] + of["on_time"], of["settled"]), of["overdue"], names[unit])
        units = self.by_unit()
        return sorted((unit for unit in units if unit and units[unit]["dossiers"]["settled"]), key=key)

    # -- lists ---------------------------------------------------------------------------------------------------

    def open_with_deadline(self):
        for standing in self.standings:
            if standing.running:
                deadline = standing.life.present_deadline(standing.until)
                if deadline is not None:
                    yield standing.life.item.code, deadline, standing

    def worst(self):
        def key(entry):
            code, deadline, _ = entry
            over = self.calendar.count(deadline, self.now) if deadline < self.now else 0
            return (-over, deadline, code)
        return [code for code, _, _ in sorted(self.open_with_deadline(), key=key)[:10]]

    def due(self):
        found = [(deadline, code) for code, deadline, standing in self.open_with_deadline()
                 if standing.life.item.kind == "dossier" and self.now <= deadline < self.end]
        return [code for _, code in sorted(found)]

    def may_be_late(self, target=980):
        of = self.total()["dossiers"]
        due = len(self.due())
        spare = floor(Fraction(1000 * (of["early"] + of["on_time"] + due) - target * (of["settled"] + due), 1000))
        return spare if spare >= 0 else None

    def due_before(self, end):
        return sum(1 for _, deadline, _ in self.open_with_deadline() if self.now <= deadline < end)

    def week_end(self):
        day = self.now // DAY
        monday = day - (day - 1) % 7  # ordinal 1 is a Monday
        for week in (0, 7):
            for back in range(4, -1, -1):
                sessions = self.calendar.sessions(monday + week + back)
                if sessions:
                    end = (monday + week + back) * DAY + sessions[-1][1]
                    if end > self.now:
                        return end
                    break
        return None

    def work(self):
        until = self.week_end()
        return [] if until is None else sorted((deadline, code, standing.holder) for code, deadline, standing in self.open_with_deadline() if deadline <= until)

    def gone(self):
        return sorted(standing.life.item.code for standing in self.standings
                      if standing.life.item.gone.at(standing.until, self.known) and (standing.running or standing.paused))

    def wrong(self):
        return sorted(standing.life.item.code for standing in self.standings if not standing.adds_up())

    def first_learnt(self):
        return min((as_of for _, as_of in self.replay.lists), default=None)

    def has_before(self, start_before):
        first = self.first_learnt()
        if first is None or first > self.known:
            return False
        return first // DAY <= self.calendar.next_start(start_before) // DAY

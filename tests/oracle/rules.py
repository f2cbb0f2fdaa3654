#!/usr/bin/env python3
"""Who is told what and when: an oracle, decided from lists, settings and a calendar by another mind than the product's.

    rules.py --office DIR [--timeline FILE]      JSON: the messages of a simulation
    rules.py --demo [--table]                    what the sample office is told at 25/06/2026 07:30

An office is a directory with kiphan.yaml; a timeline (default DIR/timeline.json) is a list of events in order of time, each
an object, or in Python also a tuple (instant, do, path, {more}):

    {"at": "2026-06-25T07:05:17", "do": "import", "what": "units|people|calendar|items", "path": "lists/a.csv",
     "year": 2026, "calendar": "lich", "feed": "motcua", "as_of": "2026-06-25T07:00:00"}       what, feed: by the file's header; as_of: the instant
    {"at": …, "do": "up"}         the daemon starts           {"at": …, "do": "down"}         it is ended, by whatever means
    {"at": …, "do": "settings", "path": "kiphan-2.yaml"}      it reloads                      {"at": …, "do": "end"}
    {"at": …, "do": "away", "person": …, "from": "2026-06-29", "until": "2026-07-03", "deputy": "" or …}    somebody goes on leave

Paths are relative to the office; instants are local.  A message, in order of sent, person, channel:

    {"opening": "2026-06-25T07:30:00",    the opening it belongs to
     "sent":    "2026-06-25T07:30:00",    when it leaves: later than the opening when an outage is made up
     "person": "cv1.vhxh", "channel": "mail", "kind": "list" or, to vice chair and chair, "summary",
     "stale": ["motcua"],                 feeds of its lines whose data is too old
     "lines": [{"code": …, "level": "overdue|due-today|at-risk|on-track|system", "fresh": true, "late": false, "stands_for": "",
                "due": "2026-06-25T17:00:00"}],      the deadline that counts, pauses given back (R9); "" of the system's own lines
     "counts": {"vhxh": {"overdue": 2}}, "worst": ["code", "code", "code"]}       of summaries only

lines is the whole list, worst first (R10).  fresh is MỚI.  late is true of a line whose own alert leaves in this message after
its opening was missed (R6).  on-track happens only to an item promised on a rest day, on the last working day before it.
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from datetime import date

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)

import lists
import settings as settings_file
from clockwork import DAY, show, span, stamp
from ladder import ABOUT, EVENTS, RANK, Ladder, matches, version
from whom import Whom

LEVEL_OF = {"before": "at-risk", "at": "due-today", "after": "overdue"}  # what a step says, when it is reached


def level_of(step):
    """Steps about anything but the deadline and the citizen's limit are all alike."""
    return RANK[LEVEL_OF[step.kind] if step.about in ("deadline", "supplement") else "on-track"]


EXAMPLE = os.path.join(HERE, "..", "..", "config", "example", "kien-an")


class Office:
    """What the store knows: units, people, items, the calendar; and the settings in force."""

    def __init__(self, directory, pauses_out=True, settings="kiphan.yaml"):
        """`pauses_out`: see Ladder; `settings`: in the directory, unless a whole path."""
        self.directory, self.pauses_out = directory, pauses_out
        self.units, self.people, self.procedures, self.items, self.leaves = {}, {}, {}, lists.Items(), []
        self.settings = settings_file.load(os.path.join(directory, settings))
        self.calendars = self.settings.calendars()
        self.refresh()

    def refresh(self):
        self.followed = {}
        self.ladder = Ladder(self.settings.rules, lambda item: self.calendar_of(item.unit), self.pauses_out, self.units)
        self.whom = Whom(self.units, self.people, self.settings.channels, self.leaves)

    def away(self, person, first, last, deputy):
        """From the first day to the end of the last; with a deputy who has left it is refused."""
        if not deputy or self.people[deputy].active:
            self.leaves.append((person, stamp(first), stamp(last) + DAY, deputy))

    def reload(self, path):
        self.settings = settings_file.load(os.path.join(self.directory, path))
        self.calendars = self.calendars.again(self.settings.told, self.settings.main)
        self.refresh()

    def calendar_of(self, unit):
        return self.calendars.by_name[self.name_of(unit)]

    def name_of(self, unit):
        """The name of the calendar that a unit follows."""
        if unit not in self.followed:
            self.followed[unit] = self.calendars.name_of(unit, self.units)
        return self.followed[unit]

    def door(self, window, person):
        """A window as a person meets it: its name, and the calendar by which it opens (R11)."""
        own = self.people[person].unit if person in self.people else None
        return window.name, window.calendar or self.name_of(own)

    def doors(self):
        """All of them that somebody meets."""
        followed = {self.name_of(unit) for unit in self.units} | {self.calendars.main_name}
        return {(name, calendar) for name, window in self.settings.windows.items() for calendar in
                ([window.calendar] if window.calendar else followed)}

    def take(self, path, instant, what=None, year=None, feed=None, as_of=None, calendar=None):
        """Import one file, as the command would."""
        path = os.path.join(self.directory, path)
        kind = lists.kind_of(path)
        if kind == "units":
            self.units |= lists.read_units(path)
        elif kind == "people":
            self.people |= lists.read_people(path)
        elif kind == "procedures":
            self.procedures |= lists.read_procedures(path)
        elif kind == "calendar":
            self.calendars.enter(path, int(year), calendar)
            for item in self.items.by_code.values():
                item.give_back(self.calendar_of(item.unit))
                lists.set_limit(item, self.calendar_of(item.unit), lists.procedure_of(item, self.procedures))
        else:
            self.take_items(path, "dossier" if kind == "dossiers" else "task", feed, stamp(as_of) if as_of else instant)
        self.refresh()

    def take_items(self, path, kind, feed, as_of):
        read, seen, _ = lists.read_items(path, kind, lists.Names(self.units, self.people), self.calendar_of)
        self.items.take(read, seen, self.settings.feed(feed, kind), as_of, self.calendar_of, self.procedures)

    def openings(self, door, day):
        """The instants at which a window opens on a day; as on an ordinary day in a year not entered (R8, R11)."""
        window = self.settings.windows[door[0]]
        sessions = self.calendars.by_name[door[1]].sessions(day, lenient=True)
        clocks = [start for start, _ in sessions] if window.open is None else window.open if sessions else []
        return [day * DAY + clock for clock in clocks if self.settings.quiet_until <= clock < self.settings.quiet_from]

    def openings_between(self, door, begin, end):
        """Those with begin <= opening < end."""
        return [opening for day in range(begin // DAY, end // DAY + 1) for opening in self.openings(door, day)
                if begin <= opening < end]

    def next_opening(self, door, instant):
        day = instant // DAY
        while True:
            for opening in self.openings(door, day):
                if opening >= instant:
                    return opening
            day += 1

    def stale(self, now):
        """The feeds whose last list is older than they may be (R16)."""
        return {feed["name"] for feed in self.settings.feeds if feed["name"] in self.items.as_of
                and self.calendars.main.count(self.items.as_of[feed["name"]], now, lenient=True)
                > self.calendars.main.length_of(span(feed.get("stale-after", "1wd")))}

    def troubles(self, now):
        """(what is told when it comes up, what is told daily), as codes of kind system (R14)."""
        stock = [item for item in self.items.by_code.values() if item.open and item.state != "not-started"]
        handlers = {item.assignee for item in stock}
        left = {f"system:left:{person.code}" for person in self.people.values() if not person.active and person.code in handlers}
        mute = {f"system:no-address:{code}" for code in self.whom.without_address(stock, self.settings.rules, matches)}
        old = {f"system:stale:{name}" for name in self.stale(now)}
        today = date.fromordinal(now // DAY)
        needed = {today.year} | ({today.year + 1} if today.month >= 10 else set())
        return left | mute | old, {f"system:year:{year}:{name}" for name, calendar in self.calendars.lists().items()
                                   for year in needed - calendar.years}


class Alert:
    """The highest reached step of one subject that names a person (R6)."""

    def __init__(self, item, person, reached, stands_for):
        self.item, self.person, self.reached, self.stands_for, self.about = item, person, reached, stands_for, reached.step.about
        self.key = (item.code, self.about, version(item, self.about), reached.rule.name, reached.step.name, reached.slot, person)


class Entry:
    """An item on somebody's list, with an alert of each subject that puts it there (R10)."""

    def __init__(self, item, person, alerts, level):
        self.item, self.person, self.alerts, self.level = item, person, alerts, level

    def order(self):
        return -RANK[self.level], -1 if self.item.deadline is None else self.item.deadline, self.item.code

    def has_news(self):
        return any(alert.about in EVENTS for alert in self.alerts)

    def line(self, before, caused, late):
        """New also where another clock than the deadline's, or an event, says so for the first time."""
        anew = any(alert.key in caused and alert.about != "deadline" and alert.reached.slot == 0 for alert in self.alerts)
        return {"code": self.item.code, "level": self.level, "fresh": is_fresh(before, self.item.code, self.level) or anew,
                "late": late, "stands_for": self.alerts[0].stands_for, "due": show(self.item.deadline) if self.item.deadline is not None else None}


def is_fresh(before, code, level):
    """MỚI: not in the person's last notice, or there at a lower level."""
    return code not in before or RANK[before[code]] < RANK[level]


class Daemon:
    """Turns of the daemon: what it has told, and what it tells at an opening."""

    def __init__(self, office):
        self.office = office
        self.messages = []
        self.told = set()           # keys of alerts that left (R13)
        self.told_level = {}        # the highest level told, by item, promise and person
        self.last = {}              # person -> {code: level} of their last notice
        self.held = set()           # keys already decided when the settings changed
        self.reloaded = None        # when the settings last changed
        self.troubles = set()       # those present at the last first opening of a day
        self.listed = set()         # those, and what is told daily
        self.looked = None          # the day of that opening
        self.seen = {}              # person -> those of them that they were shown

    def alerts(self, now):
        """For every item the highest step of each subject and person: [(item, {person: [alert, ...]}), ...]."""
        office = self.office
        for item in office.items.by_code.values():
            highest = {}
            for reached in office.ladder.reached(item, now):
                for person, stands_for in office.whom.named(item, reached.rule, reached.step, now).items():
                    which = (person, reached.step.about)
                    if which not in highest or reached.height > highest[which][0].height:
                        highest[which] = (reached, stands_for)
            mine = {}
            for (person, _), (reached, stands_for) in sorted(highest.items(), key=lambda one: ABOUT.index(one[0][1])):
                mine.setdefault(person, []).append(Alert(item, person, reached, stands_for))
            yield item, mine

    def entries(self, now, opened):
        """Everybody's list: {person: [entry, ...]}.  What happened is listed only in the message that tells it."""
        found = {}
        for item, alerts in self.alerts(now):
            for person, mine in alerts.items():
                mine = [alert for alert in mine if alert.about not in EVENTS or self.leaves(alert, opened)]
                if mine:
                    found.setdefault(person, []).append(Entry(item, person, mine, self.office.ladder.level(item, now)))
        return {person: sorted(mine, key=Entry.order) for person, mine in found.items()}

    def due(self, alert):
        """Whether the alert is still to be told: not told, and not made to look new by a reload (R13)."""
        if alert.key in self.told:
            return False
        if self.reloaded is None or alert.reached.at >= self.reloaded or alert.key in self.held:
            return True
        told = self.told_level.get((alert.item.code, alert.about, version(alert.item, alert.about), alert.person), -1)
        return told < level_of(alert.reached.step)

    def remember_held(self, now):
        """Note what is decided and waits, before the settings change."""
        self.held |= {alert.key for _, alerts in self.alerts(now) for mine in alerts.values() for alert in mine if self.due(alert)}

    def door_of(self, alert):
        return self.office.door(self.office.settings.windows[alert.reached.rule.window], alert.person)

    def leaves(self, alert, opened):
        """Whether the alert leaves in the opening of its window, if that is open."""
        opening = opened.get(self.door_of(alert))
        return opening is not None and alert.reached.at <= opening and self.due(alert)

    def serve(self, now, opened):
        """One turn at which windows are open: `opened` maps a door to its opening."""
        office, lists_now, batches = self.office, self.entries(now, opened), {}
        for person, mine in lists_now.items():
            for alert in (one for entry in mine for one in entry.alerts if self.leaves(one, opened)):
                channel = office.whom.channel(person, alert.reached.rule.via)
                batches.setdefault((person, channel, opened[self.door_of(alert)]), []).append(alert)
        self.look(now, opened, batches)
        shown = {}
        for (person, channel, opening), causes in sorted(batches.items(), key=lambda batch: batch[0]):
            message = self.message(now, person, channel, opening, lists_now.get(person, []), causes)
            message["lines"] += self.system_lines(person, now)
            self.messages.append(message)
            shown[person] = {line["code"]: line["level"] for line in message["lines"]}
            self.settle(person, lists_now.get(person, []), causes)
        self.last |= shown

    def settle(self, person, mine, causes):
        """Of the deadline, on a list is told; of anything else, what an alert told."""
        self.told |= {alert.key for alert in causes}
        said = [(entry.item, "deadline", RANK[entry.level]) for entry in mine]
        said += [(alert.item, alert.about, level_of(alert.reached.step)) for alert in causes if alert.about != "deadline"]
        for item, about, rank in said:
            key = (item.code, about, version(item, about), person)
            self.told_level[key] = max(self.told_level.get(key, -1), rank)

    def message(self, now, person, channel, opening, mine, causes):
        office, before, caused = self.office, self.last.get(person, {}), {alert.key for alert in causes}
        made = {"opening": show(opening), "sent": show(now), "person": person, "channel": channel, "kind": "list"}
        made["stale"] = sorted(office.stale(now) & {entry.item.feed for entry in mine})
        made["lines"] = [entry.line(before, caused, any(alert.key in caused and self.is_late(alert, opening) for alert in entry.alerts)) for entry in mine]
        if office.people[person].role in ("vice-chair", "chair"):
            made["kind"] = "summary"
            counts = {}
            for entry in mine:
                counts.setdefault(entry.item.unit, Counter())[entry.level] += 1
            made["counts"] = {unit: dict(sorted(count.items())) for unit, count in sorted(counts.items())}
            made["worst"] = [entry.item.code for place, entry in enumerate(mine) if place < 3 or entry.has_news()]
        return made

    def is_late(self, alert, opening):
        return self.office.next_opening(self.door_of(alert), alert.reached.at) < opening

    def look(self, now, opened, batches):
        """Find the day's troubles at its first opening; adds to `batches` the admins who have something new to see."""
        office, first = self.office, self.office.settings.rules[0]
        opening = opened.get(office.door(office.settings.windows[first.window], None))
        if opening is None or self.looked == opening // DAY:
            return
        self.looked = opening // DAY
        present, daily = office.troubles(now)
        new = (present - self.troubles) | daily
        self.troubles, self.listed = present, present | daily
        for person in self.keepers(now):
            if not new and present <= self.seen.get(person, set()):
                continue  # whoever was away meanwhile is told once of what is still there (R13)
            batches.setdefault((person, office.whom.channel(person, first.via[:1]), opening), [])

    def keepers(self, now):
        """Who sees to the system's own troubles: the admins whom the first channel reaches, else their deputies, else the vice
        chairs, else the chair, or those one's deputies (R14)."""
        whom, via = self.office.whom, self.office.settings.rules[0].via[:1]
        top = {code for code, unit in self.office.units.items() if not unit.parent}
        roles = [whom.admins()] + [[person.code for person in self.office.people.values()
                                    if person.active and person.role == role and person.unit in top] for role in ("vice-chair", "chair")]
        there = [admin for admin in roles[0] if whom.receiver(admin, via, now) == admin]
        if there:
            return there
        for people in roles:
            reached = list(dict.fromkeys(filter(None, (whom.receiver(person, via, now) for person in people))))
            if reached:
                return reached
        return []

    def system_lines(self, person, now):
        """An admin's list has all present troubles, like every open item that some step names them for (R10)."""
        before = self.last.get(person, {})
        if person not in self.keepers(now):
            return []
        self.seen[person] = set(self.listed)
        return [{"code": code, "level": "system", "fresh": is_fresh(before, code, "system"), "late": False, "stands_for": "", "due": ""}
                for code in sorted(self.listed)]


class Simulation:
    """The timeline: events happen, and while the daemon is up every opening finds it awake."""

    def __init__(self, office):
        self.office, self.daemon = office, Daemon(office)
        self.up, self.down_since, self.started, self.pending = False, None, False, False

    def run(self, timeline):
        events = sorted((event_of(event) for event in timeline), key=lambda event: event["at"])
        for number, event in enumerate(events):
            self.happen(event)
            if self.up and number + 1 < len(events):
                self.openings(event["at"], events[number + 1]["at"])
        return self.daemon.messages

    def happen(self, event):
        now, do = event["at"], event["do"]
        if do == "import":
            more = {key: value for key, value in event.items() if key not in ("at", "do", "path")}
            self.office.take(event["path"], now, **more)
        elif do == "settings":
            self.change(now, event["path"])
        elif do == "away":
            self.office.away(event["person"], event["from"], event["until"], event["deputy"])
        elif do == "down" and self.up:
            self.daemon.remember_held(now)
            self.up, self.down_since = False, now
        elif do == "up" and not self.up:
            self.rise(now)

    def change(self, now, path):
        if self.up:
            self.daemon.remember_held(now)
            self.daemon.reloaded = now
        self.pending = not self.up and self.started
        self.office.reload(path)

    def rise(self, now):
        """The daemon starts; an opening that it missed is made up, once, when its session still runs (R11)."""
        self.up = True
        if self.pending:
            self.daemon.reloaded, self.pending = now, False
        if self.started:
            missed = {}
            for door in self.office.doors():
                for opening in self.office.openings_between(door, self.down_since, now):
                    session = self.office.calendars.by_name[door[1]].session_holding(opening, lenient=True)
                    missed.pop(door, None)
                    if session and now < session[1]:
                        missed[door] = opening
            if missed:
                self.daemon.serve(now, missed)
        self.started = True

    def openings(self, begin, end):
        """Serve every opening with begin <= opening < end, windows that open together in one turn."""
        turns = {}
        for door in self.office.doors():
            for opening in self.office.openings_between(door, begin, end):
                turns.setdefault(opening, {})[door] = opening
        for opening, opened in sorted(turns.items()):
            self.daemon.serve(opening, opened)


def event_of(event):
    if not isinstance(event, dict):
        at, do, *rest = event
        event = {"at": at, "do": do} | ({"path": rest[0]} if rest else {}) | (rest[1] if len(rest) > 1 else {})
    at = event["at"]
    return event | {"at": stamp(at) if isinstance(at, str) else at}


def simulate(office, timeline, pauses_out=True):
    """The messages of a timeline; `office` is a directory or an Office nothing has happened to yet."""
    if not isinstance(office, Office):
        office = Office(office, pauses_out)
    return Simulation(office).run(timeline)


def demo(example=EXAMPLE, seed=2026, settings="kiphan.yaml"):
    """What the sample office is told at 25/06/2026 07:30, the daemon having first started at 07:25."""
    with tempfile.TemporaryDirectory() as made:
        events = [("2026-06-25 07:00", "import", os.path.abspath(os.path.join(example, name)), more) for name, more in (
            ("calendar-2026.csv", {"year": 2026}), ("units.csv", {}), ("people.csv", {}), ("notice-tasks.csv", {}))]
        for day in ("24/06/2026", "25/06/2026"):
            path = os.path.join(made, day[:2] + ".csv")
            with open(path, "wb") as out:
                subprocess.run([sys.executable, os.path.join(example, "make_dossiers.py"), "--seed", str(seed),
                                "--as-of", day + " 07:00"], stdout=out, check=True)
            events.append(("2026-06-25 07:20", "import", path, {"as_of": day + " 07:00"}))
        events += [("2026-06-25 07:25", "up"), ("2026-06-25 07:31", "end")]
        return simulate(Office(example, settings=settings), events)


def table(messages):
    """The demo's table: who, channel, and how many at each level."""
    rows = [("opening", "person", "channel", "kind", "overdue", "due today", "at risk", "system")]
    for message in messages:
        count = Counter(line["level"] for line in message["lines"])
        rows.append((message["opening"][:16], message["person"], message["channel"], message["kind"])
                    + tuple(str(count[level]) for level in ("overdue", "due-today", "at-risk", "system")))
    widths = [max(len(cell) for cell in column) for column in zip(*rows)]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip() for row in rows)


def main():
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--office", metavar="DIR")
    options.add_argument("--timeline", metavar="FILE")
    options.add_argument("--settings", metavar="FILE", help="instead of the office's own")
    options.add_argument("--demo", action="store_true", help="the sample office, or --office as one")
    options.add_argument("--seed", type=int, default=2026, help="of the demo's dossiers")
    options.add_argument("--table", action="store_true", help="a table instead of JSON")
    chosen = options.parse_args()
    if not chosen.demo and not chosen.office:
        options.error("--office DIR or --demo")
    settings = os.path.abspath(chosen.settings) if chosen.settings else "kiphan.yaml"
    if chosen.demo:
        messages = demo(chosen.office or EXAMPLE, chosen.seed, settings)
    else:
        with open(chosen.timeline or os.path.join(chosen.office, "timeline.json"), encoding="utf-8") as text:
            messages = simulate(Office(chosen.office, settings=settings), json.load(text))
    print(table(messages) if chosen.table else json.dumps(messages, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()

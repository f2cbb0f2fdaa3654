#!/usr/bin/env python3
"""Add up again what `kiphan explain --json` says, step by step, with a calendar of its own.

    kiphan explain --all --json | readd.py CALENDAR.csv [WEEK]

Reads one JSON object a line.  Every figure is reckoned anew here from the list of days off and the week's sessions
("mon-fri 07:30-11:30 13:30-17:00"), with nothing of the program's; each chain of steps must begin where the one before
it ended, leave no working time out in between, and end at the deadline.  Prints how many were added up; ends with 1 at
the first disagreement, naming the item.
"""
import csv
import json
import sys
from datetime import date, datetime, timedelta

WEEK = "mon-fri 07:30-11:30 13:30-17:00"
DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
COUNTING = ("day", "piece", "end")


class Wrong(Exception):
    pass


class Calendar:
    def __init__(self, path, week=WEEK):
        days, *sessions = week.split()
        first, _, last = days.partition("-")
        self.weekdays = range(DAYS.index(first), DAYS.index(last or first) + 1)
        self.hours = [tuple(timedelta(hours=int(clock[:2]), minutes=int(clock[3:5])) for clock in text.split("-")) for text in sessions]
        self.marks = {}
        with open(path, encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                if row.get("sessions"):
                    raise SystemExit("a day with sessions of its own is not known here")
                self.marks[date.fromisoformat(row["date"])] = row["kind"]

    def works(self, day):
        return self.marks.get(day, "workday" if day.weekday() in self.weekdays else "off") == "workday"

    def sessions(self, day):
        midnight = datetime(day.year, day.month, day.day)
        return [(midnight + start, midnight + end) for start, end in self.hours] if self.works(day) else []

    def seconds(self, start, end):
        """Working time between two instants, day by day; negative when the second is the earlier."""
        if end < start:
            return -self.seconds(end, start)
        total, day = 0, start.date()
        while day <= end.date():
            for opens, closes in self.sessions(day):
                total += max(0, int((min(end, closes) - max(start, opens)).total_seconds()))
            day += timedelta(days=1)
        return total

    def receipt(self, instant):
        """A receipt belongs to the session [start, end), else to the next one's start (R1)."""
        day = instant.date()
        while True:
            for opens, closes in self.sessions(day):
                if instant < closes:
                    return max(instant, opens)
            day += timedelta(days=1)


def moment(text):
    if text is None:
        return None
    if not text.endswith("+07:00"):
        raise Wrong(f"{text} is not the office's time")
    return datetime.fromisoformat(text[:-6])


def same(what, found, wanted):
    if found != wanted:
        raise Wrong(f"{what}: {found}, but {wanted} by adding up")


def add_up(calendar, what, steps, start, end):
    """Walk the steps that count from start to end; returns their sum."""
    at, total, days = start, 0, 0
    crossed = [step for step in steps if step["kind"] in ("holiday", "rest-day", "swap-day")]
    for step in steps:
        if step["counts"] != (step["kind"] in COUNTING):
            raise Wrong(f"{what}: does {step['kind']} count?")
        if not step["counts"]:
            continue
        begins, ends = moment(step["from"]), moment(step["at"])
        if begins < at or calendar.seconds(at, begins):
            raise Wrong(f"{what}: working time between {at} and {begins} is in no step")
        if step["kind"] == "piece" and not any(opens <= begins and ends <= closes for opens, closes in calendar.sessions(begins.date())):
            raise Wrong(f"{what}: {begins} to {ends} is in no session")
        if step["kind"] == "day":
            days += 1
            same(f"{what}: number of the day", step["number"], days)
        same(f"{what}: {begins} to {ends}", step["working_seconds"], calendar.seconds(begins, ends))
        total += step["working_seconds"]
        at = ends
    if end < at or calendar.seconds(at, end):
        raise Wrong(f"{what}: ends at {at}, not {end}")
    same(f"{what}: the sum", total, calendar.seconds(start, end))
    for step in crossed:
        day = date.fromisoformat(step["date"])
        if calendar.works(day) != (step["kind"] == "swap-day"):
            raise Wrong(f"{what}: {day} is no {step['kind']}")
    return total


def days_off(calendar, first, last):
    """Days off strictly between two days, and that of the first itself."""
    day, found = first, []
    while day < last:
        if not calendar.works(day):
            found.append(day)
        day += timedelta(days=1)
    return found


def check_crossed(calendar, what, steps, asked, end):
    """Every day off on the way is named, once, in order."""
    named = [date.fromisoformat(step["date"]) for step in steps if step["kind"] in ("holiday", "rest-day")]
    same(f"{what}: days off", named, days_off(calendar, asked.date(), end.date()))


def term_end(calendar, start, term, received, steps):
    """Where a term leads, for the units that adding alone does not show (R2, R3)."""
    day, number = start.date(), 0.0
    unit = term.lstrip("0123456789.,")
    if unit != "same-day":
        number = float(term[:len(term) - len(unit)].replace(",", "."))
    if unit == "h":
        return None, number * 3600
    if unit == "d":
        day += timedelta(days=int(number))
        while not calendar.works(day):
            day += timedelta(days=1)
        return calendar.sessions(day)[-1][1], None
    if unit == "same-day":
        late = any(step["why"] == "too-late" for step in steps)
        while late:
            day += timedelta(days=1)
            late = not calendar.works(day)
        return calendar.sessions(day)[-1][1], None
    for _ in range(int(number)):
        day += timedelta(days=1)
        while not calendar.works(day):
            day += timedelta(days=1)
    half = number % 1
    if unit == "wd-end":
        if half:
            day += timedelta(days=1)
            while not calendar.works(day):
                day += timedelta(days=1)
            return calendar.sessions(day)[0][1], None
        return calendar.sessions(day)[-1][1], None
    if half:
        return None, None  # a share of the ordinary day: the sum says it
    return datetime.combine(day, start.time()), None


def check_computed(calendar, told):
    computed, term = told["computed"], told["term"]
    start, due = moment(computed["start"]), moment(computed["due"])
    same("start of the term", start, moment(told["receipt"]["effective"]))
    total = add_up(calendar, "computed", computed["steps"], start, due)
    check_crossed(calendar, "computed", computed["steps"], moment(told["received"]), due) if term["span"].endswith(("h", "wd")) else None
    end, seconds = term_end(calendar, start, term["span"], told["received"], computed["steps"])
    if end is not None:
        same(f"{term['span']} from {start}", due, end)
    if seconds is not None:
        same(f"{term['span']} from {start}", total, int(seconds))
    if not computed["agrees"]:
        raise Wrong("the computed deadline is not the one that was kept")
    same("kept", moment(computed["kept"]), due)


def check_pauses(calendar, told, start):
    total = 0
    for pause in told["pauses"]:
        if pause["until"] is None:
            continue
        begins, ends = moment(pause["from"]), moment(pause["until"])
        begins = max(begins, start) if start else begins
        same("a pause", pause["working_seconds"], calendar.seconds(begins, ends) if ends > begins else 0)
        total += pause["working_seconds"] if pause["given_back"] else 0
    return total


def check(calendar, told):
    """Which parts of an item were added up."""
    parts = set()
    received, due = moment(told["received"]), moment(told["promise"]["due"])
    start = None
    if received:
        start = calendar.receipt(received)
        same("effective receipt", moment(told["receipt"]["effective"]), start)
    if told["computed"]:
        check_computed(calendar, told)
        parts.add("computed")
    if due is None:
        return parts
    same("the promise", moment(told["due"]), due)
    same("the last promise told", moment(told["deadlines"][-1]["due"]), due)
    if told["promise"]["origin"] == "computed":
        same("a promise that was computed", due, moment(told["computed"]["due"]))
    if start and told["promise"]["steps"]:
        steps = told["promise"]["steps"]
        if due > start:
            same("working time in all", add_up(calendar, "promised", steps, start, due), told["working_seconds_in_all"])
            parts.add("promised")
    if told["promise"]["difference_working_seconds"] is not None:
        same("the difference", told["promise"]["difference_working_seconds"], calendar.seconds(due, moment(told["computed"]["kept"])))
    deadline = due
    total = check_pauses(calendar, told, start)
    if total:
        given = told["give_back"]
        deadline = moment(given["to"])
        same("given back from", moment(given["from"]), due)
        same("given back", given["working_seconds"], total)
        same("given back by steps", add_up(calendar, "given back", given["steps"], due, deadline), total)
        parts.add("given back")
    else:
        same("given back", told["give_back"], None)
    same("the deadline", moment(told["effective_due"]), deadline)
    if told["working_seconds_left"] is not None and told["level"] not in ("paused", "none"):
        same("left", told["working_seconds_left"], calendar.seconds(moment(told["now"]), deadline))
        parts.add("left")
    return parts


def main():
    calendar = Calendar(sys.argv[1], *sys.argv[2:3])
    items, found = 0, {}
    for line in sys.stdin:
        told = json.loads(line)
        try:
            for part in check(calendar, told):
                found[part] = found.get(part, 0) + 1
        except Wrong as wrong:
            print(f"{told['code']}: {wrong}")
            return 1
        items += 1
    print(f"{items} items added up: " + ", ".join(f"{part} {count}" for part, count in sorted(found.items())))
    return 0


if __name__ == "__main__":
    sys.exit(main())

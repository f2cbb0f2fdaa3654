"""One random office, its lists taken in by the program, its reports asked for, and every figure held against figures.py."""
import csv
import json
import random
from datetime import date

from figures import DAY, Report, Replay, show
from harness.installation import Installation
from maker import STAFF, UNIT_NAMES, UNITS, Office, listed

SETTINGS = """organisation:
  name: {vi: UBND phường Thử, en: A ward made up}
  zone: Asia/Ho_Chi_Minh
  language: vi
calendars:
  - name: lich
    week:
      mon-fri: ["07:30-11:30", "13:30-17:00"]
feeds:
  - {name: motcua, kind: dossier, label: {vi: Một cửa, en: One-stop system}, complete: yes, gone-percent: 100, stale-after: 1wd}
  - {name: nhiem-vu, kind: task, label: {vi: Bảng nhiệm vụ, en: Table of tasks}, complete: no, stale-after: 30wd}
channels:
  - {name: tep, type: file, directory: out}
windows:
  - {name: gio, calendar: lich, open: session-start}
rules:
  - name: nhiem-vu
    match: {kind: task}
    via: [tep]
    window: gio
    label: {vi: Nhiệm vụ, en: Tasks}
    steps:
      - {name: at-risk, before: 3wd, tell: [assignee]}
      - {name: overdue, after: 0h, tell: [assignee]}
"""


def rows_to(path, rows):
    with open(path, "w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def zoned(instant):
    return None if instant is None else show(instant) + "+07:00"


class Comparison:
    def __init__(self, seed, directory):
        self.office = Office(seed)
        self.dice = random.Random(f"periods {seed}")
        self.kiphan = Installation(directory, settings=SETTINGS)
        self.replay = Replay(self.office.calendar, STAFF)
        self.reports = self.figures = 0

    def close(self):
        self.kiphan.close()

    def set_clock(self, instant):
        self.kiphan.set_clock(zoned(instant))

    def take_in(self):
        """Begin the office, and take in all lists, each at its own time."""
        kiphan, office, here = self.kiphan, self.office, self.kiphan.directory
        self.set_clock(office.events[0][0] - 60)
        kiphan.run("init")
        kiphan.run("import", "units", rows_to(here / "units.csv", [
            {"code": code, "name": UNIT_NAMES[code], "short_name": code, "parent": above, "kind": "department", "overseen_by": ""}
            for code, above in UNITS.items()]))
        kiphan.run("import", "people", rows_to(here / "people.csv", [
            {"code": code, "name": f"Cán bộ {code}", "title": "", "unit": unit, "role": "staff", "email": f"{code}@thu.example", "language": "vi",
             "active": "yes"} for code, unit in STAFF.items()]))
        days = [{"date": show(day * DAY)[:10], "kind": kind, "name": "Ngày"} for day, (kind, _) in sorted(office.marks.items())]
        kiphan.run("import", "calendar", rows_to(here / "calendar.csv", days), "--year", "2026")
        for number, (as_of, feed, kind, rows) in enumerate(office.events):
            self.set_clock(as_of + 60)
            path = rows_to(here / f"{feed}-{number}.csv", [listed(kind, row) for row in rows])
            kiphan.run("import", "items", path, "--feed", feed, "--as-of", show(as_of).replace("T", " "))
            self.replay.take(feed, kind, as_of, rows, feed == "motcua")

    # -- periods -------------------------------------------------------------------------------------------------

    def choose(self):
        """(words of the command, start, end, start of the period before, end of the one after)."""
        dice, first = self.dice, self.office.first
        kind = dice.choice(["weekly", "monthly", "days", "days"])
        day = first + dice.randint(0, self.office.days)
        if kind == "weekly":
            start = day - (day - 1) % 7
            return ["weekly", self.date(day)], start, start + 7, start - 7, start + 14
        months = [self.month(day, later) for later in (-1, 0, 1, 2)]
        if kind == "monthly":
            return ["monthly", self.date(day)], months[1], months[2], months[0], months[3]
        length = dice.randint(1, 40)
        if (day, day + length) == (months[1], months[2]):  # exactly a month is compared with a month
            return ["--from", self.date(day), "--to", self.date(day + length)], day, day + length, months[0], months[3]
        return ["--from", self.date(day), "--to", self.date(day + length)], day, day + length, day - length, day + 2 * length

    @staticmethod
    def date(day):
        text = show(day * DAY)
        return f"{text[8:10]}/{text[5:7]}/{text[:4]}"

    @staticmethod
    def month(day, later):
        text = show(day * DAY)
        months = int(text[:4]) * 12 + int(text[5:7]) - 1 + later
        return date(months // 12, months % 12 + 1, 1).toordinal()

    def known(self, end, clock):
        """The words that choose what was known, and the moment that they stand for."""
        way = self.dice.choice(["then", "then", "now", "at"])
        if way == "now":
            return ["--as-known-now"], clock
        if way == "at":
            at = self.office.events[0][0] + self.dice.randint(-DAY, (self.office.days + 5) * DAY)
            return ["--known-at", show(at).replace("T", " ")], min(at, clock)
        if end * DAY > clock:
            return [], clock
        return [], min(clock, self.office.calendar.next_start(end * DAY))

    # -- comparing -----------------------------------------------------------------------------------------------

    def ask(self):
        """One report of a period and a moment drawn at random; the differences."""
        words, start, end, before, after = self.choose()
        clock = self.dice.choice([end * DAY + self.dice.randint(0, 3 * DAY), start * DAY + self.dice.randint(0, (end - start) * DAY),
                                  (self.office.first + self.office.days + 2) * DAY])
        clock = max(clock, start * DAY)
        self.set_clock(clock)
        more, known = self.known(end, clock)
        unit = self.dice.choice([None, None, "p1", "p2"])
        words += more + (["--unit", unit] if unit else [])
        said = json.loads(self.kiphan.run("report", *words, "--format", "json").stdout)
        found = Report(self.replay, UNITS, start * DAY, end * DAY, known, unit)
        self.reports += 1
        return [f"kiphan report {' '.join(words)} at {show(clock)}: {difference}" for difference in self.differences(found, said, before, after)]

    def same(self, what, wanted, got):
        self.figures += len(wanted) if isinstance(wanted, (dict, list)) else 1
        if wanted == got:
            return []
        if isinstance(wanted, dict) and isinstance(got, dict):
            return [f"{what}.{name}: {wanted.get(name)} was worked out, {got.get(name)} reported" for name in {**wanted, **got}
                    if wanted.get(name) != got.get(name)]
        return [f"{what}: {wanted} was worked out, {got} reported"]

    def differences(self, found, said, before, after):
        out = self.same("known_at", zoned(found.known), said["known_at"]) + self.same("as_at", zoned(found.now), said["as_at"])
        for part, wanted in found.total().items():
            out += self.same(f"total.{part}", wanted, said["total"][part])
        units = {row["unit"]: row for row in said["units"]}
        by_unit = found.by_unit()
        out += self.same("units", sorted(map(str, by_unit)), sorted(map(str, units)))
        for unit in by_unit.keys() & units.keys():
            for part in ("dossiers", "tasks", "form"):
                out += self.same(f"unit {unit}.{part}", by_unit[unit][part], units[unit][part])
        fields = {row["field"]: row["dossiers"] for row in said["fields"]}
        by_field = found.by_field()
        out += self.same("fields", sorted(by_field), sorted(fields))
        for field in by_field.keys() & fields.keys():
            out += self.same(f"field {field}", by_field[field], fields[field])
        return out + self.list_differences(found, said) + self.before_differences(found, said, before, after)

    def list_differences(self, found, said):
        def codes(rows):
            return [row["code"] for row in rows]
        work = said["work"]
        out = self.same("ranking", found.ranking(UNIT_NAMES), said["ranking"])
        out += self.same("worst", found.worst(), codes(said["worst"]))
        out += self.same("gone", found.gone(), sorted(codes(said["gone"])))
        out += self.same("wrong", found.wrong(), sorted(codes(said["wrong"])))
        out += self.same("due", found.due(), codes(said["target"]["items"]))
        out += self.same("may be late", found.may_be_late(), said["target"]["may_be_late"])
        out += self.same("week's end", zoned(found.week_end()), work["until"])
        out += self.same("work", [(code, holder) for _, code, holder in found.work()], [(row["code"], row["assignee"]) for row in work["items"]])
        out += self.same("working seconds", found.calendar.count(found.now, found.week_end()), work["working_seconds"])
        people = {}
        for deadline, _, holder in found.work():
            count, overdue = people.get(holder, (0, 0))
            people[holder] = (count + 1, overdue + (deadline < found.now))
        return out + self.same("people", people, {row["assignee"]: (row["count"], row["overdue"]) for row in work["people"]})

    def before_differences(self, found, said, before, after):
        out = self.same("due next period", found.due_before(after * DAY), said["due_next_period"])
        if not found.has_before(before * DAY):
            return out + self.same("before", None, said["before"])
        wanted = found.total(found.standing_in(before * DAY, found.start))
        for part in wanted:
            out += self.same(f"before.{part}", wanted[part], (said["before"] or {}).get(part))
        return out

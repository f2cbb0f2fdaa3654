#!/usr/bin/env python3
"""Make a random office to run the product and the oracle on: the same directory for the same seed.

    office.py --seed N DIR

DIR gets units.csv, people.csv, calendar.csv, kiphan.yaml, lists/*.csv (and later versions of some of them), and timeline.json
as rules.py describes it: 60 days of lists, most mornings, hand-overs, leavers, outages.  The dossiers are those of
config/example's make_dossiers.py, with this office's units, people, procedures and calendar put in.  Events happen seventeen
seconds past a minute, so that none falls on the second at which an opening or a step does.
"""
import argparse
import csv
import importlib.util
import json
import os
import random
import sys
from datetime import date, datetime, time, timedelta

HERE = os.path.dirname(os.path.abspath(__file__))
EXAMPLE = os.path.join(HERE, "..", "..", "config", "example", "kien-an")
DAYS = 60
STANDARD = ["07:30-11:30", "13:30-17:00"]
FIELDS = ["Hộ tịch", "Đất đai", "Xây dựng", "Chứng thực", "Người có công"]
UNIT_NAMES = ["Phòng Kinh tế", "Phòng Văn hóa", "Phòng Đô thị", "Trung tâm Hành chính công", "Văn phòng"]
TASK_COLUMNS = ["code", "title", "lead", "coordinating", "assignee", "assigned_by", "document", "document_date", "due", "recurrence",
                "output", "status", "finished_on", "note"]
PEOPLE_COLUMNS = ["code", "name", "title", "unit", "role", "email", "phone", "zalo_chat", "zalo_user", "telegram_chat", "language", "active"]
PROCEDURE_COLUMNS = ["code", "name", "field", "unit", "term", "online_term", "same_day_cutoff", "supplement_limit"]
UNIT_COLUMNS = ["code", "name", "short_name", "parent", "kind", "overseen_by", "telegram_group", "zalo_group"]

CHANNEL = "{name: tep, type: file, directory: out}"

HEADER = """organisation:
  name: {{vi: UBND phường Thử, en: A ward made up}}
  zone: Asia/Ho_Chi_Minh
  language: vi

calendar: lich
calendars:
  - name: lich
    week:
      mon-fri: ["07:30-11:30", "13:30-17:00"]
{saturday}{others}
feeds:
  - name: motcua
    kind: dossier
    label: {{vi: Một cửa, en: One-stop system}}
    complete: yes
    expected: mỗi sáng làm việc
    stale-after: {stale}
  - name: nhiem-vu
    kind: task
    label: {{vi: Bảng nhiệm vụ, en: Table of tasks}}
    complete: no
    stale-after: 30wd

channels:
  - {channel}

windows:
{windows}
quiet: {{from: "18:00", until: "07:00", rest-days: true, holidays: true}}

rules:
"""


class Maker:
    """Everything random about one office, drawn in one order."""

    def __init__(self, seed, directory, channel=CHANNEL):
        self.seed, self.directory, self.channel = seed, directory, channel
        self.dice = random.Random(f"office {seed}")
        self.other_dice = random.Random(f"calendars {seed}")
        self.start = date(2026, 3, 2) + timedelta(weeks=self.dice.randint(0, 36))
        self.end = self.start + timedelta(days=DAYS)
        self.events, self.marks = [], {}
        os.makedirs(os.path.join(directory, "lists"), exist_ok=True)

    def chance(self, share):
        return self.dice.random() < share

    def write(self, name, columns, rows):
        with open(os.path.join(self.directory, name), "w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, columns, restval="")
            writer.writeheader()
            writer.writerows(rows)

    def event(self, day, clock, do, path=None, **more):
        hour, minute = clock
        self.events.append({"at": f"{day.isoformat()}T{hour:02}:{minute:02}:17", "do": do} | ({"path": path} if path else {}) | more)

    # -- the calendar -------------------------------------------------------------------------------------------

    def worked(self, day):
        kind = self.marks.get(day.isoformat(), {}).get("kind")
        return kind == "workday" or (kind != "holiday" and day.weekday() < 5)

    def calendar(self):
        """Holidays and swap days of this year and the next; the next one's may be entered on the way, or never."""
        first = self.start - timedelta(days=60)
        for day in {first + timedelta(days=self.dice.randint(0, 180)) for _ in range(self.dice.randint(4, 12))}:
            if day.weekday() < 5:
                self.marks[day.isoformat()] = {"date": day.isoformat(), "kind": "holiday", "name": "Nghỉ lễ"}
        for _ in range(self.dice.randint(0, 3)):
            day = self.start + timedelta(days=self.dice.randint(0, DAYS))
            day += timedelta(days=5 - day.weekday())
            own = "07:30-11:30" if self.chance(0.3) else ""
            self.marks[day.isoformat()] = {"date": day.isoformat(), "kind": "workday", "name": "Làm bù", "sessions": own}
        for day in ("2026-01-01", "2027-01-01"):  # no year is without a holiday, and an empty list is refused
            self.marks.setdefault(day, {"date": day, "kind": "holiday", "name": "Tết Dương lịch"})
        for year, name in ((2026, "calendar.csv"), (2027, "calendar-2027.csv")):
            rows = [row for day, row in sorted(self.marks.items()) if day.startswith(str(year))]
            self.write(name, ["date", "kind", "name", "sessions"], rows)
        self.event(self.start, (6, 41), "import", "calendar.csv", what="calendar", year=2026)
        if self.end.year == 2027 or self.chance(0.5):
            day = self.start + timedelta(days=self.dice.randint(0, 25)) if self.chance(0.7) else self.end - timedelta(days=1)
            self.event(day, (15, 43), "import", "calendar-2027.csv", what="calendar", year=2027)

    def others(self):
        """In two of three offices some departments follow another calendar, which builds on the main one or has a list of its own."""
        dice, self.others_text, self.window_calendar = self.other_dice, "", "calendar: lich, "
        if dice.random() < 0.35:
            return
        if dice.random() < 0.8:
            self.window_calendar = ""
        departments = [row["code"] for row in self.unit_rows if row.get("kind") == "department"]
        self.other("quay", dice.sample(departments, dice.randint(1, len(departments) - 1)), "lich" if dice.random() < 0.7 else "")
        if any(row["code"] == "p1.to" for row in self.unit_rows) and dice.random() < 0.6:
            self.other("to", ["p1.to"], dice.choice(["lich", "quay"]))

    def other(self, name, units, holidays):
        dice = self.other_dice
        ordinary = dice.choice([["07:30-11:30", "13:30-17:00"], ["08:00-12:00", "13:30-17:30"], ["07:00-11:00", "13:00-16:30"]])
        saturday = dice.choice(["", '      sat: ["07:30-11:30"]\n', '      sat: ["08:00-11:00"]\n'])
        self.others_text += (f"  - name: {name}\n" + (f"    holidays: {holidays}\n" if holidays else "") + f"    units: [{', '.join(units)}]\n"
                             f"    week:\n      mon-fri: {json.dumps(ordinary)}\n" + saturday)
        marks = {}
        for _ in range(dice.randint(0, 4) if holidays else dice.randint(3, 8)):
            day = (self.start + timedelta(days=dice.randint(-20, DAYS))).isoformat()
            own = dice.choice(["", "08:00-10:00"])
            marks[day] = dice.choice([{"date": day, "kind": "holiday", "name": "Nghỉ riêng"},
                                      {"date": day, "kind": "workday", "name": "Trực", "sessions": own}])
        for year in (2026, 2027):
            marks.setdefault(f"{year}-01-01", {"date": f"{year}-01-01", "kind": "holiday", "name": "Tết Dương lịch"})
            file = f"{name}-{year}.csv"
            self.write(file, ["date", "kind", "name", "sessions"], [row for day, row in sorted(marks.items()) if day.startswith(str(year))])
            day = self.start if year == 2026 or dice.random() < 0.5 else self.start + timedelta(days=dice.randint(1, DAYS - 2))
            clock = (6, 44) if day == self.start else (15, 47)
            if year == 2026 or dice.random() < 0.7:
                self.event(day, clock, "import", file, what="calendar", year=year, calendar=name)

    # -- units and people ---------------------------------------------------------------------------------------

    def units(self):
        names = self.dice.sample(UNIT_NAMES, self.dice.randint(2, 4))
        vices = [f"pct{number}" for number in range(1, self.dice.randint(1, 3) + 1)]
        rows = [{"code": "ubnd", "name": "Ủy ban nhân dân phường", "short_name": "UBND", "kind": "committee"}]
        for number, name in enumerate(names, 1):
            rows.append({"code": f"p{number}", "name": name, "short_name": f"P{number}", "parent": "ubnd", "kind": "department",
                         "overseen_by": self.dice.choice(vices) if self.chance(0.7) else ""})
        if self.chance(0.5):
            rows.append({"code": "p1.to", "name": "Tổ công tác", "short_name": "Tổ", "parent": "p1", "kind": "team",
                         "overseen_by": self.dice.choice(vices) if self.chance(0.3) else ""})
        self.unit_rows, self.vices = rows, vices
        self.write("units.csv", UNIT_COLUMNS, rows)
        self.event(self.start, (6, 42), "import", "units.csv", what="units")

    def person(self, code, name, unit, role, active="yes"):
        email = "" if self.chance(0.12) else f"{code}@thu.example"
        self.people_rows.append({"code": code, "name": name, "title": "", "unit": unit, "role": role, "email": email, "language": "vi",
                                 "active": active})

    def people(self):
        self.people_rows = []
        self.person("ct", "Chủ Tịch", "ubnd", "chair")
        for number, code in enumerate(self.vices, 1):
            self.person(code, f"Phó Chủ Tịch {number}", "ubnd", "vice-chair", "no" if self.chance(0.1) else "yes")
        for number in range(self.dice.randint(1, 2)):
            self.person(f"quantri{number + 1}", f"Quản Trị {number + 1}", "ubnd", "admin")
        for unit in self.unit_rows[1:]:
            for number in range(self.dice.choice([0, 1, 1, 1, 1, 2])):
                self.person(f"tp{number + 1}.{unit['code']}", f"Trưởng {unit['short_name']} {number + 1}", unit["code"], "head",
                            "no" if self.chance(0.08) else "yes")
            for number in range(self.dice.randint(1, 3)):
                name = "Nguyễn Văn An" if self.chance(0.15) else f"Cán Bộ {unit['short_name']} {number + 1}"
                self.person(f"cv{number + 1}.{unit['code']}", name, unit["code"], "staff", "no" if self.chance(0.08) else "yes")
        self.write("people.csv", PEOPLE_COLUMNS, self.people_rows)
        self.event(self.start, (6, 43), "import", "people.csv", what="people")
        self.staff = [row["code"] for row in self.people_rows if row["role"] == "staff"]

    def changes_of_people(self):
        """Now and then somebody leaves, comes back, or gets or loses an address."""
        rows = [dict(row) for row in self.people_rows]
        for number in range(self.dice.randint(0, 4)):
            row = self.dice.choice([row for row in rows if row["role"] in ("staff", "head", "vice-chair")])
            if self.chance(0.6):
                row["active"] = "no" if row["active"] == "yes" else "yes"
            else:
                row["email"] = "" if row["email"] else f"{row['code']}@thu.example"
            name = f"people-{number + 2}.csv"
            self.write(name, PEOPLE_COLUMNS, rows)
            day = self.start + timedelta(days=3 + number * 14 + self.dice.randint(0, 12))
            self.event(day, (self.dice.randint(8, 16), self.dice.randint(31, 59)), "import", name, what="people")

    # -- dossiers and tasks -------------------------------------------------------------------------------------

    def generator(self):
        """make_dossiers.py, a copy of the module for this office alone."""
        found = importlib.util.spec_from_file_location(f"dossiers_{self.seed}", os.path.join(EXAMPLE, "make_dossiers.py"))
        made = importlib.util.module_from_spec(found)
        found.loader.exec_module(made)
        procedures = []
        for number in range(self.dice.randint(5, 9)):
            unit = self.dice.choice(self.unit_rows[1:])["code"]
            procedures.append({"code": f"T{number}", "name": f"Thủ tục {number}", "field": self.dice.choice(FIELDS), "unit": unit,
                               "term": self.dice.choice(["same-day", "2wd-end", "3wd-end", "5wd-end", "7wd-end", "10wd-end", "15wd-end"])})
        table = [{key: row[key] for key in ("code", "name", "field", "unit", "term")}
                 | {"same_day_cutoff": "15:00" if row["term"] == "same-day" else "",
                    "supplement_limit": self.dice.choice(["", "1wd-end", "2wd", "3wd-end", "4d", "12h"])} for row in procedures]
        self.write("procedures.csv", PROCEDURE_COLUMNS, table)
        self.event(self.start, (6, 44), "import", "procedures.csv", what="procedures")
        made.MARKED = {day: row["kind"] for day, row in self.marks.items()}
        made.HANDLERS = {unit["code"]: [code for code in self.staff if code.endswith("." + unit["code"])] + [""] * self.chance(0.2)
                         for unit in self.unit_rows}
        tables = {"procedures.csv": procedures, "units.csv": self.unit_rows, "people.csv": self.people_rows}
        made.table = tables.__getitem__
        return made

    def lists(self):
        """A list most working mornings, some days a second one after noon, some days late, some days none."""
        made, wide, per_day = self.generator(), self.chance(0.3), self.dice.randint(3, 8)
        since = datetime.combine(self.start - timedelta(days=35), time(0))
        day = self.start
        while day <= self.end:
            if day == self.start or (self.worked(day) and self.chance(0.9)):
                clock = (7, self.dice.randint(2, 24)) if day == self.start or self.chance(0.85) else (8, self.dice.randint(1, 59))
                self.list(made, wide, per_day, since, datetime.combine(day, time(7)), clock if day > self.start else (6, 50))
                if self.chance(0.2):
                    self.list(made, wide, per_day, since, datetime.combine(day, time(12)), (12, self.dice.randint(2, 50)))
            day += timedelta(days=1)

    def list(self, made, wide, per_day, since, as_of, clock):
        if clock < (as_of.hour, 0):
            as_of = datetime.combine(as_of.date(), time(*clock))
        name = f"lists/ho-so-{as_of:%Y-%m-%d-%H}.csv"
        with open(os.path.join(self.directory, name), "w", encoding="utf-8", newline="") as out:
            rows = self.thinned(list(made.rows(self.seed, per_day, since, as_of)))
            made.untidy(rows, out, self.seed) if wide else made.plain(rows, out)
        self.event(as_of.date(), clock, "import", name, what="items", feed="motcua", as_of=as_of.isoformat())

    def thinned(self, rows):
        """Now and then a row is missing for once, and seldom an export breaks off in the middle (R16 refuses it)."""
        fate = self.dice.random()
        if fate < 0.03 and rows and any(event.get("feed") == "motcua" for event in self.events):
            return rows[:len(rows) // 2]
        if fate < 0.15 and rows:
            del rows[self.dice.randrange(max(0, len(rows) - 60), len(rows))]
        return rows

    def tasks(self):
        """Tasks with and without a deadline; every second week a list in which some moved on."""
        units = [row["code"] for row in self.unit_rows[1:]]
        rows = []
        for number in range(self.dice.randint(4, 12)):
            given = self.start + timedelta(days=self.dice.randint(-20, 3))
            due = given + timedelta(days=self.dice.randint(5, 60))
            rows.append({"code": f"NV-{number:03}", "title": f"Nhiệm vụ {number}", "lead": self.dice.choice(units), "assigned_by": "ct",
                         "assignee": self.dice.choice([row["code"] for row in self.people_rows if row["role"] in ("staff", "head")] + [""]),
                         "document": "1/TB-UBND", "document_date": f"{given:%d/%m/%Y}", "due": f"{due:%d/%m/%Y}" if self.chance(0.8) else "",
                         "status": self.dice.choice(["mới giao", "đang thực hiện", "chờ duyệt"])})
        for week in range(0, DAYS // 7, 2):
            day = self.start + timedelta(weeks=week)
            name = f"lists/nhiem-vu-{day.isoformat()}.csv"
            self.write(name, TASK_COLUMNS, rows)
            self.event(day, (6, 52), "import", name, what="items", feed="nhiem-vu", as_of=f"{day.isoformat()}T06:30:00")
            for row in rows:
                self.move_on(row, day)

    def move_on(self, row, day):
        fate = self.dice.random()
        if fate < 0.12:
            row |= {"status": "hoàn thành", "finished_on": f"{day:%d/%m/%Y}"}
        elif fate < 0.18:
            row["status"] = "tạm dừng"
        elif fate < 0.24:
            row |= {"status": "đang thực hiện", "finished_on": ""}
        elif fate < 0.34 and row["due"]:
            due = datetime.strptime(row["due"], "%d/%m/%Y") + timedelta(days=self.dice.randint(3, 20))
            row["due"] = f"{due:%d/%m/%Y}"
        elif fate < 0.4:
            row["assignee"] = self.dice.choice(self.staff)

    # -- rules --------------------------------------------------------------------------------------------------

    def steps_beside(self, of_dossiers):
        """Steps of other clocks than the deadline's, and of what happens."""
        dice, made = self.dice, []
        if of_dossiers and self.chance(0.6):
            made += ["of: supplement, before: " + dice.choice(["1wd", "4h", "2wd", "1d"]) + ", tell: [assignee]"] * self.chance(0.8)
            made += ["of: supplement, at: due-day, tell: [assignee]"] * self.chance(0.3)
            made += ["of: supplement, after: 0h, tell: [assignee, head]" + dice.choice(["", ", repeat: 1wd", ", repeat: {every: 4h, times: 2}"])]
        if self.chance(0.4):
            made += ["of: pause, after: " + dice.choice(["0h", "1wd", "8h"]) + ", tell: [head]",
                     "of: pause, after: 3wd, tell: " + dice.choice(["[head]", "[vice-chair]"]) + dice.choice(["", ", repeat: 2wd"])]
        if self.chance(0.4):
            made += ["of: unassigned, after: " + dice.choice(["0h", "4h", "1wd"]) + ", tell: [head]"]
        if of_dossiers and self.chance(0.5):
            made += ["when: resumed-after-supplement, tell: " + dice.choice(["[assignee]", "[assignee, head]"])]
        if of_dossiers and self.chance(0.5):
            made += ["when: supplement-requested, tell: [head]"] * self.chance(0.5)
            made += ["when: supplement-requested, times: 2, tell: [vice-chair, assignee]"]
        return made

    def steps(self, of_dossiers):
        """A ladder that goes up; at least one step; and what stands beside it."""
        dice, made = self.dice, []
        for text in dice.choice([["2wd"], ["3wd"], ["8h"], ["20%"], ["2d"], ["1.5wd"], ["5wd", "1wd"], ["3wd", "4h"], []]):
            repeat = dice.choice(["", "", "", ", repeat: {every: 1wd, times: 2}", ", repeat: {every: 4h, times: 3}"])
            made.append(f"before: {json.dumps(text) if '%' in text else text}, "
                        f"tell: {dice.choice(['[assignee]', '[assignee]', '[assignee, head]'])}{repeat}")
        if self.chance(0.7):
            made.append(f"at: due-day, tell: {dice.choice(['[assignee]', '[assignee]', '[assignee, head]'])}")
        if self.chance(0.9) or not made:
            repeat = dice.choice(["", ", repeat: 1wd", ", repeat: 1wd", ", repeat: 1d", ", repeat: {every: 2wd, times: 3}",
                                  ", repeat: {every: 8h, times: 5}", ", repeat: {every: 1.5wd, times: 4}"])
            made.append(f"after: 0h, tell: {dice.choice(['[assignee]', '[assignee, head]', '[head]'])}{repeat}")
        for text, who in zip(dice.choice([[], ["1wd"], ["2wd"], ["8h"], ["3d"], ["2wd", "5wd"]]), ("vice-chair", "chair")):
            repeat = dice.choice(["", "", ", repeat: {every: 5wd, times: 2}"])
            made.append(f"after: {text}, tell: {dice.choice([f'[{who}]', f'[head, {who}]'])}{repeat}")
        made += self.steps_beside(of_dossiers)
        return [f"      - {{name: buoc-{number}, {step}}}" for number, step in enumerate(made, 1)]

    def rule(self, name, match):
        window = self.dice.choice(self.windows)
        return "\n".join([f"  - name: {name}", f"    match: {match}", "    via: [tep]", f"    window: {window}",
                          f"    label: {{vi: Quy tắc {name}, en: Rule {name}}}", "    steps:"] + self.steps("kind: dossier" in match)) + "\n"

    def settings(self):
        saturday = '      sat: ["07:30-11:30"]\n' if self.chance(0.25) else ""
        opens = self.dice.choice(["session-start"] * 4 + ['["07:30", "13:30"]', '["08:30"]', '["13:30"]'])
        windows = [f"  - {{name: gio, {self.window_calendar}open: {opens}}}"]
        self.windows = ["gio"]
        if opens == "session-start" and self.chance(0.3):
            windows.append(f'  - {{name: sang, {self.window_calendar}open: ["07:30"]}}')
            self.windows.append("sang")
        header = HEADER.format(channel=self.channel, saturday=saturday, others=self.others_text, stale=self.dice.choice(["1wd", "1wd", "4h", "2wd"]),
                               windows="\n".join(windows) + "\n")
        units = [row["code"] for row in self.unit_rows[1:]]
        some = ", ".join(self.dice.sample(units, self.dice.randint(1, len(units))))
        rules = [self.rule("ho-so", self.dice.choice(["{kind: dossier}", f"{{kind: dossier, unit: [{some}]}}"]))]
        if self.chance(0.8):
            rules.append(self.rule("nhiem-vu", "{kind: task}"))
        if self.chance(0.5):
            match = self.dice.choice([f"dossier, field: [{', '.join(self.dice.sample(FIELDS, 2))}]", f"dossier, unit: [{units[0]}]",
                                      f"task, unit: [{units[0]}]", "dossier, not: {status: Được tiếp nhận}",
                                      f"dossier, any: [{{unit: {units[-1]}}}, {{field: {FIELDS[0]}}}]",
                                      f"task, not: [{{unit: {units[-1]}}}, {{status: [Mới giao, Chờ duyệt]}}]"])
            rules.append(self.rule("rieng", f"{{kind: {match}}}"))
        self.dice.shuffle(rules)
        self.save("kiphan.yaml", header + "\n".join(rules))
        if self.chance(0.3):
            again = [rule.replace("name: ho-so\n", "name: ho-so-moi\n").replace("before: 2wd", "before: 3wd") for rule in rules]
            self.save("kiphan-2.yaml", header + "\n".join(again))
            self.event(self.start + timedelta(days=self.dice.randint(10, 50)), (self.dice.randint(8, 16), 29), "settings", "kiphan-2.yaml")

    def save(self, name, text):
        with open(os.path.join(self.directory, name), "w", encoding="utf-8") as out:
            out.write(text)

    # -- the daemon ---------------------------------------------------------------------------------------------

    def outages(self):
        """The daemon's first start, then outages: short ones, some over an opening, some of days; never over a reload."""
        self.event(self.start, (self.dice.randint(6, 8), 53), "up")
        reload = next((event["at"] for event in self.events if event["do"] == "settings"), "")
        day = self.start + timedelta(days=2)
        for _ in range(self.dice.randint(2, 6)):
            day += timedelta(days=self.dice.randint(1, 12))
            down, hours = self.dice.choice([((6, 31), 2), ((7, 11), 1), ((7, 27), 5), ((12, 33), 2), ((13, 19), 1), ((9, 41), 1), ((10, 3), 22),
                                            ((15, 57), 17), ((16, 22), 44), ((17, 44), 70), ((7, 1), 12)])
            back = datetime.combine(day, time(*down)) + timedelta(hours=hours, minutes=self.dice.randint(3, 50))
            if back.date() >= self.end:
                return
            if not (day.isoformat() <= reload[:10] <= back.date().isoformat()):
                self.event(day, down, "down")
                self.event(back.date(), (back.hour, back.minute), "up")
            day = back.date()

    def leaves(self):
        """Some go on leave, with or without a deputy, who may be away or gone too; entered before, or on the way."""
        codes = [row["code"] for row in self.people_rows if row["active"] == "yes"]
        for person in self.dice.sample(codes, min(len(codes), self.dice.randint(0, 4))):
            first = self.start + timedelta(days=self.dice.randint(3, 45))
            last = first + timedelta(days=self.dice.randint(0, 12))
            entered = first + timedelta(days=self.dice.randint(-3, min(2, (last - first).days)))
            others = [code for code in codes if code != person]
            self.event(entered, (self.dice.randint(8, 16), 37), "away", person=person, deputy=self.dice.choice(others + [""] * 3),
                       until=last.isoformat(), **{"from": first.isoformat()})

    def make(self):
        self.calendar()
        self.units()
        self.others()
        self.people()
        self.settings()
        self.tasks()
        self.lists()
        self.changes_of_people()
        self.leaves()
        self.outages()
        self.event(self.end, (18, 30), "end")
        self.events.sort(key=lambda event: event["at"])
        self.save("timeline.json", json.dumps(self.events, ensure_ascii=False, indent=1) + "\n")


def make_office(seed, directory, channel=CHANNEL):
    """Write the office of a seed into a directory; its path back.  `channel`: the settings of the one channel, named tep."""
    Maker(seed, str(directory), channel).make()
    return str(directory)


def main():
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("directory")
    chosen = options.parse_args()
    make_office(chosen.seed, chosen.directory)


if __name__ == "__main__":
    sys.exit(main())

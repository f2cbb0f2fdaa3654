"""A small office made by hand, for the oracle's own tests: three departments, ten people, the calendar of 2026.

    w = World(tmp_path)
    w.dossier("D1", due="25/06/2026 17:00")                 what the next list shows
    messages = w.run(("25/06/2026 07:00", "list"), ("25/06/2026 07:05", "up"), ("25/06/2026 08:00", "end"))
"""
import csv
import os

from rules import EXAMPLE, simulate

UNITS = """code,name,short_name,parent,kind,overseen_by
ubnd,Ủy ban,UBND,,committee,
dat,Phòng Đất đai,Đất,ubnd,department,pct1
ho,Phòng Hộ tịch,Hộ,ubnd,department,
to,Tổ đo đạc,Tổ,dat,team,
"""
PEOPLE = """code,name,unit,role,email,active
ct,Chủ Tịch,ubnd,chair,ct@x,yes
pct1,Phó Một,ubnd,vice-chair,pct1@x,yes
pct2,Phó Hai,ubnd,vice-chair,pct2@x,yes
tp.dat,Trưởng Đất,dat,head,tpdat@x,yes
tp.ho,Trưởng Hộ,ho,head,tpho@x,yes
an,Nguyễn Văn An,dat,staff,an@x,yes
binh,Trần Thị Bình,dat,staff,binh@x,yes
chi,Lê Chi,ho,staff,chi@x,yes
quantri,Quản Trị,ubnd,admin,qt@x,yes
"""
SETTINGS = """
calendars:
  - {name: lich, week: {mon-fri: ["07:30-11:30", "13:30-17:00"]}}
feeds:
  - {name: motcua, kind: dossier, complete: yes, stale-after: 9wd}
  - {name: nhiem-vu, kind: task, complete: no, stale-after: 90wd}
channels:
  - {name: mail, type: smtp}
  - {name: tep, type: file}
windows:
  - {name: phien, calendar: lich, open: session-start}
  - {name: chieu, calendar: lich, open: ["13:30"]}
quiet: {from: "18:00", until: "07:00", rest-days: true, holidays: true}
rules:
"""
RULE = """
  - name: %s
    match: %s
    via: [mail]
    window: %s
    steps:
"""
LADDER = ("{name: at-risk, before: 2wd, tell: [assignee]}", "{name: due, at: due-day, tell: [assignee]}",
          "{name: overdue, after: 0h, tell: [assignee, head], repeat: 1wd}", "{name: escalate, after: 2wd, tell: [vice-chair]}")
COLUMNS = ["Mã hồ sơ", "Tên TTHC", "Lĩnh vực", "Đơn vị xử lý", "Cán bộ xử lý", "Ngày tiếp nhận", "Ngày hẹn trả", "Trạng thái"]


class World:
    def __init__(self, directory):
        self.directory, self.rows, self.lists = str(directory), {}, 0
        self.write("units.csv", UNITS)
        self.write("people.csv", PEOPLE)
        self.rules(("ho-so", LADDER))

    def write(self, name, text):
        with open(os.path.join(self.directory, name), "w", encoding="utf-8") as out:
            out.write(text)

    def rules(self, *rules, file="kiphan.yaml"):
        """Each (name, steps[, match[, window]])."""
        text = SETTINGS
        for name, steps, *more in rules:
            match, window = (more + ["{kind: dossier}", "phien"][len(more):])[:2]
            text += RULE % (name, match, window) + "".join(f"      - {step}\n" for step in steps)
        self.write(file, text)

    def person(self, code, **changes):
        """Change a row of people.csv."""
        rows = [dict(zip(PEOPLE.split("\n")[0].split(","), line.split(","))) for line in self.read("people.csv").split("\n")[1:] if line]
        text = PEOPLE.split("\n")[0] + "\n"
        for row in rows:
            text += ",".join((row | changes if row["code"] == code else row).values()) + "\n"
        self.write("people.csv", text)

    def read(self, name):
        with open(os.path.join(self.directory, name), encoding="utf-8") as text:
            return text.read()

    def dossier(self, code, due="25/06/2026 17:00", who="an", unit="dat", received="01/06/2026 08:00", status="Đang xử lý", field="Đất"):
        self.rows[code] = [code, "Thủ tục", field, unit, who, received, due, status]

    def list(self):
        """Write the list as it now stands; its name."""
        self.lists += 1
        name = f"list-{self.lists}.csv"
        with open(os.path.join(self.directory, name), "w", encoding="utf-8", newline="") as out:
            csv.writer(out).writerows([COLUMNS] + list(self.rows.values()))
        return name

    def run(self, *events):
        """Simulate; "list" imports the rows as they stand, a pair ("list", name) one written before."""
        first = events[0][0]
        timeline = [(first, "import", os.path.abspath(os.path.join(EXAMPLE, "calendar-2026.csv")), {"year": 2026}),
                    (first, "import", "units.csv"), (first, "import", "people.csv")]
        for at, do, *rest in events:
            timeline.append((at, "import", rest[0] if rest else self.list()) if do == "list" else (at, do, *rest))
        return simulate(self.directory, timeline)


def day(clock):
    """An instant of 25/06/2026, or of another day of the year when one is given."""
    return (clock if "/" in clock else "25/06 " + clock).replace(" ", "/2026 ")


def run(world, *events):
    return world.run(*((day(clock), *what) for clock, *what in events))


def told(messages):
    """Who was told at which opening."""
    return [(message["opening"][5:16], message["person"]) for message in messages]


def to(messages, person):
    return [message for message in messages if message["person"] == person]


def lines(message):
    """The lines as code:level, + new, ! late, >whom it stands for."""
    return [line["code"] + ":" + line["level"] + "+" * line["fresh"] + "!" * line["late"]
            + (">" + line["stands_for"] if line["stands_for"] else "") for line in message["lines"]]

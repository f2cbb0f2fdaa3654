"""A ward small enough to read in a test, run by the real programs.

    office = new_office()                                    # a fixture of tests/scenario/conftest.py
    office.list("25/06/2026 07:00", dossier("HS-1", due="24/06/2026 17:00"))
    office.up()                                              # kiphand, and a worker for each channel
    office.go_on_to("2026-06-25 07:30")                      # serves each opening on the way at its own second
    assert office.told()["an"].lines == {"HS-1": "overdue"}

Units: ubnd above dat (land, overseen by pct2) and tu (justice, overseen by pct1).  People: ct the chair, pct1 and pct2 the
vice chairs, sep the head of dat with an and binh, chi the head of tu with dung, quantri the admin.
"""
import csv
import json
import re
import time
from datetime import datetime

from harness.installation import HANOI, Installation, instant

SETTINGS = """organisation:
  name: {{vi: UBND phường Thử, en: The ward of trials}}
  zone: Asia/Ho_Chi_Minh
  language: vi

calendars:
  - name: lich
    week:
      mon-fri: ["07:30-11:30", "13:30-17:00"]

feeds:
  - name: motcua
    kind: dossier
    label: {{vi: Một cửa, en: One-stop system}}
    complete: yes
    stale-after: {stale_after}
  - name: nhiem-vu
    kind: task
    label: {{vi: Bảng nhiệm vụ, en: Table of tasks}}
    complete: no
    stale-after: 90wd

windows:
  - {{name: gio, calendar: lich, open: {opens}}}

quiet: {{from: "18:00", until: "07:00", rest-days: true, holidays: true}}
{delivery}

rules:
{rules}
"""

RULES = """  - name: ho-so
    match: {kind: dossier}
    via: [mail]
    window: gio
    label: {vi: Hồ sơ thủ tục, en: Administrative dossiers}
    steps:
      - {name: at-risk,  before: 2wd,  tell: [assignee]}
      - {name: due,      at: due-day,  tell: [assignee]}
      - {name: overdue,  after: 0h,    tell: [assignee, head], repeat: 1wd}
      - {name: escalate, after: 2wd,   tell: [vice-chair]}
"""

TASKS = RULES + """  - name: nhiem-vu
    match: {kind: task}
    via: [mail]
    window: gio
    label: {vi: Nhiệm vụ được giao, en: Directive tasks}
    steps:
      - {name: at-risk,  before: 3wd,  tell: [assignee]}
      - {name: overdue,  after: 0h,    tell: [assignee, head], repeat: 1wd}
      - {name: escalate, after: 1wd,   tell: [vice-chair]}
"""

UNITS = [
    {"code": "ubnd", "name": "Ủy ban nhân dân phường", "short_name": "UBND", "kind": "committee"},
    {"code": "dat", "name": "Phòng Đất đai", "short_name": "Đất đai", "parent": "ubnd", "kind": "department", "overseen_by": "pct2"},
    {"code": "tu", "name": "Phòng Tư pháp", "short_name": "Tư pháp", "parent": "ubnd", "kind": "department", "overseen_by": "pct1"},
]
OUTBOX = "OUTBOX"  # stands for the directory of mails in the settings of a channel
DOSSIER = ["Mã hồ sơ", "Tên TTHC", "Đơn vị xử lý", "Cán bộ xử lý", "Ngày tiếp nhận", "Ngày hẹn trả", "Ngày kết thúc xử lý", "Trạng thái"]


def file_channel(name):
    """The settings of a channel that leaves its mails in the outbox."""
    return f"  - {{name: {name}, type: file, directory: {OUTBOX}}}\n"


def person(code, name, unit, role="staff", **more):
    """A row of people.csv; an empty text for what is unknown."""
    return {"code": code, "name": name, "title": "", "unit": unit, "role": role, "email": f"{code}@thu.example", "language": "vi",
            "active": "yes"} | more


PEOPLE = [
    person("ct", "Vũ Minh Khánh", "ubnd", "chair"),
    person("pct1", "Phan Thu Hà", "ubnd", "vice-chair"),
    person("pct2", "Đỗ Quốc Dũng", "ubnd", "vice-chair"),
    person("sep", "Đặng Quốc Quân", "dat", "head"),
    person("an", "Nguyễn Văn An", "dat"),
    person("binh", "Trần Thị Bình", "dat"),
    person("chi", "Lê Ngọc Chi", "tu", "head"),
    person("dung", "Bùi Đức Dũng", "tu"),
    person("quantri", "Phan Minh Giang", "ubnd", "admin"),
]


def changed(people, code, **changes):
    """The same people, but for what changed about one of them."""
    return [row | changes if row["code"] == code else row for row in people]


def dossier(code, due, holder="an", unit="dat", status="Đang xử lý", received="01/06/2026 08:00", finished="", title="Đăng ký đất đai"):
    """A row of the one-stop system's list."""
    return dict(zip(DOSSIER, (code, title, unit, holder, received, due, finished, status)))


def task(code, due, holder="an", unit="dat", **more):
    """A row of the list of tasks."""
    return {"code": code, "title": f"Việc {code}", "lead": unit, "assignee": holder, "document": "1/TB", "document_date": "01/06/2026", "due": due,
            "status": "đang thực hiện"} | more


class Message:
    """A notice that was delivered, and the mail that it became."""

    def __init__(self, notice, lines):
        self.facts = json.loads(notice["facts"])
        self.person, self.channel, self.identity = notice["recipient"], notice["channel"], notice["identity"]
        self.at = f"{datetime.fromtimestamp(notice['decided_at'], HANOI):%Y-%m-%d %H:%M}"
        self.lines = {line["code"]: line["level"] for line in lines}
        self.fresh = {line["code"] for line in lines if line["fresh"]}
        self.late = self.facts["late"]
        self.stands_for = {line["code"]: line["stands_for"]["code"] for line in self.facts["lines"] if line["stands_for"]}
        self.mail = None

    @property
    def subject(self):
        return str(self.mail["Subject"])

    @property
    def text(self):
        """The plain text, with its lines joined: they are broken at 72 columns."""
        return re.sub(r"\s+", " ", self.mail.get_body(("plain",)).get_content())

    @property
    def html(self):
        return self.mail.get_body(("html",)).get_content()


class Office(Installation):
    def __init__(self, directory, at="2026-06-25 06:50", people=None, rules=RULES, channels=None, stale_after="90wd", opens="session-start", calendar=None, delivery=""):
        self.chosen = {"rules": rules, "stale_after": stale_after, "opens": opens, "delivery": delivery, "channels": channels or file_channel("mail")}
        super().__init__(directory, settings="zone: to be written")
        self.set_settings()
        self.taken, self.lists = 0, 0
        self.set_clock(at)
        self.run("init")
        self.import_rows("units", UNITS)
        self.import_rows("people", people or PEOPLE)
        self.import_rows("calendar", calendar or [{"date": "2026-09-02", "kind": "holiday", "name": "Quốc khánh"}], "--year", "2026")

    # -- settings ---------------------------------------------------------------------------------------------------

    def set_settings(self, **changes):
        """Write other settings; the daemon reads them when told to: reload()."""
        self.chosen |= changes
        channels = "channels:\n" + self.chosen["channels"].replace(OUTBOX, str(self.outbox))
        self.settings.write_text(self.localised(SETTINGS.format(**self.chosen), "ours") + channels, encoding="utf-8")

    # -- what comes in ----------------------------------------------------------------------------------------------

    def write(self, name, rows):
        path = self.directory / name
        with open(path, "w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, list(dict.fromkeys(key for row in rows for key in row)), restval="")
            writer.writeheader()
            writer.writerows(rows)
        return path

    def import_rows(self, what, rows, *options, check=True):
        return self.run("import", what, self.write(f"{what}.csv", rows), *options, check=check)

    def list(self, as_of, *rows, check=True):
        """Import the one-stop system's list as it was at that instant."""
        self.lists += 1
        path = self.write(f"ho-so-{self.lists}.csv", rows)
        return self.run("import", "items", path, "--feed", "motcua", "--as-of", as_of, check=check)

    def ask_json(self, *arguments, check=True):
        return json.loads(self.run("--json", *arguments, check=check).stdout)

    # -- programs and time ------------------------------------------------------------------------------------------

    def up(self):
        """Start the daemon, and a worker for each channel that has none."""
        self.start_daemon()
        for channel in re.findall(r"name: ([\w-]+)", self.chosen["channels"]):
            if f"worker-{channel}" not in self.processes:
                self.start_worker(channel)
        self.await_workers()
        self.settle()

    def await_workers(self, seconds=20):
        """Until every channel is served: a worker reads the settings when it starts."""
        self.wait_for(lambda: all(channel["workers"] for channel in self.ask("STATUS")["channels"]), seconds)

    def wait_for(self, happened, seconds=20):
        """Until something happens outside our programs' reach, which no poke can hurry."""
        until = time.monotonic() + seconds
        while not happened():
            assert time.monotonic() < until, self.log("kiphand")[-2000:]
            time.sleep(0.01)

    def down(self):
        """The machine fails: no farewell."""
        self.kill("kiphand")

    def go_on_to(self, text):
        """Let time pass until then; each opening on the way is served at its own second."""
        until = instant(text)
        while True:
            at = self.settle()["next-opening"]
            if at is None or at > until:
                break
            self.step_to_second(at)
            if at == until:
                return
        self.step_to(text)

    # -- what came of it --------------------------------------------------------------------------------------------

    def all_told(self):
        """All messages that were delivered since the last question, in order."""
        mails = {str(mail["Message-ID"]): mail for mail in self.messages()}
        found = []
        for notice in self.query("SELECT * FROM notices WHERE state = 'sent' AND id > $1 ORDER BY id", self.taken):
            self.taken = notice["id"]
            lines = self.query("""SELECT i.code, l.level, l.fresh FROM notice_lines l JOIN items i ON i.id = l.item
                                  WHERE l.notice = $1 ORDER BY l.place""", notice["id"])
            message = Message(notice, lines)
            message.mail = next((mail for name, mail in mails.items() if message.identity in name), None)
            found.append(message)
        return found

    def told(self):
        """The same by person: nobody may have got two."""
        messages = self.all_told()
        by_person = {message.person: message for message in messages}
        assert len(by_person) == len(messages), [(message.at, message.person, message.lines) for message in messages]
        return by_person

    def alerts(self, code):
        """The ledger of an item: [(recipient, step, slot, state, reason), ...]."""
        return [tuple(row) for row in self.query("""SELECT a.recipient, a.step, a.slot, a.state, a.reason FROM alerts a
                                                    JOIN items i ON i.id = a.item WHERE i.code = $1 ORDER BY a.id""", code)]

    def dump(self):
        """Every row of the store, to compare with another time."""
        tables = [row["name"] for row in self.query("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        return {name: sorted(map(repr, map(tuple, self.query(f"SELECT * FROM {name}")))) for name in tables}

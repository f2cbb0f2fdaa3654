"""Lists as offices keep and export them: units, people, tasks, dossiers in the plain and the untidy form.

Reading gives plain values and remarks; taking a list into the office (`Items.take`) is what makes an item new,
changed, paused or gone (R9, R16).
"""
import csv
import dataclasses
import re
import unicodedata
from dataclasses import dataclass

from clockwork import DAY, MissingYear, stamp

STATES = {
    "mới đăng ký": "not-started", "được tiếp nhận": "running", "không được tiếp nhận": "ended",
    "đang xử lý": "running", "yêu cầu bổ sung giấy tờ": "paused", "yêu cầu thực hiện nghĩa vụ tài chính": "paused",
    "công dân yêu cầu rút hồ sơ": "ended", "dừng xử lý": "ended", "đã xử lý xong": "ended", "đã trả kết quả": "ended",
    "mới giao": "running", "đã tiếp nhận": "running", "đang thực hiện": "running", "chờ duyệt": "running",
    "hoàn thành": "ended", "tạm dừng": "paused", "hủy": "ended",
}
DOSSIER = {"code": "mã hồ sơ", "title": "tên tthc", "field": "lĩnh vực", "unit": "đơn vị xử lý", "assignee": "cán bộ xử lý",
           "received": "ngày tiếp nhận", "due": "ngày hẹn trả", "status": "trạng thái", "taken_by": "đơn vị tiếp nhận"}
TASK = {"code": "code", "title": "title", "unit": "lead", "assignee": "assignee", "received": "document_date", "due": "due",
        "status": "status"}


def tidy(text):
    """A cell as it is kept: composed, outer and doubled spaces gone."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text or "")).strip()


def folded(text):
    """A cell as it is compared."""
    return tidy(text).casefold()


@dataclass
class Unit:
    code: str
    name: str
    parent: str
    overseen_by: str
    short_name: str = ""


@dataclass
class Person:
    code: str
    name: str
    unit: str
    role: str
    active: bool
    row: dict = dataclasses.field(default_factory=dict)


@dataclass
class Item:
    code: str
    kind: str
    feed: str = ""
    title: str = ""
    field: str = ""
    unit: str = ""
    assignee: str = ""      # "" when unknown, nobody, or a name that fits two people
    received: int = None
    due: int = None
    status: str = ""        # as the list writes it
    state: str = "running"  # not-started | running | paused | ended
    gone: bool = False
    paused_at: int = None
    pauses: list = dataclasses.field(default_factory=list)
    bare: set = dataclasses.field(default_factory=set)  # which of received and due the list gave as a day alone
    moved_at: int = None    # when the promise was last moved: it contains the pauses begun until then (R9)
    effective: int = None   # the promise with those pauses given back that could be
    deadline: int = None    # the same, None while one is owed
    owed: list = dataclasses.field(default_factory=list)    # pauses that wait for a year before they are given back (R8)
    computed: int = None    # the promise by the procedure's term, counted when the dossier was first met as received
    awaits: bool = False    # that needs a year which is not entered
    asked: int = 0          # how often papers were asked for, when last, until when, and since when it is worked on again
    asked_at: int = None
    limit: int = None
    resumed_at: int = None
    nobodys_since: int = None

    def __post_init__(self):
        self.effective = self.deadline = self.due

    def give_back(self, calendar):
        """Give back what is owed, as far as the calendar goes."""
        try:
            while self.owed:
                self.effective = calendar.prolonged(self.effective, self.received, *self.owed[0])
                del self.owed[0]
        except MissingYear:
            pass
        self.deadline = None if self.owed else self.effective

    @property
    def papers(self):
        return folded(self.status) == "yêu cầu bổ sung giấy tờ"

    @property
    def open(self):
        return self.state != "ended" and not self.gone


def cells(path):
    with open(path, encoding="utf-8-sig", newline="") as lines:
        return [[tidy(cell) for cell in row] for row in csv.reader(lines)]


def dictionaries(path, key="code"):
    """The rows below the header, which is the first row that holds `key`."""
    rows = cells(path)
    for number, row in enumerate(rows):
        header = [cell.casefold() for cell in row]
        if key in header:
            return [dict(zip(header, below)) for below in rows[number + 1:] if not folded(below[0] if below else "").startswith("tổng cộng")]
    raise ValueError(f"{path}: no row names the column {key!r}")


def read_units(path):
    return {row["code"]: Unit(row["code"], row["name"], row.get("parent", ""), row.get("overseen_by", ""), row.get("short_name", ""))
            for row in dictionaries(path) if row.get("code")}


def read_procedures(path):
    """By folded name and by code."""
    rows = [row for row in dictionaries(path) if row.get("code")]
    return {folded(row["name"]): row for row in rows} | {folded(row["code"]): row for row in rows}


def read_people(path):
    return {row["code"]: Person(row["code"], row["name"], row["unit"], row["role"], row.get("active", "yes") != "no", row)
            for row in dictionaries(path) if row.get("code")}


def kind_of(path):
    """What a file is, by its header: units, people, calendar, tasks or dossiers."""
    for row in cells(path):
        header = {cell.casefold() for cell in row}
        for kind, names in (("procedures", {"code", "term", "supplement_limit"}), ("dossiers", {"mã hồ sơ"}), ("tasks", {"code", "lead"}), ("people", {"code", "role"}),
                            ("units", {"code", "parent"}), ("calendar", {"date", "kind"})):
            if names <= header:
                return kind
    raise ValueError(f"{path}: not a list that is known")


class Names:
    """Codes for what a list calls by code or by name (R14, R17)."""

    def __init__(self, units, people):
        self.people = people
        self.units = {}
        for unit in units.values():
            for name in (unit.short_name, unit.name, unit.code):
                if name:
                    self.units[folded(name)] = unit.code
        self.bearers = {}
        for person in people.values():
            self.bearers.setdefault(folded(person.name), []).append(person.code)

    def unit(self, text):
        return self.units.get(folded(text))

    def person(self, text):
        """The code, or "" for nobody: an empty cell, a stranger, a name that fits two."""
        if tidy(text) in self.people:
            return tidy(text)
        bearers = self.bearers.get(folded(text), [])
        return bearers[0] if len(bearers) == 1 else ""


def moment(text, dated):
    """The instant in a cell, None when empty; `dated` turns a bare day into an instant (R2)."""
    if not text:
        return None
    instant = stamp(text)
    return dated(instant // DAY) if is_bare(text) else instant


def is_bare(text):
    """A day without a time."""
    return bool(text) and len(text.split()) == 1 and "T" not in text


def read_items(path, kind, names, calendar):
    """(items by code, remarks): bad rows are left out and remarked, but their codes count as seen.

    `calendar`: one, or what gives the calendar of a unit."""
    calendar_of = calendar if callable(calendar) else lambda unit: calendar
    columns = DOSSIER if kind == "dossier" else TASK
    made, seen, remarks = {}, set(), []
    for row in dictionaries(path, columns["code"]):
        cell = {key: row.get(name, "") for key, name in columns.items()}
        if not cell["code"]:
            continue
        if cell["code"] in seen:
            remarks.append(f"{cell['code']}: there twice, the later row counts")
        seen.add(cell["code"])
        try:
            made[cell["code"]] = read_item(cell, columns["unit"] in row, kind, names, calendar_of)
        except ValueError as reason:
            remarks.append(f"{cell['code']}: {reason}; row left out")
    return made, seen, remarks


def read_item(cell, has_unit, kind, names, calendar_of):
    assignee = names.person(cell["assignee"])
    unit = names.unit(cell["unit"])
    if not has_unit:
        unit = names.people[assignee].unit if assignee else names.unit(cell.get("taken_by", ""))
    if not unit:
        raise ValueError(f"unknown unit {cell['unit']!r}")
    if cell["status"].casefold() not in STATES:
        raise ValueError(f"unknown status {cell['status']!r}")
    calendar = calendar_of(unit)
    return Item(cell["code"], kind, bare={key for key in ("received", "due") if is_bare(cell[key])}, title=cell["title"], field=cell.get("field", ""), unit=unit, assignee=assignee,
                received=moment(cell["received"], calendar.started), due=moment(cell["due"], calendar.ended),
                status=cell["status"], state=STATES[cell["status"].casefold()])


class Items:
    """All items that any list ever showed, as the latest lists show them."""

    GONE_SHARE = 10     # an import that would make more than a tenth of the open items gone is refused

    def __init__(self):
        self.by_code = {}
        self.as_of = {}     # the data instant of each feed's last list

    def take(self, read, seen, feed, as_of, calendar_of, procedures=None):
        """Take a list in; False when it is refused as a whole (R16)."""
        name, complete = feed["name"], feed.get("complete") in ("yes", "true")
        if name in self.as_of and as_of < self.as_of[name]:
            return False
        known = [item for item in self.by_code.values() if item.feed == name]
        stock = [item for item in known if item.open]
        missing = [item for item in known if item.code not in seen] if complete else []
        if sum(item.open for item in missing) * self.GONE_SHARE > len(stock):
            return False
        for item in missing:
            item.gone = True
        for code, item in read.items():
            item.feed = name
            self.by_code[code] = continued(self.by_code.get(code), item, as_of, calendar_of(item.unit), procedures or {})
        self.as_of[name] = as_of
        return True


def promised(old, item, calendar, procedure):
    """The promise of a dossier whose list gives none: by the term of its procedure, counted once (DOMAIN 3, R8)."""
    if old:
        item.computed, item.awaits = old.computed, old.awaits
    first = item.kind == "dossier" and item.received is not None and (not old or old.received is None or old.awaits)
    if procedure and first:
        try:
            item.computed, item.awaits = calendar.promise(item.received, procedure["term"]), False
        except MissingYear:
            item.awaits = item.due is None
    if item.due is None and item.computed is not None:
        item.due = item.effective = item.computed
        return False
    return bool(old) and item.due != old.due


def set_limit(item, calendar, procedure):
    """The citizen's limit for papers that are awaited, as soon as the year that it needs is entered (R8)."""
    if item.papers and item.limit is None and procedure and procedure["supplement_limit"]:
        try:
            item.limit = calendar.promise(item.asked_at, procedure["supplement_limit"])
        except MissingYear:
            pass


def procedure_of(item, procedures):
    return procedures.get(folded(item.title)) if item.kind == "dossier" else None


def asked(old, item, as_of, begun, calendar, procedure):
    """Papers asked for: counted, with the citizen's limit; and since when it is worked on again."""
    if old:
        item.asked, item.asked_at, item.limit, item.resumed_at = old.asked, old.asked_at, old.limit, old.resumed_at
    if item.papers and not (old and old.papers):
        item.asked, item.asked_at, item.limit = item.asked + 1, begun, None
        set_limit(item, calendar, procedure)
    if not item.papers:
        item.limit = None
    if item.asked and item.state == "running" and (item.resumed_at is None or item.resumed_at < item.asked_at):
        item.resumed_at = as_of


def held(old, item, as_of):
    if item.assignee:
        item.nobodys_since = None
    elif old:
        item.nobodys_since = as_of if old.assignee else old.nobodys_since
    else:
        item.nobodys_since = item.received if item.received is not None and item.received < as_of else as_of


def keep_times(old, item):
    """A day alone says nothing against the time that was given: no calendar moves it (DOMAIN 3)."""
    for name in item.bare:
        known = getattr(old, name)
        said = known is not None and not (name == "due" and known == old.computed)
        if said and known // DAY == getattr(item, name) // DAY:
            setattr(item, name, known)
    item.effective = item.deadline = item.due


def continued(old, item, as_of, calendar, procedures):
    """The item as now listed, with the pauses that its past and this list make (R9)."""
    procedure = procedure_of(item, procedures)
    if old:
        keep_times(old, item)
    moved = promised(old, item, calendar, procedure)
    if old:
        item.pauses, item.paused_at, item.moved_at = list(old.pauses), old.paused_at, old.moved_at
        if moved:
            item.moved_at = as_of
        elif item.due == old.due:
            item.effective, item.owed = old.effective, list(old.owed)
    if item.state == "paused" and item.paused_at is None:
        item.paused_at = as_of
    elif item.state != "paused" and item.paused_at is not None:
        item.pauses.append((item.paused_at, as_of))
        if item.due is not None and (item.moved_at is None or item.moved_at < item.paused_at):
            item.owed.append(item.pauses[-1])
        item.paused_at = None
    item.give_back(calendar)
    asked(old, item, as_of, item.paused_at if item.paused_at is not None and not (old and old.state == "paused") else as_of, calendar, procedure)
    held(old, item, as_of)
    return item

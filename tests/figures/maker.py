"""Random offices whose dossiers and tasks live through everything that figures distinguish.

An office is a list of events in time: (as of, feed, rows).  A row has what a list says, as plain values; listed() writes it down
as the lists of real systems do.  The same seed makes the same office.
"""
import random
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "oracle"))

from clockwork import DAY, Calendar, sessions_of, show, stamp  # noqa: E402

UNITS = {"ubnd": "", "p1": "ubnd", "p2": "ubnd", "p3": "ubnd", "p1.to": "p1"}
UNIT_NAMES = {"ubnd": "Ủy ban", "p1": "Phòng Một", "p2": "Phòng Hai", "p3": "Phòng Ba", "p1.to": "Tổ của phòng Một"}
STAFF = {"a1": "p1", "b1": "p1", "a2": "p2", "b2": "p2", "a3": "p3", "t1": "p1.to"}
FIELDS = ["Đất đai", "Hộ tịch", "Xây dựng", ""]
WAYS = {"online": "Trực tuyến", "in-person": "Trực tiếp", "by-post": "Bưu chính", "": ""}
DOSSIER_WORDS = {"1": "Mới đăng ký", "2": "Được tiếp nhận", "3": "Không được tiếp nhận", "4": "Đang xử lý", "5": "Yêu cầu bổ sung giấy tờ",
                 "6": "Yêu cầu thực hiện nghĩa vụ tài chính", "7": "Công dân yêu cầu rút hồ sơ", "8": "Dừng xử lý", "9": "Đã xử lý xong",
                 "10": "Đã trả kết quả"}
TASK_WORDS = {"new": "mới giao", "accepted": "đã tiếp nhận", "doing": "đang thực hiện", "review": "chờ duyệt", "done": "hoàn thành",
              "paused": "tạm dừng", "cancelled": "hủy"}
# What may follow what, with the weights of each.
DOSSIER_NEXT = {
    "1": {"2": 6, "3": 1, "7": 1, "4": 2}, "2": {"4": 8, "5": 2, "3": 1, "9": 2, "7": 1}, "4": {"9": 8, "5": 4, "6": 2, "10": 2, "8": 1, "7": 1, "2": 1},
    "5": {"4": 7, "2": 1, "7": 2, "8": 1, "9": 1}, "6": {"4": 6, "10": 2, "9": 1, "7": 1, "5": 1}, "9": {"10": 6, "4": 2, "8": 1},
    "10": {"4": 1, "9": 1}, "7": {"10": 1, "4": 2}, "8": {"4": 1, "9": 1}, "3": {"2": 1},
}
TASK_NEXT = {
    "new": {"accepted": 5, "doing": 3, "cancelled": 1}, "accepted": {"doing": 5, "done": 1, "paused": 1}, "doing": {"review": 3, "done": 4, "paused": 2,
                                                                                                         "cancelled": 1},
    "review": {"done": 5, "doing": 1}, "paused": {"doing": 5, "done": 1, "cancelled": 1}, "done": {"doing": 1}, "cancelled": {"doing": 1},
}
FINAL = {"9", "10", "7", "8", "3", "done", "cancelled"}


class Office:
    def __init__(self, seed, days=56, dossiers=70, tasks=24):
        self.dice = random.Random(f"figures {seed}")
        self.first = stamp("2026-04-06") // DAY + 7 * self.dice.randint(0, 12)  # a Monday
        self.days = days
        self.marks = self.make_marks()
        self.calendar = Calendar({day: sessions_of(["07:30-11:30", "13:30-17:00"]) for day in range(5)}, self.marks, {2026})
        self.lives = [self.make(f"H24-{number:03}", "dossier") for number in range(dossiers)]
        self.lives += [self.make(f"NV-{number:03}", "task") for number in range(tasks)]
        self.events = self.make_lists()

    def chance(self, share):
        return self.dice.random() < share

    def make_marks(self):
        marks = {}
        for _ in range(self.dice.randint(2, 6)):
            day = self.first + self.dice.randint(-30, 70)
            if (day - 1) % 7 < 5:
                marks[day] = ("holiday", None)
        saturday = self.first + 5 + 7 * self.dice.randint(0, 7)
        marks[saturday] = ("workday", None)
        return marks

    # -- lives ---------------------------------------------------------------------------------------------------

    def moment(self, day, earliest=7 * 60, latest=18 * 60):
        return day * DAY + 60 * self.dice.randint(earliest, latest)

    def end_of(self, day):
        sessions = self.calendar.sessions(day)
        return day * DAY + (sessions[-1][1] if sessions else DAY - 1)

    def make(self, code, kind):
        """A life: [(day from which it is so, row)], some of it wrong as real lists are."""
        dice, dossier = self.dice, kind == "dossier"
        day = self.first + dice.randint(-30, self.days - 3)
        start = dice.choices(["1", "2", "4", "5", "9", "7", "3"], [2, 5, 6, 1, 1, 1, 1])[0] if dossier else dice.choice(["new", "doing", "accepted"])
        holder = dice.choice([*STAFF, ""])
        row = {"code": code, "status": start, "unit": "" if self.chance(0.08) else dice.choice(["p1", "p2", "p3", "p1.to"]), "holder": holder,
               "received": None, "due": None, "finished": None, "way": dice.choice(list(WAYS)) if dossier else "",
               "field": dice.choice(FIELDS) if dossier else ""}
        if start not in ("1",) and not self.chance(0.07) or self.chance(0.1):
            row["received"] = self.moment(day) if dossier else self.receipt_of_day(day)
        if not self.chance(0.12):
            row["due"] = self.end_of(day + dice.randint(0, 25)) if self.chance(0.7) or not dossier else self.moment(day + dice.randint(0, 25), 8 * 60, 17 * 60)
        if start in ("9", "done"):
            row["finished"] = self.finish(day, row)
        life = [(day, row)]
        following = DOSSIER_NEXT if dossier else TASK_NEXT
        while True:
            day += dice.randint(1, 9)
            if day > self.first + self.days:
                return life
            row = dict(row)
            self.change(row, day, following)
            if row != life[-1][1]:
                life.append((day, row))
            if row["status"] in FINAL and self.chance(0.6):
                return life

    def receipt_of_day(self, day):
        """A task's list gives days only: the start of the first session, midnight on a day off (R2)."""
        sessions = self.calendar.sessions(day)
        return day * DAY + (sessions[0][0] if sessions else 0)

    def finish(self, day, row):
        if self.chance(0.1):
            return None
        day -= self.dice.choice([0, 0, 0, 1, 2, 4, 12])
        return day * DAY if row["code"].startswith("NV") or self.chance(0.4) else self.moment(day)

    def change(self, row, day, following):
        dice = self.dice
        if self.chance(0.75):
            choices = following[row["status"]]
            status = dice.choices(list(choices), choices.values())[0]
            was_out = row["status"] in ("9", "10", "done")
            row["status"] = status
            if status in ("9", "10", "done"):
                if not was_out or self.chance(0.1):
                    old, row["finished"] = row["finished"], self.finish(day, row)
                    if None not in (old, row["finished"]) and old // DAY == row["finished"] // DAY:
                        row["finished"] = old  # a list that gives the day only would say nothing new
            elif self.chance(0.85):
                row["finished"] = None
            if row["received"] is None and status not in ("1", "3") and self.chance(0.85):
                row["received"] = self.receipt_of_day(day) if row["code"].startswith("NV") else self.moment(day - dice.randint(0, 2))
        if self.chance(0.12) and row["due"] is not None:
            row["due"] = self.end_of(row["due"] // DAY + dice.choice([-2, 3, 5, 8]))
        if self.chance(0.06):
            row["due"] = None if row["due"] is not None else self.end_of(day + dice.randint(1, 9))
        if self.chance(0.1):
            row["unit"] = dice.choice(["p1", "p2", "p3", "p1.to"])
        if self.chance(0.1):
            row["holder"] = dice.choice([*STAFF, ""])
        if row["code"].startswith("H24"):
            if self.chance(0.04):
                row["field"] = dice.choice(FIELDS)
            if self.chance(0.04):
                row["way"] = dice.choice(list(WAYS))
            if self.chance(0.03) and row["received"] is not None:
                row["received"] -= DAY * dice.randint(1, 3)
            if self.chance(0.05) and row["finished"] is not None and row["status"] in ("9", "10"):
                row["finished"] -= DAY * dice.randint(1, 4)

    # -- lists ---------------------------------------------------------------------------------------------------

    def rows_at(self, day, kind, missing):
        rows = []
        for life in self.lives:
            so_far = [row for since, row in life if since < day]
            if so_far and so_far[-1]["code"] not in missing and so_far[-1]["code"].startswith("H24" if kind == "dossier" else "NV"):
                rows.append(so_far[-1])
        return rows

    def make_lists(self):
        events, missing = [], set()
        late = self.dice.randint(0, 10)  # when the office began to use the program
        for day in range(self.first + late, self.first + self.days + 1):
            if (day - 1) % 7 > 4 or self.chance(0.3):
                continue
            for code in [life[0][1]["code"] for life in self.lives if life[0][1]["code"].startswith("H24")]:
                if code in missing and self.chance(0.3):
                    missing.discard(code)
                elif self.chance(0.004):
                    missing.add(code)
            at = day * DAY + 60 * self.dice.randint(6 * 60, 9 * 60)
            rows = self.rows_at(day, "dossier", missing)
            if rows:
                events.append((at, "motcua", "dossier", rows))
            if self.chance(0.5):
                rows = self.rows_at(day, "task", set())
                if rows:
                    events.append((at + 120, "nhiem-vu", "task", rows))
        return events


# -- as lists write it -------------------------------------------------------------------------------------------------


def written(instant):
    """"25/06/2026 17:00"; a midnight is a day without a time."""
    if instant is None:
        return ""
    text = show(instant)
    day = f"{text[8:10]}/{text[5:7]}/{text[:4]}"
    return day if instant % DAY == 0 else f"{day} {text[11:19]}"


def listed(kind, row):
    if kind == "dossier":
        return {"Mã hồ sơ": row["code"], "Tên TTHC": f"Thủ tục {row['code'][-1]}", "Lĩnh vực": row["field"], "Đơn vị xử lý": row["unit"],
                "Cán bộ xử lý": row["holder"], "Hình thức nộp": WAYS[row["way"]], "Ngày tiếp nhận": written(row["received"]),
                "Ngày hẹn trả": written(row["due"]), "Ngày kết thúc xử lý": written(row["finished"]), "Trạng thái": DOSSIER_WORDS[row["status"]]}
    return {"code": row["code"], "title": f"Việc {row['code']}", "lead": row["unit"], "assignee": row["holder"],
            "document": "1/TB", "document_date": written(row["received"])[:10], "due": written(row["due"]), "status": TASK_WORDS[row["status"]],
            "finished_on": written(row["finished"])}

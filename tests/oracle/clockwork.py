"""Working time, counted by walking: minute by minute inside sessions, jumping over what is closed.

An instant is a whole number of local seconds (`stamp` and `show` turn text into one and back); the office's
zone has one offset all year, so local seconds are as good as UTC.  Nothing here is fast or clever, on purpose:
it is what the product's own calendar is compared with (R1-R5, R8).
"""
import csv
import re
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

DAY = 86400
WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


class MissingYear(Exception):
    """A question touched a day of a year that nobody has entered (R8)."""

    def __init__(self, year):
        super().__init__(f"year {year} is not entered")
        self.year = year


def stamp(text):
    """The instant of "25/06/2026 17:00[:SS]" or "2026-06-25[T ]17:00[:SS]"; a date alone is its midnight."""
    found = re.fullmatch(r"(\d{1,4})[/-](\d{1,2})[/-](\d{1,4})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?", text.strip())
    if not found:
        raise ValueError(f"{text!r} is no instant")
    first, month, last, hour, minute, second = (int(part or 0) for part in found.groups())
    year, day = (first, last) if first > 31 else (last, first)
    moment = datetime(year, month, day, hour, minute, second)
    return moment.toordinal() * DAY + hour * 3600 + minute * 60 + second


def show(instant):
    """The instant as 2026-06-25T17:00:00."""
    moment, clock = date.fromordinal(instant // DAY), instant % DAY
    return f"{moment.isoformat()}T{clock // 3600:02}:{clock // 60 % 60:02}:{clock % 60:02}"


def clock_of(text):
    hour, minute, *rest = text.split(":")
    return int(hour) * 3600 + int(minute) * 60 + (int(rest[0]) if rest else 0)


def sessions_of(texts):
    """[(start, end), ...] in seconds of the day, from ["07:30-11:30", ...]."""
    return sorted(tuple(clock_of(end) for end in text.split("-")) for text in texts)


def length(sessions):
    return sum(end - start for start, end in sessions)


@dataclass(frozen=True)
class Span:
    """A number of a unit: h, wd, wd-end, d, % or same-day."""
    amount: Fraction
    unit: str


def span(text):
    """The span written as 2wd, 8h, 1,5wd-end, 3d, 20% or same-day."""
    if text.strip() == "same-day":
        return Span(Fraction(0), "same-day")
    found = re.fullmatch(r"(\d+(?:[.,]\d{1,3})?)(wd-end|wd|h|d|%)", text.strip())
    if not found:
        raise ValueError(f"{text!r} is not a span")
    made = Span(Fraction(found[1].replace(",", ".")), found[2])
    if made.unit == "d" and made.amount.denominator != 1:
        raise ValueError(f"{text!r}: calendar days are whole")
    if made.unit == "wd-end" and made.amount.denominator > 2:
        raise ValueError(f"{text!r}: only halves end with a session")
    return made


class Calendar:
    """The sessions of a week, the marked days of the years that were entered."""

    def __init__(self, week, marks=None, years=()):
        """`week`: weekday number -> sessions; `marks`: (kind, sessions or None) by day ordinal."""
        self.week = week
        self.marks = dict(marks or {})
        self.years = set(years)
        lengths = [length(sessions) for sessions in week.values() if sessions]
        self.ordinary_day = max(lengths, key=lambda seconds: (lengths.count(seconds), seconds))
        self.ordinary_sessions = next(s for _, s in sorted(week.items()) if length(s) == self.ordinary_day)
        self.known = {}

    def enter(self, path, year):
        """Take the marked days of one year from a file; they replace what was known of it."""
        marks = {}
        with open(path, encoding="utf-8-sig", newline="") as lines:
            for row in csv.DictReader(lines):
                day = date.fromisoformat(row["date"].strip())
                if day.year != year:
                    continue
                if day.toordinal() in marks:
                    raise ValueError(f"{path}: {day} is there twice")
                own = re.split(r"[\s,;]+", (row.get("sessions") or "").strip())
                marks[day.toordinal()] = (row["kind"].strip(), sessions_of(own) if own != [""] else None)
        kept = {day: mark for day, mark in self.marks.items() if date.fromordinal(day).year != year}
        self.marks = kept | marks
        self.years.add(year)
        self.known = {}

    # -- days ---------------------------------------------------------------------------------------------------

    def sessions(self, day, lenient=False):
        """The sessions of a day (an ordinal).  In a year not entered: MissingYear, or the ordinary week if lenient."""
        if day not in self.known:
            self.known[day] = self.look_up(day)
        entered, sessions = self.known[day]
        if not entered and not lenient:
            raise MissingYear(date.fromordinal(day).year)
        return sessions

    def look_up(self, day):
        usual = self.week.get(date.fromordinal(day).weekday(), [])
        if date.fromordinal(day).year not in self.years:
            return False, usual
        kind, own = self.marks.get(day, (None, None))
        if kind == "holiday":
            return True, []
        if kind == "workday":
            return True, own or self.ordinary_sessions
        return True, usual

    def working_day(self, day, direction, lenient=False):
        """The next (1) or previous (-1) day with sessions, strictly after or before `day`."""
        day += direction
        while not self.sessions(day, lenient):
            day += direction
        return day

    # -- instants -----------------------------------------------------------------------------------------------

    def session_holding(self, instant, lenient=False):
        """The session with start <= instant < end, as instants, or None."""
        day = instant // DAY
        for start, end in self.sessions(day, lenient):
            if day * DAY + start <= instant < day * DAY + end:
                return day * DAY + start, day * DAY + end
        return None

    def session_ending(self, instant, lenient=False):
        """The session with start < instant <= end, or None."""
        day = instant // DAY
        for start, end in self.sessions(day, lenient):
            if day * DAY + start < instant <= day * DAY + end:
                return day * DAY + start, day * DAY + end
        return None

    def next_start(self, instant, lenient=False):
        """The first session start at or after the instant."""
        day = instant // DAY
        for start, _ in self.sessions(day, lenient):
            if day * DAY + start >= instant:
                return day * DAY + start
        day = self.working_day(day, 1, lenient)
        return day * DAY + self.sessions(day, lenient)[0][0]

    def last_end(self, instant):
        """The latest session end at or before the instant."""
        day = instant // DAY
        for _, end in reversed(self.sessions(day)):
            if day * DAY + end <= instant:
                return day * DAY + end
        day = self.working_day(day, -1)
        return day * DAY + self.sessions(day)[-1][1]

    def effective(self, received):
        """The effective receipt: itself inside [start, end), else the next start (R1)."""
        return received if self.session_holding(received) else self.next_start(received)

    def going_on(self, deadline):
        """Where time after a deadline is counted from: itself in some (start, end], else the next start (R1)."""
        return deadline if self.session_ending(deadline) else self.next_start(deadline)

    def going_back(self, deadline):
        """Where time before a deadline is counted from: itself in some (start, end], else the last end (R1)."""
        return deadline if self.session_ending(deadline) else self.last_end(deadline)

    # -- walking ------------------------------------------------------------------------------------------------

    def add_seconds(self, instant, seconds):
        """Walk forward; one that ends a session to the second stays at that end."""
        while seconds > 0:
            session = self.session_holding(instant)
            if not session:
                instant = self.next_start(instant)
                continue
            while seconds > 0 and instant < session[1]:
                step = min(60, seconds, session[1] - instant)
                instant += step
                seconds -= step
        return instant

    def subtract_seconds(self, instant, seconds):
        """Walk back: the latest instant at which that much is still left."""
        while seconds > 0:
            session = self.session_ending(instant)
            if not session:
                instant = self.last_end(instant)
                continue
            while seconds > 0 and instant > session[0]:
                step = min(60, seconds, instant - session[0])
                instant -= step
                seconds -= step
        return instant

    def count(self, begin, end, lenient=False):
        """Working seconds between two instants; negative when they stand the other way round."""
        if end < begin:
            return -self.count(end, begin, lenient)
        worked = 0
        while begin < end:
            session = self.session_holding(begin, lenient)
            if not session:
                begin = self.next_start(begin, lenient)
                continue
            stop = min(session[1], end)
            while begin < stop:
                step = min(60, stop - begin)
                begin += step
                worked += step
        return worked

    def same_position(self, day, clock):
        """The clock time on that day; in a gap, the latest instant of a session before it, or the first start (R2)."""
        sessions = self.sessions(day)
        for start, end in sessions:
            if start <= clock <= end:
                return day * DAY + clock
        ends = [end for _, end in sessions if end <= clock]
        return day * DAY + (ends[-1] if ends else sessions[0][0])

    def move_days(self, instant, days):
        """The same clock position so many working days later, or earlier when negative."""
        day = instant // DAY
        for _ in range(abs(days)):
            day = self.working_day(day, 1 if days > 0 else -1)
        return self.same_position(day, instant % DAY) if days else instant

    def end_of_day(self, day, direction):
        """The end of the day's last session, or of the nearest working day's in that direction."""
        if not self.sessions(day):
            day = self.working_day(day, direction)
        return day * DAY + self.sessions(day)[-1][1]

    # -- spans --------------------------------------------------------------------------------------------------

    def after(self, instant, much):
        """The instant a span after another one that already lies where counting starts."""
        whole = int(much.amount)
        if much.unit == "h":
            return self.add_seconds(instant, int(much.amount * 3600))
        if much.unit == "wd":
            part = int((much.amount - whole) * self.ordinary_day)
            return self.add_seconds(self.move_days(instant, whole), part)
        if much.unit == "d":
            return self.end_of_day(instant // DAY + whole, 1)
        if much.unit == "wd-end":
            return self.after_ending(instant, whole, much.amount != whole)
        raise ValueError(f"no time can be counted in {much.unit}")

    def after_ending(self, instant, whole, half):
        day = instant // DAY
        for _ in range(whole + half):
            day = self.working_day(day, 1)
        sessions = self.sessions(day)
        return day * DAY + (sessions[0][1] if half else sessions[-1][1])

    def before(self, instant, much):
        """The instant a span before another one that already lies where counting starts."""
        whole = int(much.amount)
        if much.unit == "h":
            return self.subtract_seconds(instant, int(much.amount * 3600))
        if much.unit == "wd":
            part = int((much.amount - whole) * self.ordinary_day)
            return self.subtract_seconds(self.move_days(instant, -whole), part)
        if much.unit == "d":
            return self.end_of_day(instant // DAY - whole, -1)
        raise ValueError(f"no time can be counted back in {much.unit}")

    def promise(self, received, term, cutoff="15:00"):
        """When a dossier received at an instant is due (DOMAIN 3, R2, R3)."""
        start = self.effective(received)
        much = span(term)
        if much.unit != "same-day":
            return self.after(start, much)
        day = start // DAY
        if start % DAY > clock_of(cutoff):
            day = self.working_day(day, 1)
        return day * DAY + self.sessions(day)[-1][1]

    def due_day(self, promised):
        """The first session's start of the promised date, or of the last working day before it (R5)."""
        day = promised // DAY
        if not self.sessions(day):
            day = self.working_day(day, -1)
        return day * DAY + self.sessions(day)[0][0]

    def length_of(self, much):
        """A span as working seconds, by the ordinary day (R5)."""
        return int(much.amount * (3600 if much.unit == "h" else self.ordinary_day))

    def prolonged(self, deadline, received, begin, end):
        """A deadline after a pause: what was left, or over, when it began is left, or over, when it ends (R9)."""
        if received is not None:
            begin = max(begin, self.effective(received))
        left = self.count(begin, deadline)
        paused = self.count(begin, end) if begin < end else 0
        if paused == 0:
            return deadline
        later = self.add_seconds(self.going_on(deadline), paused)
        assert self.count(begin, later) - paused == left, "the clock did not stand"
        return later

    def started(self, day):
        """A received date without a time: the start of its first session, or of the next one (R2)."""
        return self.next_start(day * DAY, lenient=True)

    def ended(self, day):
        """A promised date without a time: the end of its last session, 23:59:59 on a rest day (R2)."""
        sessions = self.sessions(day, lenient=True)
        return day * DAY + (sessions[-1][1] if sessions else DAY - 1)

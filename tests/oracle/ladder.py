"""When the steps of rules are reached for an item, and at which level that puts it (R5-R8)."""
from dataclasses import dataclass, replace

from clockwork import DAY, MissingYear
from lists import folded
from settings import several

RANK = {"paused": -2, "no-deadline": -1, "system": 0, "on-track": 1, "at-risk": 2, "due-today": 3, "overdue": 4}


EVENTS = ("supplement-requested", "resumed-after-supplement")
ABOUT = ("deadline", "supplement", "pause", "unassigned") + EVENTS     # each a ladder of its own


def origin(item, step):
    """The instant from which the step counts; None when nobody may be told of what it is about."""
    running, paused = item.state == "running", item.state == "paused"
    if item.gone or not (running or paused):
        return None
    if step.about == "deadline":
        return item.deadline if running else None
    if step.about == "supplement":
        return item.limit if item.papers else None
    if step.about == "pause":
        return item.paused_at if paused else None
    if step.about == "unassigned":
        return item.nobodys_since if running and not item.assignee else None
    if item.asked < step.least:
        return None
    return item.asked_at if step.about == "supplement-requested" else item.resumed_at if running else None


def version(item, about):
    """Of which version of what it is about an alert is (R13)."""
    return {"deadline": item.due, "supplement": item.limit, "pause": item.paused_at, "unassigned": item.nobodys_since,
            "supplement-requested": item.asked_at, "resumed-after-supplement": item.resumed_at}[about]


@dataclass(frozen=True)
class Reached:
    """One step that lies in the past, with its latest slot."""
    rule: object
    step: object
    slot: int
    at: int         # when that slot was reached: its instant, but never before the receipt (R6)
    height: tuple   # the step's own instant, then its place in the file: the greatest is the highest


class Slots:
    """The instants of a step's slots for one deadline, worked out as far as anyone asked."""

    def __init__(self, made):
        self.made, self.known = made, []

    def until(self, now):
        while self.made and (not self.known or self.known[-1] <= now):
            try:
                self.known.append(next(self.made))
            except (StopIteration, MissingYear):
                self.made = None
        return [instant for instant in self.known if instant <= now]


class Ladder:
    """`calendar`: one, or what gives the calendar of an item.  `pauses_out`: whether the term that a percentage is taken of leaves out the item's pauses (R5)."""

    def __init__(self, rules, calendar, pauses_out=True, units=None):
        self.rules, self.pauses_out, self.units = rules, pauses_out, units or {}
        self.calendar = calendar if callable(calendar) else lambda item: calendar
        self.slots, self.receipts = {}, {}

    def receipt(self, item):
        key = (item.received, self.calendar(item))
        if key not in self.receipts:
            try:
                self.receipts[key] = self.calendar(item).effective(item.received)
            except MissingYear:
                self.receipts[key] = item.received
        return self.receipts[key]

    def reached(self, item, now):
        """Every reached step of every matching rule, in file order.  None for what has no running clock."""
        if item.gone or item.state not in ("running", "paused"):
            return []
        receipt = self.receipt(item) if item.received is not None else None
        if receipt is not None and now < receipt:
            return []
        found = []
        for number, rule in enumerate(self.rules):
            if not matches(rule, item, self.units):
                continue
            for place, step in enumerate(rule.steps):
                since = origin(item, step)
                past = self.slots_of(item, step, since).until(now) if since is not None else []
                if past:
                    least = [one for one in (receipt, item.asked_at if step.about == "supplement" else None) if one is not None]
                    at = max([past[-1]] + least)
                    found.append(Reached(rule, step, len(past) - 1, at, (past[0], number, place)))
        return found

    def slots_of(self, item, step, since=None):
        since = item.deadline if since is None else since
        key = (id(step), since, self.calendar(item))
        if step.span and step.span.unit == "%":
            key += (item.received, tuple(item.pauses))
        if key not in self.slots:
            self.slots[key] = Slots(self.walk(item, step, since))
        return self.slots[key]

    def walk(self, item, step, since):
        """The step's instant, then one more for each repeat: slot k is k spans after it."""
        calendar = self.calendar(item)
        instant = self.own_instant(item, step, since)
        if instant is None:
            return
        yield instant
        if step.kind == "after" and step.span.amount == 0:
            instant = since
        if step.every:
            instant, slot = calendar.going_on(instant), 0
            while step.times is None or slot < step.times:
                slot += 1
                yield calendar.after(instant, replace(step.every, amount=step.every.amount * slot))

    def own_instant(self, item, step, since):
        calendar = self.calendar(item)
        if step.kind == "when":
            return since
        if step.kind == "at":
            return calendar.due_day(since)
        if step.kind == "after" and step.span.amount == 0:
            return since + (step.about in ("deadline", "supplement"))   # how long something lasts has no second of grace
        if step.kind == "after":
            return calendar.after(calendar.going_on(since), step.span)
        if step.span.unit != "%":
            return calendar.before(calendar.going_back(since), step.span)
        if item.received is None:
            return None
        left = int(self.term(item) * step.span.amount / 100)
        return calendar.subtract_seconds(calendar.going_back(item.deadline), left)

    def term(self, item):
        """Working seconds from the effective receipt to the present deadline, pauses out (R5)."""
        calendar = self.calendar(item)
        begin = calendar.effective(item.received)
        whole = calendar.count(begin, item.deadline)
        pauses = item.pauses if self.pauses_out else []
        paused = sum(max(0, calendar.count(max(start, begin), end)) for start, end in pauses)
        return max(0, whole - paused)

    def level(self, item, now):
        """Of an item that is open (R7)."""
        if item.state == "paused":
            return "paused"
        if item.deadline is None:
            return "no-deadline"
        if now > item.deadline:
            return "overdue"
        if now // DAY == item.deadline // DAY:
            return "due-today"
        return "at-risk" if any(one.step.kind == "before" and one.step.about == "deadline" for one in self.reached(item, now)) else "on-track"


def within(item, wanted, units):
    """Whether the item's unit is one of those wanted, or below one in the tree."""
    code, wanted = item.unit, set(wanted)
    while code in units:
        if code in wanted:
            return True
        code = units[code].parent
    return False


def matches(rule, item, units):
    """Whether every key of the rule's match fits the item."""
    return fits(rule.match, item, units)


def fits(condition, item, units):
    """Each list holds the item's value (a unit: with the tree below it), and what stands in all, any and not."""
    return all(fits_key(key, several(wanted), item, units) for key, wanted in condition.items())


def fits_key(key, wanted, item, units):
    if key == "unit":
        return within(item, wanted, units)
    if key == "all":
        return all(fits(condition, item, units) for condition in wanted)
    if key == "any":
        return any(fits(condition, item, units) for condition in wanted)
    if key == "not":
        return not any(fits(condition, item, units) for condition in wanted)
    return folded(getattr(item, {"source": "feed"}.get(key, key))) in [folded(value) for value in wanted]


"""The settings file as plain values: what the oracle needs of it, in the form of config/example.

Scalars stay text (no "yes" that turns into a truth), so a value means what a reader sees.  Nothing is checked here:
refusing a bad file is the product's work, and the oracle is given good ones.
"""
from dataclasses import dataclass

import yaml

from calendars import Calendars
from clockwork import WEEKDAYS, clock_of, sessions_of, span

ADDRESS = {"smtp": "email", "file": "email", "zalo-oa": "zalo_user", "zalo-bot": "zalo_chat", "telegram": "telegram_chat",
           "sms": "phone", "webhook": "email"}


@dataclass
class Step:
    name: str
    kind: str           # before | at | after | when
    span: object
    tell: list
    every: object = None
    times: int = None   # repeats beside the step itself; None: without end
    about: str = "deadline"     # the clock of which it counts, or what happens
    least: int = 1      # with when: from the how manyth time on


@dataclass
class Rule:
    name: str
    match: dict
    via: list
    window: str
    steps: list


@dataclass
class Told:
    """A calendar as the settings tell of it."""
    week: dict
    holidays: str       # the calendar on which it builds, or ""
    units: list


@dataclass
class Window:
    name: str
    calendar: str       # "": of each person the one that they follow
    open: list          # clock times, or None: the start of each session


class Settings:
    def __init__(self, tree):
        self.feeds = tree.get("feeds") or []
        self.told = {calendar["name"]: Told(week_of(calendar["week"]), calendar.get("holidays", ""), several(calendar.get("units", [])))
                     for calendar in tree["calendars"]}
        self.main = tree.get("calendar") or next(iter(self.told))
        self.channels = {channel["name"]: ADDRESS[channel["type"]] for channel in tree.get("channels") or []}
        self.windows = {window["name"]: window_of(window) for window in tree["windows"]}
        self.rules = [rule_of(rule) for rule in tree["rules"]]
        quiet = tree.get("quiet") or {}
        self.quiet_from = clock_of(quiet.get("from", "18:00"))
        self.quiet_until = clock_of(quiet.get("until", "07:00"))

    def feed(self, name, kind):
        """The feed of that name, or the first of the kind."""
        return next(feed for feed in self.feeds if (feed["name"] == name if name else feed["kind"] == kind))

    def calendars(self):
        """All of them, with no year entered yet."""
        return Calendars(self.told, self.main)


def load(path):
    with open(path, encoding="utf-8") as text:
        return Settings(yaml.load(text, Loader=yaml.BaseLoader))


def several(value):
    return value if isinstance(value, list) else [value]


def week_of(tree):
    week = {}
    for days, sessions in tree.items():
        first, _, last = days.partition("-")
        for day in range(WEEKDAYS.index(first), WEEKDAYS.index(last or first) + 1):
            week[day] = sessions_of(several(sessions))
    return week


def window_of(tree):
    opens = tree.get("open", "session-start")
    return Window(tree["name"], tree.get("calendar", ""), None if opens == "session-start" else sorted(map(clock_of, several(opens))))


def step_of(tree):
    kind = next(kind for kind in ("before", "at", "after", "when") if kind in tree)
    repeat = tree.get("repeat")
    every, times = (repeat.get("every"), repeat.get("times")) if isinstance(repeat, dict) else (repeat, None)
    return Step(tree["name"], kind, None if kind in ("at", "when") else span(tree[kind]), several(tree["tell"]),
                span(every) if every else None, int(times) if times else None,
                tree["when"] if kind == "when" else tree.get("of", "deadline"), int(tree.get("times", 1)))


def rule_of(tree):
    return Rule(tree["name"], tree.get("match") or {}, several(tree["via"]), tree["window"], [step_of(step) for step in tree["steps"]])

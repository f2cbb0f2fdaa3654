"""The table of docs/verdicts.md: what each channel makes of each answer."""
import re
from dataclasses import dataclass, replace

from harness.farside import DEEDS, Answer, with_dates
from harness.installation import ROOT

PAGE = ROOT / "docs/verdicts.md"
EVERY = "every"  # rows for all channels over HTTP that have none of their own

# What each channel must have an answer to.
CASES = ["success", "failure-in-200", "401", "403", "404", "410", "413", "429-seconds", "429-date", "429-body", "500", "502-html",
         "reset-before", "reset-during", "reset-after", "slow-body", "half-reply", "wrong-name", "redirect"]


@dataclass
class Cell:
    channel: str
    case: str
    answers: list
    verdict: str
    wait: int
    source: str

    def plan(self):
        """The answers as they are given now."""
        return [replace(answer, headers={name: with_dates(value) for name, value in answer.headers.items()}) for answer in self.answers]


def answer_of(text, case):
    """`429` `Retry-After: 17` `{"ok":false}`: status, headers, body."""
    deed = case if case in DEEDS else ""
    spans = re.findall(r"`([^`]+)`", text)
    if not spans:
        return Answer(deed=deed)
    status, *rest = spans
    headers, body = {}, ""
    for span in rest:
        header = re.fullmatch(r"([A-Z][A-Za-z-]+): (.+)", span)
        if header:
            headers[header[1]] = header[2]
        else:
            body = span
    return Answer(int(status), headers, body, deed)


def read_table():
    cells = []
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        parts = [part.strip().replace(r"\|", "|") for part in re.split(r"(?<!\\)\|", line)[1:-1]]
        if len(parts) != 6 or parts[0] in ("channel", "") or set(parts[0]) <= set("-: "):
            continue
        channel, case, answers, verdict, wait, source = parts
        cells.append(Cell(channel, case, [answer_of(text, case) for text in answers.split(", then ")], verdict, int(wait or 0), source))
    return cells


def cells_of(channel, table):
    """Its own rows, and those of every channel for cases that it has no row for."""
    own = [cell for cell in table if cell.channel == channel]
    cases = {cell.case for cell in own}
    return own + [replace(cell, channel=channel) for cell in table if cell.channel == EVERY and cell.case not in cases]

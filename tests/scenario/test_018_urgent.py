"""An urgent step leaves at once, at noon too, but not in quiet hours (R11)."""
from datetime import datetime, timedelta

import pytest

from harness.office import RULES, dossier

URGENT = RULES.replace("{name: overdue,", "{name: overdue, urgent: yes,").replace("[assignee, head], repeat: 1wd", "[assignee]")


@pytest.mark.parametrize("due, told_at", [
    ("25/06/2026 12:00", "2026-06-25 12:00"),
    ("25/06/2026 17:00", "2026-06-25 17:00"),
    ("25/06/2026 17:59", "2026-06-25 17:59"),
    ("25/06/2026 20:00", "2026-06-26 07:00"),
    ("26/06/2026 18:30", "2026-06-29 07:00"),
    ("27/06/2026 09:00", "2026-06-29 07:00"),
])
def test_urgent_is_told_in_the_minute_that_quiet_hours_allow(new_office, due, told_at):
    office = new_office(rules=URGENT)
    office.list("25/06/2026 06:40", dossier("HS-1", due=due))
    office.up()
    promise = datetime.strptime(due, "%d/%m/%Y %H:%M")
    office.go_on_to(promise)
    office.all_told()  # at risk, due today
    if told_at > f"{promise:%Y-%m-%d %H:%M}":
        office.go_on_to(datetime.fromisoformat(told_at) - timedelta(seconds=1))
        assert not office.told()
        office.go_on_to(told_at)
    else:
        office.step_to(promise + timedelta(seconds=1))
    message = office.told()["an"]
    assert (message.at, message.lines) == (told_at, {"HS-1": "overdue"})
    office.go_on_to("2026-06-30 18:00")
    assert "an" not in {message.person for message in office.all_told()}

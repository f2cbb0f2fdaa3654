"""Nothing leaves on Saturday, on a holiday or at night; on a swap-day Saturday it does."""
import pytest

from harness.office import dossier

CALENDAR = [{"date": "2026-08-22", "kind": "workday", "name": "Làm bù"}, {"date": "2026-09-02", "kind": "holiday", "name": "Quốc khánh"}]
SATURDAY, SWAP_DAY, HOLIDAY = "2026-06-27", "2026-08-22", "2026-09-02"


@pytest.mark.parametrize("opens", ["session-start", '["07:30", "13:30"]'])
@pytest.mark.parametrize("due, quiet_until, told_at", [
    ("26/06/2026 17:00", f"{SATURDAY} 23:59", "2026-06-29 07:30"),
    ("26/06/2026 17:00", "2026-06-28 23:59", "2026-06-29 07:30"),
    ("21/08/2026 17:00", f"{SWAP_DAY} 07:29", f"{SWAP_DAY} 07:30"),
    ("01/09/2026 17:00", f"{HOLIDAY} 23:59", "2026-09-03 07:30"),
    ("24/06/2026 17:00", "2026-06-25 07:29", "2026-06-25 07:30"),  # the night
    ("24/06/2026 11:30", "2026-06-24 13:29", "2026-06-24 13:30"),  # and lunch
], ids=["saturday", "sunday", "swap day", "holiday", "night", "lunch"])
def test_an_overdue_dossier_waits_for_working_time(new_office, opens, due, quiet_until, told_at):
    day, clock = due.split()
    office = new_office(at="-".join(reversed(day.split("/"))) + " 08:00", calendar=CALENDAR, opens=opens)
    office.list(f"{day} 07:00", dossier("HS-1", due=due))
    office.up()
    office.go_on_to("-".join(reversed(day.split("/"))) + " " + clock)
    office.told()  # due today
    office.go_on_to(quiet_until)
    assert not office.told()
    office.go_on_to(told_at)
    message = office.told()["an"]
    assert (message.at, message.lines, message.late) == (told_at, {"HS-1": "overdue"}, False)

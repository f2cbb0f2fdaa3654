"""A clock that steps back an hour repeats nothing, and nothing is lost by it."""
from harness.office import PEOPLE, changed, dossier

ROWS = [dossier("HS-1", due="24/06/2026 17:00"), dossier("HS-2", due="25/06/2026 11:00")]


def test_an_hour_back_over_an_opening(new_office):
    office = new_office()
    office.list("25/06/2026 06:40", *ROWS)
    office.up()
    office.go_on_to("2026-06-25 07:45")
    assert sorted(office.told()) == ["an", "sep"]
    office.step_to("2026-06-25 06:45")
    office.import_rows("people", changed(PEOPLE, "binh", title="Chuyên viên"))  # which has everything looked at anew
    office.go_on_to("2026-06-25 13:29")
    assert not office.told()
    office.go_on_to("2026-06-25 13:30")
    assert office.told()["an"].fresh == {"HS-2"}


def test_a_restart_after_a_step_back_of_days(new_office):
    office = new_office()
    office.list("25/06/2026 06:40", *ROWS)
    office.up()
    office.go_on_to("2026-06-25 07:45")
    assert len(office.all_told()) == 2
    office.down()
    office.set_clock("2026-06-23 06:00")
    office.up()
    office.go_on_to("2026-06-25 07:45")
    assert not [message for message in office.all_told() if "HS-1" in message.fresh]
    office.go_on_to("2026-06-26 07:45")
    assert office.all_told()

"""The same list twice changes not one row of the store, and wakes nothing."""
from harness.office import PEOPLE, UNITS, dossier

ROWS = [dossier("HS-1", due="24/06/2026 17:00"), dossier("HS-2", due="26/06/2026"), dossier("HS-3", due="31/07/2026 17:00", holder="")]


def test_nothing_is_written_and_nothing_woken(new_office):
    office = new_office()
    office.list("25/06/2026 06:40", *ROWS)
    office.up()
    office.go_on_to("2026-06-25 07:35")
    assert office.told()
    before = office.dump()
    again = office.list("25/06/2026 06:40", *ROWS)
    assert "đọc 3, 3 như cũ" in again.stdout
    office.import_rows("people", PEOPLE)
    office.import_rows("units", UNITS)
    assert office.dump() == before
    office.go_on_to("2026-06-25 18:00")
    assert not office.told()


def test_a_later_list_with_the_same_rows_changes_no_item(new_office):
    office = new_office()
    office.list("25/06/2026 06:40", *ROWS)
    office.up()
    office.go_on_to("2026-06-25 07:35")
    before = office.dump()
    office.list("25/06/2026 07:34", *ROWS)
    after = office.dump()
    assert {name for name in before if before[name] != after[name]} <= {"imports", "sightings"}

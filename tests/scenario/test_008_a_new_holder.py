"""A new holder is told the current step once; the old one no longer."""
from harness.office import dossier


def test_work_that_changes_hands(new_office):
    office = new_office()
    office.list("25/06/2026 06:40", dossier("HS-1", due="24/06/2026 17:00"))
    office.up()
    office.go_on_to("2026-06-25 07:30")
    assert sorted(office.told()) == ["an", "sep"]
    office.go_on_to("2026-06-25 10:00")
    office.list("25/06/2026 10:00", dossier("HS-1", due="24/06/2026 17:00", holder="binh"))
    office.go_on_to("2026-06-25 13:30")
    assert {who: message.lines for who, message in office.told().items()} == {"binh": {"HS-1": "overdue"}}
    office.go_on_to("2026-06-26 07:30")
    assert sorted(office.told()) == ["binh", "sep"]


def test_what_was_held_for_the_old_holder_does_not_leave(new_office):
    office = new_office()
    office.list("25/06/2026 06:40", dossier("HS-1", due="24/06/2026 17:00"))
    office.up()
    office.go_on_to("2026-06-25 07:20")
    office.list("25/06/2026 07:20", dossier("HS-1", due="24/06/2026 17:00", holder="binh"))
    office.go_on_to("2026-06-25 07:30")
    assert sorted(office.told()) == ["binh", "sep"]
    assert ("an", "overdue", 0, "suppressed", "not-theirs") in office.alerts("HS-1")

"""MỚI marks what is new to a person or worse than in their last message; a repeat alone is not new (R10)."""
from harness.office import dossier


def test_new_unchanged_and_worse(new_office):
    office = new_office()
    first = [dossier("HS-1", due="26/06/2026 17:00"), dossier("HS-2", due="24/06/2026 10:00")]
    office.list("25/06/2026 06:40", *first)
    office.up()
    office.go_on_to("2026-06-25 07:30")
    message = office.told()["an"]
    assert message.lines == {"HS-2": "overdue", "HS-1": "at-risk"}
    assert message.fresh == {"HS-1", "HS-2"}
    assert message.text.count("MỚI") == 2
    office.go_on_to("2026-06-25 09:00")
    office.list("25/06/2026 09:00", *first, dossier("HS-3", due="26/06/2026 17:00"))
    office.go_on_to("2026-06-25 13:30")
    message = office.told()["an"]
    assert list(message.lines) == ["HS-2", "HS-1", "HS-3"]
    assert message.fresh == {"HS-3"}, "HS-2 was repeated at 10:00: that is not new"
    assert "HS-3 - còn 1 ngày 3 giờ làm việc - MỚI" in message.text
    office.go_on_to("2026-06-26 07:30")
    message = office.told()["an"]
    assert message.lines == {"HS-2": "overdue", "HS-1": "due-today", "HS-3": "due-today"}
    assert message.fresh == {"HS-1", "HS-3"}, "worse than in the last message"
    office.go_on_to("2026-06-26 13:30")
    message = office.told()["an"]
    assert message.lines == {"HS-2": "overdue", "HS-1": "due-today", "HS-3": "due-today"}
    assert not message.fresh and "MỚI" not in message.text, "only a repeat of HS-2"

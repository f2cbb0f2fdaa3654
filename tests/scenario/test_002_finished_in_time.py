"""A dossier that was finished at 07:29 is not in the message of 07:30, and alone it makes none."""
from harness.office import dossier


def test_finished_at_0729_is_not_in_the_message(new_office):
    office = new_office()
    late = dossier("HS-1", due="24/06/2026 17:00")
    other = dossier("HS-2", due="24/06/2026 17:00", holder="binh")
    office.list("25/06/2026 06:40", late, other)
    office.up()
    office.go_on_to("2026-06-25 07:29")
    assert ("an", "overdue", 0, "held", "") in office.alerts("HS-1")
    office.list("25/06/2026 07:29", late | {"Trạng thái": "Đã xử lý xong", "Ngày kết thúc xử lý": "25/06/2026 07:29"}, other)
    office.go_on_to("2026-06-25 07:30")
    told = office.told()
    assert {who: message.lines for who, message in told.items()} == {"binh": {"HS-2": "overdue"}, "sep": {"HS-2": "overdue"}}
    assert "HS-1" not in told["sep"].text + told["sep"].html
    assert ("an", "overdue", 0, "suppressed", "finished") in office.alerts("HS-1")

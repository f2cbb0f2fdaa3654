"""While a feed is stale messages still leave, and say on top since when the data is old; the admin is told (R16)."""
from harness.office import dossier


def test_old_data_is_said(new_office):
    office = new_office(at="2026-06-24 06:50", stale_after="6h")
    office.list("24/06/2026 07:00", dossier("HS-1", due="24/06/2026 17:00"))
    office.up()
    office.go_on_to("2026-06-24 07:30")
    fresh = office.told()["an"]
    assert "đã cũ" not in fresh.text
    office.go_on_to("2026-06-25 07:30")
    told = office.told()
    assert told["an"].lines == {"HS-1": "overdue"}
    assert "Số liệu từ Một cửa đã cũ: chỉ có đến lúc 06:50 ngày 24/6/2026." in told["an"].text
    assert told["an"].text.index("đã cũ") < told["an"].text.index("HS-1")
    assert told["quantri"].lines == {"system:stale:motcua": "system"}
    office.list("25/06/2026 09:00", dossier("HS-1", due="24/06/2026 17:00"), dossier("HS-2", due="26/06/2026 17:00"))
    office.go_on_to("2026-06-25 13:30")
    assert "đã cũ" not in office.told()["an"].text

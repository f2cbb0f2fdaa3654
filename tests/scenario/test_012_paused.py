"""A paused dossier is not listed but counted at the foot; resumed, it is listed again."""
from harness.office import dossier

PAUSED = {"Trạng thái": "Yêu cầu bổ sung giấy tờ"}


def test_paused_and_resumed(new_office):
    office = new_office()
    one, two = dossier("HS-1", due="24/06/2026 17:00"), dossier("HS-2", due="29/06/2026 10:00")
    office.list("25/06/2026 06:40", one, two)
    office.up()
    office.go_on_to("2026-06-25 07:30")
    assert office.told()["an"].lines == {"HS-1": "overdue"}
    office.go_on_to("2026-06-25 09:00")
    office.list("25/06/2026 09:00", one | PAUSED, two)
    office.go_on_to("2026-06-25 13:30")
    told = office.told()
    assert told["an"].lines == {"HS-2": "at-risk"}
    assert "1 đang tạm dừng" in told["an"].text or "1 hồ sơ đang tạm dừng" in told["an"].text
    assert "HS-1" not in told["an"].text + told["an"].html
    assert "sep" not in told
    office.go_on_to("2026-06-26 15:00")
    assert not office.told(), "paused: no repeats"
    office.list("26/06/2026 15:00", one, two)
    office.go_on_to("2026-06-29 07:30")
    told = office.told()
    assert told["an"].lines == {"HS-1": "overdue", "HS-2": "due-today"}
    assert "tạm dừng" not in told["an"].text
    # Eleven and a half hours are given back: what was told of the deadline stays told, and a working day after it is 29/06 11:30.
    assert "hẹn trả: 11:30 ngày 26/6/2026" in told["an"].text
    assert "sep" not in told
    office.go_on_to("2026-06-29 13:30")
    assert office.told()["sep"].lines == {"HS-1": "overdue", "HS-2": "overdue"}

"""400 overdue dossiers of one person are one message that counts 400."""
from harness.office import dossier


def test_400_overdue_are_one_message(new_office):
    office = new_office()
    office.list("25/06/2026 06:40", *(dossier(f"HS-{number:03}", due="24/06/2026 17:00") for number in range(1, 401)))
    office.up()
    assert not office.told()
    office.go_on_to("2026-06-25 07:30")
    told = office.told()
    assert sorted(told) == ["an", "sep"]
    assert len(told["an"].lines) == 400
    assert set(told["an"].lines.values()) == {"overdue"}
    assert "400 hồ sơ quá hạn" in told["an"].subject
    assert "QUÁ HẠN · 400" in told["an"].text
    assert len(office.messages()) == 2

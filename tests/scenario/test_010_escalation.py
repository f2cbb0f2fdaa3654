"""After two working days the vice chair who oversees the unit is told: counts by unit, and the three worst."""
from harness.office import dossier


def test_the_vice_chair_who_oversees_the_unit_gets_a_summary(new_office):
    office = new_office()
    office.list("25/06/2026 06:40", *(dossier(f"HS-{number}", due=f"{23 - number}/06/2026 17:00") for number in range(5)),
                dossier("TP-1", due="22/06/2026 17:00", holder="dung", unit="tu"))
    office.up()
    office.go_on_to("2026-06-25 07:30")
    told = office.told()
    assert sorted(told["pct2"].lines) == ["HS-1", "HS-2", "HS-3", "HS-4"], "of 23/06 two working days are not over"
    assert sorted(told["pct1"].lines) == ["TP-1"]
    assert told["pct2"].facts["kind"] == "summary"
    assert [(unit["code"], unit["overdue"]) for unit in told["pct2"].facts["units"]] == [("dat", 4)]
    assert [line["code"] for line in told["pct2"].facts["lines"]] == ["HS-4", "HS-3", "HS-2"], "the three worst, the oldest first"
    assert "Phòng Đất đai: 4 quá hạn" in told["pct2"].text
    assert "HS-1" not in told["pct2"].text
    assert "ct" not in told
    office.go_on_to("2026-06-26 07:30")
    assert "HS-0" in office.told()["pct2"].lines

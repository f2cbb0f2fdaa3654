"""In a year that nobody entered windows open as on ordinary weekdays and messages say so; steps that need it are left out; from 1 October the admin is told daily (R8)."""
from harness.office import RULES, dossier

ONCE = RULES.replace(", repeat: 1wd", "")


def test_messages_still_leave_and_say_so(new_office):
    office = new_office(at="2026-12-31 06:50", rules=ONCE)
    office.list("31/12/2026 06:40", dossier("HS-1", due="31/12/2026 17:00", received="01/12/2026 08:00"),
                dossier("HS-2", due="06/01/2027 17:00", received="01/12/2026 08:00"))
    office.up()
    office.go_on_to("2026-12-31 17:30")
    office.all_told()
    office.go_on_to("2027-01-01 07:30")
    told = office.told()
    assert told["an"].lines == {"HS-1": "overdue"}, "a Friday: better a reminder on a holiday than none"
    assert "Chưa nhập ngày nghỉ năm 2027: tạm coi mọi ngày trong tuần là ngày làm việc." in told["an"].text
    assert "HS-1 - quá hạn dưới 1 phút" not in told["an"].text and "HS-1 - chưa tính được thời gian" in told["an"].text
    assert told["quantri"].lines == {"system:year:2027:lich": "system"}
    office.go_on_to("2027-01-02 18:00")
    assert not office.all_told(), "a Saturday"
    office.go_on_to("2027-01-04 13:30")
    assert {message.person for message in office.all_told()} == {"quantri"}, "two working days before 06/01 cannot be reckoned"
    office.import_rows("calendar", [{"date": "2027-01-01", "kind": "holiday", "name": "Tết Dương lịch"}], "--year", "2027")
    office.go_on_to("2027-01-05 07:30")
    told = office.told()
    assert told["an"].lines["HS-2"] == "at-risk", "reckoned as soon as the year came"
    assert "quantri" not in told
    assert "Chưa nhập" not in told["an"].text


def test_the_admin_is_told_daily_from_october(new_office):
    office = new_office(at="2026-09-30 06:50")
    office.list("30/09/2026 06:40", dossier("HS-1", due="31/12/2026 17:00"))
    office.up()
    office.go_on_to("2026-09-30 18:00")
    assert not office.all_told()
    days = []
    for day in ("01", "02", "05"):
        office.go_on_to(f"2026-10-{day} 18:00")
        days += [(message.at, list(message.lines)) for message in office.all_told()]
    assert days == [(f"2026-10-{day} 07:30", ["system:year:2027:lich"]) for day in ("01", "02", "05")]
    office.import_rows("calendar", [{"date": "2027-01-01", "kind": "holiday", "name": "Tết Dương lịch"}], "--year", "2027")
    office.go_on_to("2026-10-07 18:00")
    assert not office.all_told()

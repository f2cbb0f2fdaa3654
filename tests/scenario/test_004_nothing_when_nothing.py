"""When there is nothing to say, nothing is said."""
from harness.office import PEOPLE, RULES, changed, dossier


def test_an_office_in_time_gets_no_mail(new_office):
    office = new_office()
    office.list("25/06/2026 06:40", dossier("HS-1", due="31/07/2026 17:00"),
                dossier("HS-2", due="24/06/2026 17:00", status="Đã trả kết quả", finished="24/06/2026 10:00"),
                dossier("HS-3", due="24/06/2026 17:00", status="Công dân yêu cầu rút hồ sơ", finished="23/06/2026 10:00"),
                dossier("HS-4", due=""))
    office.up()
    office.go_on_to("2026-07-02 18:00")
    assert not office.all_told()
    assert not list(office.outbox.iterdir())


def test_what_was_told_is_not_told_again_when_all_is_looked_at_anew(new_office):
    office = new_office(rules=RULES.replace(", repeat: 1wd", ""))
    office.list("25/06/2026 06:40", dossier("HS-1", due="25/06/2026 10:00"))
    office.up()
    office.go_on_to("2026-06-25 07:30")
    assert office.told()["an"].lines == {"HS-1": "due-today"}
    office.go_on_to("2026-06-25 13:30")
    assert office.told()["an"].lines == {"HS-1": "overdue"}
    office.go_on_to("2026-06-25 14:00")
    office.import_rows("people", changed(PEOPLE, "binh", title="Chuyên viên"))
    office.go_on_to("2026-06-29 07:30")
    assert not office.all_told()

"""When there is nothing to say, nothing is said."""
from harness.office import PEOPLE, changed, dossier


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


def test_the_afternoon_does_not_repeat_the_morning(new_office):
    office = new_office()
    office.list("25/06/2026 06:40", dossier("HS-1", due="24/06/2026 17:00"))
    office.up()
    office.go_on_to("2026-06-25 07:30")
    assert sorted(office.told()) == ["an", "sep"]
    office.go_on_to("2026-06-25 10:00")
    office.import_rows("people", changed(PEOPLE, "binh", title="Chuyên viên"))  # which has everything looked at anew
    office.go_on_to("2026-06-25 18:00")
    assert not office.told()

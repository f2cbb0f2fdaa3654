"""Who reads English gets English; everybody else Vietnamese."""
from harness.office import PEOPLE, changed, dossier


def test_each_person_in_their_language(new_office):
    office = new_office(people=changed(PEOPLE, "an", language="en"))
    office.list("25/06/2026 06:40", dossier("HS-1", due="24/06/2026 10:00"))
    office.up()
    office.go_on_to("2026-06-25 07:30")
    told = office.told()
    assert told["an"].subject == "[Reminder] 1 dossier overdue (Thursday morning, 25 June)"
    assert "HS-1 - overdue by 5 hours" in told["an"].text
    assert 'by the reminder rule "Administrative dossiers"' in told["an"].text
    assert "The ward of trials" in told["an"].text
    assert told["sep"].subject == "[Nhắc việc] 1 hồ sơ quá hạn (sáng thứ Năm, 25/6)"
    assert 'quy tắc nhắc việc "Hồ sơ thủ tục"' in told["sep"].text

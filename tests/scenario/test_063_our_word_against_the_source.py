"""A dossier finished by command is told to nobody although its list still has it open; one reopened is told, and the message says whose word it is."""
from harness.office import dossier


def test_finished_and_reopened_by_command(new_office):
    office = new_office()
    wrong = [dossier("HS-1", due="24/06/2026 17:00"),
             dossier("HS-2", due="24/06/2026 17:00", status="Đã xử lý xong", finished="23/06/2026 10:00")]
    office.list("25/06/2026 06:40", *wrong)
    office.run("item", "finish", "HS-1", "--by", "sep", "--why", "đã trả kết quả", "--on", "24/06/2026")
    office.run("item", "reopen", "HS-2", "--by", "sep", "--why", "trả nhầm")
    office.up()
    office.list("25/06/2026 06:45", *wrong)
    office.go_on_to("2026-06-25 07:30")
    told = office.told()
    assert told["an"].lines == told["sep"].lines == {"HS-2": "overdue"}
    assert "theo ghi nhận của đơn vị, khác với hệ thống nguồn" in told["an"].text
    assert "Theo ghi nhận của đơn vị" in told["an"].html
    office.list("25/06/2026 07:35", wrong[0], dossier("HS-2", due="24/06/2026 17:00"))
    office.go_on_to("2026-06-26 07:30")
    told = office.told()
    assert told["an"].lines == {"HS-2": "overdue"} and "ghi nhận của đơn vị" not in told["an"].text

"""A pause that lasts, and an item that nobody holds, have clocks of their own; each is a ladder beside that of the deadline."""
from harness.office import RULES, dossier

STEPS = RULES + """      - {name: long-pause, of: pause, after: 2wd, tell: [head]}
      - {name: nobodys, of: unassigned, after: 4h, tell: [head]}
"""
MONEY = {"Trạng thái": "Yêu cầu thực hiện nghĩa vụ tài chính"}


def test_a_pause_that_lasts(new_office):
    office = new_office(at="2026-06-22 06:50", rules=STEPS)
    one = dossier("HS-1", due="24/06/2026 17:00")
    office.list("22/06/2026 06:50", one)
    office.up()
    office.go_on_to("2026-06-22 14:00")
    office.list("22/06/2026 14:00", one | MONEY)
    office.go_on_to("2026-06-24 13:30")
    office.all_told()
    office.go_on_to("2026-06-25 07:30")                     # two working days after 22/06 14:00
    told = office.told()
    assert sorted(told) == ["sep"]
    assert told["sep"].lines == {"HS-1": "paused"} and "tạm dừng từ 14:00 ngày 22/6/2026" in told["sep"].text


def test_a_dossier_that_nobody_holds(new_office):
    office = new_office(at="2026-06-22 06:50", rules=STEPS)
    office.list("22/06/2026 06:50", dossier("HS-1", due="10/07/2026 17:00", holder="", received="22/06/2026 06:00"))
    office.up()
    office.go_on_to("2026-06-22 13:00")
    assert not office.all_told()
    office.go_on_to("2026-06-22 13:30")                     # four working hours from 07:30
    told = office.told()
    assert told["sep"].lines == {"HS-1": "on-track"} and "chưa có người thụ lý từ 06:00 ngày 22/6/2026" in told["sep"].text
    office.go_on_to("2026-06-22 14:00")
    office.list("22/06/2026 14:00", dossier("HS-1", due="10/07/2026 17:00", received="22/06/2026 06:00"))
    office.go_on_to("2026-06-24 17:00")
    assert not office.all_told()


def test_other_clocks_hide_nothing_of_the_deadline(new_office):
    office = new_office(at="2026-06-22 06:50", rules=STEPS)
    office.list("22/06/2026 06:50", dossier("HS-1", due="22/06/2026 11:00", holder="", received="22/06/2026 06:00"))
    office.up()
    office.go_on_to("2026-06-22 07:30")
    assert office.told()["sep"].lines == {"HS-1": "due-today"}
    office.go_on_to("2026-06-22 13:30")                     # overdue since 11:00, nobody's for four hours at 11:30
    told = office.told()["sep"]
    assert told.lines == {"HS-1": "overdue"} and "chưa có người thụ lý" in told.text
    assert {(step, state) for who, step, _, state, _ in office.alerts("HS-1") if who == "sep"} >= {("overdue", "sent"), ("nobodys", "sent")}

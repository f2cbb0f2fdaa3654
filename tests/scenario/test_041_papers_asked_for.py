"""While papers are awaited the citizen's own clock runs; before a second request the officer is warned, and after it the head is told."""
from harness.office import RULES, dossier

STEPS = RULES + """      - {name: papers, of: supplement, before: 1wd, tell: [assignee]}
      - {name: papers-over, of: supplement, after: 0h, tell: [assignee, head], repeat: 2wd}
      - {name: once, when: resumed-after-supplement, tell: [assignee]}
      - {name: again, when: supplement-requested, times: 2, tell: [head, vice-chair]}
"""
PROCEDURES = [{"code": "P1", "name": "Đăng ký đất đai", "field": "Đất đai", "unit": "dat", "term": "15wd", "online_term": "", "same_day_cutoff": "",
               "supplement_limit": "3wd-end"}]
PAPERS = {"Trạng thái": "Yêu cầu bổ sung giấy tờ"}
ONE = dossier("HS-1", due="10/07/2026 17:00")


def office_with(new_office, **chosen):
    office = new_office(at="2026-06-22 06:50", rules=STEPS, **chosen)
    office.import_rows("procedures", PROCEDURES)
    office.list("22/06/2026 06:50", ONE)
    office.up()
    office.go_on_to("2026-06-22 09:00")
    return office


def test_the_citizens_clock(new_office):
    office = office_with(new_office)
    office.list("22/06/2026 09:00", ONE | PAPERS)           # until 25/06 17:00
    office.go_on_to("2026-06-24 17:00")
    assert not office.all_told()
    office.go_on_to("2026-06-25 07:30")                     # one working day before is 24/06 17:00
    told = office.told()
    assert sorted(told) == ["an"]
    assert told["an"].lines == {"HS-1": "paused"} and told["an"].fresh == {"HS-1"}
    assert told["an"].subject.startswith("[Nhắc việc] 1 hồ sơ đang tạm dừng")
    assert "TẠM DỪNG, CHỜ BỔ SUNG · 1" in told["an"].text
    assert "công dân còn 1 ngày làm việc để bổ sung" in told["an"].text
    assert "hạn công dân bổ sung giấy tờ: 17:00 ngày 25/6/2026" in told["an"].text
    office.go_on_to("2026-06-26 07:30")
    told = office.told()
    assert sorted(told) == ["an", "sep"]
    assert "công dân bổ sung quá hạn" in told["sep"].text and "CHỜ BỔ SUNG" in told["an"].text
    office.go_on_to("2026-06-29 17:00")
    assert not office.all_told()
    office.go_on_to("2026-06-30 07:30")                     # two working days after 25/06 17:00 are 29/06 17:00
    assert sorted(office.told()) == ["an", "sep"]
    office.go_on_to("2026-06-30 08:00")
    office.list("30/06/2026 08:00", ONE)                    # brought: the clock is over
    office.go_on_to("2026-06-30 13:30")
    told = office.told()
    assert list(told) == ["an"]
    assert told["an"].lines == {"HS-1": "on-track"} and "CẦN BIẾT · 1" in told["an"].text
    assert "yêu cầu lần nữa thì hồ sơ bị tính là quá hạn" in told["an"].text
    office.go_on_to("2026-07-10 17:00")
    assert not office.all_told(), "told once; the deadline has moved on by the pause"


def test_papers_that_are_brought_in_time(new_office):
    office = office_with(new_office)
    office.list("22/06/2026 09:00", ONE | PAPERS)
    office.go_on_to("2026-06-24 17:30")                     # reached at 17:00, waits for 07:30
    office.list("24/06/2026 17:30", ONE)
    office.go_on_to("2026-06-25 07:30")
    told = office.told()
    assert told["an"].lines == {"HS-1": "on-track"}
    assert ("an", "papers", 0, "suppressed", "over") in office.alerts("HS-1")


def test_a_second_request(new_office):
    office = office_with(new_office)
    office.list("22/06/2026 09:00", ONE | PAPERS)
    office.go_on_to("2026-06-23 09:00")
    office.list("23/06/2026 09:00", ONE)
    office.go_on_to("2026-06-23 13:30")
    assert list(office.told()) == ["an"]
    office.go_on_to("2026-06-23 14:00")
    office.list("23/06/2026 14:00", ONE | PAPERS)
    office.go_on_to("2026-06-24 07:30")
    told = office.told()
    assert sorted(told) == ["pct2", "sep"]
    assert "đã yêu cầu bổ sung giấy tờ 2 lần, gần nhất lúc 14:00 ngày 23/6/2026" in told["sep"].text
    assert told["pct2"].facts["kind"] == "summary" and "2 lần" in told["pct2"].text and "2 lần" in told["pct2"].html
    # Renaming the step repeats nothing.
    office.set_settings(rules=STEPS.replace("name: again", "name: twice"))
    office.reload()
    office.go_on_to("2026-06-24 17:00")
    assert not office.all_told()


def test_asked_for_once_is_said_whenever_the_dossier_is_listed(new_office):
    office = office_with(new_office)
    office.list("22/06/2026 09:00", ONE | PAPERS | {"Ngày hẹn trả": "25/06/2026 17:00"})
    office.go_on_to("2026-06-22 10:00")
    office.list("22/06/2026 10:00", ONE | {"Ngày hẹn trả": "25/06/2026 17:00"})
    office.go_on_to("2026-06-24 07:30")
    office.all_told()
    office.go_on_to("2026-06-25 07:30")
    told = office.told()["an"]
    assert told.lines == {"HS-1": "due-today"}
    assert "đã yêu cầu bổ sung giấy tờ một lần" in told.text

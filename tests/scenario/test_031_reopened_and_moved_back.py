"""A dossier that is opened again is told again only if it had not been told; a promise moved to the past is told; nobody gets a line twice."""
from harness.office import RULES, dossier

ONCE = RULES.replace(", repeat: 1wd", "")
OPEN = dossier("HS-1", due="24/06/2026 17:00")
FINISHED = OPEN | {"Trạng thái": "Đã xử lý xong", "Ngày kết thúc xử lý": "25/06/2026 07:10"}


def test_finished_before_it_was_told_and_opened_again(new_office):
    office = new_office(rules=ONCE)
    office.list("25/06/2026 06:40", OPEN)
    office.up()
    office.go_on_to("2026-06-25 07:20")
    office.list("25/06/2026 07:20", FINISHED)
    office.go_on_to("2026-06-25 09:00")
    assert not office.told()
    office.list("25/06/2026 09:00", OPEN)
    office.go_on_to("2026-06-25 13:30")
    told = office.told()
    assert sorted(told) == ["an", "sep"]
    assert told["an"].late


def test_told_then_finished_and_opened_again(new_office):
    office = new_office(rules=ONCE)
    office.list("25/06/2026 06:40", OPEN)
    office.up()
    office.go_on_to("2026-06-25 08:00")
    assert sorted(office.told()) == ["an", "sep"]
    office.list("25/06/2026 08:00", FINISHED)
    office.settle()
    office.list("25/06/2026 08:00", OPEN | {"Trạng thái": "Được tiếp nhận"}, check=False)
    office.go_on_to("2026-06-26 13:30")
    assert not office.all_told()


def test_a_promise_that_is_moved_to_the_past(new_office):
    office = new_office(rules=ONCE)
    office.list("25/06/2026 06:40", dossier("HS-1", due="26/06/2026 17:00"))
    office.up()
    office.go_on_to("2026-06-25 08:00")
    assert office.told()["an"].lines == {"HS-1": "at-risk"}
    office.list("25/06/2026 08:00", OPEN)
    office.go_on_to("2026-06-25 13:30")
    told = office.told()
    assert told["an"].lines == {"HS-1": "overdue"} and told["an"].fresh == {"HS-1"}


def test_a_head_who_holds_it_gets_one_line(new_office):
    office = new_office()
    office.list("25/06/2026 06:40", OPEN | {"Cán bộ xử lý": "sep"})
    office.up()
    office.go_on_to("2026-06-25 07:30")
    told = office.told()
    assert list(told) == ["sep"]
    assert told["sep"].lines == {"HS-1": "overdue"} and not told["sep"].stands_for
    assert len(told["sep"].facts["lines"]) == 1

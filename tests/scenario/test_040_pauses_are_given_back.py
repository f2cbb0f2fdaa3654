"""A pause is given back in working time, unless the source moved the promise itself: what was left before it is left after it (R9)."""
import json

from harness.office import dossier

PAUSED = {"Trạng thái": "Yêu cầu thực hiện nghĩa vụ tài chính"}


def left_of(office, code):
    """Working seconds left, and the deadlines that the command shows: the promise and the one that counts."""
    item = json.loads(office.run("item", code, "--json").stdout)
    return item["working_seconds_left"], item["due"][5:16], item["effective_due"][5:16]


def test_from_friday_to_monday(new_office):
    office = new_office(at="2026-06-26 06:50")
    one = dossier("HS-1", due="30/06/2026 17:00")
    office.list("26/06/2026 06:50", one)
    office.up()
    office.go_on_to("2026-06-26 16:00")
    before = left_of(office, "HS-1")
    office.list("26/06/2026 16:00", one | PAUSED)
    office.go_on_to("2026-06-29 08:00")
    assert not office.all_told()
    office.list("29/06/2026 08:00", one)
    assert left_of(office, "HS-1") == (before[0], "06-30T17:00", "07-01T09:00")
    # Two working days before it are now 29/06 09:00, not 26/06 17:00.
    office.go_on_to("2026-06-29 13:30")
    told = office.told()["an"]
    assert told.at == "2026-06-29 13:30" and told.lines == {"HS-1": "at-risk"} and not told.late
    assert "hẹn trả: 09:00 ngày 1/7/2026" in told.text
    shown = office.run("item", "HS-1").stdout
    assert "30/06/2026 17:00; theo motcua" in shown and "01/07/2026 09:00" in shown and "hoàn lại 1 giờ 30 phút" in shown


def test_a_weekend_and_a_moved_promise_give_nothing_back(new_office):
    office = new_office(at="2026-06-26 06:50")
    one, two = dossier("HS-1", due="02/07/2026 17:00"), dossier("HS-2", due="30/06/2026 17:00")
    office.list("26/06/2026 06:50", one, two)
    office.up()
    office.go_on_to("2026-06-27 08:00")
    office.list("27/06/2026 08:00", one | PAUSED, two | PAUSED)
    office.go_on_to("2026-06-28 20:00")
    office.list("28/06/2026 20:00", one, two | PAUSED)
    office.go_on_to("2026-06-30 09:00")
    office.list("30/06/2026 09:00", one, two | {"Ngày hẹn trả": "03/07/2026 17:00"})
    assert left_of(office, "HS-1")[1:] == ("07-02T17:00", "07-02T17:00")
    assert left_of(office, "HS-2")[1:] == ("07-03T17:00", "07-03T17:00")
    assert "nguồn đã dời hạn" in office.run("item", "HS-2").stdout

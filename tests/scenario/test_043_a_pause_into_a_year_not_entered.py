"""A pause that cannot be counted for want of a year waits to be given back, and the item says so; entering the year makes up for it (R8, R9)."""
import json

from harness.office import dossier

PAUSED = {"Trạng thái": "Yêu cầu thực hiện nghĩa vụ tài chính"}


def test_a_pause_over_new_year(new_office):
    office = new_office(at="2026-12-30 06:50")
    one = dossier("HS-1", due="31/12/2026 17:00")
    office.list("30/12/2026 06:50", one)
    office.up()
    office.go_on_to("2026-12-31 16:00")
    office.all_told()
    office.list("31/12/2026 16:00", one | PAUSED)
    office.go_on_to("2027-01-04 09:00")
    office.all_told()
    office.list("04/01/2027 09:00", one)
    item = json.loads(office.run("item", "HS-1", "--json").stdout)
    assert item["level"] == "no-deadline" and item["effective_due"] is None and item["due"].startswith("2026-12-31T17:00")
    assert "còn lần tạm dừng chưa hoàn lại được vì lịch chưa có năm cần để tính" in office.run("item", "HS-1").stdout
    office.go_on_to("2027-01-04 13:30")
    assert "HS-1" not in "".join(str(message.lines) for message in office.all_told() if message.person == "an")
    # 01/01 is off, 04/01 is a Monday: an hour of the old year and an hour and a half of the new one are given back.
    office.import_rows("calendar", [{"date": "2027-01-01", "kind": "holiday", "name": "Tết Dương lịch"}], "--year", "2027")
    item = json.loads(office.run("item", "HS-1", "--json").stdout)
    assert item["effective_due"].startswith("2027-01-04T10:00") and item["level"] == "overdue"
    assert [pause["working_seconds"] for pause in item["pauses"]] == [9000]
    office.go_on_to("2027-01-05 07:30")
    assert office.told()["an"].lines == {"HS-1": "overdue"}
    # Once is enough: another list of days changes nothing of it.
    office.import_rows("calendar", [{"date": "2027-01-01", "kind": "holiday", "name": "Tết Dương lịch"},
                                    {"date": "2027-04-30", "kind": "holiday", "name": "30/4"}], "--year", "2027")
    again = json.loads(office.run("item", "HS-1", "--json").stdout)
    assert again["effective_due"] == item["effective_due"] and len(again["history"]) == len(item["history"])

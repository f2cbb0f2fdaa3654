"""A weekly report counts what was known on Monday morning: made again weeks later it comes out the same, byte for byte, whatever was learnt since;
by what is known now it says so on top."""
import json

from harness.office import dossier

OPEN = dossier("HS-1", due="19/06/2026 17:00", received="01/06/2026 08:00")
LATE = dossier("HS-2", due="16/06/2026 17:00", received="02/06/2026 08:00", holder="binh")
FRESH = dossier("HS-3", due="26/06/2026 17:00", received="17/06/2026 09:00", holder="dung", unit="tu")
PAUSED = dossier("HS-4", due="30/06/2026 17:00", received="12/06/2026 09:00", status="Yêu cầu bổ sung giấy tờ")
DONE = {"Trạng thái": "Đã xử lý xong"}
COLUMNS = ("received", "carried_over", "settled", "early", "on_time", "late", "in_progress", "within_term", "overdue", "paused", "returned")


def figures(report):
    return [report["total"]["dossiers"][name] for name in COLUMNS]


def test_a_report_comes_out_as_it_was(new_office):
    office = new_office(at="2026-06-15 06:50")
    office.set_clock("2026-06-15T06:55:00+07:00")
    office.list("15/06/2026 06:55", OPEN, LATE, PAUSED)
    office.set_clock("2026-06-19T07:00:00+07:00")
    office.list("19/06/2026 07:00", OPEN, LATE | DONE | {"Ngày kết thúc xử lý": "18/06/2026 10:00"}, FRESH, PAUSED)
    office.set_clock("2026-06-22T07:05:00+07:00")
    office.list("22/06/2026 07:05", OPEN | DONE | {"Ngày kết thúc xử lý": "19/06/2026 16:00"},
                LATE | DONE | {"Ngày kết thúc xử lý": "18/06/2026 10:00"}, FRESH, PAUSED)
    office.set_clock("2026-06-22T07:30:00+07:00")
    report = json.loads(office.run("report", "weekly", "--json").stdout)
    assert figures(report) == [4, 3, 2, 0, 1, 1, 1, 1, 0, 1, 0]
    assert report["adds_up"] and report["total"]["dossiers"]["on_time_permille"] == 500
    assert {row["unit"]: row["dossiers"]["received"] for row in report["units"]} == {"dat": 3, "tu": 1}
    assert [row["code"] for row in report["worst"]] == ["HS-3"]
    then = {form: office.run("report", "weekly", "15/06/2026", "--format", form).stdout for form in ("text", "csv", "json")}

    # Weeks later the finish of HS-2 is said to have been in time, HS-3 was with another unit all along, HS-4 was withdrawn in that week.
    office.set_clock("2026-07-10T07:00:00+07:00")
    office.list("10/07/2026 07:00", OPEN | DONE | {"Ngày kết thúc xử lý": "19/06/2026 16:00"},
                LATE | DONE | {"Ngày kết thúc xử lý": "15/06/2026 10:00"}, FRESH | {"Ngày tiếp nhận": "13/06/2026 09:00", "Đơn vị xử lý": "dat"},
                PAUSED | DONE | {"Ngày kết thúc xử lý": "19/06/2026 09:00"})
    office.set_clock("2026-07-10T08:00:00+07:00")
    for form, text in then.items():
        again = office.run("report", "weekly", "15/06/2026", "--format", form)
        assert again.stdout == text, form
        assert "--as-known-now" in again.stderr
    now = json.loads(office.run("report", "weekly", "15/06/2026", "--as-known-now", "--json").stdout)
    assert figures(now) == [4, 4, 3, 2, 1, 0, 1, 1, 0, 0, 0]
    assert now["as_known_now"] and "hiện nay" in now["notes"][0] and "10/07/2026" in now["notes"][0]

"""kiphan explain from the outside: why a dossier is late, or is not."""
import csv

import pytest

from tests.system.test_cli import HEADER, OFFICE, Office, ROOT, ROWS

AT_NIGHT = "H24.17.30-260619-0011"
DATE_ONLY = "H24.17.30-260825-0012"
PAUSED = "H24.17.30-260622-0005"
OVERDUE, RISK = ROWS[0][0], ROWS[2][0]
MORE = [
    [AT_NIGHT, "Đăng ký kết hôn", "Hộ tịch", "vhxh", "cv1.vhxh", "F", "Trực tuyến", "19/06/2026 20:15", "25/06/2026 17:00", "", "Đang xử lý"],
    [DATE_ONLY, "Đăng ký kết hôn", "Hộ tịch", "vhxh", "cv1.vhxh", "G", "Trực tiếp", "18/06/2026 16:00", "03/09/2026", "", "Đang xử lý"],
]


def take(office, as_of, change=lambda row: row):
    path = office.directory / "ho-so.csv"
    with open(path, "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADER, *[change(list(row)) for row in ROWS + MORE]])
    office.run("import", "items", path, "--feed", "motcua", "--as-of", as_of)


def moved(row):
    """The same list a day later: one promise moved, one pause over."""
    if row[0] == AT_NIGHT:
        row[8] = "30/06/2026 17:00"
    if row[0] == PAUSED:
        row[10] = "Đang xử lý"
    return row


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    with Office(tmp_path_factory.mktemp("explain")) as office:
        office.environment["KIPHAN_SHARE"] = str(ROOT / "config")
        office.environment["SUDO_USER"] = "hoa"
        office.set_clock("2026-06-26T10:00:00+07:00")
        office.run("init")
        for kind in ("units", "people"):
            office.run("import", kind, OFFICE / f"{kind}.csv")
        office.run("import", "calendar", OFFICE / "calendar-2026.csv", "--year", "2026")
        take(office, "24/06/2026 16:00")
        take(office, "26/06/2026 09:00", moved)
        yield office


def test_the_receipt_has_its_source_and_from_when_it_counts(office):
    receipt = office.ask_json("explain", AT_NIGHT)["receipt"]
    assert receipt["at"] == "2026-06-19T20:15:00+07:00"
    assert receipt["effective"] == "2026-06-22T07:30:00+07:00"
    assert receipt["source"] == "motcua ho-so.csv:7" and receipt["by"] == "hoa"
    assert [(step["kind"], step["why"], step["date"][-2:]) for step in receipt["steps"]] == [
        ("asked", "", "19"), ("rest-day", "", "20"), ("rest-day", "", "21"), ("start", "after-hours", "22"), ("result", "", "22")]


def test_every_promise_is_told_with_who_said_so_and_when(office):
    told = office.ask_json("explain", AT_NIGHT)
    assert [(row["due"], row["learnt"]) for row in told["deadlines"]] == [
        ("2026-06-25T17:00:00+07:00", "2026-06-24T16:00:00+07:00"), ("2026-06-30T17:00:00+07:00", "2026-06-26T09:00:00+07:00")]
    assert told["due"] == "2026-06-30T17:00:00+07:00"
    assert told["working_seconds_in_all"] == 7 * 27000


def test_a_pause_says_what_working_time_it_took(office):
    told = office.ask_json("explain", PAUSED)
    assert told["pauses"] == [{"from": "2026-06-24T16:00:00+07:00", "until": "2026-06-26T09:00:00+07:00",
                               "working_seconds": 3600 + 27000 + 5400, "contained": False, "given_back": True,
                               "source": "motcua ho-so.csv:6", "end_source": "motcua ho-so.csv:6"}]
    assert told["give_back"]["working_seconds"] == 3600 + 27000 + 5400
    assert told["give_back"]["from"] == told["due"] and told["give_back"]["to"] == told["effective_due"]


def test_each_step_says_when_it_falls_for_whom_and_when_a_message_may_leave(office):
    told = office.ask_json("explain", RISK)
    steps = {step["step"]: step for step in told["steps"]}
    assert told["level"] == "due-today" and told["working_seconds_left"] == 5 * 3600
    ahead = [step for step in told["steps"] if not step["reached"]]
    assert ahead and all(step["at"] == step["next"] and step["opening"] >= step["at"] for step in ahead)
    first = next(step for step in ahead if step["at"] == "2026-06-26T17:00:01+07:00")
    assert first["opening"] == "2026-06-29T07:30:00+07:00" and first["tell"]
    assert [step["at"] for step in told["steps"]] == sorted(step["at"] for step in told["steps"])
    assert any(step["reached"] for step in steps.values())


def test_what_is_finished_has_no_step_to_come(office):
    told = office.ask_json("explain", ROWS[3][0])
    assert told["steps"] == [] and told["finished"]


def test_it_is_told_in_words_of_both_languages(office):
    text = office.run("explain", DATE_ONLY, "--lang", "vi").stdout
    lines = [" ".join(line.split()) for line in text.splitlines()]
    assert lines[0].startswith("Tiếp nhận 16:00 thứ Năm 18/6/2026 theo motcua ho-so.csv:8, số liệu lúc 24/06/2026 16:00")
    assert lines[1] == "tính từ 16:00 thứ Năm 18/6/2026 trong giờ làm việc"
    assert lines[2].startswith("hạn 17:00 thứ Năm 3/9/2026 theo motcua ho-so.csv:8")
    assert lines[3] == "làm bù thứ Bảy 22/8/2026 Làm bù cho thứ Hai 31/08"
    assert [line for line in lines if line.startswith("nghỉ")] == [
        "nghỉ thứ Hai 31/8/2026 Nghỉ hoán đổi Quốc khánh", "nghỉ thứ Ba 1/9/2026 Quốc khánh", "nghỉ thứ Tư 2/9/2026 Quốc khánh"]
    assert any(line.startswith("bây giờ 10:00 thứ Sáu 26/6/2026 Trong hạn, còn") for line in lines)
    assert any(line.startswith("sắp tới") and "gửi lúc" in line for line in lines)
    english = office.run("explain", OVERDUE, "--lang", "en").stdout
    assert "Overdue, overdue by 2 working days 2 hours" in english and "step reached" in english
    assert "took" not in english and "moved to" in office.run("explain", AT_NIGHT, "--lang", "en").stdout


def test_an_item_that_is_not_there_is_refused(office):
    assert "no item X" in office.fails(1, "explain", "X", "--lang", "en")


def test_the_whole_derivation_is_told_a_line_a_step(tmp_path):
    """Term, days off, sessions, the source's own promise, a pause given back, what counts now, and what became of the steps."""
    with Office(tmp_path) as office:
        office.environment["KIPHAN_SHARE"] = str(ROOT / "config")
        office.environment["SUDO_USER"] = "hoa"
        office.set_clock("2026-06-22T07:20:00+07:00")
        office.run("init")
        for kind in ("units", "people"):
            office.run("import", kind, OFFICE / f"{kind}.csv")
        office.run("import", "calendar", OFFICE / "calendar-2026.csv", "--year", "2026")
        table = office.directory / "procedures.csv"
        table.write_text("code,name,field,unit,term,online_term\nHKD,Thành lập hộ kinh doanh,KD,kinhte,3wd,1.5wd\n", encoding="utf-8")
        office.run("import", "procedures", table)
        row = ["H24.17.30-260619-0007", "Thành lập hộ kinh doanh", "KD", "kinhte", "cv1.kinhte", "X", "Trực tuyến", "19/06/2026 16:50",
               "23/06/2026 17:00", "", "Đang xử lý"]
        for name, as_of, status in (("a.csv", "2026-06-22 07:10", "Đang xử lý"), ("b.csv", "2026-06-23 09:00", "Yêu cầu bổ sung giấy tờ"),
                                    ("c.csv", "2026-06-24 16:00", "Đang xử lý")):
            row[10] = status
            with open(office.directory / name, "w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows([HEADER, row])
            office.set_clock(as_of.replace(" ", "T") + ":30+07:00")
            office.run("import", "items", office.directory / name, "--feed", "motcua", "--as-of", as_of)
            if name == "a.csv":
                office.start_daemon()
                office.start_worker("mail")
                office.settle()
                office.step_to("2026-06-22T07:30:00+07:00")
        office.step_to("2026-06-25T07:30:00+07:00")
        lines = [" ".join(line.split()) for line in office.run("explain", row[0], "--lang", "vi").stdout.splitlines()]
        told = office.ask_json("explain", row[0])
    assert lines[:19] == [
        "Tiếp nhận 16:50 thứ Sáu 19/6/2026 theo motcua a.csv:2, số liệu lúc 22/06/2026 07:10, nhập bởi hoa",
        'thời hạn 1,5 ngày làm việc thủ tục "Thành lập hộ kinh doanh", nộp trực tuyến',
        "tính từ 16:50 thứ Sáu 19/6/2026 trong giờ làm việc",
        "không tính ngày tiếp nhận thứ Sáu 19/6/2026",
        "nghỉ thứ Bảy 20/6/2026 nghỉ hằng tuần",
        "nghỉ Chủ nhật 21/6/2026 nghỉ hằng tuần",
        "ngày làm việc 1 16:50 thứ Hai 22/6/2026 7 giờ 30 phút",
        "phiên làm việc 16:50 → 17:00 thứ Hai 22/6/2026 10 phút",
        "phiên làm việc 07:30 → 11:05 thứ Ba 23/6/2026 3 giờ 35 phút",
        "hạn tính được 11:05 thứ Ba 23/6/2026 nguồn ghi 17:00 thứ Ba 23/6/2026: lấy theo nguồn, ghi nhận chênh lệch 3 giờ 55 phút làm việc",
        "hạn 17:00 thứ Ba 23/6/2026 theo motcua a.csv:2, số liệu lúc 22/06/2026 07:10, nhập bởi hoa",
        "thời gian làm việc đến hạn 15 giờ 10 phút",
        "tạm dừng 09:00 thứ Ba 23/6/2026 → 16:00 thứ Tư 24/6/2026 hoàn lại 12 giờ 30 phút",
        "tính từ 17:00 thứ Ba 23/6/2026 trong giờ làm việc",
        "phiên làm việc 07:30 → 11:30 thứ Tư 24/6/2026 4 giờ",
        "phiên làm việc 13:30 → 17:00 thứ Tư 24/6/2026 3 giờ 30 phút",
        "phiên làm việc 07:30 → 11:30 thứ Năm 25/6/2026 4 giờ",
        "phiên làm việc 13:30 → 14:30 thứ Năm 25/6/2026 1 giờ",
        "Hạn sau tạm dừng 14:30 thứ Năm 25/6/2026"]
    assert lines[19].startswith("bây giờ 07:30 thứ Năm 25/6/2026 Đến hạn hôm nay, còn 5 giờ làm việc")
    assert any(line.startswith("đã đến bước") and "(cv1.kinhte): đã gửi, thông báo" in line for line in lines[20:])
    assert any(line.startswith("sắp tới 14:30:01 thứ Năm 25/6/2026 ho-so/overdue →") and "gửi lúc 07:30 thứ Sáu 26/6/2026" in line
               for line in lines[20:])
    assert told["term"] == {"span": "1.5wd", "procedure": "HKD", "name": "Thành lập hộ kinh doanh", "submission": "online"}
    assert told["promise"]["difference_working_seconds"] == -(3 * 3600 + 55 * 60)
    assert [one["state"] for step in told["steps"] for one in step["became"]] == ["sent", "sent"]

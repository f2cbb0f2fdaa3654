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
                               "working_seconds": 3600 + 27000 + 5400}]


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

"""kiphan calendar from the outside: months as people expect them, and terms counted step by step."""
from datetime import datetime

import pytest

from tests.system.test_cli import OFFICE, Office, ROOT


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    with Office(tmp_path_factory.mktemp("calendar")) as office:
        office.environment["KIPHAN_SHARE"] = str(ROOT / "config")
        office.set_clock("2026-06-25T07:31:00+07:00")
        office.run("init")
        office.run("import", "calendar", OFFICE / "calendar-2026.csv", "--year", "2026")
        yield office


def counted(answer):
    """What the steps add up to, by themselves: the last instant, and the seconds."""
    at, seconds = answer["start"], 0
    for step in answer["steps"]:
        if step["counts"]:
            assert min(step["from"], step["at"]) >= at or max(step["from"], step["at"]) <= at
            at, seconds = step["at"], seconds + step["working_seconds"]
    return at, seconds


def test_a_month_has_weeks_as_rows_and_names_what_is_marked(office):
    lines = office.run("calendar", "show", "2026-08", "--lang", "en").stdout.splitlines()
    assert lines[0] == "Calendar kien-an, August 2026"
    assert lines[2].split() == ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]
    assert lines[3].split() == ["1", "2"] and lines[3].index("1") == lines[2].index("Sa") + 1
    assert lines[6].split() == ["17", "18", "19", "20", "21", "22+", "23"]
    assert lines[8].split() == ["31*"]
    assert "  + 22/08  swap day: Làm bù cho thứ Hai 31/08, 07:30-11:30 13:30-17:00" in lines
    assert "  * 31/08  off: Nghỉ hoán đổi Quốc khánh" in lines
    assert [line.split() for line in lines if "Monday" in line] == [["Monday", "–", "Friday", "07:30-11:30", "13:30-17:00"]]
    assert lines[-1] == "21 working days, 157 h 30 min"


def test_a_month_in_vietnamese_is_the_present_one_unless_another_is_named(office):
    text = office.run("calendar", "show", "--lang", "vi").stdout
    assert "tháng 6 năm 2026" in text and "T2   T3" in text and "nghỉ" in text


def test_a_month_for_programs_has_every_day(office):
    month = office.ask_json("calendar", "show", "2026-02")
    assert len(month["days"]) == 28 and month["entered"]
    assert [day["date"][-2:] for day in month["days"] if day["kind"] == "holiday"] == ["16", "17", "18", "19", "20"]
    assert month["days"][0]["kind"] == "rest-day" and month["days"][0]["weekday"] == 7
    assert month["days"][1]["sessions"] == [{"from": "07:30", "until": "11:30"}, {"from": "13:30", "until": "17:00"}]


def test_a_month_of_a_year_that_was_not_entered_says_so(office):
    assert "2027" in office.fails(3, "calendar", "show", "2027-01", "--lang", "en")
    assert not office.ask_json("calendar", "show", "2027-01", code=3)["entered"]


# R4, and what else DOMAIN says.
TERMS = [
    ("2026-06-19 16:50", "8h", "2026-06-23T07:50:00"),
    ("2026-06-25 11:45", "4h", "2026-06-26T08:00:00"),
    ("2026-06-25 07:30", "4h", "2026-06-25T11:30:00"),
    ("2026-06-25 17:00:00", "1h", "2026-06-26T08:30:00"),
    ("2026-06-25 16:59:59", "1h", "2026-06-26T08:29:59"),
    ("2026-06-25 17:00:00", "1wd", "2026-06-29T07:30:00"),
    ("2026-08-21 16:00", "1wd", "2026-08-22T16:00:00"),
    ("2026-08-22 16:00", "2h", "2026-08-24T08:30:00"),
    ("2026-02-13 10:00", "1wd", "2026-02-23T10:00:00"),
    ("2026-06-25 15:30", "0.5wd", "2026-06-26T09:45:00"),
    ("2026-06-19 16:50", "1,5wd", "2026-06-23T11:05:00"),
    ("2026-06-25 15:30", "0.5wd-end", "2026-06-26T11:30:00"),
    ("2026-06-25 15:30", "1.5wd-end", "2026-06-29T11:30:00"),
    ("2026-04-20 09:00", "10d", "2026-05-04T17:00:00"),
    ("2026-06-20 09:00", "5d", "2026-06-29T17:00:00"),
    ("2026-06-25 15:00:00", "same-day", "2026-06-25T17:00:00"),
    ("2026-06-25 15:00:01", "same-day", "2026-06-26T17:00:00"),
    ("2026-06-27 16:00", "same-day", "2026-06-29T17:00:00"),
    ("2026-06-25", "4h", "2026-06-25T11:30:00"),
]


@pytest.mark.parametrize("instant, span, due", TERMS)
def test_a_term_is_counted_and_its_steps_add_up(office, instant, span, due):
    answer = office.ask_json("calendar", "add", instant, span)
    assert answer["result"] == due + "+07:00" == answer["steps"][-1]["at"]
    at, seconds = counted(answer)
    assert at == answer["result"]
    if span.endswith("h"):
        assert seconds == float(span[:-1]) * 3600
    if span.endswith("wd"):
        assert seconds == float(span[:-2].replace(",", ".")) * 27000


def test_the_steps_are_told_in_words(office):
    text = office.run("calendar", "add", "2026-08-28 16:50", "1.5wd", "--lang", "vi").stdout
    lines = [" ".join(line.split()) for line in text.splitlines()]
    assert lines == [
        "từ lúc 16:50 thứ Sáu 28/8/2026",
        "tính từ 16:50 thứ Sáu 28/8/2026 trong giờ làm việc",
        "không tính ngày tiếp nhận thứ Sáu 28/8/2026",
        "nghỉ thứ Bảy 29/8/2026 nghỉ hằng tuần",
        "nghỉ Chủ nhật 30/8/2026 nghỉ hằng tuần",
        "nghỉ thứ Hai 31/8/2026 Nghỉ hoán đổi Quốc khánh",
        "nghỉ thứ Ba 1/9/2026 Quốc khánh",
        "nghỉ thứ Tư 2/9/2026 Quốc khánh",
        "ngày làm việc 1 16:50 thứ Năm 3/9/2026 7 giờ 30 phút",
        "phiên làm việc 16:50 → 17:00 thứ Năm 3/9/2026 10 phút",
        "phiên làm việc 07:30 → 11:05 thứ Sáu 4/9/2026 3 giờ 35 phút",
        "hạn 11:05 thứ Sáu 4/9/2026",
    ]
    assert "within working hours" in office.run("calendar", "add", "2026-06-25 16:50", "1wd", "--lang", "en").stdout


@pytest.mark.parametrize("instant, span, more, result", [
    ("2026-06-25 17:00", "2wd", ["--as", "deadline"], "2026-06-29T17:00:00"),
    ("2026-06-25 17:00", "2wd", ["--before"], "2026-06-23T17:00:00"),
    ("2026-06-25 11:30", "4h", ["--before"], "2026-06-25T07:30:00"),
    ("2026-06-25", "1h", ["--before", "--as", "deadline"], "2026-06-25T16:00:00"),
    ("2026-06-25 20:00", "0h", ["--as", "deadline"], "2026-06-25T20:00:00"),
])
def test_steps_are_counted_from_deadlines(office, instant, span, more, result):
    answer = office.ask_json("calendar", "add", instant, span, *more)
    assert answer["result"] == result + "+07:00"
    assert counted(answer)[0] == answer["result"]
    assert datetime.fromisoformat(answer["instant"])


def test_what_cannot_be_counted_is_refused_with_its_reason(office):
    assert "--year 2027" in office.fails(1, "calendar", "add", "2026-12-30 08:00", "5wd", "--lang", "en")
    assert "8h" in office.fails(1, "calendar", "add", "2026-06-25 08:00", "5 days", "--lang", "en")
    assert office.fails(1, "calendar", "add", "yesterday", "1wd")
    assert office.fails(1, "calendar", "add", "2026-06-25 08:00", "1wd-end", "--as", "deadline")
    assert "nowhere" in office.fails(1, "calendar", "show", "--calendar", "nowhere", "--lang", "en")


@pytest.mark.parametrize("arguments, said", [
    (("shwo",), 'it is show, add or diff'),
    (("show", "June"), '"June" is not a month'),
    (("show", "2026-06", "x"), "show [YYYY-MM]"),
    (("add", "2026-06-25 08:00"), "add TIME SPAN"),
    (("add", "2026-06-25 08:00", "1wd", "--as", "x"), "receipt or deadline"),
    (("add", "2026-06-25 08:00", "1wd", "--as", "receipt", "--before"), "from a deadline"),
])
def test_what_is_not_understood_is_a_usage_error(office, arguments, said):
    assert said in office.fails(2, "calendar", *arguments, "--lang", "en")

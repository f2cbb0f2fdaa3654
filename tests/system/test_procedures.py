"""Procedures by the real command: the table, and the promises of dossiers whose list gives none."""
import csv
import json
import sqlite3

import jsonschema
import pytest

from tests.harness.installation import ROOT, Installation

OFFICE = ROOT / "config/example/kien-an"
HEADER = ["Mã hồ sơ", "Tên TTHC", "Hình thức nộp", "Ngày tiếp nhận", "Ngày hẹn trả", "Trạng thái"]
BIRTH, SHOP, MARRIAGE = "Đăng ký khai sinh", "Đăng ký thành lập hộ kinh doanh", "Đăng ký kết hôn"


class Office(Installation):
    def begin(self, procedures=True, calendar=True):
        self.set_clock("2026-06-30T07:30:00+07:00")
        self.environment["KIPHAN_SHARE"] = str(ROOT / "config")
        self.run("init")
        self.take("units", OFFICE / "units.csv")
        self.take("people", OFFICE / "people.csv")
        if calendar:
            self.take("calendar", OFFICE / "calendar-2026.csv", "--year", "2026")
        if procedures:
            self.take("procedures", OFFICE / "procedures.csv")
        return self

    def json(self, verb, *arguments, check=True):
        done = self.run(verb, *arguments, "--json", "--lang", "en", check=check)
        value = json.loads(done.stdout)
        schema = json.loads((ROOT / f"docs/schemas/{verb}.json").read_text(encoding="utf-8"))
        jsonschema.Draft202012Validator(schema).validate(value)
        return value

    def take(self, kind, path, *more, check=True):
        return self.json("import", kind, path, *more, check=check)

    def take_items(self, *rows, as_of="30/06/2026 07:00"):
        path = self.directory / "list.csv"
        with open(path, "w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([HEADER, *rows])
        return self.take("items", path, "--feed", "motcua", "--as-of", as_of)

    def deadline(self, code):
        return self.json("item", code)["deadline"]

    def dump(self):
        with sqlite3.connect(f"file:{self.directory}/kiphan.db?mode=ro", uri=True) as connection:
            return list(connection.iterdump())


@pytest.fixture(name="office")
def _office(tmp_path):
    with Office(tmp_path) as office:
        yield office


def row(code, name, received, due="", how="Trực tiếp", status="Đang xử lý"):
    return [code, name, how, received, due, status]


def remarks(report):
    return "\n".join(remark["text"] for remark in report["remarks"])


# R3 and R4; 1,5wd is online only.
PROMISED = [
    (BIRTH, "25/06/2026 14:59:59", "Trực tiếp", "2026-06-25T17:00:00+07:00"),
    (BIRTH, "25/06/2026 15:00:00", "Trực tiếp", "2026-06-25T17:00:00+07:00"),
    (BIRTH, "25/06/2026 15:00:01", "Trực tiếp", "2026-06-26T17:00:00+07:00"),
    (BIRTH, "26/06/2026 17:30", "Trực tuyến", "2026-06-29T17:00:00+07:00"),
    (BIRTH, "27/06/2026 16:00", "Trực tuyến", "2026-06-29T17:00:00+07:00"),
    (SHOP, "19/06/2026 16:50", "Trực tuyến", "2026-06-23T11:05:00+07:00"),
    (SHOP, "19/06/2026 16:50", "Trực tiếp", "2026-06-24T17:00:00+07:00"),
]


def test_a_promise_that_the_list_does_not_give_is_computed(office):
    office.begin()
    report = office.take_items(*(row(f"HS-{number}", name, received, how=how)
                                 for number, (name, received, how, _) in enumerate(PROMISED)))
    assert report["new"] == len(PROMISED)
    for number, (*_, due) in enumerate(PROMISED):
        deadline = office.deadline(f"HS-{number}")
        assert (deadline["due"], deadline["computed"], deadline["origin"]) == (due, due, "computed"), PROMISED[number]
        assert not deadline["differs"]
    assert deadline["source"].endswith("list.csv:8, HK 3wd-end") and deadline["procedure"] == "HK"
    shown = office.run("item", "HS-0", "--lang", "en").stdout
    assert "the source gives none, so by the term of the procedure (motcua list.csv:2, KS same-day)" in shown
    assert "nguồn không ghi hạn, tính theo" in office.run("item", "HS-0", "--lang", "vi").stdout


def test_a_difference_is_reported_and_both_are_kept(office):
    office.begin()
    report = office.take_items(row("HS-1", MARRIAGE, "22/06/2026 08:00", "24/06/2026 17:00"),
                               row("HS-2", MARRIAGE, "22/06/2026 08:00", "25/06/2026 17:00"),
                               row("HS-3", MARRIAGE, "22/06/2026 08:00", "30/06/2026"))
    assert "2 promises are not what the term of the procedure gives" in remarks(report)
    assert "(HS-1: promised for 2026-06-24T17:00:00, by procedure KH 2026-06-25T17:00:00)" in remarks(report)
    deadline = office.deadline("HS-1")
    assert deadline["due"] == "2026-06-24T17:00:00+07:00" and deadline["origin"] == "said"
    assert deadline["computed"] == "2026-06-25T17:00:00+07:00" and deadline["differs"]
    assert not office.deadline("HS-2")["differs"]
    assert "By its term" in office.run("item", "HS-1", "--lang", "en").stdout
    assert "not what the source promises" in office.run("item", "HS-1", "--lang", "en").stdout
    assert "khác hạn của nguồn" not in office.run("item", "HS-2", "--lang", "vi").stdout


def test_the_same_lists_twice_change_nothing(office):
    office.begin()
    rows = [row("HS-1", MARRIAGE, "22/06/2026 08:00"), row("HS-2", MARRIAGE, "22/06/2026 08:00", "24/06/2026 17:00")]
    office.take_items(*rows)
    before = office.dump()
    assert office.take_items(*rows)["unchanged"]
    assert office.take("procedures", OFFICE / "procedures.csv")["unchanged"]
    assert office.dump() == before


def test_a_table_taken_later_moves_no_promise(office):
    office.begin(procedures=False)
    rows = [row("HS-1", MARRIAGE, "22/06/2026 08:00"), row("HS-2", MARRIAGE, "22/06/2026 08:00", "24/06/2026 17:00")]
    office.take_items(*rows)
    assert office.take("procedures", OFFICE / "procedures.csv")["new"] == 12
    office.take_items(*rows, as_of="30/06/2026 07:10")
    before = office.dump()
    assert office.take_items(*rows, as_of="30/06/2026 07:10")["unchanged"]
    assert office.dump() == before
    assert office.deadline("HS-1")["due"] is None
    assert office.deadline("HS-2")["computed"] is None
    assert office.deadline("HS-2")["procedure"] == "KH"


def test_a_missing_year_refuses_and_the_year_then_gives_the_deadline(office):
    office.begin(calendar=False)
    rows = [row("HS-1", MARRIAGE, "22/06/2026 08:00")]
    report = office.take_items(*rows)
    assert report["new"] == 1 and report["needs_you"] >= 1
    assert "none can be computed" in remarks(report) and "2026" in remarks(report)
    deadline = office.deadline("HS-1")
    assert deadline["due"] is None and deadline["origin"] == "awaits-year"
    assert "lacks the year" in office.run("item", "HS-1", "--lang", "en").stdout
    office.take("calendar", OFFICE / "calendar-2026.csv", "--year", "2026")
    office.take_items(*rows)
    assert office.deadline("HS-1")["due"] == "2026-06-25T17:00:00+07:00"


def test_a_bad_table_says_what_would_be_right(office, tmp_path):
    office.begin(procedures=False)
    table = tmp_path / "procedures.csv"
    table.write_text("code,name,term,unit,same_day_cutoff\nA,Một,3 ngày,vhxh,\nB,Hai,same-day,vhxh,\nC,Ba,2wd,nowhere,\n"
                     "D,Bốn,2wd,vhxh,\nD,Bốn,3wd,vhxh,\n", encoding="utf-8")
    done = office.run("import", "procedures", table, "--lang", "en", check=False)
    assert done.returncode == 3
    for words in ('not a term; write 4h', "3wd-end", "such as 15:00", "no unit has this code", "same code as line 5"):
        assert words in done.stdout, done.stdout
    report = office.take("procedures", table, check=False)
    assert (report["left_out"], report["repeated"], report["same"], report["unchanged"]) == (3, 1, 1, True)

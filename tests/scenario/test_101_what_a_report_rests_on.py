"""A report says what it rests on: old data on top, data that ends before the period, what contradicts itself by its code, and never a nought for
what is not known."""
import json

from harness.office import dossier

FEED = dossier("HS-1", due="", received="16/06/2026 08:00")


def report(office, *words):
    return json.loads(office.run("report", *words, "--json").stdout)


def test_old_data_is_named_on_top(new_office):
    office = new_office(at="2026-06-15 06:50", stale_after="1wd")
    office.set_clock("2026-06-17T07:00:00+07:00")
    office.list("17/06/2026 07:00", FEED)
    office.set_clock("2026-06-22T07:30:00+07:00")
    text = office.run("report", "weekly").stdout.splitlines()
    assert text[2].startswith("SỐ LIỆU CŨ") and "07:00 17/06/2026" in text[2]
    assert any("trước khi kỳ báo cáo kết thúc" in line for line in text)
    assert any("chưa rõ" in line and "07:00 17/06/2026" in line for line in text)  # nothing is known of the week's beginning
    assert "(chưa có kỳ trước để so)" in text


def test_what_is_not_known_is_no_nought(new_office):
    office = new_office(at="2026-06-15 06:50")
    office.set_clock("2026-06-15T06:55:00+07:00")
    office.list("15/06/2026 06:55", FEED)
    office.set_clock("2026-06-22T07:30:00+07:00")
    told = report(office, "weekly")
    total = told["total"]["dossiers"]
    assert (total["no_promise"], total["within_term"], total["overdue"], total["unknown_way"]) == (1, 0, 0, 1)
    assert total["on_time_permille"] is None and total["online_permille"] is None and told["before"] is None
    text = office.run("report", "weekly").stdout
    assert "Đúng hạn trên đã giải quyết: – =" in text and "Chưa rõ hạn" in text and "Chưa rõ hình thức" in text


def test_nothing_known_at_all(new_office):
    office = new_office(at="2026-06-15 06:50")
    text = office.run("report", "weekly").stdout
    assert "Chưa có số liệu nào." in text
    assert office.run("report", "list").returncode == 0


def test_what_contradicts_itself_is_named(new_office):
    office = new_office(at="2026-06-15 06:50")
    office.set_clock("2026-06-19T07:00:00+07:00")
    office.list("19/06/2026 07:00", dossier("HS-7", due="26/06/2026 17:00", received="17/06/2026 09:00", status="Đã xử lý xong",
                                            finished="10/06/2026 10:00"), FEED)
    office.set_clock("2026-06-22T07:30:00+07:00")
    told = report(office, "weekly")
    assert not told["adds_up"] and [row["code"] for row in told["wrong"]] == ["HS-7"]
    assert told["total"]["dossiers"]["received"] == 2 and told["total"]["dossiers"]["settled"] == 0
    assert office.run("report", "weekly").stdout.splitlines()[2].startswith("SỐ LIỆU KHÔNG KHỚP: 1 ")

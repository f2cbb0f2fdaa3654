"""A daemon that was down over two dates of a series opens what fell due meanwhile, once, however it dies while it does so."""
import pytest

from harness.installation import programs
from harness.office import TASKS, task


def series(office):
    office.import_rows("items", [task("NV-1", "26/06/2026", recurrence="hằng tuần")], "--feed", "nhiem-vu", "--as-of", "25/06/2026 06:41")


def codes(office):
    return [row["code"] for row in office.query("SELECT code FROM items WHERE code LIKE 'NV-1/%' ORDER BY code")]


def test_what_fell_due_meanwhile_is_opened_and_told_in_one_message(new_office):
    office = new_office(rules=TASKS)
    series(office)
    office.up()
    office.go_on_to("2026-06-26 16:00")
    office.all_told()
    office.down()
    office.set_clock("2026-07-13 07:10")
    office.up()
    assert codes(office) == ["NV-1/2026-W26", "NV-1/2026-W27", "NV-1/2026-W28", "NV-1/2026-W29"]
    office.go_on_to("2026-07-13 07:30")
    assert office.told()["an"].lines == {"NV-1/2026-W26": "overdue", "NV-1/2026-W27": "overdue", "NV-1/2026-W28": "overdue"}


@pytest.mark.parametrize("statement, number, moment", [
    ("INSERT INTO occurrences", 1, "before"), ("INSERT INTO occurrences", 2, "before"), ("INSERT INTO item_history", 7, "before"),
    ("INSERT INTO occurrences", 1, "committed")])
def test_killed_while_opening_nothing_is_lost_or_twice(new_office, statement, number, moment):
    office = new_office(rules=TASKS)
    series(office)
    order = office.directory / "kill"
    office.environment["KIPHAN_KILL"] = str(order)
    office.environment["LD_PRELOAD"] = str(programs().parent / "tests/libkiller.so")
    # A sanitizer's own library does not come first then, which it would refuse.
    office.environment["ASAN_OPTIONS"] = "verify_asan_link_order=0"
    office.set_clock("2026-07-13 07:10")
    order.write_text(f'kiphand sql "{statement}" {number} {moment}')
    office.start_daemon(wait=False)
    assert office.processes["kiphand"].wait(30) == -9
    order.unlink()
    office.up()
    assert codes(office) == ["NV-1/2026-W26", "NV-1/2026-W27", "NV-1/2026-W28", "NV-1/2026-W29"]
    assert not office.query("SELECT item, field, count(*) FROM item_history GROUP BY 1, 2 HAVING count(*) > 1")
    office.go_on_to("2026-07-13 07:30")
    assert office.told()["an"].lines == {"NV-1/2026-W26": "overdue", "NV-1/2026-W27": "overdue", "NV-1/2026-W28": "overdue"}


def test_a_year_not_entered_is_waited_for(new_office):
    office = new_office(rules=TASKS, at="2026-12-28 06:50")
    office.run("task", "add", "NV-1", "--by", "pct2", "--title", "Báo cáo tháng", "--assignee", "an", "--recurrence", "hằng tháng", "--due", "31/12/2026")
    office.up()
    office.go_on_to("2027-01-04 08:00")
    assert codes(office) == ["NV-1/2026-12"]
    assert "awaits the calendar of 2027" in office.run("item", "NV-1", "--lang", "en").stdout
    office.import_rows("calendar", [{"date": "2027-01-01", "kind": "holiday", "name": "Tết Dương lịch"}], "--year", "2027")
    office.settle()
    assert codes(office) == ["NV-1/2026-12", "NV-1/2027-01"]

"""A weekly task over six weeks with a holiday: each week has an item of its own, opened when the one before is due or done, told by the tasks' rule."""
from harness.office import TASKS, task

HOLIDAYS = [{"date": "2026-07-10", "kind": "holiday", "name": "Ngày nghỉ thử"}]


def weekly(office):
    office.import_rows("items", [task("NV-1", "26/06/2026", recurrence="hằng tuần")], "--feed", "nhiem-vu", "--as-of", "25/06/2026 06:41")


def occurrences(office):
    return {row["code"].removeprefix("NV-1/2026-"): row["due"] for row in office.query(
        "SELECT code, strftime('%d/%m', due_at, 'unixepoch', '+7 hours') AS due FROM items WHERE code LIKE 'NV-1/%' ORDER BY code")}


def test_six_weeks(new_office):
    office = new_office(rules=TASKS, calendar=HOLIDAYS)
    weekly(office)
    assert occurrences(office) == {"W26": "26/06"}
    office.up()
    told = {}
    for day in ("2026-06-26", "2026-07-03", "2026-07-09", "2026-07-17", "2026-07-24", "2026-07-31"):
        office.go_on_to(f"{day} 16:50")
        for message in office.all_told():
            for line, level in message.lines.items():
                told.setdefault((message.person, line.removeprefix("NV-1/2026-")), level)
        week = max(occurrences(office))
        office.run("task", "done", f"NV-1/2026-{week}", "--by", "an")
    # The 10th is a holiday: that week's is due the day before.
    assert occurrences(office) == {"W26": "26/06", "W27": "03/07", "W28": "09/07", "W29": "17/07", "W30": "24/07", "W31": "31/07", "W32": "07/08"}
    assert told == {("an", week): "at-risk" for week in ("W26", "W27", "W28", "W29", "W30", "W31")}
    assert not office.alerts("NV-1"), "the series itself is told to nobody"


def test_what_nobody_does_is_overdue_beside_the_next_one(new_office):
    office = new_office(rules=TASKS, calendar=HOLIDAYS)
    weekly(office)
    office.up()
    office.go_on_to("2026-06-26 16:00")
    assert office.told()["an"].lines == {"NV-1/2026-W26": "at-risk"}
    office.go_on_to("2026-06-29 07:30")
    told = office.told()
    assert told["an"].lines == told["sep"].lines == {"NV-1/2026-W26": "overdue"}
    assert occurrences(office) == {"W26": "26/06", "W27": "03/07"}
    office.go_on_to("2026-07-01 07:30")
    assert office.all_told()[-2].lines == {"NV-1/2026-W26": "overdue", "NV-1/2026-W27": "at-risk"}


def test_a_cancelled_series_stops_and_what_is_open_stays(new_office):
    office = new_office(rules=TASKS, calendar=HOLIDAYS)
    weekly(office)
    office.up()
    office.run("task", "cancel", "NV-1", "--by", "pct2", "--why", "thôi báo cáo tuần")
    office.go_on_to("2026-07-06 16:00")
    assert occurrences(office) == {"W26": "26/06"}
    assert "NV-1/2026-W26" in office.all_told()[-1].lines

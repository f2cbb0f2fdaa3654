"""A monthly task due on the 31st falls on the last day of each month, or the working day before; done early, the next one is opened at once."""
from harness.office import TASKS, task


def months(office):
    return {row["code"].removeprefix("NV-1/2026-"): (row["due"], row["given"]) for row in office.query(
        """SELECT code, strftime('%d/%m', due_at, 'unixepoch', '+7 hours') AS due, strftime('%d/%m %H:%M', received_at, 'unixepoch', '+7 hours') AS given
           FROM items WHERE code LIKE 'NV-1/%' ORDER BY code""")}


def test_the_31st(new_office):
    office = new_office(rules=TASKS, at="2026-07-01 06:50")
    office.run("task", "add", "NV-1", "--by", "pct2", "--title", "Báo cáo tháng", "--assignee", "an", "--recurrence", "hằng tháng", "--due", "31/07/2026")
    assert months(office) == {"07": ("31/07", "01/07 06:50")}
    office.up()
    office.go_on_to("2026-07-20 10:00")
    told = office.run("task", "done", "NV-1/2026-07", "--by", "an", "--lang", "en").stdout
    assert "opened: NV-1/2026-08" in told
    # 31 August is a Monday, 31 October a Saturday.
    office.go_on_to("2026-08-31 17:00")
    office.settle()
    assert months(office) == {"07": ("31/07", "01/07 06:50"), "08": ("31/08", "20/07 10:00"), "09": ("30/09", "31/08 17:00")}
    office.go_on_to("2026-09-30 17:00")
    office.settle()
    assert months(office)["10"] == ("30/10", "30/09 17:00")
    assert not [message for message in office.all_told() if any(not line.startswith("NV-1/") for line in message.lines)]

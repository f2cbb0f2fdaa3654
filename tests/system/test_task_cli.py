"""kiphan task, and kiphan item finish|reopen, from the outside."""
import pytest

from tests.system.test_cli import OFFICE, OVERDUE, ROWS, fresh, from_schema, office, write_list  # noqa: F401

TASK = "NV-2026-001"


def order(office, *arguments, code=0):
    done = office.run(*arguments, "--json", check=False)
    assert done.returncode == code, done.stdout + done.stderr
    return from_schema("item" if arguments[0] == "item" and len(arguments) == 2 else "task", done.stdout)


def test_a_task_is_given_put_off_handed_on_paused_and_done(office):
    given = order(office, "task", "add", "--by", "pct", "--title", "Rà soát quy trình", "--assignee", "cv1.vp", "--due", "03/07/2026",
                  "--coordinating", "vhxh, Phòng Kinh tế", "--document", "130/TB-UBND", "--output", "Báo cáo")
    assert (given["code"], given["unit"], given["due"]) == ("NV-2026-022", "vanphong", "2026-07-03T17:00:00+07:00")
    code = given["code"]
    put_off = order(office, "task", "extend", code, "--by", "pct", "--why", "chờ số liệu", "--due", "10/07/2026")
    assert [(row["field"], row["before"], row["after"]) for row in put_off["changes"]][0] == ("due", "2026-07-03T17:00:00", "2026-07-10T17:00:00")
    assert order(office, "task", "assign", code, "--by", "cvp", "--assignee", "Trần Minh Phúc")["assignee"] == "cvp"
    assert order(office, "task", "pause", code, "--by", "pct", "--why", "chờ")["level"] == "paused"
    assert order(office, "task", "resume", code, "--by", "pct")["status"] == "doing"
    assert order(office, "task", "done", code, "--by", "cvp")["finished"] == "2026-06-25T07:31:00+07:00"
    shown = order(office, "item", code)
    assert shown["deadline"]["original"] == "2026-07-03T17:00:00+07:00" and not shown["ours"]
    due = [row for row in shown["history"] if row["field"] == "due"]
    assert due[1]["by"] == "pct (hoa)" and due[1]["source"] == "kiphan task extend"


def test_a_dry_run_shows_and_writes_nothing(office):
    before = office.query("SELECT * FROM items"), office.query("SELECT * FROM item_history")
    told = order(office, "task", "done", TASK, "--by", "tp.vhxh", "--dry-run")
    assert told["dry_run"] and told["status"] == "done"
    said = office.run("task", "add", "--by", "pct", "--title", "Việc", "--unit", "hcc", "--dry-run").stdout
    assert "NV-2026-022" in said and "chạy thử" in said
    assert (office.query("SELECT * FROM items"), office.query("SELECT * FROM item_history")) == before


@pytest.mark.parametrize("arguments, code, said", [
    (("task", "extnd", TASK), 2, 'did you mean "extend"'),
    (("task", "done"), 2, "code is missing"),
    (("task", "done", TASK, "--due", "30/06/2026"), 2, "kiphan task done does not take --due"),
    (("task", "done", TASK), 1, "--by is missing"),
    (("task", "done", TASK, "--by", "Lê Ngọc Chau"), 1, 'near: tp.vhxh "Lê Ngọc Châu"'),
    (("task", "done", OVERDUE, "--by", "pct"), 1, "kiphan item finish"),
    (("item", "finish", TASK, "--by", "pct", "--why", "x"), 1, "kiphan task done"),
    (("item", "finish", OVERDUE, "--by", "pct"), 1, "--why is missing"),
    (("task", "done", TASK, "--by", "pct", "--on", "26/06/2026"), 1, "still to come"),
])
def test_what_is_refused_says_why(office, arguments, code, said):
    office.environment["LANG"] = "en_US.UTF-8"
    assert said in office.fails(code, *arguments)


def test_what_the_source_has_wrong_is_ours_until_it_agrees(office):
    done = order(office, "item", "finish", OVERDUE, "--by", "tp.vhxh", "--why", "đã trả, chưa cập nhật", "--on", "23/06/2026")
    assert done["ours"] and done["status"] == "9"
    again = office.ask_json("import", "items", write_list(office.directory / "again.csv"), "--feed", "motcua", "--as-of", "25/06/2026 07:20")
    assert again["needs_you"] and again["changed"] == 0
    shown = order(office, "item", OVERDUE)
    assert [(row["field"], row["source_says"], row["by"], row["login"], row["why"]) for row in shown["ours_against_source"]] == [
        ("status", "4", "tp.vhxh", "hoa", "đã trả, chưa cập nhật")]
    said = office.run("item", OVERDUE, "--lang", "en").stdout
    assert "Our word against the source's\nStatus: the source says In progress; by tp.vhxh (hoa, 25/06/2026 07:31); đã trả" in said
    agrees = [[*ROWS[0][:9], "23/06/2026 16:40", "Đã trả kết quả"], *ROWS[1:]]
    office.run("import", "items", write_list(office.directory / "agrees.csv", agrees), "--feed", "motcua", "--as-of", "25/06/2026 07:30")
    shown = order(office, "item", OVERDUE)
    assert not shown["ours"] and not shown["ours_against_source"] and shown["status"] == "10"


def test_an_order_pokes_nobody_when_it_is_refused_and_is_recorded_when_it_is_not(office):
    office.run("task", "done", TASK, "--by", "nobody", check=False)
    assert not office.query("SELECT * FROM actions WHERE verb LIKE 'task%'")
    office.run("task", "done", TASK, "--by", "tp.vhxh")
    assert [(row["login"], row["verb"], row["detail"]) for row in office.query("SELECT * FROM actions WHERE verb LIKE 'task%'")] == [
        ("hoa", "task done", TASK)]


def test_a_recurring_task_is_shown_with_its_occurrences(office):
    told = order(office, "task", "add", "--by", "pct", "--title", "Báo cáo quý", "--unit", "hcc", "--recurrence", "hằng quý", "--due", "30/06/2026")
    assert told["opened"] == [told["code"] + "/2026-Q2"] and told["level"] == "none"
    series = order(office, "item", told["code"])
    assert series["occurrences"] == [{"code": told["opened"][0], "day": "2026-06-30", "due": "2026-06-30T17:00:00+07:00", "status": "new"}]
    assert series["recurrence"] == "hằng quý" and series["series"] is None and series["awaits_year"] is None
    assert order(office, "item", told["opened"][0])["series"] == told["code"]
    assert "Định kỳ" in office.run("item", told["code"]).stdout
    listed = {item["code"] for item in office.ask_json("items", "--open")["items"]}
    assert told["opened"][0] in listed and told["code"] not in listed
    done = order(office, "task", "done", told["opened"][0], "--by", "gd.hcc")
    assert done["opened"] == [told["code"] + "/2026-Q3"]

"""kiphan item: the history of a deadline in words, the original one for ever."""
from tests.system.test_cli import OVERDUE, ROWS, write_list
from tests.system.test_cli import fresh, office  # noqa: F401 - fixtures


def section(office, title, *options):
    """The lines of a table of kiphan item, spaces made one."""
    text = office.run("item", OVERDUE, *options).stdout
    assert f"\n{title}\n" in text, text
    table = text.split(f"\n{title}\n")[1].split("\n\n")[0]
    return [" ".join(line.split()) for line in table.splitlines()]


def take(office, name, as_of, *options, **cells):
    rows = [list(row) for row in ROWS]
    for column, value in cells.items():
        rows[0][{"due": 8, "finished": 9, "status": 10}[column]] = value
    office.set_clock(f"{as_of[6:10]}-{as_of[3:5]}-{as_of[:2]}T{as_of[11:]}:30+07:00")
    office.run("import", "items", write_list(office.directory / name, rows), "--feed", "motcua", "--as-of", as_of, *options)


def test_the_original_and_each_later_deadline_with_when_from_whom_and_why(office):
    take(office, "gia-han.csv", "26/06/2026 07:10", "--why", "Phiếu xin lỗi số 12", due="29/06/2026 17:00")
    assert section(office, "Các mốc hạn", "--lang", "vi") == [
        "Thay đổi Hạn Xảy ra Biết được Nguồn Người nhập Lý do",
        "hạn ban đầu 23/06/2026 17:00 15/06/2026 08:00 25/06/2026 07:10 motcua ho-so.csv:2 hoa",
        "hạn mới 29/06/2026 17:00 26/06/2026 07:10 26/06/2026 07:10 motcua gia-han.csv:2 hoa Phiếu xin lỗi số 12"]
    told = office.ask_json("item", OVERDUE)
    assert told["deadline"]["original"] == "2026-06-23T17:00:00+07:00"
    rows = [row for row in told["history"] if row["field"] == "due"]
    assert [row["why"] for row in rows] == ["", "Phiếu xin lỗi số 12"]
    assert rows[1]["row"] > rows[0]["row"] > 0


def test_a_rewritten_promise_and_a_finish_moved_back_stand_beside_it(office):
    take(office, "xong.csv", "26/06/2026 07:10", finished="25/06/2026 16:00", status="Đã xử lý xong")
    take(office, "sua.csv", "27/06/2026 07:10", finished="23/06/2026 16:00", due="24/06/2026 17:00", status="Đã xử lý xong")
    lines = section(office, "Deadlines", "--lang", "en")[1:]
    assert lines == [
        "the original one 23/06/2026 17:00 15/06/2026 08:00 25/06/2026 07:10 motcua ho-so.csv:2 hoa",
        "moved to 24/06/2026 17:00 27/06/2026 07:10 27/06/2026 07:10 motcua sua.csv:2 hoa",
        "the finish was changed 23/06/2026 16:00 23/06/2026 16:00 27/06/2026 07:10 motcua sua.csv:2 hoa",
        "another original one is given (not taken) 24/06/2026 17:00 27/06/2026 07:10 27/06/2026 07:10 motcua sua.csv:2 hoa"]
    assert office.ask_json("item", OVERDUE)["deadline"]["original"] == "2026-06-23T17:00:00+07:00"

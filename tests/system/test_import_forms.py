"""The two forms in which a one-stop system exports the same dossiers.

What the store holds is held against the generator's own rows, read here by
Python's csv and datetime and not by us.  The lists are taken in by
tests/tools/import-list; IMPORT_LIST names the program, KIPHAN_SEEDS how many
seeds.
"""
import csv
import datetime
import io
import os
import pathlib
import sqlite3
import subprocess
import sys

import pytest

from tests.harness.installation import programs

ROOT = pathlib.Path(__file__).resolve().parents[2]
OFFICE = ROOT / "config/example/kien-an"
PROGRAM = os.environ.get("IMPORT_LIST", str(programs().parent / "tests/import-list"))
SEEDS = int(os.environ.get("KIPHAN_SEEDS", "50"))
AS_OF = "2026-06-25 07:00"
ZONE = datetime.timezone(datetime.timedelta(hours=7))

STATUSES = {
    "Mới đăng ký": "1", "Được tiếp nhận": "2", "Không được tiếp nhận": "3",
    "Đang xử lý": "4", "Yêu cầu bổ sung giấy tờ": "5",
    "Yêu cầu thực hiện nghĩa vụ tài chính": "6",
    "Công dân yêu cầu rút hồ sơ": "7", "Dừng xử lý": "8",
    "Đã xử lý xong": "9", "Đã trả kết quả": "10",
}
SUBMISSIONS = {"Trực tuyến": "online", "Trực tiếp": "in-person",
               "Bưu chính": "by-post"}
FIELDS = ("code title procedure field unit assignee assignee_text owner "
          "submission status received_at due_at original_due_at finished_at "
          "note feed kind gone").split()


def take(store, kind, path, as_of=AS_OF):
    return subprocess.run([PROGRAM, str(store), kind, str(path), as_of],
                          capture_output=True, text=True, check=False)


def taken(store, kind, path, as_of=AS_OF):
    result = take(store, kind, path, as_of)
    assert result.returncode == 0, result.stderr
    counts, *remarks = result.stdout.splitlines()
    counts = dict(word.split("=") for word in counts.split())
    return ({name: int(number) for name, number in counts.items()},
            [line.split("\t") for line in remarks])


@pytest.fixture(scope="session")
def empty_office(tmp_path_factory):
    store = tmp_path_factory.mktemp("office") / "kiphan.db"
    taken(store, "units", OFFICE / "units.csv")
    taken(store, "people", OFFICE / "people.csv")
    taken(store, "calendar", OFFICE / "calendar-2026.csv")
    return dump(store)


def office(empty_office, path):
    connection = sqlite3.connect(path)
    connection.executescript(empty_office)
    connection.close()
    return path


def dump(store):
    result = subprocess.run(["sqlite3", "-readonly", str(store), ".dump",
                             "PRAGMA user_version", "PRAGMA application_id"],
                            capture_output=True, text=True, check=True)
    *statements, version, application = result.stdout.splitlines()
    statements += [f"PRAGMA user_version={version};",
                   f"PRAGMA application_id={application};"]
    return "\n".join(statements)


def made(path, seed, *more):
    with open(path, "w", encoding="utf-8", newline="") as out:
        subprocess.run([sys.executable, str(OFFICE / "make_dossiers.py"),
                        "--seed", str(seed), *more], stdout=out, check=True)
    return path


def items(store):
    connection = sqlite3.connect(store)
    connection.row_factory = sqlite3.Row
    rows = connection.execute("SELECT * FROM items").fetchall()
    connection.close()
    return {row["code"]: dict(row) for row in rows}


def people():
    with open(OFFICE / "people.csv", encoding="utf-8") as lines:
        return {row["code"]: row["name"] for row in csv.DictReader(lines)}


def instant(text):
    if not text:
        return None
    local = datetime.datetime.strptime(text, "%d/%m/%Y %H:%M")
    return int(local.replace(tzinfo=ZONE).timestamp())


def day(seconds):
    if seconds is None:
        return None
    return datetime.datetime.fromtimestamp(seconds, ZONE).date()


def expected(row, names):
    due = instant(row["Ngày hẹn trả"])
    return {
        "code": row["Mã hồ sơ"], "title": row["Tên TTHC"],
        "procedure": row["Tên TTHC"], "field": row["Lĩnh vực"],
        "unit": row["Đơn vị xử lý"], "assignee": row["Cán bộ xử lý"],
        "assignee_text": names.get(row["Cán bộ xử lý"], ""),
        "owner": row["Chủ hồ sơ"],
        "submission": SUBMISSIONS[row["Hình thức nộp"]],
        "status": STATUSES[row["Trạng thái"]],
        "received_at": instant(row["Ngày tiếp nhận"]), "due_at": due,
        "original_due_at": due,
        "finished_at": instant(row["Ngày kết thúc xử lý"]), "note": "",
        "feed": "motcua", "kind": "dossier", "gone": 0,
    }


def same(found, wanted, but=()):
    for field in FIELDS:
        if field not in but:
            assert found[field] == wanted[field], (found["code"], field)


@pytest.mark.parametrize("seed", range(1, SEEDS + 1))
def test_both_forms_say_what_the_generator_made(seed, empty_office, tmp_path):
    plain = office(empty_office, tmp_path / "plain.db")
    wide = office(empty_office, tmp_path / "wide.db")
    list_path = made(tmp_path / "plain.csv", seed)
    counts, _ = taken(plain, "dossiers", list_path)
    wide_counts, _ = taken(wide, "dossiers",
                           made(tmp_path / "wide.csv", seed, "--wide"))
    with open(list_path, encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    assert counts["fresh"] == counts["read"] == len(rows)
    assert wide_counts["fresh"] == len(rows)
    assert wide_counts["read"] == len(rows) + 1
    assert wide_counts["repeated"] == 1

    names, from_plain, from_wide = people(), items(plain), items(wide)
    assert len(from_plain) == len(from_wide) == len(rows)
    shared = {name for name in names.values()
              if list(names.values()).count(name) > 1}
    for row in rows:
        wanted = expected(row, names)
        same(from_plain[wanted["code"]], wanted)
        found, but = from_wide[wanted["code"]], []
        if found["due_by_date"]:
            assert day(found["due_at"]) == day(wanted["due_at"])
            but += ["due_at", "original_due_at"]
        if wanted["assignee_text"] in shared:
            assert found["assignee"] == ""
            but += ["assignee"]
        same(found, wanted, but)


@pytest.mark.parametrize("form", [(), ("--wide",)])
def test_the_same_file_twice_changes_not_one_row(form, empty_office, tmp_path):
    store = office(empty_office, tmp_path / "kiphan.db")
    path = made(tmp_path / "list.csv", 2026, *form)
    taken(store, "dossiers", path)
    connection = sqlite3.connect(store)
    connection.execute("UPDATE items SET next_at = 1 WHERE is_open = 1")
    connection.commit()
    connection.close()
    before = dump(store)
    counts, _ = taken(store, "dossiers", path)
    assert counts["unchanged"] == 1
    assert dump(store) == before


def test_the_same_tasks_twice_change_not_one_row(empty_office, tmp_path):
    store = office(empty_office, tmp_path / "kiphan.db")
    counts, _ = taken(store, "tasks", OFFICE / "notice-tasks.csv")
    assert counts["fresh"] == 21
    before = dump(store)
    taken(store, "tasks", OFFICE / "notice-tasks.csv")
    assert dump(store) == before


def test_a_week_of_lists_ends_where_its_last_list_alone_does(empty_office,
                                                             tmp_path):
    """Whatever came before: the last list decides, but for first promises,
    for what has gone since, and for days that had a time once."""
    day_by_day = office(empty_office, tmp_path / "days.db")
    once = office(empty_office, tmp_path / "once.db")
    subprocess.run([sys.executable, str(OFFICE / "make_dossiers.py"),
                    "--history", str(tmp_path / "lists"),
                    "--from", "01/06/2026", "--to", "25/06/2026"], check=True)
    lists = sorted((tmp_path / "lists").iterdir())
    assert len(lists) == 19
    for path in lists:
        taken(day_by_day, "dossiers", path, f"{path.stem[6:]} 07:00")
    taken(once, "dossiers", lists[-1])
    found, wanted = items(day_by_day), items(once)
    gone = {code for code, item in found.items() if item["gone"]}
    assert gone == set(found) - set(wanted)
    for code, item in wanted.items():
        same(found[code], item, ["original_due_at"])
    moved = [code for code in wanted if found[code]["original_due_at"] !=
             found[code]["due_at"]]
    assert moved


HEADER = ("Mã hồ sơ,Tên TTHC,Đơn vị xử lý,Cán bộ xử lý,Ngày tiếp nhận,"
          "Ngày hẹn trả,Trạng thái\n")
GOOD = "OK,Đăng ký kết hôn,vhxh,cv1.vhxh,22/06/2026,26/06/2026,Đang xử lý\n"


@pytest.mark.parametrize("row, severity, column, text", [
    ("A,X,vhxh,,22/06/2026,31/02/2026,4", "left-out", "Ngày hẹn trả",
     "no such day"),
    ("A,X,vhxh,,22/06/2026,26/06/2026,bay", "left-out", "Trạng thái",
     "no such status"),
    (",X,vhxh,,22/06/2026,26/06/2026,4", "left-out", "Mã hồ sơ",
     "needs a code"),
    ("A,X,xyz,,22/06/2026,26/06/2026,4", "needs-you", "Đơn vị xử lý",
     "no such unit"),
    ("A,X,vhxh,Nguyen Van An,22/06/2026,26/06/2026,4", "needs-you",
     "Cán bộ xử lý", "near: cv1.xdnnmt"),
    ("A,X,vhxh,,26/06/2026,22/06/2026,4", "needs-you", "Ngày hẹn trả",
     "before it was received"),
], ids=["no-such-day", "status", "no-code", "unit", "person", "promise"])
def test_a_bad_row_is_named_and_the_good_one_kept(
        row, severity, column, text, empty_office, tmp_path):
    store = office(empty_office, tmp_path / "kiphan.db")
    path = tmp_path / "list.csv"
    path.write_text(HEADER + row + "\n" + GOOD, encoding="utf-8")
    counts, remarks = taken(store, "dossiers", path)
    assert counts["rejected"] == (severity == "left-out")
    assert "OK" in items(store)
    assert ("A" in items(store)) == (severity == "needs-you")
    assert any(line == "2" and found == severity and where == column and
               text in said for line, found, where, _, said, _ in remarks)


@pytest.mark.parametrize("content, text", [
    ((HEADER + GOOD).encode("utf-16"), "UTF-16"),
    (HEADER.encode() + b"B,\xd0\xe3ng k\xfd,vhxh,,,,4\n", "line 2 is not UTF-8"),
    (b"PK\x03\x04\x14\x00", "XLSX"),
    ((HEADER + 'B,"X\n').encode(), "quotation mark"),
    (b"a,b\n1,2\n", "is this the right list?"),
    (b"", "is this the right list?"),
], ids=["utf-16", "windows-1258", "xlsx", "open-quote", "other-list", "empty"])
def test_what_is_no_list_is_refused_and_nothing_lost(content, text,
                                                     empty_office, tmp_path):
    store = office(empty_office, tmp_path / "kiphan.db")
    before = dump(store)
    path = tmp_path / "list.csv"
    path.write_bytes(content)
    result = take(store, "dossiers", path)
    assert result.returncode == 1
    assert text in result.stderr
    assert dump(store) == before


def test_text_that_would_act_elsewhere_is_harmless(empty_office, tmp_path):
    store = office(empty_office, tmp_path / "kiphan.db")
    path = tmp_path / "list.csv"
    path.write_text(HEADER + 'A,"Title\r\nBcc: x@y\x1b[31m<script>",vhxh,,'
                    "22/06/2026,26/06/2026,4\n", encoding="utf-8",
                    newline="")
    taken(store, "dossiers", path)
    assert items(store)["A"]["title"] == "Title  Bcc: x@y [31m<script>"

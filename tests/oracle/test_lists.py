"""Lists as they are read and taken in (R2, R16, R17), and the sample office as a whole."""
import os
import subprocess
import sys

import pytest

import lists
from clockwork import show
from rules import EXAMPLE, Office, demo
from world import World, lines, run, to


@pytest.fixture
def w(tmp_path):
    return World(tmp_path)


@pytest.fixture
def C(w):
    """The calendar of 2026."""
    office = Office(w.directory)
    office.calendars.enter(os.path.join(EXAMPLE, "calendar-2026.csv"), 2026)
    return office.calendars.main


def shown(instant):
    text = show(instant)
    return f"{text[8:10]}/{text[5:7]} {text[11:].removesuffix(':00')}"


# -- lists (R2, R16, R17) ---------------------------------------------------------------------------------------

def read(w, C, text, kind="dossier"):
    w.write("x.csv", text)
    names = lists.Names(lists.read_units(os.path.join(w.directory, "units.csv")), lists.read_people(os.path.join(w.directory, "people.csv")))
    return lists.read_items(os.path.join(w.directory, "x.csv"), kind, names, C)


def test_r16_the_later_row_of_a_code_counts_and_a_bad_row_is_left_out(w, C):
    header = "Mã hồ sơ,Đơn vị xử lý,Cán bộ xử lý,Ngày tiếp nhận,Ngày hẹn trả,Trạng thái\n"
    made, seen, remarks = read(w, C, "DANH SÁCH\n\n" + header + "A,dat,an,01/06/2026,25/06/2026,Đang xử lý\n,,,,,\nB,dat,an,01/06/2026,31/02/2026,Đang xử lý\n"
                               "A,Phòng Hộ tịch ,Lê Chi,01/06/2026 09:00,26/06/2026 10:00,Đang xử lý\nTổng cộng,2\n")
    assert list(made) == ["A"] and seen == {"A", "B"} and len(remarks) == 2
    assert (made["A"].unit, made["A"].assignee, shown(made["A"].due)) == ("ho", "chi", "26/06 10:00")


def test_r17_without_the_column_the_unit_is_the_handlers(w, C):
    made, _, _ = read(w, C, "Mã hồ sơ,Cán bộ xử lý,Ngày tiếp nhận,Ngày hẹn trả,Trạng thái,Đơn vị tiếp nhận\n"
                      "A,chi,01/06/2026,27/06/2026,Đang xử lý,dat\nB,,01/06/2026,,Đang xử lý,Đất\n")
    assert (made["A"].unit, made["B"].unit, shown(made["A"].due), made["B"].due) == ("ho", "dat", "27/06 23:59:59", None)


def test_r16_what_a_complete_list_no_longer_shows_is_gone_and_back_with_its_history(w):
    for number in range(20):
        w.dossier(f"X{number}", "30/07/2026 17:00")
    w.dossier("A", "25/06/2026 17:00")
    there = w.list()
    del w.rows["A"]
    away = w.list()
    assert run(w, ("06:00", "list", there), ("07:00", "up"), ("07:20", "list", away), ("08:00", "end")) == []
    messages = run(w, ("06:00", "list", there), ("07:00", "up"), ("09:00", "list", away), ("10:00", "list", there), ("18:00", "end"))
    assert [m["opening"][11:16] for m in messages] == ["07:30"]


def test_r16_more_than_a_tenth_gone_refuses_the_list(w):
    for number in range(9):
        w.dossier(f"X{number}", "25/06/2026 17:00")
    there = w.list()
    del w.rows["X0"]
    message = run(w, ("06:00", "list", there), ("07:00", "up"), ("07:20", "list"), ("08:00", "end"))[0]
    assert len(message["lines"]) == 9


def test_r16_a_list_older_than_the_last_is_refused(w):
    w.dossier("A", "25/06/2026 17:00")
    new = w.list()
    w.dossier("A", "25/06/2026 17:00", status="Đã xử lý xong")
    timeline = [("25/06/2026 07:00", "list", new), ("25/06/2026 07:01", "import", w.list(), {"as_of": "24/06/2026 07:00"}),
                ("25/06/2026 07:05", "up"), ("25/06/2026 08:00", "end")]
    assert len(w.run(*timeline)) == 1


def test_both_forms_of_the_sample_agree(C):
    maker = os.path.join(EXAMPLE, "make_dossiers.py")
    names = lists.Names(lists.read_units(os.path.join(EXAMPLE, "units.csv")), lists.read_people(os.path.join(EXAMPLE, "people.csv")))
    made = []
    for form in ([], ["--wide"]):
        path = os.path.join(os.environ.get("TMPDIR", "/tmp"), f"oracle-{os.getpid()}.csv")
        with open(path, "wb") as out:
            subprocess.run([sys.executable, maker, *form], stdout=out, check=True)
        made.append(lists.read_items(path, "dossier", names, C)[0])
        os.remove(path)
    assert made[0].keys() == made[1].keys()
    for code, one in made[0].items():
        other = made[1][code]
        assert (one.unit, one.received, one.state, one.field) == (other.unit, other.received, other.state, other.field)
        assert one.due == other.due or one.due // 86400 == other.due // 86400
        assert other.assignee in (one.assignee, "")


def test_the_demo_tells_thirteen_people():
    messages = demo()
    assert len(messages) == len({m["person"] for m in messages}) == 13
    assert {m["opening"] for m in messages} == {"2026-06-25T07:30:00"}
    assert lines(to(messages, "gd.hcc")[0]) == ["NV-2026-012:at-risk+"]
    assert lines(to(messages, "quantri")[0]) == ["system:left:cv3.xdnnmt:system+", "system:no-address:cv2.kinhte:system+"]

"""Who is told what at which opening, on cases worked out by hand: a sentence of R6, R10, R11, R13 each."""
import os

import pytest

from clockwork import stamp
from rules import EXAMPLE, Office, Simulation
from world import LADDER, World, day, lines, run, to, told


@pytest.fixture
def w(tmp_path):
    return World(tmp_path)


# -- one office, told at openings (R6, R10, R11) ----------------------------------------------------------------

def test_one_message_lists_everything_worst_first(w):
    w.dossier("C", "26/06/2026 17:00")
    w.dossier("B", "25/06/2026 17:00")
    w.dossier("A", "26/06/2026 11:00")
    w.dossier("Z", "24/06/2026 17:00")
    w.dossier("Y", "24/06/2026 17:00")
    w.dossier("OK", "30/06/2026 17:00")
    messages = run(w, ("07:00", "list"), ("07:25", "up"), ("08:00", "end"))
    assert told(messages) == [("06-25T07:30", "an"), ("06-25T07:30", "tp.dat")]
    assert [line[:3].strip(":") for line in lines(messages[0])] == ["Y:o", "Z:o", "B:d", "A:a", "C:a"]
    assert [line["code"] for line in messages[1]["lines"]] == ["Y", "Z"]


def test_nothing_when_nothing(w):
    w.dossier("OK", "30/06/2026 17:00")
    assert run(w, ("07:00", "list"), ("07:25", "up"), ("18:00", "end")) == []


def test_told_once_and_marked_new_once(w):
    w.dossier("A", "25/06/2026 17:00")
    w.dossier("B", "26/06/2026 17:00")
    messages = run(w, ("22/06 07:00", "list"), ("22/06 07:05", "up"), ("25/06 18:00", "end"))
    assert [(m["opening"][8:16], lines(m)) for m in messages] == [
        ("24T07:30", ["A:at-risk+"]),                       # reached 23/06 17:00
        ("25T07:30", ["A:due-today+", "B:at-risk+"])]       # a higher level is new again


def test_a_repeat_causes_a_message_but_is_not_new(w):
    w.dossier("A", "24/06/2026 17:00")
    messages = to(run(w, ("07:00", "list"), ("07:25", "up"), ("26/06 08:00", "end")), "an")
    assert [lines(m) for m in messages] == [["A:overdue+"], ["A:overdue"]]


def test_r6_only_the_highest_step_with_its_latest_slot_is_told(w):
    w.dossier("A", "15/06/2026 17:00")
    messages = run(w, ("07:00", "list"), ("07:25", "up"), ("13:31", "end"))
    assert told(messages) == [("06-25T07:30", "an"), ("06-25T07:30", "pct1"), ("06-25T07:30", "tp.dat")]
    assert lines(messages[0]) == ["A:overdue+"]         # slot 7 was reached 24/06 17:00: this is its own opening
    assert lines(messages[1]) == ["A:overdue+!"]        # escalate was reached 17/06 17:00: late


def test_r6_a_step_before_the_receipt_is_reached_at_the_receipt(w):
    w.dossier("A", "26/06/2026 17:00", received="25/06/2026 05:00")
    w.dossier("B", "26/06/2026 17:00", received="25/06/2026 09:00")
    messages = run(w, ("07:00", "list"), ("07:25", "up"), ("13:31", "end"))
    assert [lines(m) for m in messages] == [["A:at-risk+"], ["A:at-risk", "B:at-risk+"]]


def test_r6_late_when_its_own_opening_was_missed(w):
    w.dossier("A", "25/06/2026 17:00")
    messages = run(w, ("07:00", "list"), ("09:00", "up"), ("13:31", "end"))
    assert [(m["opening"][11:16], lines(m)) for m in messages] == [("13:30", ["A:due-today+!"])]


def test_r6_of_equal_instants_the_later_in_file_order_is_the_highest(w):
    w.rules(("eins", ["{name: s, before: 2wd, tell: [assignee]}"], "{kind: dossier}", "chieu"),
            ("zwei", ["{name: s, before: 2wd, tell: [assignee]}"]))
    w.dossier("A", "26/06/2026 17:00")
    messages = run(w, ("24/06 07:00", "list"), ("24/06 07:05", "up"), ("26/06 18:00", "end"))
    assert [m["opening"][8:16] for m in messages] == ["25T07:30"]       # zwei's window; eins is never told beside it


def test_r10_a_later_step_hides_an_earlier_one_for_the_same_person_only(w):
    w.dossier("A", "15/06/2026 17:00")
    w.rules(("ho-so", ("{name: overdue, after: 0h, tell: [assignee, head], repeat: 1wd}", "{name: up, after: 2wd, tell: [assignee]}")))
    messages = run(w, ("07:00", "list"), ("07:25", "up"), ("29/06 18:00", "end"))
    assert [m["opening"][8:10] for m in to(messages, "an")] == ["25"]
    assert [m["opening"][8:10] for m in to(messages, "tp.dat")] == ["25", "26", "29"]


def test_r10_vice_chair_and_chair_get_counts_and_the_three_worst(w):
    for number in range(5):
        w.dossier(f"A{number}", f"{10 + number}/06/2026 17:00")
    w.dossier("B", "01/06/2026 17:00", unit="ho", who="chi")
    message = to(run(w, ("07:00", "list"), ("07:25", "up"), ("08:00", "end")), "pct1")[0]
    assert message["kind"] == "summary" and message["counts"] == {"dat": {"overdue": 5}, "ho": {"overdue": 1}}
    assert message["worst"] == ["B", "A0", "A1"]


def test_r10_paused_and_finished_are_not_listed(w):
    for code, status in (("A", "Yêu cầu bổ sung giấy tờ"), ("B", "Đã xử lý xong"), ("C", "Dừng xử lý"), ("D", "Đang xử lý")):
        w.dossier(code, "25/06/2026 17:00", status=status)
    assert lines(run(w, ("07:00", "list"), ("07:25", "up"), ("08:00", "end"))[0]) == ["D:due-today+"]


def test_r10_what_was_told_stands_unmarked_beside_what_is_new(w):
    w.dossier("A", "24/06/2026 17:00")
    w.dossier("B", "29/06/2026 17:00")
    w.rules(("ho-so", ("{name: r, before: 2wd, tell: [assignee]}", "{name: o, after: 0h, tell: [assignee]}")))
    messages = run(w, ("07:00", "list"), ("07:05", "up"), ("26/06 18:00", "end"))
    assert [lines(m) for m in messages] == [["A:overdue+"], ["A:overdue", "B:at-risk+"]]


def test_an_unclocked_registration_is_not_told(w):
    w.dossier("A", "25/06/2026 17:00", status="Mới đăng ký")
    assert run(w, ("07:00", "list"), ("07:25", "up"), ("08:00", "end")) == []


def test_finished_just_before_the_opening_is_not_told(w):
    w.dossier("A", "25/06/2026 17:00")
    first = w.list()
    w.dossier("A", "25/06/2026 17:00", status="Đã xử lý xong")
    assert run(w, ("07:00", "list", first), ("07:25", "up"), ("07:29", "list"), ("08:00", "end")) == []


def test_reopened_is_told_again_only_for_what_was_not_told(w):
    w.dossier("A", "26/06/2026 17:00")
    open_list = w.list()
    w.dossier("A", "26/06/2026 17:00", status="Đã xử lý xong")
    messages = run(w, ("25/06 07:00", "list", open_list), ("25/06 07:25", "up"), ("25/06 09:00", "list"),
                   ("25/06 14:00", "list", open_list), ("26/06 18:00", "end"))
    assert [(m["opening"][8:16], lines(m)) for m in messages] == [("25T07:30", ["A:at-risk+"]), ("26T07:30", ["A:due-today+"])]


def test_r11_decided_after_an_opening_waits_for_the_next(w):
    w.dossier("A", "25/06/2026 17:00")
    messages = run(w, ("06:00", "up"), ("07:40", "list"), ("18:00", "end"))
    assert [(m["opening"][11:16], m["sent"][11:16], lines(m)) for m in messages] == [("13:30", "13:30", ["A:due-today+!"])]


def test_r11_a_missed_opening_is_made_up_while_its_session_runs(w):
    w.dossier("A", "25/06/2026 17:00")
    messages = run(w, ("24/06 15:00", "list"), ("24/06 15:10", "up"), ("24/06 16:00", "down"), ("25/06 09:00", "up"), ("18:00", "end"))
    assert [(m["opening"][11:16], m["sent"][11:16], lines(m)) for m in messages] == [("07:30", "09:00", ["A:due-today+"])]


def test_r11_a_missed_opening_whose_session_is_over_is_merged_into_the_next(w):
    w.dossier("A", "25/06/2026 17:00")
    messages = run(w, ("24/06 15:00", "list"), ("24/06 15:10", "up"), ("24/06 16:00", "down"), ("25/06 12:00", "up"), ("18:00", "end"))
    assert [(m["opening"][11:16], m["sent"][11:16], lines(m)) for m in messages] == [("13:30", "13:30", ["A:due-today+!"])]


def test_r11_what_was_reached_after_the_missed_opening_waits(w):
    w.rules(("ho-so", ["{name: r, before: 8h, tell: [assignee]}"]))     # 25/06 08:00
    w.dossier("A", "26/06/2026 08:30")
    messages = run(w, ("24/06 16:00", "list"), ("24/06 16:10", "up"), ("24/06 17:10", "down"), ("25/06 09:00", "up"), ("18:00", "end"))
    assert [(m["opening"][11:16], lines(m)) for m in messages] == [("13:30", ["A:at-risk+"])]


def test_r11_an_outage_of_days_gives_one_message(w):
    w.dossier("A", "22/06/2026 17:00")
    messages = to(run(w, ("22/06 07:00", "list"), ("22/06 07:05", "up"), ("22/06 08:00", "down"), ("25/06 08:00", "up"), ("18:00", "end")), "an")
    assert [(m["opening"][8:16], lines(m)) for m in messages] == [("22T07:30", ["A:due-today+"]), ("25T07:30", ["A:overdue+"])]


def test_r11_an_opening_before_the_first_turn_ever_counts_as_served(w):
    w.dossier("A", "25/06/2026 17:00")
    messages = run(w, ("07:00", "list"), ("07:31", "up"), ("18:00", "end"))
    assert [m["opening"][11:16] for m in messages] == ["13:30"]


def test_r11_nothing_on_saturday_but_on_a_swap_day(w):
    w.dossier("A", "26/06/2026 17:00")
    messages = to(run(w, ("26/06 12:00", "list"), ("26/06 14:00", "up"), ("29/06 07:31", "end")), "an")
    assert [m["opening"][5:16] for m in messages] == ["06-29T07:30"]
    w.dossier("A", "21/08/2026 17:00")
    messages = to(run(w, ("21/08 12:00", "list"), ("21/08 14:00", "up"), ("24/08 07:00", "end")), "an")
    assert [m["opening"][5:16] for m in messages] == ["08-22T07:30"]


def test_r8_windows_open_as_usual_in_a_year_not_entered(w):
    w.dossier("A", "30/12/2026 17:00")
    messages = w.run(("31/12/2026 06:00", "list"), ("31/12/2026 07:00", "up"), ("05/01/2027 18:00", "end"))
    assert [(m["opening"][:16], lines(m)) for m in to(messages, "an")] == [
        ("2026-12-31T07:30", ["A:overdue+"]), ("2027-01-01T07:30", ["A:overdue"])]     # the slot of 31/12 17:00; no later one is known
    assert len(to(messages, "quantri")) == 4


def test_r11_a_window_may_have_openings_of_its_own(w):
    w.rules(("ho-so", LADDER, "{kind: dossier}", "chieu"))
    w.dossier("A", "25/06/2026 17:00")
    messages = run(w, ("06:00", "list"), ("07:00", "up"), ("18:00", "end"))
    assert [(m["opening"][11:16], lines(m)) for m in messages] == [("13:30", ["A:due-today+"])]


def test_r11_two_ladders_with_different_first_channels_make_two_messages(w):
    w.rules(("eins", LADDER, "{kind: dossier, field: Đất}"), ("zwei", LADDER, "{kind: dossier, field: Hộ}"))
    text = w.read("kiphan.yaml")
    w.write("kiphan.yaml", text[::-1].replace("[mail]"[::-1], "[tep, mail]"[::-1], 1)[::-1])
    w.dossier("A", "25/06/2026 17:00")
    w.dossier("B", "25/06/2026 17:00", field="HỘ")
    messages = run(w, ("06:00", "list"), ("07:00", "up"), ("08:00", "end"))
    assert [(m["channel"], lines(m)) for m in messages] == [(c, ["A:due-today+", "B:due-today+"]) for c in ("mail", "tep")]


# -- the key (R13) ----------------------------------------------------------------------------------------------

def test_r13_a_moved_promise_warns_again_and_a_return_does_not(w):
    w.dossier("A", "26/06/2026 17:00")
    first = w.list()
    w.dossier("A", "29/06/2026 17:00")
    moved = w.list()
    messages = run(w, ("25/06 07:00", "list", first), ("25/06 07:05", "up"), ("25/06 09:00", "list", moved), ("25/06 18:00", "list", first),
                   ("25/06 19:00", "list", moved), ("26/06 18:00", "end"))
    assert [(m["opening"][8:16], lines(m)) for m in messages] == [("25T07:30", ["A:at-risk+"]), ("26T07:30", ["A:at-risk"])]
    messages = run(w, ("25/06 07:00", "list", first), ("25/06 07:05", "up"), ("25/06 09:00", "list", moved), ("25/06 10:00", "list", first),
                   ("25/06 18:00", "end"))
    assert [m["opening"][8:16] for m in messages] == ["25T07:30"]


def test_r13_a_pause_holds_back_and_lets_go_late(w):
    w.dossier("A", "25/06/2026 17:00", status="Yêu cầu bổ sung giấy tờ")
    paused = w.list()
    w.dossier("A", "25/06/2026 17:00")
    messages = run(w, ("25/06 07:00", "list", paused), ("25/06 07:05", "up"), ("25/06 09:00", "list"), ("25/06 18:00", "end"))
    assert [(m["opening"][11:16], lines(m)) for m in messages] == [("13:30", ["A:at-risk+!"])]
    assert messages[0]["lines"][0]["due"] == "2026-06-26T09:00:00"     # an hour and a half given back


PAUSED = "Yêu cầu bổ sung giấy tờ"


@pytest.mark.parametrize("due, begin, end, until", [
    ("30/06 17:00", "26/06 16:00", "29/06 08:00", "01/07 09:00"),   # Friday 16:00 to Monday 08:00: 1 h 30
    ("30/06 17:00", "27/06 08:00", "28/06 20:00", "30/06 17:00"),   # inside a weekend: nothing
    ("23/06 17:00", "23/06 09:00", "24/06 16:00", "25/06 14:30"),   # the one of EXPERIENCE: 12 h 30
    ("22/06 17:00", "23/06 09:00", "23/06 17:00", "23/06 15:30"),   # overdue by 1 h 30, as before
    ("30/06 17:00", "01/06 06:00", "01/06 09:30", "01/07 09:00"),   # from the receipt at 08:00 on
])
def test_r9_a_pause_is_given_back(w, due, begin, end, until):
    w.dossier("A", day(due), status=PAUSED)
    paused = w.list()
    w.dossier("A", day(due))
    office = Office(w.directory)
    Simulation(office).run([("2026-01-02 07:00", "import", os.path.join(EXAMPLE, "calendar-2026.csv"), {"year": 2026}),
                            ("2026-01-02 07:00", "import", "units.csv"), ("2026-01-02 07:00", "import", "people.csv"),
                            (day(begin), "import", paused), (day(end), "import", w.list())])
    assert office.items.by_code["A"].deadline == stamp(day(until))


def test_r9_two_pauses_are_both_given_back_but_not_what_a_moved_promise_contains(w):
    w.dossier("A", "30/06/2026 17:00")
    runs = w.list()
    w.dossier("A", "30/06/2026 17:00", status=PAUSED)
    paused = w.list()
    w.dossier("A", "02/07/2026 17:00")
    moved = w.list()
    office = Office(w.directory)
    simulation = Simulation(office)
    simulation.run([("2026-01-02 07:00", "import", os.path.join(EXAMPLE, "calendar-2026.csv"), {"year": 2026}),
                    ("2026-01-02 07:00", "import", "units.csv"), ("2026-01-02 07:00", "import", "people.csv")])
    for at, name, until in (("22/06 09:00", paused, "30/06 17:00"), ("22/06 10:00", runs, "01/07 08:30"), ("23/06 09:00", paused, "01/07 08:30"),
                            ("23/06 11:00", runs, "01/07 10:30"), ("24/06 09:00", moved, "02/07 17:00"), ("25/06 09:00", paused, "30/06 17:00"),
                            ("25/06 10:00", moved, "02/07 17:00")):
        simulation.run([(day(at), "import", name)])
        assert office.items.by_code["A"].deadline == stamp(day(until)), at


def test_r13_renaming_at_a_reload_repeats_nothing(w):
    w.rules(("ten-moi", ("{name: khac, before: 2wd, tell: [assignee]}", "{name: han, at: due-day, tell: [assignee]}")), file="k2.yaml")
    w.dossier("A", "26/06/2026 17:00")
    messages = run(w, ("25/06 07:00", "list"), ("25/06 07:05", "up"), ("25/06 09:00", "settings", "k2.yaml"), ("26/06 18:00", "end"))
    assert [(m["opening"][8:16], lines(m)) for m in messages] == [("25T07:30", ["A:at-risk+"]), ("26T07:30", ["A:due-today+"])]


def test_r13_a_reload_tells_whom_nobody_told(w):
    w.rules(("ten-moi", ("{name: khac, before: 2wd, tell: [assignee, head]}",)), file="k2.yaml")
    w.dossier("A", "26/06/2026 17:00")
    messages = run(w, ("25/06 07:00", "list"), ("25/06 07:05", "up"), ("25/06 09:00", "settings", "k2.yaml"), ("25/06 18:00", "end"))
    assert told(messages) == [("06-25T07:30", "an"), ("06-25T13:30", "tp.dat")]


def test_r13_a_reload_that_changes_nothing_loses_no_held_repeat(w):
    w.rules(("ho-so", LADDER), file="k2.yaml")
    w.dossier("A", "23/06/2026 17:00")
    messages = to(run(w, ("24/06 07:00", "list"), ("24/06 07:05", "up"), ("24/06 17:30", "settings", "k2.yaml"), ("25/06 08:00", "end")), "an")
    assert [m["opening"][8:10] for m in messages] == ["24", "25"]

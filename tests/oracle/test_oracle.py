"""The oracle itself, on cases worked out by hand: a sentence of the rulings each."""
import os
import subprocess
import sys

import pytest

import lists
from clockwork import Calendar, MissingYear, sessions_of, show, span, stamp
from ladder import Ladder
from rules import EXAMPLE, demo
from settings import Step, rule_of
from world import LADDER, World, lines, to, told

WEEK = {day: sessions_of(["07:30-11:30", "13:30-17:00"]) for day in range(5)}


def calendar_2026(week=WEEK):
    made = Calendar(week)
    made.enter(os.path.join(EXAMPLE, "calendar-2026.csv"), 2026)
    return made


C = calendar_2026()
Y = "/2026 "


def at(text):
    day, clock = text.split(" ")
    return stamp(day + Y + clock)


def shown(instant):
    text = show(instant)
    return f"{text[8:10]}/{text[5:7]} {text[11:].removesuffix(':00')}"


# -- terms and spans (R1-R4) ------------------------------------------------------------------------------------

@pytest.mark.parametrize("received, term, due", [
    ("19/06 16:50", "8h", "23/06 07:50"),
    ("25/06 11:45", "4h", "26/06 08:00"),
    ("25/06 07:30", "4h", "25/06 11:30"),
    ("25/06 17:00", "1h", "26/06 08:30"),
    ("25/06 16:59:59", "1h", "26/06 08:29:59"),
    ("25/06 17:00", "1wd", "29/06 07:30"),
    ("25/06 06:10", "1wd", "26/06 07:30"),
    ("25/06 06:10", "7.5h", "25/06 17:00"),
    ("21/08 16:00", "1wd", "22/08 16:00"),
    ("22/08 16:00", "2h", "24/08 08:30"),
    ("28/08 16:00", "1wd", "03/09 16:00"),
    ("13/02 10:00", "1wd", "23/02 10:00"),
    ("23/11 10:00", "1wd", "25/11 10:00"),
    ("25/06 15:30", "0.5wd", "26/06 09:45"),
    ("25/06 07:45", "0,5wd", "25/06 11:30"),
    ("19/06 16:50", "1,5wd", "23/06 11:05"),
    ("25/06 15:30", "0.5wd-end", "26/06 11:30"),
    ("25/06 15:30", "1wd-end", "26/06 17:00"),
    ("25/06 15:30", "1.5wd-end", "29/06 11:30"),
    ("20/04 09:00", "10d", "04/05 17:00"),
    ("20/06 09:00", "5d", "29/06 17:00"),
    ("25/06 14:59:59", "same-day", "25/06 17:00"),
    ("25/06 15:00", "same-day", "25/06 17:00"),
    ("25/06 15:00:01", "same-day", "26/06 17:00"),
    ("26/06 17:30", "same-day", "29/06 17:00"),
    ("27/06 16:00", "same-day", "29/06 17:00"),
])
def test_r4_terms(received, term, due):
    assert shown(C.promise(at(received), term)) == due


def test_r4_steps_of_a_promise_at_the_end_of_a_day():
    promise = at("25/06 17:00")
    assert shown(C.after(C.going_on(promise), span("2wd"))) == "29/06 17:00"
    assert shown(C.before(C.going_back(promise), span("2wd"))) == "23/06 17:00"


def test_r4_a_pause_counts_working_time_only():
    assert C.count(at("26/06 16:00"), at("29/06 08:00")) == 90 * 60
    assert C.count(at("27/06 08:00"), at("28/06 17:00")) == 0


def test_r4_giving_back_twelve_and_a_half_hours():
    assert shown(C.add_seconds(at("23/06 17:00"), 12 * 3600 + 1800)) == "25/06 14:30"


def test_r1_hours_back_give_the_latest_instant_with_that_much_left():
    assert shown(C.before(at("25/06 11:30"), span("4h"))) == "25/06 07:30"
    assert shown(C.before(at("25/06 17:00"), span("3.5h"))) == "25/06 13:30"


@pytest.mark.parametrize("begin, end", [("25/06 07:31", "29/06 17:00"), ("19/06 09:00", "24/08 11:30"), ("25/06 11:30", "26/06 07:45")])
def test_r1_adding_what_was_counted_comes_back(begin, end):
    assert C.add_seconds(at(begin), C.count(at(begin), at(end))) == at(end)


@pytest.mark.parametrize("deadline, before, after", [
    ("27/06 10:00", "25/06 17:00", "30/06 07:30"),      # a Saturday: back from Friday's end, on from Monday's start
    ("25/06 20:00", "24/06 17:00", "29/06 07:30"),      # after hours
    ("25/06 12:00", "24/06 11:30", "26/06 13:30"),      # at lunch
])
def test_r1_a_deadline_outside_sessions(deadline, before, after):
    assert shown(C.before(C.going_back(at(deadline)), span("1wd"))) == before
    assert shown(C.after(C.going_on(at(deadline)), span("1wd"))) == after


def test_r2_a_shorter_day_ends_the_position():
    week = WEEK | {5: sessions_of(["07:30-11:30"])}
    short = calendar_2026(week)
    assert shown(short.promise(at("26/06 16:00"), "1wd")) == "27/06 11:30"
    assert shown(short.promise(at("26/06 08:00"), "1wd")) == "27/06 08:00"
    assert short.ordinary_day == 27000


def test_r2_a_clock_time_in_a_gap_falls_back_to_the_session_before():
    week = WEEK | {4: sessions_of(["07:30-10:00", "14:00-17:00"])}
    odd = calendar_2026(week)
    assert shown(odd.promise(at("25/06 11:00"), "1wd")) == "26/06 10:00"
    assert shown(odd.promise(at("25/06 13:45"), "1wd")) == "26/06 10:00"


def test_r2_dates_without_a_time():
    day = stamp("25/06/2026") // 86400
    assert shown(C.started(day)) == "25/06 07:30" and shown(C.ended(day)) == "25/06 17:00"
    assert shown(C.ended(stamp("27/06/2026") // 86400)) == "27/06 23:59:59"


def test_r2_a_day_twice_is_refused(tmp_path):
    (tmp_path / "c.csv").write_text("date,kind,name\n2026-01-01,holiday,a\n2026-01-01,workday,b\n")
    with pytest.raises(ValueError):
        Calendar(WEEK).enter(tmp_path / "c.csv", 2026)


def test_r2_a_swap_day_may_have_its_own_sessions(tmp_path):
    (tmp_path / "c.csv").write_text("date,kind,name,sessions\n2026-06-27,workday,bù,07:30-11:30\n2026-06-28,workday,bù,\n")
    own = Calendar(WEEK)
    own.enter(tmp_path / "c.csv", 2026)
    assert shown(own.promise(at("26/06 16:00"), "2h")) == "27/06 08:30"
    assert own.count(at("27/06 00:00"), at("29/06 00:00")) == 4 * 3600 + 27000


@pytest.mark.parametrize("text", ["2 days", "1,2345h", "0.3wd-end", "1.5d", "-1h", ""])
def test_r2_what_is_not_a_span(text):
    with pytest.raises(ValueError):
        span(text)


def test_r8_a_year_not_entered_is_not_guessed():
    with pytest.raises(MissingYear):
        C.promise(at("31/12 10:00"), "1wd")
    assert shown(C.promise(at("31/12 10:00"), "2h")) == "31/12 14:00"
    assert C.sessions(stamp("2027-01-04") // 86400, lenient=True) == WEEK[0]


def test_r8_rows_alone_do_not_enter_a_year(tmp_path):
    (tmp_path / "c.csv").write_text("date,kind,name\n2027-01-01,holiday,Tết\n")
    C2 = calendar_2026()
    C2.enter(tmp_path / "c.csv", 2026)
    with pytest.raises(MissingYear):
        C2.sessions(stamp("2027-01-01") // 86400)


# -- steps (R5) -------------------------------------------------------------------------------------------------

def item(due, received="01/06 08:00", **more):
    return lists.Item("D", "dossier", unit="dat", received=at(received) if received else None, due=at(due), **more)


def slots(step, due, until, received="01/06 08:00", **more):
    rule = rule_of({"name": "r", "via": "mail", "window": "w", "steps": [step | {"name": "s", "tell": ["assignee"]}]})
    return [shown(one) for one in Ladder([rule], C).slots_of(item(due, received, **more), rule.steps[0]).until(at(until))]


@pytest.mark.parametrize("step, due, instant", [
    ({"before": "2wd"}, "25/06 17:00", "23/06 17:00"),
    ({"before": "4h"}, "26/06 09:00", "25/06 14:30"),
    ({"before": "1.5wd"}, "25/06 17:00", "24/06 11:15"),      # 24/06 17:00, then 3 h 45 back
    ({"at": "due-day"}, "25/06 17:00", "25/06 07:30"),
    ({"at": "due-day"}, "27/06 10:00", "26/06 07:30"),
    ({"after": "0h"}, "25/06 17:00", "25/06 17:00:01"),
    ({"after": "0h"}, "27/06 10:00", "27/06 10:00:01"),
    ({"after": "2wd"}, "25/06 17:00", "29/06 17:00"),
    ({"after": "8h"}, "25/06 17:00", "29/06 08:00"),
    ({"before": "3d"}, "25/06 17:00", "22/06 17:00"),
    ({"before": "3d"}, "24/06 17:00", "19/06 17:00"),       # Sunday: back to Friday's end
    ({"after": "1d"}, "26/06 17:00", "29/06 17:00"),        # Saturday: on to Monday's end
])
def test_r5_where_a_step_falls(step, due, instant):
    assert slots(step, due, "31/07 12:00") == [instant]


def test_r5_a_share_of_the_term_that_is_left():
    assert slots({"before": "20%"}, "26/06 17:00", "26/06 17:00", "22/06 07:30") == ["26/06 07:30"]


def test_r5_a_share_leaves_pauses_out():
    pauses = [(at("23/06 07:00"), at("24/06 07:00"))]
    assert slots({"before": "20%"}, "26/06 17:00", "26/06 17:00", "22/06 07:30", pauses=pauses) == ["26/06 09:00"]


def test_r5_a_share_needs_a_receipt():
    assert slots({"before": "20%"}, "26/06 17:00", "26/06 17:00", None) == []


@pytest.mark.parametrize("step, due, instants", [
    ({"after": "0h", "repeat": "1wd"}, "25/06 17:00", ["25/06 17:00:01", "26/06 17:00", "29/06 17:00", "30/06 17:00", "01/07 17:00", "02/07 17:00"]),
    ({"after": "0h", "repeat": {"every": "1wd", "times": "1"}}, "27/06 10:00", ["27/06 10:00:01", "30/06 07:30"]),
    ({"after": "2wd", "repeat": {"every": "8h", "times": "2"}}, "25/06 17:00", ["29/06 17:00", "01/07 08:00", "02/07 08:30"]),
    ({"before": "2wd", "repeat": {"every": "1d", "times": "2"}}, "26/06 17:00", ["24/06 17:00", "25/06 17:00", "26/06 17:00"]),
    ({"at": "due-day", "repeat": {"every": "4h", "times": "2"}}, "25/06 17:00", ["25/06 07:30", "25/06 11:30", "26/06 08:00"]),
])
def test_r5_repeats_follow_one_span_after_another(step, due, instants):
    assert slots(step, due, "02/07 18:00") == instants


def test_r8_a_slot_in_a_year_not_entered_is_left_out_not_the_item():
    assert slots({"after": "0h", "repeat": "1wd"}, "30/12 17:00", "31/12 18:00") == ["30/12 17:00:01", "31/12 17:00"]
    rule = rule_of({"name": "r", "via": "m", "window": "w", "steps": [{"name": "s", "after": "0h", "repeat": "1wd", "tell": "head"}]})
    made = Ladder([rule], C).slots_of(item("30/12 17:00"), rule.steps[0]).until(stamp("2027-01-05"))
    assert [shown(one) for one in made] == ["30/12 17:00:01", "31/12 17:00"]


# -- levels (R7) ------------------------------------------------------------------------------------------------

def level(due, now, steps=({"before": "2wd"}, {"after": "0h"})):
    rule = rule_of({"name": "r", "via": "m", "window": "w", "steps": [step | {"name": "s", "tell": "head"} for step in steps]})
    return Ladder([rule], C).level(item(due), at(now))


@pytest.mark.parametrize("now, expected", [
    ("23/06 16:59:59", "on-track"), ("23/06 17:00", "at-risk"), ("24/06 23:59:59", "at-risk"), ("25/06 00:00", "due-today"),
    ("25/06 17:00", "due-today"), ("25/06 17:00:01", "overdue"),
])
def test_r7_levels_are_disjoint(now, expected):
    assert level("25/06 17:00", now) == expected


def test_r7_without_a_before_step_nothing_is_at_risk():
    assert level("25/06 17:00", "24/06 12:00", ({"after": "0h"},)) == "on-track"


def test_r7_the_earliest_before_step_counts():
    assert level("25/06 17:00", "19/06 12:00", ({"before": "2wd"}, {"before": "5wd"})) == "at-risk"


# -- one office, told at openings (R6, R10, R11) ----------------------------------------------------------------

@pytest.fixture
def w(tmp_path):
    return World(tmp_path)


def day(*clocks):
    """Instants of 25/06/2026 unless a day is given."""
    return [(clock if "/" in clock else "25/06 " + clock).replace(" ", "/2026 ") for clock in clocks]


def run(w, *events):
    return w.run(*((day(clock)[0], *what) for clock, *what in events))


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
    w.dossier("A", "26/06/2026 17:00", status="Yêu cầu bổ sung giấy tờ")
    paused = w.list()
    w.dossier("A", "26/06/2026 17:00")
    messages = run(w, ("25/06 07:00", "list", paused), ("25/06 07:05", "up"), ("25/06 09:00", "list"), ("25/06 18:00", "end"))
    assert [(m["opening"][11:16], lines(m)) for m in messages] == [("13:30", ["A:at-risk+!"])]


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


# -- whom (R14) -------------------------------------------------------------------------------------------------

def overdue_at(w, **more):
    """Who is told of one overdue dossier, and for whom they stand in."""
    w.dossier("A", "24/06/2026 17:00", **more)
    return {m["person"]: m["lines"][0]["stands_for"] for m in run(w, ("06:00", "list"), ("07:00", "up"), ("08:00", "end"))
            if m["lines"][0]["code"] == "A"}


def at_risk_at(w, **more):
    w.dossier("A", "26/06/2026 17:00", **more)
    return {m["person"]: m["lines"][0]["stands_for"] for m in run(w, ("06:00", "list"), ("07:00", "up"), ("08:00", "end"))
            if m["lines"][0]["code"] == "A"}


def test_r14_the_head_is_looked_for_upwards(w):
    assert overdue_at(w, unit="to") == {"an": "", "tp.dat": ""}


def test_r14_all_active_heads_are_told(w):
    w.person("binh", role="head")
    assert overdue_at(w) == {"an": "", "tp.dat": "", "binh": ""}


def test_r14_the_overseer_is_told_of_several_vice_chairs(w):
    w.rules(("ho-so", ["{name: o, after: 0h, tell: [vice-chair]}"]))
    assert overdue_at(w) == {"pct1": ""}
    w.rows.clear()
    assert overdue_at(w, unit="ho", who="chi") == {"pct1": "", "pct2": ""}


def test_r14_a_leaver_is_replaced_by_the_head(w):
    w.person("an", active="no")
    assert at_risk_at(w) == {"tp.dat": "an"}


def test_r14_one_without_address_is_replaced_by_the_head(w):
    w.person("an", email="")
    assert at_risk_at(w) == {"tp.dat": "an"}


def test_r14_nobody_is_replaced_by_the_head_for_nobody(w):
    assert at_risk_at(w, who="") == {"tp.dat": ""}
    assert at_risk_at(w, who="Người Lạ") == {"tp.dat": ""}


def test_r14_a_name_that_fits_two_is_nobodys(w):
    assert at_risk_at(w, who="trần  thị bình") == {"binh": ""}
    w.person("chi", name="Trần Thị Bình")
    assert at_risk_at(w, who="Trần Thị Bình") == {"tp.dat": ""}


def test_r14_then_vice_chair_then_chair_then_admins(w):
    w.person("an", active="no")
    w.person("tp.dat", email="")
    assert at_risk_at(w) == {"pct1": "an"}
    w.person("pct1", active="no")
    assert at_risk_at(w) == {"pct2": "an"}
    w.person("pct2", email="")
    assert at_risk_at(w) == {"ct": "an"}
    w.person("ct", email="")
    assert at_risk_at(w) == {"quantri": "an"}


def test_r14_named_and_standing_in_is_one_line_in_ones_own_name(w):
    w.person("an", active="no")
    assert overdue_at(w) == {"tp.dat": ""}


def test_r14_a_new_holder_is_told_once_the_old_no_longer(w):
    w.dossier("A", "26/06/2026 17:00")
    first = w.list()
    w.dossier("A", "26/06/2026 17:00", who="binh")
    messages = run(w, ("25/06 07:00", "list", first), ("25/06 07:05", "up"), ("25/06 09:00", "list"), ("26/06 18:00", "end"))
    assert told(messages) == [("06-25T07:30", "an"), ("06-25T13:30", "binh"), ("06-26T07:30", "binh")]
    assert lines(messages[1]) == ["A:at-risk+!"]


def test_r14_troubles_go_to_the_admin_once(w):
    w.person("an", active="no")
    w.person("tp.ho", email="")
    w.dossier("A", "30/07/2026 17:00")
    messages = run(w, ("24/06 12:00", "list"), ("24/06 12:05", "up"), ("29/06 18:00", "end"))
    assert [(m["opening"][8:16], m["person"], lines(m)) for m in messages] == [
        ("24T13:30", "quantri", ["system:left:an:system+", "system:no-address:tp.ho:system+"])]     # that day's first that was served


def test_r14_a_trouble_that_comes_back_is_told_again(w):
    w.dossier("A", "30/07/2026 17:00")
    listed = w.list()
    w.person("an", active="no")
    w.write("left.csv", w.read("people.csv"))
    w.person("an", active="yes")
    messages = run(w, ("24/06 07:00", "list", listed), ("24/06 07:05", "up"), ("24/06 08:00", "import", "left.csv"),
                   ("25/06 08:00", "import", "people.csv"), ("26/06 08:00", "import", "left.csv"), ("30/06 18:00", "end"))
    assert [m["opening"][8:16] for m in messages] == ["25T07:30", "29T07:30"]


def test_r14_a_stale_feed_is_told_and_flagged(w):
    w.write("kiphan.yaml", w.read("kiphan.yaml").replace("9wd", "1wd"))
    w.dossier("A", "24/06/2026 17:00")
    messages = run(w, ("24/06 16:00", "list"), ("24/06 16:10", "up"), ("29/06 08:00", "end"))
    assert [(m["opening"][8:16], m["stale"]) for m in to(messages, "an")] == [("25T07:30", []), ("26T07:30", ["motcua"]), ("29T07:30", ["motcua"])]
    assert [(m["opening"][8:16], lines(m)) for m in to(messages, "quantri")] == [("26T07:30", ["system:stale:motcua:system+"])]


def test_r14_next_year_is_asked_for_daily_from_october(w):
    messages = run(w, ("30/09 07:00", "up"), ("02/10 18:00", "end"))
    assert [(m["opening"][5:16], lines(m)) for m in messages] == [
        ("10-01T07:30", ["system:year:2027:system+"]), ("10-02T07:30", ["system:year:2027:system"])]


# -- lists (R2, R16, R17) ---------------------------------------------------------------------------------------

def read(w, text, kind="dossier"):
    w.write("x.csv", text)
    names = lists.Names(lists.read_units(os.path.join(w.directory, "units.csv")), lists.read_people(os.path.join(w.directory, "people.csv")))
    return lists.read_items(os.path.join(w.directory, "x.csv"), kind, names, C)


def test_r16_the_later_row_of_a_code_counts_and_a_bad_row_is_left_out(w):
    header = "Mã hồ sơ,Đơn vị xử lý,Cán bộ xử lý,Ngày tiếp nhận,Ngày hẹn trả,Trạng thái\n"
    made, seen, remarks = read(w, "DANH SÁCH\n\n" + header + "A,dat,an,01/06/2026,25/06/2026,Đang xử lý\n,,,,,\nB,dat,an,01/06/2026,31/02/2026,Đang xử lý\n"
                               "A,Phòng Hộ tịch ,Lê Chi,01/06/2026 09:00,26/06/2026 10:00,Đang xử lý\nTổng cộng,2\n")
    assert list(made) == ["A"] and seen == {"A", "B"} and len(remarks) == 2
    assert (made["A"].unit, made["A"].assignee, shown(made["A"].due)) == ("ho", "chi", "26/06 10:00")


def test_r17_without_the_column_the_unit_is_the_handlers(w):
    made, _, _ = read(w, "Mã hồ sơ,Cán bộ xử lý,Ngày tiếp nhận,Ngày hẹn trả,Trạng thái,Đơn vị tiếp nhận\n"
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


def test_both_forms_of_the_sample_agree():
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

"""Working time, steps and levels, on cases worked out by hand: a sentence of R1-R8 each."""
import os

import pytest

import lists
from clockwork import Calendar, MissingYear, sessions_of, show, span, stamp
from ladder import Ladder
from rules import EXAMPLE
from settings import rule_of

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

"""Whom an alert goes to, on cases worked out by hand: a sentence of R14 each."""
import pytest

from world import World, lines, run, to, told


@pytest.fixture
def w(tmp_path):
    return World(tmp_path)


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
        ("10-01T07:30", ["system:year:2027:lich:system+"]), ("10-02T07:30", ["system:year:2027:lich:system"])]


# -- on leave (R14) ---------------------------------------------------------------------------------------------

def away(w, *leaves):
    """Who is told of a dossier at risk, the given people being away: (person, deputy) each, the whole week."""
    w.dossier("A", "26/06/2026 17:00")
    on_leave = [("06:30", "away", None, {"person": person, "from": "2026-06-22", "until": "2026-06-26", "deputy": deputy})
                for person, deputy in leaves]
    return {m["person"]: m["lines"][0]["stands_for"] for m in run(w, ("06:00", "list"), *on_leave, ("07:00", "up"), ("08:00", "end"))
            if m["lines"][0]["code"] == "A"}


def test_r14_the_deputy_is_told_of_one_who_is_away(w):
    assert away(w, ("an", "binh")) == {"binh": "an"}


def test_r14_one_who_is_away_without_deputy_is_replaced_by_the_head(w):
    assert away(w, ("an", "")) == {"tp.dat": "an"}


def test_r14_a_deputy_who_is_away_passes_on_once(w):
    assert away(w, ("an", "binh"), ("binh", "chi")) == {"chi": "an"}


def test_r14_and_no_further(w):
    assert away(w, ("an", "binh"), ("binh", "chi"), ("chi", "pct1")) == {"tp.dat": "an"}


def test_r14_a_head_who_is_away_has_a_deputy_too(w):
    w.person("an", active="no")
    assert away(w, ("tp.dat", "binh")) == {"binh": "an"}

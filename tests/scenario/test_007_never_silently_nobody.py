"""Who cannot be told is replaced by the head of the unit, and the admin hears of it once (R14)."""
import pytest

from harness.office import PEOPLE, RULES, changed, dossier

ONCE = RULES.replace(", repeat: 1wd", "")


@pytest.mark.parametrize("holder, change, trouble", [
    ("an", {"active": "no"}, "system:left:an"),
    ("an", {"email": ""}, "system:no-address:an"),
    ("", {}, None),
    ("nobody.known", {}, None),
], ids=["a leaver", "no address", "no holder", "an unknown holder"])
def test_the_head_is_told_in_their_place(new_office, holder, change, trouble):
    office = new_office(rules=ONCE.replace("[assignee, head]", "[assignee]"), people=changed(PEOPLE, "an", **change))
    office.list("25/06/2026 06:40", dossier("HS-1", due="24/06/2026 17:00", holder=holder), check=False)
    office.up()
    office.go_on_to("2026-06-25 07:30")
    told = office.told()
    assert told["sep"].lines == {"HS-1": "overdue"}
    assert told["sep"].stands_for == ({"HS-1": "an"} if holder == "an" else {})
    assert ("nhận thay: Nguyễn Văn An" in told["sep"].text) == (holder == "an")
    assert {who: list(told[who].lines) for who in told if who != "sep"} == ({"quantri": [trouble]} if trouble else {})
    assert ("Nguyễn Văn An" in office.log("kiphand")) == bool(trouble), "and the journal says it too"
    office.go_on_to("2026-06-26 13:30")
    assert not office.all_told()


def test_without_a_head_the_vice_chair_and_then_the_chair_is_told(new_office):
    rules = ONCE.replace("[assignee, head]", "[assignee]")
    rows = changed(changed(PEOPLE, "an", active="no"), "sep", active="no")
    office = new_office("one", rules=rules, people=rows)
    office.list("25/06/2026 06:40", dossier("HS-1", due="24/06/2026 17:00"))
    office.up()
    office.go_on_to("2026-06-25 07:30")
    assert office.told()["pct2"].stands_for == {"HS-1": "an"}
    office = new_office("two", rules=rules, people=changed(changed(rows, "pct1", email=""), "pct2", email=""))
    office.list("25/06/2026 06:40", dossier("HS-1", due="24/06/2026 17:00"))
    office.up()
    office.go_on_to("2026-06-25 07:30")
    assert office.told()["ct"].stands_for == {"HS-1": "an"}

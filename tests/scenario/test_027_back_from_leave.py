"""Who comes back, or gets an address, is told what is theirs, once; the stand-in no longer (R13)."""
import pytest

from harness.office import PEOPLE, RULES, changed, dossier

ONCE = RULES.replace("[assignee, head], repeat: 1wd", "[assignee]")


@pytest.mark.parametrize("change", [{"active": "no"}, {"email": ""}], ids=["left", "no address"])
def test_back_again(new_office, change):
    office = new_office(rules=ONCE, people=changed(PEOPLE, "an", **change))
    rows = [dossier("HS-1", due="24/06/2026 17:00")]
    office.list("25/06/2026 06:40", *rows)
    office.up()
    office.go_on_to("2026-06-25 07:30")
    assert sorted(office.told()) == ["quantri", "sep"]
    office.go_on_to("2026-06-25 10:00")
    office.import_rows("people", PEOPLE)
    office.go_on_to("2026-06-25 13:30")
    told = office.told()
    assert {who: message.lines for who, message in told.items()} == {"an": {"HS-1": "overdue"}}
    rows.append(dossier("HS-2", due="25/06/2026 16:00"))
    office.list("25/06/2026 15:00", *rows)
    office.go_on_to("2026-06-26 07:30")
    assert {who: message.lines for who, message in office.told().items()} == {"an": {"HS-1": "overdue", "HS-2": "overdue"}}
    office.go_on_to("2026-06-26 15:00")
    assert not office.all_told(), "the admin's trouble is over"


def test_an_admin_hears_again_of_the_same_trouble_only_when_it_comes_again(new_office):
    office = new_office(rules=ONCE, people=changed(PEOPLE, "an", active="no"))
    office.list("25/06/2026 06:40", dossier("HS-1", due="31/07/2026 17:00"))
    office.up()
    office.go_on_to("2026-06-26 18:00")
    assert [(message.at, list(message.lines)) for message in office.all_told()] == [("2026-06-25 07:30", ["system:left:an"])]
    office.import_rows("people", PEOPLE)
    office.go_on_to("2026-06-29 18:00")
    assert not office.all_told()
    office.import_rows("people", changed(PEOPLE, "an", active="no"))
    office.go_on_to("2026-06-30 18:00")
    assert [(message.at, list(message.lines)) for message in office.all_told()] == [("2026-06-30 07:30", ["system:left:an"])]

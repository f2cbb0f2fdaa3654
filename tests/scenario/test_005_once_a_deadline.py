"""A moved deadline warns again; the same deadline warns once, whatever is restarted, imported again or moved back (R13)."""
from harness.office import PEOPLE, RULES, dossier

ONCE = RULES.replace(", repeat: 1wd", "")
OLD = dossier("HS-1", due="24/06/2026 17:00")
EXTENDED = dossier("HS-1", due="26/06/2026 17:00")


def test_the_same_deadline_warns_once(new_office):
    office = new_office(rules=ONCE)
    office.list("25/06/2026 06:40", OLD)
    office.up()
    office.go_on_to("2026-06-25 07:30")
    assert sorted(office.told()) == ["an", "sep"]
    office.down()
    office.up()
    office.list("25/06/2026 09:00", OLD)
    office.import_rows("people", PEOPLE)
    office.go_on_to("2026-06-26 13:30")
    assert not office.all_told()


def test_an_extended_deadline_warns_again_and_the_old_one_never(new_office):
    office = new_office(rules=ONCE)
    office.list("25/06/2026 06:40", OLD)
    office.up()
    office.go_on_to("2026-06-25 07:30")
    office.told()
    office.go_on_to("2026-06-25 09:00")
    office.list("25/06/2026 09:00", EXTENDED)
    office.go_on_to("2026-06-25 13:30")
    assert {who: message.lines for who, message in office.told().items()} == {"an": {"HS-1": "at-risk"}}
    office.go_on_to("2026-06-25 15:00")
    office.list("25/06/2026 15:00", OLD)
    office.go_on_to("2026-06-26 13:30")
    assert not office.all_told(), "24/06 was told of before"
    office.list("26/06/2026 13:30", EXTENDED)
    office.go_on_to("2026-06-29 07:30")
    assert {who: message.lines for who, message in office.told().items()} == {"an": {"HS-1": "overdue"}, "sep": {"HS-1": "overdue"}}

"""After an outage comes one merged message, marked late; a missed opening is made up while its session runs, not after."""
from harness.office import RULES, dossier

ONCE = RULES.replace(", repeat: 1wd", "")


def test_an_outage_of_two_days_is_one_message_marked_late(new_office):
    office = new_office(at="2026-06-22 06:50", rules=ONCE)
    office.list("22/06/2026 06:40", *(dossier(f"HS-{number}", due=f"{day}/06/2026 17:00") for number, day in ((1, 22), (2, 23), (3, 24))))
    office.up()
    office.go_on_to("2026-06-22 16:00")
    office.all_told()
    office.down()
    office.set_clock("2026-06-25 07:10")
    office.up()
    assert not office.told(), "the openings of the days before are not made up"
    office.go_on_to("2026-06-25 07:30")
    told = office.told()
    assert told["an"].lines == {"HS-1": "overdue", "HS-2": "overdue", "HS-3": "overdue"}
    assert told["an"].late
    assert {line["code"]: line["late"] for line in told["an"].facts["lines"]} == {"HS-1": True, "HS-2": True, "HS-3": False}
    assert "muộn" in told["an"].text


def test_repeats_of_two_days_are_one_line(new_office):
    office = new_office(at="2026-06-22 06:50")
    office.list("22/06/2026 06:40", dossier("HS-1", due="19/06/2026 17:00"))
    office.up()
    office.go_on_to("2026-06-22 16:00")
    assert len(office.all_told()) == 2
    office.down()
    office.set_clock("2026-06-25 07:10")
    office.up()
    office.go_on_to("2026-06-25 07:30")
    assert [message.lines for message in office.all_told() if message.person == "an"] == [{"HS-1": "overdue"}]
    assert [state for who, step, slot, state, why in office.alerts("HS-1") if who == "an" and step == "overdue"].count("sent") == 2


def test_an_opening_is_made_up_while_its_session_runs(new_office):
    office = new_office()
    office.list("25/06/2026 06:40", dossier("HS-1", due="24/06/2026 17:00"))
    office.up()
    office.down()
    office.set_clock("2026-06-25 09:12")
    office.up()
    assert office.told()["an"].at == "2026-06-25 09:12"
    office.go_on_to("2026-06-25 18:00")
    assert not office.told()


def test_an_opening_is_not_made_up_after_its_session(new_office):
    office = new_office()
    office.list("25/06/2026 06:40", dossier("HS-1", due="24/06/2026 17:00"))
    office.up()
    office.down()
    office.set_clock("2026-06-25 11:40")
    office.up()
    assert not office.told()
    office.go_on_to("2026-06-25 13:30")
    message = office.told()["an"]
    assert (message.at, message.late) == ("2026-06-25 13:30", True)

"""A person is told by the first channel of the ladder that they have and that works; when none is left, the head stands in and the admin is told."""
from harness.office import PEOPLE, RULES, changed, dossier, file_channel

ONCE = RULES.replace("[assignee, head], repeat: 1wd", "[assignee]")
LADDER = ONCE.replace("via: [mail]", "via: [chat, mail]")
CHATTING = changed(PEOPLE, "an", zalo_chat="zalo-an")


def new(new_office, stub, rules=LADDER, people=CHATTING, rows=(dossier("HS-1", due="24/06/2026 17:00"),)):
    office = new_office(rules=rules, people=people, channels=stub.channel("chat", "address: zalo_chat") + file_channel("mail"))
    office.list("25/06/2026 06:40", *rows)
    office.up()
    return office


def by_channel(office):
    return [(message.channel, message.person, list(message.lines)) for message in office.all_told()]


def test_the_first_channel_that_the_person_has(new_office, new_stub):
    stub = new_stub()
    office = new(new_office, stub, rows=(dossier("HS-1", due="24/06/2026 17:00"), dossier("HS-2", due="24/06/2026 17:00", holder="binh")))
    office.go_on_to("2026-06-25 07:30")
    assert sorted(by_channel(office)) == [("chat", "an", ["HS-1"]), ("mail", "binh", ["HS-2"])]
    assert stub.posted() == [("an", ["HS-1"])]


def test_refused_on_the_first_goes_to_the_second_and_stays_there(new_office, new_stub):
    stub = new_stub(422)
    one, two = dossier("HS-1", due="24/06/2026 17:00"), dossier("HS-2", due="25/06/2026 10:00")
    office = new(new_office, stub, rows=(one,))
    office.go_on_to("2026-06-25 07:30")
    message = office.told()["an"]
    assert (message.channel, message.at, message.late) == ("mail", "2026-06-25 07:30", False)
    assert len(stub.posts) == 1
    office.list("25/06/2026 07:30", one, two)
    office.go_on_to("2026-06-25 13:30")
    assert by_channel(office) == [("mail", "an", ["HS-1", "HS-2"])]
    assert len(stub.posts) == 1, "an address that was refused is not tried again"


def test_a_new_address_is_tried_again(new_office, new_stub):
    stub = new_stub(422)
    one, two = dossier("HS-1", due="24/06/2026 17:00"), dossier("HS-2", due="25/06/2026 10:00")
    office = new(new_office, stub, rows=(one,))
    office.go_on_to("2026-06-25 07:30")
    assert by_channel(office) == [("mail", "an", ["HS-1"])]
    office.import_rows("people", changed(PEOPLE, "an", zalo_chat="zalo-an-moi"))
    office.list("25/06/2026 07:30", one, two)
    office.go_on_to("2026-06-25 13:30")
    assert by_channel(office) == [("chat", "an", ["HS-1", "HS-2"])]


def test_a_parked_channel_is_passed_over_at_the_next_opening(new_office, new_stub):
    stub = new_stub(401)
    office = new(new_office, stub)
    office.go_on_to("2026-06-25 07:30")
    stub.close()  # so that no probe finds it well again
    assert not office.all_told()
    office.go_on_to("2026-06-25 13:29")
    assert not office.all_told()
    office.go_on_to("2026-06-25 13:30")
    assert by_channel(office) == [("mail", "an", ["HS-1"])]


def test_refused_on_all_the_head_stands_in_and_the_admin_is_told(new_office, new_stub):
    stub = new_stub(422)
    everybody = [row | {"zalo_chat": f"zalo-{row['code']}"} for row in PEOPLE]
    office = new(new_office, stub, rules=ONCE.replace("via: [mail]", "via: [chat]"), people=everybody)
    office.go_on_to("2026-06-25 07:30")
    assert stub.posted() == [("an", ["HS-1"])]
    assert [row["state"] for row in office.query("SELECT state FROM notices")] == ["dead"]
    office.go_on_to("2026-06-25 13:30")
    assert [(who, lines) for who, lines in stub.posted() if who != "quantri"] == [("sep", ["HS-1"])]
    assert office.told()["sep"].stands_for == {"HS-1": "an"}
    office.go_on_to("2026-06-26 07:30")
    told = office.told()
    assert sorted(told["quantri"].lines) == ["system:dead:1", "system:no-address:an"]
    office.go_on_to("2026-06-29 13:30")
    assert "quantri" not in {message.person for message in office.all_told()}, "the admin is told once"

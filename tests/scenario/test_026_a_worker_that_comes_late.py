"""While nobody serves the channel notices wait; what is finished meanwhile is not told, and after the session the next opening merges all."""
from harness.office import PEOPLE, RULES, changed, dossier

ROWS = [dossier(f"HS-{number}", due="24/06/2026 17:00") for number in (1, 2)]
FINISHED = {"Trạng thái": "Đã xử lý xong", "Ngày kết thúc xử lý": "25/06/2026 08:00"}


def without_worker(new_office, **chosen):
    office = new_office(rules=RULES.replace("[assignee, head], repeat: 1wd", "[assignee]"), **chosen)
    office.list("25/06/2026 06:40", *ROWS)
    office.start_daemon()
    office.set_clock("2026-06-25 07:30")
    office.ask("POKE")
    office.wait_for(lambda: office.ask("STATUS")["queue"]["queued"] == 1)
    return office


def waiting(office):
    return [row["state"] for row in office.query("SELECT state FROM notices ORDER BY id")]


def test_what_is_finished_by_then_is_not_told(new_office):
    office = without_worker(new_office)
    office.set_clock("2026-06-25 08:01")
    office.list("25/06/2026 08:00", ROWS[0] | FINISHED, ROWS[1])
    office.start_worker("mail")
    office.settle()
    assert {who: message.lines for who, message in office.told().items()} == {"an": {"HS-2": "overdue"}}


def test_all_finished_by_then_is_no_message(new_office):
    office = without_worker(new_office)
    office.set_clock("2026-06-25 08:01")
    office.list("25/06/2026 08:00", *(row | FINISHED for row in ROWS))
    office.start_worker("mail")
    office.settle()
    office.go_on_to("2026-06-25 18:00")
    assert not office.told()


def test_who_left_meanwhile_is_not_told_but_the_head_is(new_office):
    office = without_worker(new_office)
    office.set_clock("2026-06-25 08:01")
    office.import_rows("people", changed(PEOPLE, "an", active="no"))
    office.start_worker("mail")
    office.settle()
    office.go_on_to("2026-06-25 13:30")
    told = {message.person: message for message in office.all_told()}
    assert "an" not in told
    assert told["sep"].lines == {"HS-1": "overdue", "HS-2": "overdue"}
    assert told["sep"].stands_for == {"HS-1": "an", "HS-2": "an"}


def test_after_the_session_the_next_opening_merges(new_office):
    office = without_worker(new_office)
    office.set_clock("2026-06-25 11:40")
    office.list("25/06/2026 11:40", *ROWS, dossier("HS-3", due="25/06/2026 11:00"))
    office.start_worker("mail")
    office.settle()
    assert not office.told(), "no attempt begins outside its session"
    office.go_on_to("2026-06-25 13:30")
    message = office.told()["an"]
    assert (message.at, message.late) == ("2026-06-25 13:30", True)
    assert sorted(message.lines) == ["HS-1", "HS-2", "HS-3"]
    assert waiting(office) == ["withdrawn", "sent"]

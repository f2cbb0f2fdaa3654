"""hold --all and delivery: off stop sending at once and decide on; release, and live again, merge what waited into one message a person."""
import json

from harness.office import RULES, dossier
from harness.stubs import SILENCE

FINISHED = {"Trạng thái": "Đã xử lý xong", "Ngày kết thúc xử lý": "25/06/2026 08:30"}
ROWS = [dossier("HS-1", due="24/06/2026 17:00"), dossier("HS-2", due="26/06/2026 17:00")]


def status(office):
    return json.loads(office.run("status", "--json").stdout)


def test_a_hold_stops_everything_and_release_merges(new_office):
    office = new_office()
    office.list("25/06/2026 06:40", *ROWS)
    office.up()
    assert "ngừng gửi từ 06:50" in office.run("hold", "--all", "--note", "kiểm tra quy tắc").stdout
    for at in ("2026-06-25 07:30", "2026-06-25 13:30", "2026-06-26 07:30"):
        office.go_on_to(at)
    assert not office.told()
    assert not office.query("SELECT * FROM notices"), "decided and held, not even bundled"
    held = office.query("SELECT recipient, step, slot FROM alerts WHERE state = 'held' ORDER BY recipient, step")
    assert {(row["recipient"], row["step"]) for row in held} == {("an", "due"), ("an", "overdue"), ("sep", "overdue")}
    first = office.run("status").stdout.splitlines()[0]
    assert "ngừng gửi từ" in first and "kiểm tra quy tắc" in first
    told = status(office)["delivery"]["held"]
    assert told["since"] == "2026-06-25T06:50:00+07:00" and told["note"] == "kiểm tra quy tắc"
    assert "Chưa gửi gì cho đến khi gửi tiếp" in office.run("why-not", "HS-1", "an").stdout
    assert office.run("status", "--check", check=False).returncode == 1
    office.go_on_to("2026-06-26 09:00")
    office.run("release")
    office.settle()
    told = office.told()
    assert {code: message.lines for code, message in told.items()} == {
        "an": {"HS-1": "overdue", "HS-2": "due-today"}, "sep": {"HS-1": "overdue"}}, "in the session that runs, one each"
    assert told["an"].at == "2026-06-26 09:00"
    office.go_on_to("2026-06-26 13:30")
    assert not office.told()
    assert status(office)["delivery"]["held"] is None and "gửi thật" in office.run("status").stdout.splitlines()[0]


def test_what_is_finished_during_a_hold_is_not_told(new_office):
    office = new_office()
    office.list("25/06/2026 06:40", *ROWS)
    office.up()
    office.run("hold", "--all")
    office.go_on_to("2026-06-25 07:30")
    office.list("25/06/2026 09:00", ROWS[0] | FINISHED, ROWS[1])
    office.go_on_to("2026-06-25 12:00")
    office.run("release")
    office.settle()
    assert not office.told(), "no session runs at noon"
    office.go_on_to("2026-06-25 13:30")
    told = office.told()
    assert {code: message.lines for code, message in told.items()} == {"an": {"HS-2": "at-risk"}} and told["an"].late


def test_what_is_in_flight_ends_and_what_is_queued_stays(new_office, new_stub):
    stub = new_stub(SILENCE)
    office = new_office(rules=RULES.replace("[assignee, head]", "[assignee]"), channels=stub.channel("mail", "timeout: 30"))
    office.list("25/06/2026 06:40", ROWS[0], dossier("HS-3", due="24/06/2026 17:00", holder="binh"))
    office.start_daemon()
    office.set_clock("2026-06-25 07:30")
    office.ask("POKE")
    office.wait_for(lambda: len(office.query("SELECT id FROM notices WHERE state = 'queued'")) == 2)
    office.run("hold", "--all")
    office.start_worker("mail")
    office.await_workers()
    office.settle()
    assert not stub.posts, "queued before the hold, and kept"
    office.run("release")
    office.wait_for(lambda: stub.posts)
    office.run("hold", "--all")
    stub.let_go()
    office.settle()
    sent = len(stub.posts)
    assert sent >= 1
    office.step_to("2026-06-25 07:35")
    assert len(stub.posts) == sent


def test_off_holds_as_well_and_a_restart_changes_nothing(new_office):
    office = new_office(delivery="delivery: off")
    office.list("25/06/2026 06:40", *ROWS)
    office.up()
    assert "TẮT GỬI" in office.run("status").stdout.splitlines()[0]
    office.go_on_to("2026-06-25 07:30")
    office.down()
    office.up()
    office.go_on_to("2026-06-25 13:30")
    assert not office.told()
    office.set_settings(delivery="delivery: live")
    office.reload()
    office.settle()
    told = office.told()
    assert sorted(told) == ["an", "sep"] and told["an"].late and told["an"].at == "2026-06-25 13:30"


def test_hold_says_what_it_does_and_is_written_down(new_office):
    office = new_office()
    assert office.run("hold", check=False).returncode == 2
    assert "không có lệnh ngừng gửi nào" in office.run("release").stdout
    office.run("hold", "--all")
    assert "đã ngừng gửi từ" in office.run("hold", "--all").stdout
    assert json.loads(office.run("release", "--json").stdout)["delivery"]["held"] is None
    assert [row["verb"] for row in office.query("SELECT verb FROM actions WHERE verb IN ('hold', 'release') ORDER BY id")] == ["hold", "release"]

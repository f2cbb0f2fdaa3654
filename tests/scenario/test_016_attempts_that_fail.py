"""A worker that dies, a server that is busy or silent: the same identity again, counted; never two undelivered notices of one person."""
import pytest

from harness.office import RULES, dossier
from harness.stubs import NO_ANSWER, SILENCE

OVERDUE = dossier("HS-1", due="24/06/2026 17:00")
FINISHED = OVERDUE | {"Trạng thái": "Đã xử lý xong", "Ngày kết thúc xử lý": "25/06/2026 07:40"}
ONE_READER = RULES.replace("[assignee, head], repeat: 1wd", "[assignee]")


@pytest.fixture
def posting(new_office, new_stub):
    """An office whose one channel posts to a stub that answers as told."""

    def make(*answers, rows=(OVERDUE,)):
        stub = new_stub(*answers)
        office = new_office(rules=ONE_READER, channels=stub.channel("mail", "timeout: 30"))
        office.list("25/06/2026 06:40", *rows)
        office.up()
        return office, stub

    return make


def notices(office):
    return [tuple(row) for row in office.query("SELECT state, attempts, ambiguous FROM notices ORDER BY id")]


def undelivered(office):
    return office.query("SELECT count(*) AS n FROM notices WHERE state IN ('queued', 'in-flight')")[0]["n"]


def test_a_worker_that_dies_in_flight_is_counted_and_the_same_identity_goes_again(posting):
    office, stub = posting(SILENCE)
    office.set_clock("2026-06-25 07:30")
    office.ask("POKE")
    office.wait_for(lambda: stub.posts)
    office.kill("worker-mail")
    stub.let_go()
    office.start_worker("mail")
    office.settle()
    first, second = stub.posts
    assert (first["id"], first["bytes"]) == (second["id"], second["bytes"])
    assert notices(office) == [("sent", 2, 1)]
    assert [row["verdict"] for row in office.query("SELECT verdict FROM attempts ORDER BY attempt")] == ["lost", "delivered"]


def test_try_later_waits_as_long_as_the_server_asks(posting):
    office, stub = posting((503, {"Retry-After": "600"}))
    office.step_to("2026-06-25 07:30")
    assert len(stub.posts) == 1
    assert notices(office) == [("queued", 1, 0)]
    office.step_to("2026-06-25 07:39")
    assert len(stub.posts) == 1
    office.step_to("2026-06-25 07:41")
    assert [post["answer"] for post in stub.posts] == [(503, {"Retry-After": "600"}), 200]
    assert notices(office) == [("sent", 2, 0)]


def test_what_finishes_while_it_waits_is_withdrawn(posting):
    office, stub = posting((503, {"Retry-After": "600"}), rows=(OVERDUE, dossier("HS-2", due="24/06/2026 17:00")))
    office.step_to("2026-06-25 07:30")
    assert stub.posted() == [("an", ["HS-1", "HS-2"])]
    office.list("25/06/2026 07:30", FINISHED, dossier("HS-2", due="24/06/2026 17:00"))
    office.step_to("2026-06-25 07:41")
    assert stub.posted() == [("an", ["HS-2"])]
    assert [state for state, *_ in notices(office)] == ["withdrawn", "sent"]


def test_the_only_item_finishes_while_it_waits(posting):
    office, stub = posting((503, {"Retry-After": "600"}))
    office.step_to("2026-06-25 07:30")
    office.list("25/06/2026 07:30", FINISHED)
    office.go_on_to("2026-06-25 14:00")
    assert len(stub.posts) == 1
    assert [state for state, *_ in notices(office)] == ["withdrawn"]


def test_the_next_opening_merges_old_and_new(posting):
    office, stub = posting(*[(503, {"Retry-After": "3000"})] * 5, rows=(OVERDUE, dossier("HS-2", due="25/06/2026 11:00")))
    for clock in ("07:30", "08:25", "09:20", "10:15", "11:10", "11:29", "11:31", "13:00"):
        office.step_to(f"2026-06-25 {clock}")
        assert undelivered(office) == 1
    tries = len(stub.posts)
    assert tries == 5, "none after 11:30: an attempt never begins outside its session"
    assert len({post["id"] for post in stub.posts}) == 1
    office.step_to("2026-06-25 13:30")
    last = stub.posts[-1]["body"]["data"]
    assert [line["code"] for line in last["lines"]] == ["HS-1", "HS-2"]
    assert last["late"] and last["identity"] != stub.posts[0]["body"]["data"]["identity"]
    assert len(stub.posts) == tries + 1
    assert [state for state, *_ in notices(office)] == ["withdrawn", "sent"]


def test_an_answer_that_was_lost_is_asked_for_again_with_the_same_bytes(posting):
    office, stub = posting(NO_ANSWER)
    office.step_to("2026-06-25 07:30")
    office.step_to("2026-06-25 08:30")
    first, second = stub.posts
    assert (first["id"], first["bytes"]) == (second["id"], second["bytes"])
    assert notices(office) == [("sent", 2, 1)]


def test_after_three_lost_answers_it_stops_and_the_admin_is_told(posting):
    office, stub = posting(NO_ANSWER, NO_ANSWER, NO_ANSWER)
    for clock in ("07:30", "08:30", "09:30", "10:30", "11:30"):
        office.step_to(f"2026-06-25 {clock}")
    assert len(stub.posts) == 3
    assert len({post["id"] for post in stub.posts}) == 1
    assert notices(office)[0] == ("dead", 3, 3)
    stub.posts.clear()
    office.go_on_to("2026-06-26 07:30")
    assert ("quantri", [""]) in stub.posted()
    assert office.run("queue", "--json").stdout.count('"dead"') >= 1


def test_a_lost_answer_of_a_channel_that_is_no_more_is_given_up_and_the_admin_is_told(posting, new_stub):
    office, stub = posting(NO_ANSWER)
    office.step_to("2026-06-25 07:30")
    assert notices(office) == [("queued", 1, 1)]
    other = new_stub()
    office.set_settings(channels=other.channel("post", "timeout: 30"), rules=ONE_READER.replace("via: [mail]", "via: [post]"))
    office.reload()
    office.start_worker("post")
    office.step_to("2026-06-25 13:30")
    assert notices(office)[0] == ("dead", 1, 1)
    assert len(stub.posts) == 1
    office.go_on_to("2026-06-26 07:30")
    assert "quantri" in [person for person, _ in other.posted()]


@pytest.mark.parametrize("status", [401, 410])
def test_a_broken_channel_is_parked_and_probed(posting, status):
    office, stub = posting(status)
    office.step_to("2026-06-25 07:30")
    assert len(stub.posts) == 1
    assert office.ask("STATUS")["channels"][0]["parked"]["detail"].startswith(f"HTTP {status}")
    assert notices(office) == [("queued", 1, 0)]
    for minute in range(31, 60, 2):
        office.step_to(f"2026-06-25 07:{minute}")
        if len(stub.posts) > 1:
            break
    assert not office.ask("STATUS")["channels"][0]["parked"]
    assert notices(office) == [("sent", 2, 0)], "the far side refused it: nothing was delivered twice"


def test_a_daemon_that_dies_while_a_notice_is_under_way_hears_of_it_afterwards(posting):
    office, stub = posting(SILENCE)
    office.set_clock("2026-06-25 07:30")
    office.ask("POKE")
    office.wait_for(lambda: stub.posts)
    office.down()
    office.start_daemon()
    stub.let_go()
    office.settle()
    assert len(stub.posts) == 1
    assert notices(office) == [("sent", 1, 0)]

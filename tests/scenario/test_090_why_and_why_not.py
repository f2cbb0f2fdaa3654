"""Afterwards one can ask: why tells an item's story in order, why-not what stopped it or when it comes, history what a person got."""
import json
import re

import pytest

from harness.office import PEOPLE, RULES, changed, dossier

OVERDUE = dossier("HS-1", due="24/06/2026 17:00")
FINISHED = {"Trạng thái": "Đã xử lý xong", "Ngày kết thúc xử lý": "25/06/2026 08:30"}


def ask(office, *words):
    return json.loads(office.run(*words, "--json").stdout)


def why_not(office, code, person):
    """{step: answer} of the rule ho-so, and the rest."""
    told = ask(office, "why-not", code, person)
    return {line["step"]: line["answer"] for line in told["lines"]}, told


def test_the_story_is_told_in_order(new_office):
    office = new_office()
    office.list("25/06/2026 06:40", OVERDUE, dossier("HS-2", due="26/06/2026 17:00"))
    office.up()
    office.go_on_to("2026-06-25 07:30")
    office.go_on_to("2026-06-25 09:00")
    office.list("25/06/2026 09:00", OVERDUE | FINISHED, dossier("HS-2", due="26/06/2026 17:00"))
    office.go_on_to("2026-06-25 13:30")
    told = ask(office, "why", "HS-1", "an")
    assert [event["event"] for event in told["events"]] == ["came", "decided", "decided", "decided", "noticed", "attempt", "came"]
    assert [event["at"] for event in told["events"]] == sorted(event["at"] for event in told["events"])
    decided = [(event["step"], event["state"], event["reason"]) for event in told["events"] if event["event"] == "decided"]
    assert decided == [("at-risk", "suppressed", "superseded"), ("due", "suppressed", "superseded"), ("overdue", "sent", "")]
    attempt = next(event for event in told["events"] if event["event"] == "attempt")
    assert (attempt["verdict"], attempt["person"]) == ("delivered", "an")
    everybody = {event.get("person") for event in ask(office, "why", "HS-1")["events"]}
    assert everybody == {None, "an", "sep"}
    text = office.run("why", "HS-1", "an", "--lang", "en").stdout
    assert re.search(r"step ho-so/overdue reached \(at 24/06/2026 17:00\): Nguyễn Văn An \(an\) is to be told, held for the opening 25/06/2026 07:30", text)
    assert "is not told, a later step was reached for the same person" in text
    assert "put into notice 1 to Nguyễn Văn An (an) by mail: Overdue (NEW), with 1 others" in text
    assert "notice 1, attempt 1 by mail: delivered" in text
    assert "Status: In progress → Settled" in text
    assert text.splitlines()[-1].startswith("By what is known now nothing more comes")


def test_what_is_dropped_before_it_leaves_says_why(new_office):
    office = new_office()
    office.list("25/06/2026 06:40", OVERDUE)
    office.up()
    office.list("25/06/2026 06:50", OVERDUE | {"Trạng thái": "Yêu cầu bổ sung giấy tờ"})
    office.go_on_to("2026-06-25 07:30")
    assert not office.told()
    told = ask(office, "why", "HS-1", "an")
    dropped = [event for event in told["events"] if event["reason" if "reason" in event else "event"] == "paused"]
    assert dropped, told["events"]
    answers, told = why_not(office, "HS-1", "an")
    assert (told["standstill"], told["told"], told["comes"]) == ("paused", False, None)
    assert answers["overdue"] == "suppressed"
    assert "đang tạm dừng" in office.run("why-not", "HS-1", "an").stdout


def test_why_not_says_what_stopped_it_or_when_it_comes(new_office):
    office = new_office(people=changed(changed(PEOPLE, "binh", email=""), "dung", active="no"))
    office.list("25/06/2026 06:40", OVERDUE, dossier("HS-2", due="29/06/2026 10:00"), dossier("HS-3", due="24/06/2026 17:00", holder="binh"),
                dossier("HS-4", due="24/06/2026 17:00", holder="dung", unit="tu"), dossier("HS-5", due=""))
    office.up()
    answers, told = why_not(office, "HS-2", "an")
    assert answers == {"at-risk": "ahead", "due": "ahead", "overdue": "ahead", "escalate": "not-named"}
    assert told["comes"] == "2026-06-25T13:30:00+07:00"
    answers, told = why_not(office, "HS-1", "an")
    assert answers["overdue"] == "held" and told["comes"] == "2026-06-25T07:30:00+07:00"
    office.go_on_to("2026-06-25 07:30")
    answers, told = why_not(office, "HS-1", "an")
    assert answers["overdue"] == "told" and told["told"] and told["comes"] == "2026-06-26T07:30:00+07:00"
    answers, told = why_not(office, "HS-1", "pct2")
    assert answers["escalate"] == "ahead" and told["comes"] == "2026-06-29T07:30:00+07:00"
    assert "would fall on 26/06/2026 17:00" in office.run("why-not", "HS-1", "pct2", "--lang", "en").stdout
    answers, told = why_not(office, "HS-1", "ct")
    assert set(answers.values()) == {"not-named"} and told["comes"] is None
    answers, told = why_not(office, "HS-3", "binh")
    assert answers["overdue"] == "replaced" and told["active"]
    assert "không có địa chỉ dùng được" in office.run("why-not", "HS-3", "binh").stdout
    answers, told = why_not(office, "HS-4", "dung")
    assert answers["overdue"] == "replaced" and not told["active"]
    answers, told = why_not(office, "HS-5", "an")
    assert set(answers.values()) == {"no-deadline", "not-named"}


@pytest.mark.parametrize("match, answer", [("{kind: task}", "other-kind"), ("{kind: dossier, unit: [tu]}", "other-unit"),
                                           ("{kind: dossier, field: [Hộ tịch]}", "other-items")])
def test_a_rule_that_is_for_others_says_so(new_office, match, answer):
    office = new_office(rules=RULES.replace("{kind: dossier}", match))
    office.list("25/06/2026 06:40", OVERDUE)
    assert why_not(office, "HS-1", "an")[0] == {None: answer}


def test_what_cannot_leave_says_where_it_is_stuck(new_office, new_stub):
    stub = new_stub()
    office = new_office(rules=RULES.replace("[assignee, head]", "[assignee]"), channels=stub.channel("mail", "timeout: 30"))
    office.list("25/06/2026 06:40", OVERDUE)
    office.start_daemon()
    office.set_clock("2026-06-25 07:30")
    office.ask("POKE")
    office.wait_for(lambda: office.query("SELECT id FROM notices WHERE state = 'queued'"))
    answers, told = why_not(office, "HS-1", "an")
    assert answers["overdue"] == "noticed" and not told["told"]
    assert "trong thông báo 1, chưa đến nơi" in office.run("why-not", "HS-1", "an").stdout


def test_history_has_every_message_of_a_person(new_office):
    office = new_office()
    office.list("25/06/2026 06:40", *(dossier(f"HS-{n}", due="24/06/2026 17:00") for n in range(1, 21)))
    office.up()
    office.go_on_to("2026-06-25 07:30")
    office.go_on_to("2026-06-26 07:30")
    told = ask(office, "history", "an")
    assert [(len(message["lines"]), message["state"]) for message in told["messages"]] == [(20, "sent"), (20, "sent")]
    assert [message["sent"][:16] for message in told["messages"]] == ["2026-06-25T07:30", "2026-06-26T07:30"]
    assert [len(ask(office, "history", "an", "--from", when)["messages"]) for when in ("25/06/2026", "26/06/2026", "27/06/2026")] == [2, 1, 0]
    assert [len(ask(office, "history", "an", "--to", when)["messages"]) for when in ("25/06/2026", "26/06/2026 07:30", "24/06/2026")] == [1, 1, 0]
    text = office.run("history", "an").stdout
    assert "và 5 việc khác" in text and "đã gửi 2 tin" in text
    assert "chưa" not in office.run("history", "dung").stdout


def test_a_misspelt_code_or_name_is_met_with_the_nearest(new_office):
    office = new_office()
    office.list("25/06/2026 06:40", dossier("H24.17-0001", due="24/06/2026 17:00"))
    for words in (("why", "H24.17-0002"), ("why-not", "H24.17-001", "an"), ("item", "H24.17_0001"), ("explain", "H2417-0001")):
        done = office.run(*words, check=False)
        assert done.returncode == 1 and 'có phải là "H24.17-0001"?' in done.stderr, done.stderr
    for words in (("why", "H24.17-0001", "ann"), ("why-not", "H24.17-0001", "an1"), ("history", "Nguyễn Văn Anh")):
        done = office.run(*words, check=False)
        assert done.returncode == 1 and 'có phải là "an"?' in done.stderr, done.stderr
    assert office.run("history", "an", "--from", "tomorrow", check=False).returncode == 2

"""A finish date moved back, or an original deadline changed, is told to a leader once, from when to when and by which source, of finished work too."""
from harness.office import RULES, dossier

STEPS = RULES + """      - {name: moved-back, when: finish-moved-back, tell: [vice-chair]}
"""
LATE = dossier("HS-1", due="23/06/2026 17:00", status="Đã xử lý xong", finished="24/06/2026 10:00")
BACK = LATE | {"Ngày kết thúc xử lý": "23/06/2026 16:30"}


def test_a_finish_date_that_was_moved_back(new_office):
    office = new_office(at="2026-06-25 06:50", rules=STEPS)
    office.list("25/06/2026 06:50", LATE, dossier("HS-2", due="01/07/2026 17:00"))
    office.up()
    office.go_on_to("2026-06-25 09:00")
    assert not office.all_told()
    office.list("25/06/2026 09:00", BACK, dossier("HS-2", due="01/07/2026 17:00"))
    office.go_on_to("2026-06-25 13:30")
    told = office.told()
    assert list(told) == ["pct2"]
    said = "ngày kết thúc xử lý bị sửa lùi: từ 10:00 ngày 24/6/2026 thành 16:30 ngày 23/6/2026, theo motcua ho-so-2.csv:2"
    assert said in told["pct2"].text and said in told["pct2"].html
    assert "CẦN BIẾT · 1" in told["pct2"].text and told["pct2"].subject.startswith("[Nhắc việc] 1 hồ sơ cần biết")
    office.reload()
    office.go_on_to("2026-06-29 17:00")
    assert not [message for message in office.all_told() if message.person == "pct2"]


def test_the_daemon_dies_before_it_leaves(new_office):
    office = new_office(at="2026-06-25 06:50", rules=STEPS)
    office.list("25/06/2026 06:50", LATE)
    office.up()
    office.go_on_to("2026-06-25 14:00")
    office.list("25/06/2026 14:00", BACK)
    office.settle()
    office.down()
    office.set_clock("2026-06-26 08:00")
    office.set_settings(rules=STEPS.replace("name: moved-back", "name: renamed"))
    office.up()
    office.go_on_to("2026-06-26 17:00")
    assert [message.person for message in office.all_told()] == ["pct2"], "renamed while it waited: told, and once"

"""A finish date moved back, or the first promise of finished work rewritten, is told to a leader, once each time."""
from harness.office import RULES, dossier

WITH_EVENTS = RULES + """\
      - {name: moved-back, when: finish-moved-back, tell: [vice-chair]}
      - {name: rewritten, when: original-deadline-changed, tell: [vice-chair]}
"""
DONE = "Đã xử lý xong"


def finished(due, at):
    return dossier("HS-1", due=due, status=DONE, finished=at)


def test_the_vice_chair_is_told_of_each_once(new_office):
    office = new_office(at="2026-06-24 06:50", rules=WITH_EVENTS)
    office.list("24/06/2026 06:45", finished("22/06/2026 17:00", "23/06/2026 10:00"))
    office.up()
    office.go_on_to("2026-06-24 07:30")
    assert "pct2" not in office.told()  # finished late: no news yet
    office.set_clock("2026-06-25 06:50")
    office.list("25/06/2026 06:45", finished("22/06/2026 17:00", "22/06/2026 16:00"))
    office.go_on_to("2026-06-25 07:30")
    told = office.told()["pct2"]
    assert "HS-1" in told.text and "23/6/2026" in told.text and "22/6/2026" in told.text
    for when in ("2026-06-25 13:30", "2026-06-26 07:30"):
        office.go_on_to(when)
        assert "pct2" not in office.told()
    office.set_clock("2026-06-29 06:50")
    office.list("29/06/2026 06:45", finished("24/06/2026 17:00", "22/06/2026 16:00"))
    office.go_on_to("2026-06-29 07:30")
    assert "HS-1" in office.told()["pct2"].text
    # The same list once more, and a restart: nothing is told again.
    office.set_clock("2026-06-30 06:50")
    office.list("30/06/2026 06:45", finished("24/06/2026 17:00", "22/06/2026 16:00"))
    office.down()
    office.up()
    office.go_on_to("2026-06-30 07:30")
    assert "pct2" not in office.told()

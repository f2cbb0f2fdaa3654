"""Directive tasks are told by a rule of their own, in the same message as dossiers; a task without deadline to nobody."""
from harness.office import TASKS, dossier, task


def test_tasks_beside_dossiers(new_office):
    office = new_office(rules=TASKS)
    office.list("25/06/2026 06:40", dossier("HS-1", due="24/06/2026 17:00"))
    office.import_rows("items", [task("NV-1", "29/06/2026"), task("NV-2", "23/06/2026"), task("NV-3", ""), task("NV-4", "30/07/2026"),
                                 task("NV-5", "23/06/2026", status="hoàn thành", finished_on="22/06/2026")],
                       "--feed", "nhiem-vu", "--as-of", "25/06/2026 06:41")
    office.up()
    office.go_on_to("2026-06-25 07:30")
    told = office.told()
    assert told["an"].lines == {"NV-2": "overdue", "HS-1": "overdue", "NV-1": "at-risk"}
    assert "2 việc quá hạn, 1 sắp đến hạn" in told["an"].subject, told["an"].subject
    assert sorted(told["sep"].lines) == ["HS-1", "NV-2"]
    assert sorted(told["pct2"].lines) == ["NV-2"]
    assert set(told) == {"an", "sep", "pct2"}


def test_tasks_without_deadline_are_told_to_the_leader_once_a_week_all_at_once(new_office):
    weekly = TASKS + "      - {name: weekly, of: no-deadline, after: 7d, repeat: 7d, tell: [vice-chair]}\n"
    office = new_office(at="2026-06-15 06:50", rules=weekly)
    office.import_rows("items", [task("NV-1", "", document_date="02/06/2026"), task("NV-2", "", document_date="11/06/2026"),
                                 task("NV-3", "", recurrence="thường xuyên"), task("NV-4", "31/07/2026")],
                       "--feed", "nhiem-vu", "--as-of", "15/06/2026 06:41")
    office.up()
    office.go_on_to("2026-06-30 18:00")
    told = [(message.at, message.person, sorted(message.lines)) for message in office.all_told()]
    assert told == [(f"2026-06-{day} 07:30", "pct2", ["NV-1", "NV-2"]) for day in (15, 22, 29)], told
    office.import_rows("items", [task("NV-1", "", status="hoàn thành", finished_on="30/06/2026"), task("NV-2", "31/08/2026"),
                                 task("NV-3", "", recurrence="thường xuyên"), task("NV-4", "31/07/2026")],
                       "--feed", "nhiem-vu", "--as-of", "30/06/2026 17:41")
    office.go_on_to("2026-07-10 18:00")
    assert not office.all_told()

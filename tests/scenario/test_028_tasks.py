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

"""A history that was cut off under the daemon is not sealed on: it says so, and the admin is told each day until it fits."""
import sqlite3

from harness.office import dossier


def test_the_admin_is_told(new_office):
    office = new_office(at="2026-06-24 06:50")
    office.list("24/06/2026 06:45", dossier("HS-1", due="30/06/2026 17:00"), dossier("HS-2", due="30/06/2026 17:00"))
    office.up()
    office.go_on_to("2026-06-24 07:30")
    assert "quantri" not in office.told()
    with sqlite3.connect(office.directory / "kiphan.db") as store:
        store.executescript("""DROP TRIGGER item_history_is_kept;
                               DELETE FROM item_history WHERE id = (SELECT max(id) FROM item_history)""")
        rows = store.execute("SELECT max(id) + 1 FROM item_history").fetchone()[0]
    office.go_on_to("2026-06-25 07:30")  # the first opening of a day looks after troubles (R14)
    told = office.told()["quantri"]
    assert told.lines == {f"system:history:{rows}": "system"}
    assert f"dòng {rows}" in told.text
    office.go_on_to("2026-06-26 07:30")
    assert office.told()["quantri"].lines == {f"system:history:{rows}": "system"}

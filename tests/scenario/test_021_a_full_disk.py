"""A full disk, or an outbox that is gone: work waits, it is said, and nothing is lost or told twice."""
import sqlite3
from contextlib import closing

from harness.office import dossier
from harness.small_disk import fill, on_small_disk

ROWS = [dossier(f"HS-{number:03}", due="24/06/2026 17:00") for number in range(1, 31)]


def move_store(office, disk):
    """Put the store on another disk, before anything runs."""
    for path in list(office.directory.glob("kiphan.db*")):
        (disk / path.name).write_bytes(path.read_bytes())
        path.unlink()
    (office.directory / "kiphan.db").symlink_to(disk / "kiphan.db")
    text = office.settings.read_text(encoding="utf-8")
    office.settings.write_text(text.replace(f"{office.directory}/kiphan.db", f"{disk}/kiphan.db"), encoding="utf-8")


def test_the_store_s_disk_is_full_at_an_opening(new_office):
    office = new_office()
    disk = office.directory / "disk"

    def morning():
        move_store(office, disk)
        office.list("25/06/2026 06:40", *ROWS)
        office.up()
        with closing(sqlite3.connect(disk / "kiphan.db")) as store:
            store.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # what it holds would be room for a while
        filler = fill(disk)
        office.set_clock("2026-06-25 07:30")
        office.ask("POKE")
        office.wait_for(lambda: "the store fails, work waits" in office.log("kiphand"))
        assert not office.ask("STATUS")["settled"], "it still answers"
        refused = office.list("25/06/2026 07:29", *ROWS, check=False)
        assert refused.returncode == 4 and "full" in refused.stderr, refused.stdout + refused.stderr
        assert not office.told()
        filler.unlink()
        office.settle()
        told = office.told()
        assert sorted(told) == ["an", "sep"]
        assert len(told["an"].lines) == 30
        assert len(office.messages()) == 2
        assert office.query("PRAGMA integrity_check")[0][0] == "ok"
        office.close()

    on_small_disk(disk, 8192, morning)


def test_the_outbox_is_gone_for_an_hour(new_office):
    office = new_office()
    office.list("25/06/2026 06:40", *ROWS)
    office.up()
    office.outbox.rmdir()
    office.step_to("2026-06-25 07:30")
    assert office.ask("STATUS")["channels"][0]["parked"]
    office.step_to("2026-06-25 07:40")
    assert not office.told()
    office.outbox.mkdir()
    for clock in ("08:45", "10:50"):
        office.step_to(f"2026-06-25 {clock}")
    told = office.told()
    assert sorted(told) == ["an", "sep"]
    assert len(office.messages()) == 2

"""A second daemon refuses and names the first; while another process holds the store the daemon goes on, and catches up after."""
import fcntl
import subprocess

from harness.office import dossier


def test_the_second_daemon_names_the_first(new_office):
    office = new_office()
    office.up()
    first = office.processes["kiphand"].pid
    office.start("second", "kiphand")
    assert office.processes["second"].wait(timeout=20) != 0
    assert str(first) in office.log("second")
    assert office.ask("STATUS")["settled"]


def test_a_store_that_is_held_is_waited_for(new_office):
    office = new_office()
    office.list("25/06/2026 06:40", dossier("HS-1", due="24/06/2026 17:00"))
    office.up()
    with open(office.directory / "kiphan.db.lock", "r+", encoding="ascii") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        office.set_clock("2026-06-25 07:30")
        office.ask("POKE")
        office.wait_for(lambda: "the store is busy, work waits" in office.log("kiphand"))
        reply = office.ask("STATUS")
        assert reply and not reply["settled"], "it answers, and says that something is due"
    office.settle()
    assert sorted(office.told()) == ["an", "sep"]


def test_a_stopped_command_does_not_stop_the_daemon(new_office):
    office = new_office()
    office.list("25/06/2026 06:40", *(dossier(f"HS-{number}", due="24/06/2026 17:00") for number in range(3)))
    office.up()
    reader = subprocess.run(["/usr/bin/python3", "-c", "import sqlite3, sys; s = sqlite3.connect(sys.argv[1]); s.execute('BEGIN'); "
                             "print(s.execute('SELECT count(*) FROM items').fetchone()[0])", str(office.directory / "kiphan.db")],
                            capture_output=True, text=True, check=True)
    assert reader.stdout.strip() == "3"
    office.go_on_to("2026-06-25 07:30")
    assert sorted(office.told()) == ["an", "sep"]

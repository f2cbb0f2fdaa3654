"""kiphan verify against who can write the store and has not the key: the real
programs, the daemon sealing."""
import json
import os
import shutil
import sqlite3

import pytest

from tests.system.test_cli import AS_OF, OFFICE, OVERDUE, ROWS, Office, write_list
from tests.system.test_cli import fresh, office  # noqa: F401 - fixtures

LATER = "25/06/2026 07:20"


@pytest.fixture
def sealed(office):
    """The sample office whose history the daemon has sealed."""
    office.start_daemon()
    office.settle()
    return office


def verify(office, code=0):
    return office.ask_json("verify", code=code)


def attack(office, sql):
    """Write the store as its owner can: without the triggers."""
    with sqlite3.connect(office.directory / "kiphan.db") as store:
        store.executescript("DROP TRIGGER IF EXISTS item_history_stays; DROP TRIGGER IF EXISTS item_history_is_kept;" + sql)


def count(office):
    with sqlite3.connect(office.directory / "kiphan.db") as store:
        return store.execute("SELECT count(*) FROM item_history").fetchone()[0]


def moved(office):
    """One more change by list, which writes one row of history."""
    rows = [list(row) for row in ROWS]
    rows[0][8] = "29/06/2026 17:00"
    office.run("import", "items", write_list(office.directory / "moved.csv", rows), "--feed", "motcua", "--as-of", LATER)


def test_the_daemon_seals_what_was_imported(sealed):
    found = verify(sealed)
    assert found["good"] and found["fault"] is None
    assert found["rows"] == count(sealed) > 20
    assert found["seal"]["state"] == "good"
    assert found["seal"]["rows"] == found["rows"] and found["seal"]["awaiting"] == 0
    moved(sealed)
    sealed.settle()
    again = verify(sealed)
    assert again["seal"]["rows"] == again["rows"] == found["rows"] + 1
    assert again["seal"]["sequence"] > found["seal"]["sequence"]
    assert "the history is sealed from now on" in sealed.log("kiphand")


def test_rows_of_a_command_while_the_daemon_is_down_await_sealing(sealed):
    sealed.kill("kiphand")
    moved(sealed)
    found = verify(sealed)
    assert found["good"] and found["seal"]["awaiting"] == 1
    # What a daemon that was killed while it wrote the seal leaves behind.
    (sealed.directory / "kiphan.db.seal.new").write_text("kiphan-history-se")
    sealed.start_daemon()
    sealed.settle()
    assert verify(sealed)["seal"]["awaiting"] == 0


def test_a_changed_row_is_named_with_item_and_field(sealed):
    attack(sealed, f"""UPDATE item_history SET value_after = '2026-06-30 17:00' WHERE field = 'due' AND item =
                       (SELECT id FROM items WHERE code = '{OVERDUE}')""")
    found = verify(sealed, code=1)
    assert not found["good"]
    assert found["fault"]["kind"] == "changed" and found["fault"]["code"] == OVERDUE and found["fault"]["field"] == "due"
    assert found["fault"]["learnt"] == "2026-06-25T07:10:00+07:00"
    said = sealed.run("verify", "--lang", "en", check=False)
    assert said.returncode == 1
    assert f"row {found['fault']['row']} is not as it was written" in said.stdout and OVERDUE in said.stdout
    assert "30/06/2026 17:00" in said.stdout


def test_the_last_row_removed_is_found(sealed):
    rows = count(sealed)
    attack(sealed, f"DELETE FROM item_history WHERE id = {rows}")
    assert verify(sealed, code=1)["fault"] == {
        "kind": "missing", "row": rows, "fits_until": rows - 1, "code": None, "happened": None, "learnt": None, "field": None,
        "before": None, "after": None, "source": None, "by": None, "why": None}


def test_a_store_put_back_is_found_by_the_command_and_the_daemon(sealed):
    """The daemon too finds it, when it would seal the next row: it does not, and says so."""
    sealed.stop("kiphand")
    before = sealed.directory / "before.db"
    shutil.copy(sealed.directory / "kiphan.db", before)
    wal = sealed.directory / "kiphan.db-wal"
    if wal.exists():
        shutil.copy(wal, sealed.directory / "before.db-wal")
    moved(sealed)
    sealed.start_daemon()
    sealed.settle()
    sealed.stop("kiphand")
    rows = count(sealed)
    for name in ("", "-wal", "-shm"):
        (sealed.directory / f"kiphan.db{name}").unlink(missing_ok=True)
    with sqlite3.connect(before) as old, sqlite3.connect(sealed.directory / "kiphan.db") as new:
        old.backup(new)
    assert verify(sealed, code=1)["fault"]["row"] == rows
    sealed.start_daemon()
    sealed.settle()
    assert f"the history is not sealed: row {rows} of the history is missing" in sealed.log("kiphand")
    assert verify(sealed, code=1)["fault"]["row"] == rows
    checked = sealed.run("status", "--check", "--json", check=False)
    assert any(one["name"] == "history" and one["health"] == "critical" for one in json.loads(checked.stdout)["checks"])


def test_a_history_written_anew_is_found_by_the_seal_alone(sealed):
    """Every hash right, as the program itself would have written it: only the key is missing."""
    other = Office(sealed.directory / "other")
    other.environment["KIPHAN_SHARE"] = sealed.environment["KIPHAN_SHARE"]
    with other:
        rows = [list(row) for row in ROWS]
        rows[0][8] = "30/06/2026 17:00"
        other.run("init")
        other.run("import", "units", OFFICE / "units.csv")
        other.run("import", "people", OFFICE / "people.csv")
        other.run("import", "calendar", OFFICE / "calendar-2026.csv", "--year", "2026")
        other.run("import", "items", write_list(other.directory / "ho-so.csv", rows), "--feed", "motcua", "--as-of", AS_OF)
        other.run("import", "items", OFFICE / "notice-tasks.csv", "--feed", "nhiem-vu", "--as-of", AS_OF)
        assert count(other) == count(sealed)
        sealed.stop("kiphand")
        for name in ("", "-wal", "-shm"):
            (sealed.directory / f"kiphan.db{name}").unlink(missing_ok=True)
        with sqlite3.connect(other.directory / "kiphan.db") as forged, sqlite3.connect(sealed.directory / "kiphan.db") as store:
            forged.backup(store)
    found = verify(sealed, code=1)
    assert found["fault"]["kind"] == "rewritten"
    # One more row, and the daemon does not seal the forgery either.
    moved(sealed)
    sealed.start_daemon()
    sealed.settle()
    assert "is not the one that was sealed" in sealed.log("kiphand")
    assert verify(sealed, code=1)["fault"]["kind"] == "rewritten"


def test_a_changed_seal_is_found(sealed):
    seal = sealed.directory / "kiphan.db.seal"
    text = seal.read_text()
    seal.write_text(text.replace("sequence 1\n", "sequence 2\n"))
    found = verify(sealed, code=1)
    assert found["seal"]["state"] == "wrong" and found["fault"] is None
    assert "THE SEAL IS WRONG" in sealed.run("verify", "--lang", "en", check=False).stdout


def test_a_seal_taken_away_or_put_back_is_found_by_the_daemon_that_made_it(sealed):
    seal = sealed.directory / "kiphan.db.seal"
    old = seal.read_text()
    moved(sealed)
    sealed.settle()
    seal.write_text(old)
    rows = [list(row) for row in ROWS]
    rows[0][8] = "30/06/2026 17:00"
    sealed.run("import", "items", write_list(sealed.directory / "again.csv", rows), "--feed", "motcua", "--as-of", "25/06/2026 07:25")
    sealed.settle()
    assert "an older one was put back" in sealed.log("kiphand")


def test_without_a_key_rows_are_checked_and_the_rest_is_said(office):
    office.settings.write_text(office.settings.read_text().replace("history-key:", "#history-key:"))
    office.start_daemon()
    office.settle()
    found = verify(office, code=3)
    assert found["good"] and found["seal"]["state"] == "no-key"
    assert "kiphan key history" in office.run("verify", check=False).stdout
    assert any(one["area"] == "history" and one["state"] == "see-to" and "kiphan key history" in one["text"]
               for one in json.loads(office.run("check", "--json", check=False).stdout)["findings"])
    attack(office, "UPDATE item_history SET login = 'x' WHERE id = 3")
    assert verify(office, code=1)["fault"]["row"] == 3


def test_a_key_that_is_not_there_stops_nothing(office):
    office.history_key.unlink()
    office.start_daemon()
    office.settle()
    assert "the history is not sealed: " in office.log("kiphand")
    assert verify(office, code=3)["seal"]["state"] == "unchecked"
    # Made anew, it seals after a restart.
    made = office.ask_json("key", "history")
    assert made == {"history_key": str(office.history_key), "setting": None}
    assert office.history_key.stat().st_mode & 0o777 == 0o600
    assert verify(office, code=3)["seal"]["state"] == "none"
    office.fails(1, "key", "history")
    office.stop("kiphand")
    office.start_daemon()
    office.settle()
    assert verify(office)["seal"]["state"] == "good"


def test_a_key_may_be_made_anywhere(office, tmp_path):
    made = office.ask_json("key", "history", tmp_path / "elsewhere.key")
    assert made["history_key"] == str(tmp_path / "elsewhere.key") and made["setting"] is None
    office.fails(2, "key", "hystory", tmp_path / "x")


def test_the_key_comes_as_a_credential_too(office):
    text = office.settings.read_text().replace(f"{{file: {office.history_key}}}", "{credential: kiphan-history-key}")
    office.settings.write_text(text)
    (office.directory / "kiphan-history-key").write_text(office.history_key.read_text())
    office.environment["CREDENTIALS_DIRECTORY"] = str(office.directory)
    office.start_daemon()
    office.settle()
    assert verify(office)["seal"]["state"] == "good"


def test_init_for_a_trial_makes_the_key(fresh):
    directory = fresh.directory / "trial"
    fresh.run("init", "--directory", directory)
    assert "history.key" in (directory / "kiphan.yaml").read_text()
    assert os.stat(directory / "history.key").st_mode & 0o777 == 0o600
    assert len((directory / "history.key").read_text().strip()) == 64

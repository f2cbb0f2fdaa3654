#!/usr/bin/python3
"""What kiphan takes of a machine: footprint.py [memory] [times] [idle]      (all three when none is named)

    memory    Pss of kiphand after 100,000 items were imported, evaluated and bundled once; of a worker with its four
              threads after it delivered through a real Postfix over TLS
    times     import, first evaluation and status of 100,000 items, beside a floor of the same run
    idle      voluntary context switches and CPU of kiphand and one worker over 60 s of the real clock

Programs are those of KIPHAN_BIN, by default the release build's.  Prints a table; ends with 1 when a goal is missed.
"""
import csv
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))
os.environ.setdefault("KIPHAN_BIN", str(ROOT / "build/release/bin"))

from harness.installation import HANOI, Installation  # noqa: E402
from harness.mailserver import MailServer  # noqa: E402

EXAMPLE = ROOT / "config/example/kien-an"
ITEMS = 100_000
PER_DAY = 1700  # of which, since April, some 106,000 are in the list
IDLE_SECONDS = 60
GOALS = {"kiphand MB": 20, "worker MB": 25, "switches": 60, "ticks": 1}
missed = []


def say(what, value, unit, goal=None, note=""):
    wanted = "" if goal is None else f"goal {goal}: {'kept' if value <= goal else 'MISSED'}"
    if goal is not None and value > goal:
        missed.append(what)
    shown = f"{value:.2f}" if isinstance(value, float) else str(value)
    print(f"{what:<58} {shown:>9} {unit:<8} {wanted:<18} {note}", flush=True)


# -- an office with many items --------------------------------------------------------------------------------------


def big_list(path):
    """A list of exactly ITEMS dossiers, as at 25/06/2026 07:00."""
    made = subprocess.Popen([sys.executable, EXAMPLE / "make_dossiers.py", "--as-of", "25/06/2026 07:00", "--per-day", str(PER_DAY)],
                            stdout=subprocess.PIPE, text=True, encoding="utf-8")
    with open(path, "w", encoding="utf-8") as out:
        for number, line in enumerate(made.stdout):
            out.write(line if number <= ITEMS else "")
    made.wait()
    assert number >= ITEMS, f"only {number} items"


def prepared(directory, **options):
    kiphan = Installation(directory, **options)
    kiphan.set_clock("2026-06-25T07:20:00+07:00")
    kiphan.run("init")
    for kind, more in (("units", ()), ("people", ()), ("calendar", ("--year", "2026"))):
        kiphan.run("import", kind, EXAMPLE / {"calendar": "calendar-2026.csv"}.get(kind, f"{kind}.csv"), *more)
    return kiphan


def timed(act, *arguments, **options):
    began = time.monotonic()
    act(*arguments, **options)
    return time.monotonic() - began


def pss_mb(process):
    text = Path(f"/proc/{process.pid}/smaps_rollup").read_text()
    return int(re.search(r"(?m)^Pss:\s+(\d+) kB", text).group(1)) / 1024


def peak_mb(process):
    return int(re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{process.pid}/status").read_text()).group(1)) / 1024


# -- floors ---------------------------------------------------------------------------------------------------------


def connected(path):
    store = sqlite3.connect(path, isolation_level=None)
    store.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0")
    return store


def in_batches(store, sql, rows, batch):
    for first in range(0, len(rows), batch):
        store.execute("BEGIN IMMEDIATE")
        store.executemany(sql, rows[first:first + batch])
        store.execute("COMMIT")


def import_floor(path, directory):
    """The cells of the list into one bare table, 1,000 rows a durable transaction."""
    with open(path, encoding="utf-8") as lines:
        rows = list(csv.reader(lines))[1:]
    store = connected(directory / "floor.db")
    store.execute(f"CREATE TABLE rows ({', '.join(f'c{n}' for n in range(len(rows[0])))}, UNIQUE (c1))")
    return timed(in_batches, store, f"INSERT INTO rows VALUES ({', '.join('?' * len(rows[0]))})", rows, 1000)


def evaluation_floor(directory):
    """Each item's next_at written once, 500 a durable transaction, in a copy of the store."""
    with sqlite3.connect(directory / "kiphan.db") as source, sqlite3.connect(directory / "copy.db") as copy:
        source.backup(copy)
    store = connected(directory / "copy.db")
    rows = store.execute("SELECT next_at - 1, id FROM items").fetchall()
    return timed(in_batches, store, "UPDATE items SET next_at = ? WHERE id = ?", rows, 500)


def status_floor(directory):
    """All open items read once."""
    store = sqlite3.connect(f"file:{directory}/kiphan.db?mode=ro", uri=True)
    return timed(lambda: store.execute("SELECT * FROM items WHERE is_open = 1").fetchall())


# -- the three measurements -----------------------------------------------------------------------------------------


def await_settled(kiphan, seconds=600):
    kiphan.settle(seconds)


def many_items(directory, memory, times):
    kiphan = prepared(directory)
    path = directory / "ho-so.csv"
    big_list(path)
    with kiphan:
        took = timed(kiphan.run, "import", "items", path, "--feed", "motcua", "--as-of", "25/06/2026 07:00", check=False, timeout=600)
        known, still = (kiphan.query(f"SELECT count(*) AS n FROM items{where}")[0]["n"] for where in ("", " WHERE is_open = 1"))
        assert known == ITEMS, known
        print(f"{known} items, {still} of them open")
        if times:
            floor = import_floor(path, directory)
            say("import of 100,000 items", took, "s", note=f"{took / floor:.1f} × bare SQLite ({floor:.2f} s)")
            again = timed(kiphan.run, "import", "items", path, "--feed", "motcua", "--as-of", "25/06/2026 07:00", check=False, timeout=600)
            say("the same file once more", again, "s", note=f"{again / floor:.1f} ×")
        daemon = kiphan.start_daemon()
        kiphan.start_worker("mail")
        began = time.monotonic()
        await_settled(kiphan)
        evaluated = time.monotonic() - began
        if memory:
            say("kiphand, 100,000 items evaluated", pss_mb(daemon), "MB Pss", GOALS["kiphand MB"])
        if times:
            floor = evaluation_floor(directory)
            say("first evaluation of 100,000 items", evaluated, "s", note=f"{evaluated / floor:.1f} × bare updates ({floor:.2f} s)")
        took = timed(kiphan.step_to, "2026-06-25T07:30:00+07:00")
        notices = kiphan.query("SELECT count(*) AS n, sum((SELECT count(*) FROM notice_lines WHERE notice = id)) AS m FROM notices WHERE state = 'sent'")[0]
        print(f"{notices['n']} messages with {notices['m']} lines were delivered in {took:.1f} s")
        if memory:
            say("kiphand, and bundled once", pss_mb(daemon), "MB Pss", GOALS["kiphand MB"], f"peak {peak_mb(daemon):.1f} MB resident")
        if times:
            floor = status_floor(directory)
            took = sorted(timed(kiphan.run, "status", check=False) for _ in range(5))[2]
            say("kiphan status with 100,000 items", took, "s", note=f"{took / floor:.1f} × reading the open ones ({floor:.2f} s)")
            poll = sorted(timed(kiphan.ask, "STATUS") for _ in range(21))[10]
            say("kiphand's answer to STATUS", poll * 1000, "ms")


def worker_memory(directory):
    with MailServer() as server:
        kiphan = prepared(directory, channel="smtp", extra=server.channel())
        path = directory / "ho-so.csv"
        with open(path, "w", encoding="utf-8") as out:
            subprocess.run([sys.executable, EXAMPLE / "make_dossiers.py", "--per-day", "20"], stdout=out, check=True)
        with kiphan:
            kiphan.run("import", "items", path, "--feed", "motcua", "--as-of", "25/06/2026 07:00", check=False)
            kiphan.start_daemon()
            worker = kiphan.start_worker("mail")
            kiphan.step_to("2026-06-25T07:30:00+07:00")
            server.wait_empty()
            logins = server.log().count("sasl_username=")
            sent = kiphan.query("SELECT count(*) AS n FROM notices WHERE state = 'sent'")[0]["n"]
            connections = len(set(re.findall(r"smtpd\[(\d+)\]: [0-9A-F]+: client=", server.log())))
            assert sent == logins and sent > 10
            say(f"kiphan-worker, {sent} mails over {connections} TLS connections", pss_mb(worker), "MB Pss", GOALS["worker MB"],
                f"peak {peak_mb(worker):.1f} MB resident")


def switches(process):
    total = 0
    for status in Path(f"/proc/{process.pid}/task").glob("*/status"):
        total += int(re.search(r"(?m)^voluntary_ctxt_switches:\s+(\d+)", status.read_text()).group(1))
    return total


def ticks(process):
    fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def idle(directory):
    os.environ.update(KIPHAN_TEST_HEARTBEAT="10", KIPHAN_TEST_LOST="30")
    kiphan = prepared(directory)
    del kiphan.environment["KIPHAN_CLOCK"]
    path = directory / "ho-so.csv"
    now = datetime.now(HANOI)
    with open(path, "w", encoding="utf-8") as out:
        subprocess.run([sys.executable, EXAMPLE / "make_dossiers.py"], stdout=out, check=True)
    with kiphan:
        kiphan.run("import", "items", path, "--feed", "motcua", "--as-of", f"{now:%d/%m/%Y %H:%M}", check=False)
        programs = {"kiphand": kiphan.start_daemon(), "kiphan-worker": kiphan.start_worker("mail")}
        await_settled(kiphan)
        time.sleep(5)
        before = {name: (switches(process), ticks(process)) for name, process in programs.items()}
        time.sleep(IDLE_SECONDS)
        for name, process in programs.items():
            say(f"{name} idle for {IDLE_SECONDS} s, context switches of all threads", switches(process) - before[name][0], "", GOALS["switches"])
            say(f"{name} idle for {IDLE_SECONDS} s, CPU", ticks(process) - before[name][1], "ticks", GOALS["ticks"])


def main():
    chosen = set(sys.argv[1:]) or {"memory", "times", "idle"}
    if not chosen <= {"memory", "times", "idle"}:
        print(__doc__, file=sys.stderr)
        return 2
    place = Path(tempfile.mkdtemp(prefix="kiphan-bench-"))
    try:
        if chosen & {"memory", "times"}:
            many_items(place / "many", "memory" in chosen, "times" in chosen)
        if "memory" in chosen:
            worker_memory(place / "mail")
        if "idle" in chosen:
            idle(place / "idle")
    finally:
        shutil.rmtree(place, ignore_errors=True)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/python3
"""How long kiphan preview takes: preview.py [DAYS [PER-DAY]]      (60 days, 1650 dossiers received a day: 100,000 in the list)

Seconds of CPU, from a store into which the list was just imported (nothing was looked at before), beside a floor of the same
run: every open item read once for each day, by SQLite alone.  Nothing is finished in the days foretold, so that every open
dossier becomes overdue and is repeated daily: this is the worst that preview can be asked.  Ends with 1 when it takes longer
than the goal.
"""
import json
import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))
os.environ.setdefault("KIPHAN_BIN", str(ROOT / "build/release/bin"))

from harness.installation import Installation  # noqa: E402

EXAMPLE = ROOT / "config/example/kien-an"
GOAL_SECONDS = 10  # for 100,000 items, 60 days


def office(directory, per_day):
    kiphan = Installation(directory)
    kiphan.set_clock("2026-06-25T07:20:00+07:00")
    kiphan.run("init")
    kiphan.run("import", "units", EXAMPLE / "units.csv")
    kiphan.run("import", "people", EXAMPLE / "people.csv")
    kiphan.run("import", "calendar", EXAMPLE / "calendar-2026.csv", "--year", "2026")
    path = Path(directory) / "list.csv"
    with open(path, "w", encoding="utf-8") as out:
        subprocess.run([sys.executable, EXAMPLE / "make_dossiers.py", "--per-day", str(per_day), "--as-of", "25/06/2026 07:00"], stdout=out, check=True)
    kiphan.run("import", "items", path, "--feed", "motcua", "--as-of", "25/06/2026 07:00", check=False, timeout=600)
    return kiphan


def cpu(work):
    """Seconds of CPU of our children, and what the work returned."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    result = work()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, result


def floor(kiphan, days):
    """Seconds of our own CPU to read each open item once for every day, with SQLite and nothing else."""
    start = time.process_time()
    with sqlite3.connect(f"file:{kiphan.directory}/kiphan.db?mode=ro", uri=True) as store:
        for _ in range(days):
            for _ in store.execute("SELECT * FROM items WHERE is_open = 1"):
                pass
    return time.process_time() - start


def main():
    days, per_day = map(int, (sys.argv[1:] + ["60", "1650"][len(sys.argv) - 1:])[:2])
    with tempfile.TemporaryDirectory() as directory, office(directory, per_day) as kiphan:
        items, still = kiphan.query("SELECT count(*), sum(is_open) FROM items")[0]
        seconds, asked = cpu(lambda: kiphan.run("preview", "--to", f"{days}d", "--json", timeout=3600))
        least = floor(kiphan, days)
    print(f"{items} items, {still} of them open; {days} days, {len(json.loads(asked.stdout)['messages'])} messages")
    print(f"preview {seconds:8.1f} s of CPU\nfloor   {least:8.1f} s\nratio   {seconds / least:8.1f}")
    return seconds > GOAL_SECONDS


sys.exit(main())

#!/usr/bin/env python3
"""The main job on the sample office, with the real programs and a set clock: demo.py DIRECTORY

Two lists of dossiers come in, kiphand and a worker start at 07:25 of 25/06/2026, the clock runs sixty times as fast, the
07:30 window opens.  What must arrive is told by tests/oracle, which knows the rules from another hand.
"""
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))
os.environ.setdefault("KIPHAN_BIN", str(ROOT / "build/release/bin"))

from harness.installation import Installation, instant  # noqa: E402

EXAMPLE = ROOT / "config/example/kien-an"
WAIT_SECONDS = 40


def office(directory, **options):
    """Settings, store and everything imported, as on the admin's first morning; options of an Installation."""
    if directory.exists():
        shutil.rmtree(directory)
    kiphan = Installation(directory, **options)
    kiphan.set_clock("2026-06-25T07:20:00+07:00")
    lists = directory / "lists"
    lists.mkdir()
    kiphan.run("init")
    kiphan.run("import", "units", EXAMPLE / "units.csv")
    kiphan.run("import", "people", EXAMPLE / "people.csv")
    kiphan.run("import", "calendar", EXAMPLE / "calendar-2026.csv", "--year", "2026")
    kiphan.run("import", "items", EXAMPLE / "notice-tasks.csv", "--feed", "nhiem-vu", "--as-of", "25/06/2026 07:00", check=False)
    for day in ("24", "25"):
        path = lists / f"ho-so-2026-06-{day}.csv"
        with open(path, "w", encoding="utf-8") as out:
            subprocess.run([sys.executable, EXAMPLE / "make_dossiers.py", "--as-of", f"{day}/06/2026 07:00"], stdout=out, check=True)
        print(kiphan.run("import", "items", path, "--feed", "motcua", "--as-of", f"{day}/06/2026 07:00", "--lang", "en",
                         check=False).stdout, end="")
    return kiphan


def expected():
    """{person: (at risk, due today, overdue, system)} at 07:30, from the oracle."""
    out = subprocess.run([sys.executable, ROOT / "tests/oracle/rules.py", "--demo"], stdout=subprocess.PIPE, text=True, check=True)
    found = {}
    for message in json.loads(out.stdout):
        levels = [line["level"] for line in message["lines"]]
        found[message["person"]] = tuple(levels.count(level) for level in ("at-risk", "due-today", "overdue", "system"))
    return found


def arrived(kiphan):
    found = {}
    for row in kiphan.query("""SELECT n.recipient, n.channel, n.id, l.level, count(*) AS many FROM notices n
                               JOIN notice_lines l ON l.notice = n.id WHERE n.state = 'sent' GROUP BY 1, 2, 3, 4"""):
        counts = found.setdefault(row["recipient"], {"channel": row["channel"], "id": row["id"]})
        counts[row["level"]] = row["many"]
    return found


def levels(counts):
    return tuple(counts.get(level, 0) for level in ("at-risk", "due-today", "overdue", "system"))


def file_of(kiphan, person, number):
    names = [path.name for path in kiphan.outbox.glob(f"*-{person}-{number:06d}.eml")]
    return names[0] if len(names) == 1 else "?"


def show(kiphan, wanted, found):
    names = {row["code"]: row["name"] for row in kiphan.query("SELECT code, name FROM people")}
    print(f"\n{'who':<14} {'name':<22} {'channel':<8} {'at risk':>8} {'today':>6} {'overdue':>8} {'system':>7}  file")
    good = True
    for person in sorted(set(wanted) | set(found)):
        counts = found.get(person)
        as_wanted = counts is not None and levels(counts) == wanted.get(person)
        good &= as_wanted
        numbers = levels(counts) if counts else ("–",) * 4
        file = file_of(kiphan, person, counts["id"]) if counts else "did not arrive"
        good &= file != "?"
        print(f"{person:<14} {names.get(person, '?'):<22} {counts['channel'] if counts else '–':<8} "
              f"{numbers[0]:>8} {numbers[1]:>6} {numbers[2]:>8} {numbers[3]:>7}  {file}"
              + ("" if as_wanted else f"   expected {wanted.get(person)}"))
    return good


def main():
    directory = ROOT / sys.argv[1]
    began = time.monotonic()
    with office(directory) as kiphan:
        wanted = expected()
        kiphan.environment["KIPHAN_CLOCK"] = f"2026-06-25T07:25:00+07:00 x60 @{int(time.time())}"
        kiphan.start_daemon()
        kiphan.start_worker("mail")
        found = {}
        while time.monotonic() - began < WAIT_SECONDS:
            time.sleep(0.2)
            found = arrived(kiphan)
            reply = kiphan.ask("STATUS") or {}
            if reply.get("settled") and len(found) >= len(wanted):
                break
        good = show(kiphan, wanted, found)
        sample = [message for message in kiphan.messages() if "cv1.xdnnmt" in str(message["To"])]
        if sample:
            print(f"\nTo: {sample[0]['To']}\nSubject: {sample[0]['Subject']}\n")
            print(sample[0].get_body(("plain",)).get_content())
        kiphan.stop("worker-mail")
        kiphan.stop("kiphand")
    here = os.path.relpath(directory)
    print(f"\n{len(found)} messages in {here}/outbox, {time.monotonic() - began:.0f} s.  To look further:\n"
          f"  export KIPHAN_SETTINGS={here}/kiphan.yaml KIPHAN_CLOCK=2026-06-25T07:35:00+07:00\n"
          f"  build/release/bin/kiphan status\n  build/release/bin/kiphan items --level overdue\n  build/release/bin/kiphan queue")
    if not good:
        print("NOT as expected: see above", file=sys.stderr)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())

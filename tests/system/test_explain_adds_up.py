"""What explain says of random items is added up again by tests/readd/readd.py, and ends at the deadline.

KIPHAN_EXPLAIN_ITEMS=10000 tries that many; scripts/explain-test does.
"""
import csv
import os
import random
import subprocess
import sys
from datetime import datetime, timedelta

import pytest

from tests.harness.installation import ROOT, programs
from tests.system.test_cli import HEADER, OFFICE, Office, from_schema

ITEMS = int(os.environ.get("KIPHAN_EXPLAIN_ITEMS", "300"))
SEED = int(os.environ.get("KIPHAN_EXPLAIN_SEED", "20260625"))
READD = ROOT / "tests/readd/readd.py"
TERMS = ["4h", "8h", "1,5h", "1wd", "1.5wd", "0.5wd", "3wd", "10wd", "20wd", "1wd-end", "2.5wd-end", "0.5wd-end", "5d", "10d", "30d", "same-day"]
LISTS = ["20/07/2026 07:10", "22/07/2026 14:00", "25/07/2026 09:00", "28/07/2026 16:59"]
PAUSED = "Yêu cầu bổ sung giấy tờ"


def procedures(path):
    with open(path, "w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["code", "name", "field", "unit", "term", "online_term", "same_day_cutoff"])
        for i, term in enumerate(TERMS):
            rows.writerow([f"1.{i:06}", f"Thủ tục {i}", "Hộ tịch", "vhxh", term, TERMS[(i + 3) % len(TERMS)], "15:00:00"])
    return path


def some_time(chance, first, last):
    """Mostly within working days, sometimes at night, at weekends, to the second or on the edge of a session."""
    at = first + timedelta(seconds=chance.randrange(int((last - first).total_seconds())))
    return chance.choice([
        at, at.replace(minute=0, second=0), at.replace(hour=17, minute=0, second=0), at.replace(hour=7, minute=30, second=0),
        at.replace(hour=11, minute=30, second=0), at.replace(hour=chance.choice([8, 9, 10, 14, 15, 16]))])


def written(at, chance):
    return at.strftime(chance.choice(["%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M", "%d/%m/%Y"]))


def a_dossier(number, chance):
    """Its rows in each of the lists: pauses that begin and end, promises that move or are not given."""
    received = some_time(chance, datetime(2026, 1, 5), datetime(2026, 7, 17))
    due = some_time(chance, received, received + timedelta(days=chance.choice([2, 10, 40, 120])))
    row = [f"HS-{number:06}", f"Thủ tục {chance.randrange(len(TERMS))}", "Hộ tịch", "vhxh", "cv1.vhxh", "X",
           chance.choice(["Trực tiếp", "Trực tuyến", ""]), written(received, chance), written(due, chance), "", "Đang xử lý"]
    if chance.random() < 0.4:
        row[8] = ""
    for _ in LISTS:
        yield list(row)
        row[10] = chance.choice(["Đang xử lý", "Đang xử lý", PAUSED])
        if row[8] and chance.random() < 0.15:
            row[8] = written(due + timedelta(days=chance.randrange(1, 20)), chance)


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    with Office(tmp_path_factory.mktemp("readd")) as office:
        office.environment["KIPHAN_SHARE"] = str(ROOT / "config")
        office.set_clock("2026-07-29T10:11:12+07:00")
        office.run("init")
        for kind in ("units", "people"):
            office.run("import", kind, OFFICE / f"{kind}.csv")
        office.run("import", "calendar", OFFICE / "calendar-2026.csv", "--year", "2026")
        office.run("import", "procedures", procedures(office.directory / "procedures.csv"))
        chance = random.Random(SEED)
        rows = [list(a_dossier(number, chance)) for number in range(ITEMS)]
        for i, as_of in enumerate(LISTS):
            path = office.directory / f"list-{i}.csv"
            with open(path, "w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows([HEADER, *[row[i] for row in rows]])
            # Code 3: rows whose promise cannot be are left out.
            done = office.run("import", "items", path, "--feed", "motcua", "--as-of", as_of, check=False)
            assert done.returncode in (0, 3), done.stdout[-2000:] + done.stderr
        yield office


def explained(office):
    path = office.directory / "explained.jsonl"
    with open(path, "w", encoding="utf-8") as out:
        subprocess.run([programs() / "kiphan", "explain", "--all", "--json"], env=office.environment, stdout=out, check=True, timeout=1200)
    return path


def readd(path):
    with open(path, encoding="utf-8") as file:
        return subprocess.run([sys.executable, READD, OFFICE / "calendar-2026.csv"], stdin=file, capture_output=True, text=True, timeout=3600)


def test_every_explanation_adds_up_to_the_deadline(office):
    path = explained(office)
    with open(path, encoding="utf-8") as file:
        for _, line in zip(range(50), file):
            from_schema("explain", line)
    done = readd(path)
    print(done.stdout)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith(f"{ITEMS} items added up")
    for part in ("computed", "promised", "given back", "left"):
        assert f"{part} " in done.stdout


@pytest.mark.parametrize("wrong", [
    ('"working_seconds":5400', '"working_seconds":5460'), ('T17:00:00+07:00"', 'T16:59:00+07:00"'), ('"kind":"rest-day"', '"kind":"swap-day"')])
def test_the_adding_up_finds_what_is_wrong(office, wrong):
    """One figure, one instant or one day that is not right is found in whichever item has it."""
    path = explained(office)
    text = path.read_text(encoding="utf-8")
    compact = text.replace('": ', '":')
    assert wrong[0] in compact
    path.write_text(compact.replace(*wrong), encoding="utf-8")
    assert readd(path).returncode == 1

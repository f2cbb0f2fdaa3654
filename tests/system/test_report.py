"""kiphan report by the real command: its words, its forms, its schema."""
import csv
import io
import json
import os
import re
import sys
from pathlib import Path

import jsonschema
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from harness.installation import ROOT  # noqa: E402
from harness.office import Office, dossier  # noqa: E402

ROWS = [dossier("HS-1", due="19/06/2026 17:00", received="01/06/2026 08:00"),
        dossier("HS-2", due="16/06/2026 17:00", received="02/06/2026 08:00", holder="binh", status="Đã xử lý xong", finished="15/06/2026 10:00"),
        dossier("=HS-3", due="26/06/2026 17:00", received="17/06/2026 09:00", holder="dung", unit="tu")]


@pytest.fixture(name="office")
def _office(tmp_path):
    with Office(tmp_path, at="2026-06-15 06:50") as office:
        office.set_clock("2026-06-22T07:05:00+07:00")
        office.list("22/06/2026 07:05", *ROWS)
        office.set_clock("2026-06-25T08:00:00+07:00")
        yield office


def as_json(office, *words):
    value = json.loads(office.run("report", *words, "--json").stdout)
    schema = json.loads((ROOT / "docs/schemas/report.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(value)
    return value


def test_the_words_choose_the_period(office):
    def period(*words):
        return tuple(as_json(office, *words)["period"].values())
    assert period("weekly") == ("weekly", "2026-06-15", "2026-06-22")
    assert period("weekly", "25/06/2026") == ("weekly", "2026-06-22", "2026-06-29")
    assert period("monthly") == ("monthly", "2026-05-01", "2026-06-01")
    assert period("monthly", "2026-06-10") == ("monthly", "2026-06-01", "2026-07-01")
    assert period("quarter", "2026-06-10") == ("quarter", "2026-04-01", "2026-07-01")
    assert period("--from", "10/06/2026", "--to", "20/06/2026") == ("days", "2026-06-10", "2026-06-20")
    assert period("--from", "15/06/2026", "--to", "22/06/2026") == ("weekly", "2026-06-15", "2026-06-22")


@pytest.mark.parametrize("words, code, said", [
    (["weekli"], 2, "weekly"), (["weekly", "31/02/2026"], 2, "31/02/2026"), (["--from", "10/06/2026"], 2, "--to"), ([], 2, "--from"),
    (["--from", "10/06/2026", "--to", "10/06/2026"], 2, "--to"), (["weekly", "--from", "10/06/2026"], 2, "--from"), (["weekly", "--format", "pdf"], 2, "pdf"),
    (["weekly", "25/07/2026"], 1, ""), (["weekly", "--unit", "xyz"], 1, "xyz"), (["weekly", "--known-at", "soon"], 2, "soon"),
    (["weekly", "-o", "/no/such/dir/x"], 1, "/no/such/dir/x")])
def test_wrong_words_are_refused(office, words, code, said):
    done = office.run("report", *words, check=False)
    assert done.returncode == code and said in done.stderr and not done.stdout


def test_the_list_of_reports(office):
    rows = as_json(office, "list")["periods"]
    assert [(row["kind"], row["from"], row["over"]) for row in rows] == [
        ("weekly", "2026-06-22", False), ("monthly", "2026-06-01", False), ("quarter", "2026-04-01", False)]
    assert "kiphan report weekly 22/06/2026" in office.run("report", "list").stdout


def test_csv_opens_in_spreadsheets(office):
    path = office.directory / "report.csv"
    path.write_text("what was there before, and was longer than the report" * 1000)
    office.run("report", "weekly", "--format", "csv", "-o", path)
    text = path.read_bytes()
    assert text.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(text.decode("utf-8-sig"))))
    assert [(row["what"], row["code"], row["received"], row["on_time_percent"]) for row in rows] == [
        ("total", "", "3", "100.0"), ("unit", "dat", "2", "100.0"), ("unit", "tu", "1", ""), ("field", "", "3", "100.0")]


def test_a_unit_has_what_is_below_it(office):
    whole, part = as_json(office, "weekly"), as_json(office, "weekly", "--unit", "dat")
    assert whole["total"]["dossiers"]["received"] == 3 and part["total"]["dossiers"]["received"] == 2
    assert as_json(office, "weekly", "--unit", "ubnd")["total"] == whole["total"]
    assert "Đơn vị: " in office.run("report", "weekly", "--unit", "dat").stdout


def test_english_throughout(office):
    text = office.run("report", "weekly", "--lang", "en").stdout
    assert "Dossiers by unit" in text and "by what was known until 07:30 22/06/2026" in text


def test_reading_is_enough(office):
    """Whoever may only read the store can make reports: nothing is written."""
    before = (office.directory / "kiphan.db").stat().st_mtime_ns
    os.chmod(office.directory / "kiphan.db", 0o444)
    office.run("report", "weekly")
    assert (office.directory / "kiphan.db").stat().st_mtime_ns == before


def test_the_page_reads_on_a_phone_and_lets_nothing_in(office):
    office.set_clock("2026-06-26T07:00:00+07:00")
    office.list("26/06/2026 07:00", *ROWS, dossier("HS-9", due="19/06/2026 17:00", received="15/06/2026 08:00", title='<script>alert("x")</script> & co'))
    page = office.run("report", "weekly", "--as-known-now", "--format", "html").stdout
    assert "<script" not in page and "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; co" in page
    assert "width=device-width" in page and "@page{size:A4" in page and "http" not in page
    headings = re.findall(r"<h2>(.*?)</h2>", page)
    assert headings[:4] == ["I. Kết quả", "II. Tồn tại, hạn chế và nguyên nhân", "III. Nhiệm vụ kỳ tới", "IV. Kiến nghị, đề xuất"]
    assert '<span class="bad">quá hạn' in page

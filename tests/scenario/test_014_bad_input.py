"""Bad input gets a clear error or becomes harmless text; good rows are kept, what was there stays, and the exit code says which."""
import pytest

from harness.office import DOSSIER, PEOPLE, changed, dossier

GOOD = dossier("HS-1", due="24/06/2026 17:00")
NOW = "25/06/2026 06:45"


def text_of(*rows):
    return "\n".join([",".join(DOSSIER), *(",".join(row.values()) for row in rows)]) + "\n"


def take(office, content, *options):
    """Import these bytes as the one-stop system's list."""
    path = office.directory / "hong.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return office.run("import", "items", path, "--feed", "motcua", "--as-of", NOW, *options, check=False)


@pytest.mark.parametrize("content, complaint", [
    (text_of(GOOD).encode("utf-16"), 'dòng 1 không phải UTF-8; tệp có vẻ là UTF-16 ("Unicode text"): hãy lưu lại dạng "CSV UTF-8"'),
    ("Mã hồ sơ,Tên TTHC\nHS-1,Đất đai\n".encode("windows-1258", "replace"), "dòng 1 không phải UTF-8; tệp có vẻ là Windows-1258"),
    (b"PK\x03\x04\xff\x00", "bảng tính Excel (XLSX), không phải CSV"),
    (text_of(GOOD) + 'HS-2,"Đất đai,dat,an\n', "dòng 3: thiếu dấu nháy kép đóng"),
    ("a;b;c\n1;2;3\n", "không dòng nào có tên các cột"),
    ("", "không dòng nào có tên các cột"),
    (b"\x00" * 4096, ""),
], ids=["UTF-16", "windows-1258", "XLSX", "a quote that never ends", "other columns", "empty", "NUL bytes"])
def test_a_list_that_cannot_be_read_is_refused_whole(new_office, content, complaint):
    office = new_office()
    office.list("25/06/2026 06:40", GOOD)
    before = office.dump()
    result = take(office, content)
    assert result.returncode == 1, result.stdout + result.stderr
    assert complaint in result.stderr, result.stderr
    assert office.dump() == before


@pytest.mark.parametrize("changes, complaint", [
    ({"Ngày hẹn trả": "31/02/2026"}, 'dòng 3  Ngày hẹn trả "31/02/2026"'),
    ({"Ngày hẹn trả": "24/06/2026 25:00"}, 'dòng 3  Ngày hẹn trả "24/06/2026 25:00"'),
    ({"Mã hồ sơ": ""}, "dòng 3"),
    ({"Trạng thái": "Bị lạc"}, 'dòng 3  Trạng thái "Bị lạc"'),
])
def test_a_bad_row_is_left_out_and_the_good_ones_are_taken(new_office, changes, complaint):
    office = new_office()
    result = take(office, text_of(GOOD, dossier("HS-2", due="24/06/2026 17:00") | changes, dossier("HS-3", due="24/06/2026 17:00")))
    assert result.returncode == 3, result.stdout + result.stderr
    assert " ".join(complaint.split()) in " ".join(result.stdout.split())
    assert [row["code"] for row in office.query("SELECT code FROM items ORDER BY code")] == ["HS-1", "HS-3"]


def test_an_unknown_unit_is_said_and_the_dossier_is_kept(new_office):
    office = new_office()
    result = take(office, text_of(GOOD, dossier("HS-2", due="24/06/2026 17:00", unit="phòng lạ", holder="")))
    assert "phòng lạ" in result.stdout
    assert result.returncode in (0, 3)
    office.up()
    office.go_on_to("2026-06-25 07:30")
    assert any("HS-2" in message.lines for message in office.told().values()), "nothing is told to nobody"


def test_a_title_cannot_forge_headers_or_html(new_office):
    office = new_office()
    title = 'Đất\r\nBcc: ai@do.example\r\n\r\n<script>alert("x")</script>{{organisation}}&amp;\x1b[31m'
    take(office, text_of(dossier("HS-1", due="24/06/2026 17:00", title='"' + title.replace('"', '""') + '"')))
    office.up()
    office.go_on_to("2026-06-25 07:30")
    told = office.told()
    message = told["an"]
    assert message.lines == {"HS-1": "overdue"}
    assert not message.mail["Bcc"] and len(message.mail.get_all("To")) == 1
    assert "<script" not in message.html and "&lt;script&gt;" in message.html
    assert "{{organisation}}" in message.text
    for part in (message.text, message.html, message.subject, office.run("items").stdout, office.log("kiphand")):
        assert "\x1b" not in part
    assert 'Bcc: ai@do.example <script>alert("x")</script>' in message.text


def test_people_and_settings_that_are_wrong_change_nothing(new_office):
    office = new_office()
    before = office.dump()
    wrong = office.import_rows("people", changed(PEOPLE, "an", unit="phong.la"), check=False)
    assert wrong.returncode in (1, 3) and "phong.la" in wrong.stdout + wrong.stderr
    wrong = office.import_rows("calendar", [{"date": "2026-02-30", "kind": "holiday", "name": "?"}], "--year", "2026", check=False)
    assert wrong.returncode in (1, 3) and "2026-02-30" in wrong.stdout + wrong.stderr
    assert office.dump()["calendar_days"] == before["calendar_days"]
    assert office.dump()["people"] == before["people"]


def test_exit_codes(new_office):
    office = new_office()
    good, partly = text_of(GOOD), text_of(GOOD, dossier("HS-2", due="31/02/2026"))
    assert take(office, good).returncode == 0
    assert take(office, "?").returncode == 1
    assert take(office, good, "--no-such-option").returncode == 2
    assert office.run("no-such-verb", check=False).returncode == 2
    assert take(office, partly).returncode == 3
    for path in office.directory.glob("kiphan.db*"):
        path.unlink()
    (office.directory / "kiphan.db").write_bytes(b"this is no store, but something else altogether" * 100)
    result = take(office, good)
    assert result.returncode == 4, result.stderr
    assert (office.directory / "kiphan.db").read_bytes().startswith(b"this is no store")

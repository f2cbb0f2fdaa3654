"""The admin's command from the outside: what it prints, how it ends, and that
every --json is as its schema says.

The daemon's sockets are played here where a test needs them, so that what the
command makes of its answers is seen alone.
"""
import contextlib
import csv
import fcntl
import json
import os
import pathlib
import re
import signal
import sqlite3
import subprocess
import threading

import jsonschema
import pytest
import zmq

from tests.harness.installation import ROOT, Installation, programs

OFFICE = ROOT / "config/example/kien-an"
SCHEMAS = ROOT / "docs/schemas"
AS_OF = "25/06/2026 07:10"
OVERDUE = "H24.17.30-260615-0001"
HEADER = ["Mã hồ sơ", "Tên TTHC", "Lĩnh vực", "Đơn vị xử lý", "Cán bộ xử lý", "Chủ hồ sơ", "Hình thức nộp", "Ngày tiếp nhận",
          "Ngày hẹn trả", "Ngày kết thúc xử lý", "Trạng thái"]
ROWS = [
    [OVERDUE, "Đăng ký kết hôn", "Hộ tịch", "vhxh", "cv1.vhxh", "A", "Trực tiếp", "15/06/2026 08:00", "23/06/2026 17:00", "", "Đang xử lý"],
    ["H24.17.30-260618-0002", "Đăng ký khai sinh", "Hộ tịch", "vhxh", "cv2.vhxh", "B", "Trực tuyến", "18/06/2026 08:00", "25/06/2026 17:00", "",
     "Đang xử lý"],
    ["H24.17.30-260622-0003", "Đăng ký môi trường", "Môi trường", "xdnnmt", "", "C", "Trực tuyến", "22/06/2026 08:00", "26/06/2026 17:00", "",
     "Đang xử lý"],
    ["H24.17.30-260601-0004", "Đăng ký kết hôn", "Hộ tịch", "vhxh", "cv1.vhxh", "D", "Trực tiếp", "01/06/2026 08:00", "10/06/2026 17:00",
     "09/06/2026 16:00", "Đã trả kết quả"],
    ["H24.17.30-260622-0005", "Đăng ký kết hôn", "Hộ tịch", "vhxh", "cv1.vhxh", "E", "Trực tiếp", "22/06/2026 08:00", "03/07/2026 17:00", "",
     "Yêu cầu bổ sung giấy tờ"],
]


def write_list(path, rows=ROWS):
    with open(path, "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADER, *rows])
    return path


def from_schema(verb, text):
    """The JSON that a verb printed, which its schema admits."""
    value = json.loads(text)
    schema = json.loads((SCHEMAS / f"{verb}.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(value)
    return value


class Office(Installation):
    def ask_json(self, verb, *arguments, code=0):
        done = self.run(verb, *arguments, "--json", check=False)
        assert done.returncode == code, done.stdout + done.stderr
        return from_schema(verb, done.stdout)

    def fails(self, code, *arguments, **more):
        done = self.run(*arguments, check=False, **more)
        assert done.returncode == code, done.stdout + done.stderr
        assert done.stderr
        return done.stderr


@pytest.fixture
def fresh(tmp_path):
    """Settings, and no store yet."""
    with Office(tmp_path) as office:
        office.environment["KIPHAN_SHARE"] = str(ROOT / "config")
        office.environment["SUDO_USER"] = "hoa"
        office.set_clock("2026-06-25T07:31:00+07:00")
        yield office


@pytest.fixture
def office(fresh):
    """The sample office with a few dossiers and the notice's tasks."""
    fresh.run("init")
    fresh.run("import", "units", OFFICE / "units.csv")
    fresh.run("import", "people", OFFICE / "people.csv")
    fresh.run("import", "calendar", OFFICE / "calendar-2026.csv", "--year", "2026")
    fresh.run("import", "items", write_list(fresh.directory / "ho-so.csv"), "--feed", "motcua", "--as-of", AS_OF)
    fresh.run("import", "items", OFFICE / "notice-tasks.csv", "--feed", "nhiem-vu", "--as-of", AS_OF)
    return fresh


@contextlib.contextmanager
def played_daemon(office, replies):
    """Answer on the control socket: replies by command; what was asked is gathered."""
    asked = []
    context = zmq.Context()
    socket = context.socket(zmq.ROUTER)
    socket.bind(f"ipc://{office.sockets}/control")
    ended = threading.Event()

    def serve():
        while not ended.is_set():
            if not socket.poll(50):
                continue
            peer, version, command, argument = socket.recv_multipart()
            assert version == b"KIPC/1"
            asked.append((command.decode(), argument.decode()))
            socket.send_multipart([peer, b"KIPC/1", json.dumps({"ok": True, **replies.get(command.decode(), {})}).encode()])

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield asked
    finally:
        ended.set()
        thread.join()
        socket.close(0)
        context.term()


def status_reply(workers=1, settled=True):
    return {"settled": settled, "queue": {"queued": 0, "in-flight": 0, "dead": 0}, "awaited-leases": 0, "channels": [
        {"channel": "mail", "credit": 4, "in-flight": 0, "parked": None,
         "workers": [{"name": f"ward:{n}:0", "version": "0.1.0", "credit": 4, "in-flight": 0, "silent-ms": 1} for n in range(workers)]}]}


# ---- usage ---------------------------------------------------------------------------------------------------------


def test_help_names_every_verb_and_each_verb_has_help_in_both_languages(fresh):
    whole = fresh.run("--help").stdout
    verbs = re.findall(r"(?m)^  ([a-z][a-z-]+) ", whole)
    assert {"init", "check", "import", "items", "item", "task", "explain", "why", "why-not", "history", "calendar", "preview", "status", "report", "queue", "render", "away", "hold", "release", "send-test", "watch",
            "verify", "key", "version"} == set(verbs)
    for verb in verbs:
        english, vietnamese = (fresh.run(verb, "--help", "--lang", language).stdout for language in ("en", "vi"))
        assert english.startswith("Usage: kiphan " + verb) and "Exit codes" in english
        assert vietnamese.startswith("Cách dùng: kiphan " + verb)


@pytest.mark.parametrize("arguments, said", [
    ((), "a verb is missing"),
    (("imprt",), 'did you mean "import"'),
    (("items", "--levl", "overdue"), 'did you mean "level"'),
    (("items", "--level", "overdu"), 'did you mean "overdue"'),
    (("items", "--unit"), "--unit needs a value"),
    (("status", "--check=yes"), "--check takes no value"),
    (("item",), "arguments are missing: CODE"),
    (("item", "a", "b"), "too many arguments"),
    (("import", "unit", "x.csv"), 'did you mean "units"'),
    (("queue", "shw", "1"), 'did you mean "show"'),
    (("queue", "show", "x"), "the notice's number"),
    (("queue", "--limit", "0"), "from 1 to"),
    (("send-test", "pct"), "--via"),
    (("items", "--lang", "fr"), "--lang"),
])
def test_a_wrong_line_ends_with_2_and_says_what_would_be_right(fresh, arguments, said):
    fresh.run("init")
    fresh.environment["LANG"] = "en_US.UTF-8"
    assert said in fresh.fails(2, *arguments)


def test_words_behind_two_dashes_are_no_options(office):
    assert "--json" in office.fails(1, "item", "--", "--json")


def test_lang_goes_before_the_environment_and_that_before_the_settings(office):
    assert "chưa xong" in office.run("status").stdout
    office.environment["LANG"] = "en_GB.UTF-8"
    assert "due today" in office.run("status").stdout
    assert "chưa xong" in office.run("status", "--lang", "vi").stdout


def test_a_run_speaks_one_language_also_where_it_refuses(office):
    """Without a word from --lang or LANG that is the settings' language, from the first sentence on."""
    bad = write_list(office.directory / "bad.csv", [[*ROWS[0][:8], "31/02/2026", "", "Đang xử lý"]])
    runs = [("items", "--level", "nope"), ("items", "--nope"), ("import", "units", "a", "b"), ("queue", "show", "99"), ("queue", "shwo"),
            ("import", "items", bad, "--feed", "nhiem-vu"), ("import", "items", bad, "--feed", "motcua", "--as-of", "soon"),
            ("import", "items", bad, "--feed", "motcua", "--dry-run", "--as-of", "24/06/2026 07:00")]
    english = re.compile(r"\b(there|the|is|are|see|line|not|wanted)\b", re.I)
    for arguments in runs:
        said = office.run(*arguments, check=False).stderr
        assert said and not english.search(said), f"{arguments}: {said}"
        said = office.run(*arguments, "--lang", "en", check=False).stderr
        said = re.sub(r'"[^"]*"', "", said)  # headers of lists are Vietnamese
        assert said and not re.search("[ạảấầậắặẹếềểệịọốồộớờợụứừựđ]", said), f"{arguments}: {said}"


def test_item_tells_changes_in_words(office):
    vietnamese, english = (office.run("item", OVERDUE, "--lang", language).stdout for language in ("vi", "en"))
    assert "Trạng thái: – → Đang xử lý" in vietnamese and "Hạn: – → 23/06/2026 17:00" in vietnamese
    assert "Due: – → 23/06/2026 17:00" in english


def test_without_settings_it_says_how_they_are_made(fresh):
    fresh.environment["KIPHAN_SETTINGS"] = str(fresh.directory / "nowhere.yaml")
    assert "kiphan init" in fresh.fails(1, "status")
    told = fresh.ask_json("check", code=1)
    assert "kiphan init" in told["findings"][0]["text"]


def test_a_test_that_only_waits_says_why(office):
    said = office.fails(3, "send-test", "cv1.vhxh", "--via", "mail", "--wait", "1", "--lang", "en")
    assert "kiphand does not run" in said


def test_key_makes_a_pair_and_never_overwrites_one(fresh):
    made = fresh.ask_json("key", str(fresh.directory / "daemon"))
    assert pathlib.Path(made["secret"]).stat().st_mode & 0o777 == 0o600
    assert "secret-key" not in pathlib.Path(made["public"]).read_text() and "secret-key" in pathlib.Path(made["secret"]).read_text()
    again = fresh.run("key", str(fresh.directory / "daemon"), check=False)
    assert again.returncode == 1 and "not overwritten" in again.stderr


def test_version_is_told_both_ways(fresh):
    told = fresh.ask_json("version")["version"]
    assert fresh.run("--version").stdout == f"kiphan {told}\n"


def test_away_lists_who_is_on_leave(office):
    assert office.ask_json("away") == {"dry_run": False, "absences": []}
    entered = office.ask_json("away", "cv1.vhxh", "--from", "2099-06-29", "--until", "2099-07-03", "--deputy", "Lê Ngọc Châu", "--why", "phép")
    assert [(one["person"], one["from"], one["until"], one["deputy"], one["why"]) for one in entered["absences"]] == [
        ("cv1.vhxh", "2099-06-29", "2099-07-03", "tp.vhxh", "phép")]
    assert "away already" in office.fails(1, "away", "cv1.vhxh", "--from", "2099-07-03", "--until", "2099-07-04", "--lang", "en")
    assert "--until is needed" in office.fails(2, "away", "cv1.vhxh", "--from", "2099-07-03", "--lang", "en")


# ---- init ----------------------------------------------------------------------------------------------------------


def test_init_writes_settings_once_and_never_over_others(fresh):
    trial = fresh.directory / "trial"
    told = fresh.ask_json("init", "--example", "kien-an", "--directory", trial)
    assert told == {"settings": f"{trial}/kiphan.yaml", "settings_written": True, "store": f"{trial}/kiphan.db"}
    assert (trial / "kiphan.db").exists()
    text = (trial / "kiphan.yaml").read_text(encoding="utf-8")
    assert f"ipc://{trial}/control" in text and "/var/lib" not in text
    (trial / "kiphan.yaml").write_text(text + "\n# mine\n", encoding="utf-8")
    assert not fresh.ask_json("init", "--directory", trial)["settings_written"]
    assert (trial / "kiphan.yaml").read_text(encoding="utf-8").endswith("# mine\n")
    assert "kiphan import units" in fresh.run("init", "--directory", trial).stdout


def test_init_refuses_a_name_that_leaves_the_examples(fresh):
    trial = fresh.directory / "trial"
    assert "../secret" in fresh.fails(1, "init", "--directory", trial, "--example", "../secret")
    assert not (trial / "kiphan.yaml").exists()


# ---- import --------------------------------------------------------------------------------------------------------


def test_the_sample_office_is_taken_in_and_says_who_needs_somebody(fresh):
    fresh.run("init")
    assert fresh.ask_json("import", "units", OFFICE / "units.csv")["new"] == 7
    told = fresh.ask_json("import", "people", OFFICE / "people.csv")
    assert (told["read"], told["new"], told["needs_you"]) == (20, 20, 2)
    said = fresh.run("import", "people", OFFICE / "people.csv", "--lang", "en").stdout
    assert said.startswith("people.csv: 20 read, 20 as before; 2 need you\n")
    assert 'line 12  name "Nguyễn Văn An"  2 people bear it' in said
    assert fresh.ask_json("import", "calendar", OFFICE / "calendar-2026.csv", "--year", "2026")["new"] == 16


def test_bad_rows_are_named_good_ones_kept_and_the_end_is_3(office):
    rows = [*ROWS, ["H24.17.30-260624-0006", "Đăng ký kết hôn", "", "vhxh", "cv1.vhxh", "F", "", "24/06/2026 08:00", "31/02/2026", "",
                    "Đang xử lý"]]
    path = write_list(office.directory / "bad.csv", rows)
    told = office.ask_json("import", "items", path, "--feed", "motcua", "--as-of", "25/06/2026 07:30", code=3)
    assert told["left_out"] == 1 and told["same"] == 5
    remark = next(row for row in told["remarks"] if row["severity"] == "left-out")
    assert remark["line"] == 7 and remark["value"] == "31/02/2026"


def test_a_dry_run_changes_nothing(office):
    before = office.query("SELECT * FROM items")
    path = write_list(office.directory / "more.csv", [[*ROWS[0][:8], "30/06/2026 17:00", *ROWS[0][9:]], *ROWS[1:]])
    arguments = ("import", "items", path, "--feed", "motcua", "--as-of", "25/06/2026 07:30")
    told = office.ask_json(*arguments, "--dry-run")
    assert told["dry_run"] and told["changed"] == 1
    assert office.query("SELECT * FROM items") == before
    assert office.ask_json(*arguments)["changed"] == 1


def test_a_list_that_is_no_list_is_refused_with_1_in_json_too(office):
    path = office.directory / "photo.csv"
    path.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    done = office.run("import", "items", path, "--feed", "motcua", "--json", check=False)
    assert done.returncode == 1 and from_schema("import", done.stdout)["error"]
    assert "no-such.csv" in office.fails(1, "import", "units", office.directory / "no-such.csv")
    assert "motcua, nhiem-vu" in office.fails(2, "import", "items", path)
    assert "nowhere" in office.fails(1, "import", "items", path, "--feed", "nowhere")


def test_a_list_comes_on_standard_input_too(office):
    with open(OFFICE / "units.csv", encoding="utf-8") as file:
        done = subprocess.run([programs() / "kiphan", "import", "units", "-", "--json"], env=office.environment, stdin=file,
                              capture_output=True, text=True, check=True)
    assert from_schema("import", done.stdout)["same"] == 7


def test_changes_are_written_down_with_the_login_name_and_poke_the_daemon(office):
    path = write_list(office.directory / "new.csv", [[*ROWS[0][:8], "30/06/2026 17:00", *ROWS[0][9:]], *ROWS[1:]])
    with played_daemon(office, {}) as asked:
        office.run("import", "items", path, "--feed", "motcua", "--as-of", "25/06/2026 07:30")
        assert asked == [("POKE", "")]
        office.run("import", "items", path, "--feed", "motcua", "--as-of", "25/06/2026 07:30")
        assert asked == [("POKE", "")]  # nothing changed, nobody is woken
    history = office.ask_json("item", OVERDUE)["history"]
    assert history[-1]["field"] == "due" and history[-1]["by"] == "hoa"


def test_a_store_that_somebody_holds_ends_with_4_and_the_holders_pid(office):
    lock = next(pathlib.Path(office.directory).glob("kiphan.db*lock"))
    with open(lock, "r+") as file:
        file.truncate()
        file.write(f"{os.getpid()}\n")
        file.flush()
        fcntl.flock(file, fcntl.LOCK_EX)
        assert str(os.getpid()) in office.fails(4, "import", "units", OFFICE / "units.csv")


def test_a_store_that_is_missing_or_broken_ends_with_4(fresh):
    assert "kiphan init" in fresh.fails(4, "items")
    (fresh.directory / "kiphan.db").write_bytes(b"not a database" * 1000)
    fresh.fails(4, "items")


# ---- items, item ---------------------------------------------------------------------------------------------------


def test_items_are_listed_worst_first_and_filtered(office):
    told = office.ask_json("items", "--unit", "ubnd", "--open")
    levels = [item["level"] for item in told["items"]]
    assert levels[:2] == ["overdue", "due-today"] and "none" not in levels
    assert told["items"][0]["code"] == OVERDUE
    assert told["items"][0]["working_seconds_left"] == -(7 * 3600 + 1800 + 60)
    of_unit = office.ask_json("items", "--unit", "Phòng Văn hóa - Xã hội", "--level", "paused")["items"]
    assert [item["code"] for item in of_unit] == ["H24.17.30-260622-0005"]
    nobody = office.ask_json("items", "--assignee", "-", "--unit", "xdnnmt", "--open")["items"]
    assert "H24.17.30-260622-0003" in [item["code"] for item in nobody]
    line = office.run("items", "--level", "overdue", "--lang", "en").stdout.splitlines()[1]
    assert re.match(rf"{OVERDUE}  Overdue  overdue by 1 working day +23/06/2026 17:00  VH-XH +Trần Thị Bình +Đăng ký kết hôn$", line)


def test_a_filter_that_names_nothing_is_refused(office):
    assert "nowhere" in office.fails(1, "items", "--unit", "nowhere")
    assert "Nguyễn Văn An" in office.fails(1, "items", "--assignee", "Nguyễn Văn An")  # two bear the name


def test_an_item_tells_which_source_gave_its_deadline(office):
    told = office.ask_json("item", OVERDUE)
    assert told["deadline"]["due"] == "2026-06-23T17:00:00+07:00"
    assert told["deadline"]["source"] == "motcua ho-so.csv:2" and told["deadline"]["by"] == "hoa"
    assert {row["field"] for row in told["history"]} >= {"status", "due", "unit", "assignee"}
    text = office.run("item", OVERDUE, "--lang", "en").stdout
    assert "23/06/2026 17:00; as motcua ho-so.csv:2 says, data of 25/06/2026 07:10, imported by hoa" in text
    assert "no-such" in office.fails(1, "item", "no-such")


def test_an_item_shows_its_alerts_with_state_and_reason(office):
    with sqlite3.connect(office.directory / "kiphan.db") as store:
        item = store.execute("SELECT id, due_at FROM items WHERE code = ?", (OVERDUE,)).fetchone()
        columns = {row[1] for row in store.execute("PRAGMA table_info(alerts)")}
        for step, state, reason in (("overdue", "held", ""), ("at-risk", "suppressed", "superseded")):
            row = {"item": item[0], "due_at": item[1], "rule": "ho-so", "step": step, "slot": 0, "recipient": "cv1.vhxh", "subject": "deadline", "level": "overdue",
                   "reached_at": item[1] + 1, "decided_at": item[1] + 1, "opens_at": item[1] + 52200, "state": state, "reason": reason, "late": 0,
                   "stands_for": "", "changed_at": item[1] + 1, "live": 1}
            row = {name: value for name, value in row.items() if name in columns}
            store.execute(f"INSERT INTO alerts ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", list(row.values()))
    alerts = {row["step"]: row for row in office.ask_json("item", OVERDUE)["alerts"]}
    assert alerts["overdue"]["state"] == "held" and alerts["overdue"]["opens"] == "2026-06-24T07:30:00+07:00"
    assert alerts["at-risk"]["reason"] == "superseded"
    text = office.run("item", OVERDUE, "--lang", "en").stdout
    assert "waits until 24/06/2026 07:30" in text and "not told: a later step was reached for the same person" in text


# ---- status, check -------------------------------------------------------------------------------------------------


def test_status_counts_by_unit_and_level_and_tells_the_age_of_the_data(office):
    told = office.ask_json("status")
    assert told["settled"] is None and not told["daemon"]["answers"]
    unit = next(row for row in told["units"] if row["unit"] == "vhxh")
    assert (unit["overdue"], unit["due-today"], unit["paused"]) == (1, 1, 1)
    assert told["feeds"][0] == {"feed": "motcua", "as_of": "2026-06-25T07:10:00+07:00", "stale": False}
    assert told["next_opening"] == "2026-06-25T13:30:00+07:00"
    text = office.run("status", "--lang", "en").stdout
    assert "25/06/2026 07:31" in text and "data of motcua until 07:10, mỗi sáng làm việc" in text
    assert re.search(r"Phòng Văn hóa - Xã hội +\d+ +\d+ +1 +1 +1\n", text)
    assert "kiphand does not run" in text


def test_status_tells_workers_and_whether_all_is_settled(office):
    with played_daemon(office, {"STATUS": status_reply(workers=2)}):
        told = office.ask_json("status")
        assert told["settled"] is True and told["channels"] == [{"channel": "mail", "workers": 2, "parked": None}]
        assert "workers mail 2" in office.run("status", "--lang", "en").stdout
    with played_daemon(office, {"STATUS": status_reply(settled=False)}):
        assert office.ask_json("status")["settled"] is False


def test_status_check_has_monitoring_codes(office):
    def check(code, *, workers=1):
        with played_daemon(office, {"STATUS": status_reply(workers=workers)}):
            done = office.run("status", "--check", "--lang", "en", check=False)
        assert done.returncode == code, done.stdout
        return done.stdout

    assert check(0).startswith("KIPHAN OK\n")
    assert "channel mail: 0 workers" in check(2, workers=0)
    done = office.run("status", "--check", check=False)
    assert done.returncode == 2 and done.stdout.startswith("KIPHAN CRITICAL")
    office.set_clock("2026-06-26T09:00:00+07:00")
    assert "KIPHAN WARNING - data of motcua until" in check(1)  # older than a working day
    office.set_clock("2026-06-29T09:00:00+07:00")
    assert "KIPHAN CRITICAL" in check(2)  # older than two


def test_status_check_asks_for_the_next_year_from_october_on(office):
    office.set_clock("2026-09-30T09:00:00+07:00")
    checks = {row["name"]: row["health"] for row in office.ask_json("status")["checks"]}
    assert checks["calendar:kien-an"] == "ok"
    office.set_clock("2026-10-01T09:00:00+07:00")
    checks = {row["name"]: row["health"] for row in office.ask_json("status")["checks"]}
    assert checks["calendar:kien-an"] == "warning"
    office.set_clock("2027-01-04T09:00:00+07:00")
    checks = {row["name"]: row["health"] for row in office.ask_json("status")["checks"]}
    assert checks["calendar:kien-an"] == "critical"


def test_check_finds_what_is_to_be_seen_to_and_ends_with_0(office):
    told = office.ask_json("check")
    found = {(row["area"], row["state"]) for row in told["findings"]}
    assert told["good"] and ("settings", "ok") in found and ("calendar", "ok") in found and ("mail", "unknown") in found
    text = office.run("check", "--lang", "en").stdout
    assert 'two people are called "Nguyễn Văn An" (cv1.xdnnmt, cv2.xdnnmt)' in text
    assert 'ho-so: step "overdue" repeats every 1wd until the item is finished' in text
    assert "not tried: kiphand does not run" in text


def test_check_tells_of_leavers_who_still_hold_work(office):
    rows = [[*ROWS[0][:4], "cv3.xdnnmt", *ROWS[0][5:]], *ROWS[1:]]
    office.run("import", "items", write_list(office.directory / "left.csv", rows), "--feed", "motcua", "--as-of", "25/06/2026 07:30", check=False)
    assert "cv3.xdnnmt" in "".join(row["text"] for row in office.ask_json("check")["findings"] if row["area"] == "people")


def test_check_ends_with_1_when_something_is_wrong(office):
    reply = {"STATUS": status_reply(), "PROBE": {"channel": "mail", "works": False, "detail": "535 5.7.8 no", "worker": "w"}}
    with played_daemon(office, reply) as asked:
        told = office.ask_json("check", code=1)
        assert ("PROBE", "mail") in asked
    assert {"area": "mail", "state": "wrong", "text": "535 5.7.8 no"} in told["findings"]
    reply["PROBE"].update(works=True, detail="TLS 1.3, login accepted")
    with played_daemon(office, reply):
        assert {"area": "mail", "state": "ok", "text": "TLS 1.3, login accepted"} in office.ask_json("check")["findings"]
    office.set_clock("2027-01-04T09:00:00+07:00")
    assert "--year 2027" in office.run("check", check=False).stdout


def test_check_names_each_wrong_place_of_the_settings(office):
    text = office.settings.read_text(encoding="utf-8")
    office.settings.write_text(text.replace("before: 2wd", "before: 2 days").replace("[vhxh, kinhte,", "[vhxk, kinhte,"), encoding="utf-8")
    told = office.ask_json("check", code=1)
    assert any(re.search(r"kiphan\.yaml:\d+:\d+: rules\[0\]\.steps\[0\]\.before", row["text"]) for row in told["findings"])
    office.settings.write_text(text.replace("[vhxh, kinhte,", "[vhxk, kinhte,"), encoding="utf-8")
    told = office.ask_json("check", code=1)
    assert any("vhxk" in row["text"] and row["state"] == "wrong" for row in told["findings"])


# ---- queue, send-test, watch -----------------------------------------------------------------------------------------


def test_a_test_message_is_queued_and_can_be_cancelled_and_tried_again(office):
    dry = office.ask_json("send-test", "cv1.vhxh", "--via", "mail", "--dry-run")
    assert dry["dry_run"] and office.ask_json("queue")["notices"] == []
    told = office.ask_json("send-test", "Trần Thị Bình", "--via", "mail", "--wait", "0", code=3)
    assert told["state"] == "queued" and told["recipient"] == "cv1.vhxh"
    facts = json.loads(office.query("SELECT facts FROM notices")[0]["facts"])
    assert facts["kind"] == "test" and facts["to"]["address"] == told["address"] and facts["number"] == told["number"]
    assert [row["number"] for row in office.ask_json("queue")["notices"]] == [told["number"]]
    assert office.ask_json("queue", "cancel", told["number"])["state"] == "withdrawn"
    assert office.ask_json("queue")["notices"] == []
    assert "withdrawn" in office.run("queue", "--all", "--lang", "en").stdout
    assert "stays so" in office.fails(1, "queue", "retry", told["number"], "--lang", "en")
    assert office.ask_json("queue", "show", told["number"])["tried"] == []
    office.fails(1, "queue", "show", "999")
    assert {row["login"] for row in office.query("SELECT login FROM actions")} == {"hoa"}


def test_a_dead_notice_is_queued_again(office):
    number = office.ask_json("send-test", "cv1.vhxh", "--via", "mail", "--wait", "0", code=3)["number"]
    with sqlite3.connect(office.directory / "kiphan.db") as store:
        store.execute("UPDATE notices SET state = 'dead', detail = '550 no such user'")
    assert office.ask_json("queue")["notices"][0]["state"] == "dead"
    assert "1 dead notices" in office.run("status", "--check", "--lang", "en", check=False).stdout
    told = office.ask_json("queue", "retry", number)
    assert told["state"] == "queued" and "hoa" in told["detail"]


def test_send_test_waits_for_the_outcome(office):
    started = subprocess.Popen([programs() / "kiphan", "send-test", "cv1.vhxh", "--via", "mail", "--json", "--wait", "60"],
                               env=office.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    while not office.query("SELECT id FROM notices"):
        assert started.poll() is None
    with sqlite3.connect(office.directory / "kiphan.db") as store:
        store.execute("UPDATE notices SET state = 'sent', detail = '250 ok'")
    text, _ = started.communicate(timeout=30)
    assert started.returncode == 0 and from_schema("send-test", text)["state"] == "sent"


def test_send_test_refuses_who_cannot_be_reached(office):
    assert "nobody" in office.fails(1, "send-test", "nobody", "--via", "mail")
    assert "pigeon" in office.fails(1, "send-test", "cv1.vhxh", "--via", "pigeon")


def test_watch_prints_one_line_an_event(office):
    socket = zmq.Context.instance().socket(zmq.XPUB)
    socket.linger = 0
    socket.bind(f"ipc://{office.sockets}/events")

    def watch(*arguments):
        started = subprocess.Popen([programs() / "kiphan", "watch", *arguments], env=office.environment, stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, text=True)
        assert socket.poll(20000)
        socket.recv()  # its subscription
        for topic, more in (("item.overdue", {"item": OVERDUE}), ("notice.sent", {"notice": 17, "recipient": "pct"})):
            socket.send_multipart([topic.encode(), json.dumps({"event": topic, "at": 1782347462, **more}).encode()])
        text, _ = started.communicate(timeout=30)
        assert started.returncode == 0
        if socket.poll(5000):
            socket.recv()  # it has gone
        return text.splitlines()

    assert watch("--count", "2") == [f"07:31:02  item.overdue      item={OVERDUE}", "07:31:02  notice.sent       notice=17  recipient=pct"]
    lines = watch("notice.", "--count", "1", "--json")
    assert [from_schema("watch", line)["notice"] for line in lines] == [17]
    socket.close()


def test_with_daemon_and_worker_a_test_message_arrives_and_all_is_well(office):
    office.start_daemon()
    office.start_worker("mail")
    watch = subprocess.Popen([programs() / "kiphan", "watch", "notice.sent", "--count", "1", "--json"], env=office.environment,
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    office.started.append(watch)
    told = office.ask_json("send-test", "cv1.vhxh", "--via", "mail", "--wait", "60")
    assert told["state"] == "sent" and told["attempts"] == 1
    arrived = [str(message["To"]) for message in office.messages() if told["identity"] in str(message["Message-ID"])]
    assert len(arrived) == 1 and told["address"] in arrived[0]
    number = told["number"]
    assert from_schema("watch", watch.communicate(timeout=30)[0].splitlines()[0])["event"] == "notice.sent"
    assert ("mail", "ok") in {(row["area"], row["state"]) for row in office.ask_json("check")["findings"]}
    office.settle()
    told = office.ask_json("status")
    assert told["settled"] is True and told["health"] == "ok" and told["channels"][0]["workers"] == 1
    shown = office.ask_json("queue", "show", number)
    assert [attempt["verdict"] for attempt in shown["tried"]] == ["delivered"]
    office.step_to("2026-06-25T13:30:00+07:00")
    told = office.ask_json("item", OVERDUE)
    sent = next(row for row in told["alerts"] if row["state"] == "sent" and row["recipient"] == "cv1.vhxh")
    assert any(event["event"] == "attempt" for event in office.ask_json("why", OVERDUE, "cv1.vhxh")["events"])
    assert office.ask_json("why-not", OVERDUE, "cv1.vhxh")["last_notice"] == sent["notice"]
    assert sent["notice"] in [message["number"] for message in office.ask_json("history", "cv1.vhxh")["messages"]]
    assert sent["notice"] in [notice["number"] for notice in told["notices"]]
    assert {"code": OVERDUE, "level": "overdue", "fresh": True} in office.ask_json("queue", "show", sent["notice"])["lines"]


# ---- around it -------------------------------------------------------------------------------------------------------


def test_control_characters_of_a_list_never_reach_the_terminal(office):
    rows = [[*ROWS[0][:1], "Tên \x1b[31mđỏ\x1b[0m\x07", *ROWS[0][2:]], *ROWS[1:]]
    office.run("import", "items", write_list(office.directory / "esc.csv", rows), "--feed", "motcua", "--as-of", "25/06/2026 07:30", check=False)
    for arguments in (("items",), ("item", OVERDUE)):
        assert "\x1b" not in office.run(*arguments).stdout and "\x07" not in office.run(*arguments).stdout


def test_an_interrupted_import_stops_between_two_batches(office):
    rows = [[f"H24.17.30-260620-{n:05}", "Đăng ký kết hôn", "Hộ tịch", "vhxh", "cv1.vhxh", "A", "", "20/06/2026 08:00", "30/06/2026 17:00", "",
             "Đang xử lý"] for n in range(20000)]
    path = write_list(office.directory / "long.csv", ROWS + rows)
    before = office.query("SELECT count(*) AS n FROM items")[0]["n"]
    started = subprocess.Popen([programs() / "kiphan", "import", "items", path, "--feed", "motcua", "--as-of", "25/06/2026 07:30"],
                               env=office.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                               preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))  # a shell's background job ignores it
    while office.query("SELECT count(*) AS n FROM items")[0]["n"] < 500 and started.poll() is None:
        pass
    started.send_signal(signal.SIGINT)
    text, _ = started.communicate(timeout=60)
    count = office.query("SELECT count(*) AS n FROM items")[0]["n"]
    assert started.returncode == -signal.SIGINT and "nhập lại" in text
    assert count < 20000
    told = office.ask_json("import", "items", path, "--feed", "motcua", "--as-of", "25/06/2026 07:30")
    assert told["new"] == 20000 + before - count


def complete(office, *words):
    script = f'source "{ROOT}/scripts/completion/kiphan.bash"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _kiphan; printf "%s\\n" "${{COMPREPLY[@]}}"'
    done = subprocess.run(["bash", "-c", script, "bash", "kiphan", *words], capture_output=True, text=True, check=True, cwd=office.directory)
    return done.stdout.split()


def test_completion_offers_what_help_names(fresh):
    verbs = re.findall(r"(?m)^  ([a-z][a-z-]+) ", fresh.run("--help").stdout)
    assert complete(fresh, "") == verbs
    for verb in verbs:
        options = re.findall(r"(?m)^  (--[a-z-]+)", fresh.run(verb, "--help").stdout)
        assert complete(fresh, verb, "--") == options
    assert complete(fresh, "--settings", "x.yaml", "import", "") == ["units", "people", "procedures", "items", "calendar"]
    (fresh.directory / "list.csv").touch()
    assert complete(fresh, "import", "units", "lis") == ["list.csv"]
    assert complete(fresh, "items", "--level", "over") == ["overdue"]


def test_the_manual_page_has_every_verb_and_option(fresh):
    page = (ROOT / "docs/man/kiphan.1").read_text(encoding="utf-8")
    for verb in re.findall(r"(?m)^  ([a-z][a-z-]+) ", fresh.run("--help").stdout):
        assert re.search(rf"(?m)^\.It Cm {verb}\b", page), verb
        for option in re.findall(r"(?m)^  --([a-z-]+)", fresh.run(verb, "--help").stdout):
            assert re.search(rf"Fl -{option}\b", page), option
    done = subprocess.run(["mandoc", "-Tlint", "-W", "warning", ROOT / "docs/man/kiphan.1"], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


# -- preview ------------------------------------------------------------------------------------------------------


def test_a_preview_is_as_its_schema_says(office):
    plain = office.ask_json("preview")
    assert plain["messages"] and "lines" not in plain["messages"][0] and "diff" not in plain
    whole = office.ask_json("preview", "--to", "30d", "--messages", "--rules", office.settings, "--diff")
    assert whole["messages"][0]["lines"] and whole["diff"] == {"people": [], "messages": []}
    assert sum(row["total"] for row in whole["people"]) == len(whole["messages"])
    assert whole["most_in_a_day"] == max(count for row in whole["people"] for count in row["days"].values())
    other = office.directory / "other.yaml"
    other.write_text(re.sub(r"after: 0h", "after: 1wd", office.settings.read_text()))
    assert office.ask_json("preview", "--rules", other, "--diff")["diff"]["messages"]

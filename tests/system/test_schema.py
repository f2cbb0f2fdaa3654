"""The schema that editors complete by, held against the reader.

The reader is asked through tests/tools/read-settings; READ_SETTINGS names
the program.  Each broken file is the good one with one thing changed; "@@"
stands where the reader must point.
"""
import io
import json
import os
import pathlib
import subprocess

import jsonschema
import pytest
import ruamel.yaml

from tests.harness.installation import programs

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCHEMA = json.loads((ROOT / "config/kiphan.schema.json").read_text())
EXAMPLE = ROOT / "config/example/kien-an/kiphan.yaml"
READER = os.environ.get("READ_SETTINGS", str(programs().parent / "tests/read-settings"))

GOOD = """\
organisation:
  name: {vi: Phường, en: Ward}
  zone: Asia/Ho_Chi_Minh
calendars:
  - name: office
    week: {mon-fri: ["07:30-11:30", "13:30-17:00"]}
feeds:
  - {name: one, kind: dossier, label: {vi: Một, en: One}, complete: yes}
channels:
  - name: mail
    type: smtp
    url: smtp://mail.example:587
    user: sender
    password: {credential: mail-password}
    from: Sender <sender@mail.example>
windows:
  - {name: day, open: session-start}
quiet: {from: "18:00", until: "07:00"}
rules:
  - name: dossiers
    match: {kind: dossier, unit: [a, b]}
    via: [mail]
    window: day
    label: {vi: Hồ sơ, en: Dossiers}
    steps:
      - {name: risk, before: 2wd, tell: [assignee]}
      - {name: due, at: due-day, tell: [assignee]}
      - {name: late, after: 0h, tell: [assignee, head], repeat: 1wd}
"""

# What becomes what; path and words of the reader's complaint; and whether the
# schema sees it too ("form"), or only the reader can ("sense").
BROKEN = [
    # keys
    ("    window: day\n", "    @@windw: day\n", "rules[0].windw",
     'there is no key "windw" here; did you mean "window"?', "form"),
    ("feeds:\n", "@@feed:\n", "feed", 'did you mean "feeds"?', "form"),
    ("    window: day\n", "", "rules[0]", 'the key "window" is missing',
     "form"),
    ("  zone: Asia/Ho_Chi_Minh\n", "  zone:@@\n", "organisation.zone",
     "has no value", "form"),
    ("    window: day\n", "    window: day\n    @@window: day\n", "rules[0]",
     '"window" is given twice, first at', "parser"),
    # wrong types
    ("rules:\n  - name: dossiers", "rules: @@5\nx:\n  - name: dossiers",
     "rules", "is a text, but a list belongs here", "form"),
    ("match: {kind: dossier, unit: [a, b]}", "match: @@dossier",
     "rules[0].match", "is a text, but a mapping belongs here", "form"),
    ("window: day\n", "window: @@[day]\n", "rules[0].window",
     "is a list, but a text belongs here", "form"),
    ("complete: yes", "complete: @@always", "feeds[0].complete",
     '"always" is not known here; write one of: yes, no', "form"),
    ("kind: dossier, unit", "kind: @@folder, unit", "rules[0].match.kind",
     "write one of: dossier, task", "form"),
    ("    user: sender\n", "    user: sender\n    threads: @@none\n",
     "channels[0].threads", "is not a whole number from 1 to 64", "form"),
    ('"18:00"', '@@"6 pm"', "quiet.from", 'write "07:30", in quotes', "form"),
    # labels and names
    ("{vi: Hồ sơ, en: Dossiers}", "@@{vi: Hồ sơ}", "rules[0].label",
     'the key "en" is missing', "form"),
    ("{vi: Hồ sơ, en: Dossiers}", "@@Hồ sơ", "rules[0].label",
     "is needed in each language", "form"),
    ("name: dossiers", "name: @@Hồ sơ", "rules[0].name", "is not a name",
     "form"),
    ("zone: Asia/Ho_Chi_Minh", "zone: @@Asia/Hanoi", "organisation.zone",
     "Asia/Hanoi", "sense"),
    # secrets
    ("{credential: mail-password}", "@@hunter2", "channels[0].password",
     "a secret written in clear; write {credential: NAME}", "form"),
    ("{credential: mail-password}", "@@{hunter2}", "channels[0].password",
     "write {credential: NAME} or {file: /PATH}", "form"),
    ("smtp://mail.example:587", "@@smtp://me:hunter2@mail.example:587",
     "channels[0].url", "a secret does not belong into an address", "form"),
    ("smtp://mail.example:587", "@@http://mail.example", "channels[0].url",
     "smtp:// or smtps://", "form"),
    ("    password: {credential: mail-password}\n", "", "channels[0].user",
     "is of no use without password", "form"),
    ("    user: sender\n", "    user: sender\n    tls: @@none\n",
     "channels[0].tls", "would send the password in clear", "sense"),
    ("type: smtp", "type: @@smpt", "channels[0].type",
     "write one of: smtp, file, exec, webhook", "form"),
    ("Sender <sender@mail.example>", "@@Sender", "channels[0].from",
     "is not a mail address", "form"),
    # names that refer to nothing, names given twice
    ("window: day\n", "window: @@dya\n", "rules[0].window",
     'there is no window "dya"', "sense"),
    ("via: [mail]", "via: [mail, @@mial]", "rules[0].via[1]",
     'there is no channel "mial"', "sense"),
    ("{name: day, open", "{name: day, calendar: @@offcie, open",
     "windows[0].calendar", 'did you mean "office"?', "sense"),
    ("quiet:", "  - {name: @@day}\nquiet:", "windows[1].name",
     '"day" is already the name of the window at', "sense"),
    ("name: due,", "name: @@risk,", "rules[0].steps[1].name",
     "is already the name of the step at", "sense"),
    # calendars
    ("feeds:\n", '  - {name: desk, holidays: @@offcie, week: {sat: "08:00-12:00"}}\ncalendar: office\nfeeds:\n',
     "calendars[1].holidays", 'there is no calendar "offcie"; did you mean "office"?', "sense"),
    ("feeds:\n", '  - {name: desk, holidays: @@desk, week: {sat: "08:00-12:00"}}\ncalendar: office\nfeeds:\n',
     "calendars[1].holidays", 'calendar "desk" builds on "desk", which leads back to it', "sense"),
    ("feeds:\n", '  - {name: x, units: [b], week: {sat: "08:00-12:00"}}\n'
     '  - {name: y, units: @@[a, b], week: {sat: "08:00-12:00"}}\ncalendar: office\nfeeds:\n',
     "calendars[2].units", 'unit "b" already follows calendar "x", by', "sense"),
    ("feeds:\n", '  - {name: night, units: [a], week: {mon: "05:00-06:00"}}\ncalendar: office\nfeeds:\n',
     "windows[0].open", 'every session of calendar "night" begins in quiet hours', "sense"),
    # rules that could never fire
    ("unit: [a, b]", "unit: @@[]", "rules[0].match.unit", "is an empty list",
     "form"),
    ("unit: [a, b]", "unit: [a, @@a]", "rules[0].match.unit[1]",
     "is in this list already", "form"),
    ("kind: dossier, unit: [a, b]", "kind: task, field: @@x",
     "rules[0].match.field", "only dossiers have", "form"),
    ("kind: dossier, unit", "kind: task, any: [{submission: @@online}], unit",
     "rules[0].match.any[0].submission", "only dossiers have", "sense"),
    ("unit: [a, b]}", "status: [@@Đang xử lí]}", "rules[0].match.status[0]",
     'is no status of a dossier; did you mean "Đang xử lý"?', "sense"),
    ("unit: [a, b]}", "not: {submission: @@fax}}",
     "rules[0].match.not.submission", "write online, in-person or by-post",
     "sense"),
    ("unit: [a, b]}", "any: [{unit: a}, @@{}]}", "rules[0].match.any[1]",
     "says nothing: every item would do", "form"),
    ("unit: [a, b]}", "all: @@[]}", "rules[0].match.all", "is an empty list",
     "form"),
    ("unit: [a, b]}", "not: {@@unitt: a}}", "rules[0].match.not.unitt",
     'there is no key "unitt" here; did you mean "unit"?', "form"),
    ("unit: [a, b]}", "source: @@mot-cau}", "rules[0].match.source",
     'there is no feed "mot-cau"', "sense"),
    ("tell: [assignee]}\n      - {name: due",
     "tell: @@[]}\n      - {name: due", "rules[0].steps[0].tell",
     "is an empty list", "form"),
    ("tell: [assignee]}\n      - {name: due",
     "tell: [@@asignee]}\n      - {name: due", "rules[0].steps[0].tell[0]",
     'did you mean "assignee"?', "form"),
    ("before: 2wd", "before: @@2 days", "rules[0].steps[0].before",
     '"2 days" is not a span here; write 2wd (working days), 8h', "form"),
    ("before: 2wd", "before: @@2wd-end", "rules[0].steps[0].before",
     '"2wd-end" is not a span here; write', "form"),
    ("repeat: 1wd", "repeat: @@10%", "rules[0].steps[2].repeat",
     '"10%" is not a span here; write', "form"),
    ("before: 2wd", "before: @@1.5d", "rules[0].steps[0].before",
     "d takes whole numbers only", "form"),
    ("before: 2wd", "before: @@120%", "rules[0].steps[0].before",
     '"120%" is more than 100%', "sense"),
    ("before: 2wd", "before: @@0h", "rules[0].steps[0].before",
     "is the deadline itself", "sense"),
    ("- {name: risk, before: 2wd,", "- @@{name: risk, before: 2wd, after: 2wd,",
     "rules[0].steps[0]", "more than one time", "form"),
    ("- {name: risk, before: 2wd,", "- @@{name: risk,", "rules[0].steps[0]",
     "does not say when it is reached", "form"),
    ("repeat: 1wd", "repeat: @@0h", "rules[0].steps[2].repeat",
     "without end at one instant", "sense"),
    ("- {name: late, after: 0h,",
     "- {name: up, after: 8h, tell: [head]}\n"
     "      - @@{name: late, after: 4h,", "rules[0].steps[3]",
     '"late" after 4h comes before "up" after 8h; a ladder goes up', "sense"),
    ("- {name: due, at: due-day,", "- @@{name: due, before: 3wd,",
     "rules[0].steps[1]", '"due" before 3wd comes before "risk" before 2wd',
     "sense"),
    ("- {name: due, at: due-day,",
     "- {name: x, before: 20%, tell: [head]}\n"
     "      - @@{name: due, before: 30%,", "rules[0].steps[2]",
     '"due" before 30% comes before "x" before 20%', "sense"),
    ("- {name: due, at: due-day,", "- @@{name: due, before: 15h,",
     "rules[0].steps[1]", "says the same to the same as \"risk\"", "sense"),
    # steps of other clocks, and of what happens
    ("- {name: due, at: due-day,", "- {name: due, of: @@suplement, at: due-day,",
     "rules[0].steps[1].of", "write one of: deadline, supplement, pause",
     "form"),
    ("- {name: due, at: due-day,", "- {name: due, of: pause, at: @@due-day,",
     "rules[0].steps[1].at", "needs a deadline, and of: pause has none",
     "form"),
    ("- {name: due, at: due-day,", "- {name: due, when: finish-moved-back, at: @@due-day,",
     "rules[0].steps[1].at", "is reached when something happens", "form"),
    ("- {name: due, at: due-day,", "- {name: due, when: @@finished,",
     "rules[0].steps[1].when", "write one of: supplement-requested", "form"),
    ("- {name: due, at: due-day,", "- {name: due, times: @@2, at: due-day,",
     "rules[0].steps[1].times", "goes with when: only", "form"),
    ("- {name: due, at: due-day,",
     "- {name: due, of: supplement, before: @@20%,",
     "rules[0].steps[1].before", "is a share of the dossier's own term",
     "sense"),
    ("- {name: due, at: due-day,",
     "- {name: x, of: pause, after: 5wd, tell: [head]}\n"
     "      - @@{name: due, of: pause, after: 2wd,", "rules[0].steps[2]",
     '"due" after 2wd of pause comes before "x" after 5wd of pause', "sense"),
    ("open: session-start", 'open: @@["06:00"]', "windows[0].open",
     "opens at 06:00, in quiet hours", "sense"),
    ('quiet: {from: "18:00", until: "07:00"}',
     'quiet: {from: "07:00", until: "14:00"}', "windows[0].open",
     "never opens", "sense"),
    ("open: session-start", 'open: @@[]', "windows[0].open",
     "would never open", "form"),
    # the wire
    ("quiet:", "wire: {endpoint: @@tcp://0.0.0.0:5555}\nquiet:",
     "wire.endpoint", "set both server-key and allowed-keys", "sense"),
    ("quiet:", "wire: {control: @@tcp://0.0.0.0:5555}\nquiet:",
     "wire.control", "orders are taken on this machine only", "form"),
    ("quiet:", "wire: {lost: @@15}\nquiet:", "wire.lost",
     "at least twice heartbeat", "sense"),
    ("quiet:", "store: @@kiphan.db\nquiet:", "store", "write the whole path",
     "form"),
    # the form of YAML
    ("window: day\n", "window: @@&w day\n", "rules[0]", "anchors", "parser"),
    ("window: day\n", "window: @@!!str day\n", "rules[0]", "tags", "parser"),
]


def load(text):
    return ruamel.yaml.YAML(typ="safe", pure=True).load(io.StringIO(text))


def schema_errors(text):
    validator = jsonschema.Draft7Validator(SCHEMA)
    return [error.message for error in validator.iter_errors(load(text))]


def read(path):
    done = subprocess.run([READER, str(path)], capture_output=True, text=True,
                          timeout=20, check=False)
    assert done.returncode in (0, 1), done.stderr
    assert (done.returncode == 1) == bool(done.stdout)
    return done.stdout.splitlines()


def change(old, new):
    """The changed text, and where the mark stood in it, if it had one."""
    assert GOOD.count(old) == 1, f"{old!r} must be there once"
    text = GOOD.replace(old, new)
    before, mark, after = text.partition("@@")
    if not mark:
        return text, None
    line = before.count("\n") + 1
    return before + after, f":{line}:{len(before.rpartition(chr(10))[2]) + 1}:"


def test_the_schema_is_a_schema():
    jsonschema.Draft7Validator.check_schema(SCHEMA)


# A share of the term, and the morning of the due day, can come before or
# after a time before the deadline: only what compares must go up (R5).
LADDER = GOOD.replace("      - {name: due,", """\
      - {name: share, before: 30%, tell: [assignee]}
      - {name: nearer, before: 1wd, tell: [assignee], urgent: yes}
      - {name: less, before: 20%, tell: [assignee]}
      - {name: due,""").replace("tell: [assignee, head], repeat: 1wd}", """\
tell: head, repeat: {every: 1wd, times: 5}}
      - {name: staff, after: 0h, tell: assignee}""")


@pytest.mark.parametrize("text", [GOOD, LADDER, EXAMPLE.read_text()],
                         ids=["good", "ladder", "example"])
def test_both_take_what_is_right(text, tmp_path):
    path = tmp_path / "kiphan.yaml"
    path.write_text(text)
    assert read(path) == []
    assert schema_errors(text) == []


@pytest.mark.parametrize("old,new,where,why,sort", BROKEN,
                         ids=[f"{row[2]}-{i}" for i, row in enumerate(BROKEN)])
def test_what_is_wrong_is_refused_with_its_place(old, new, where, why, sort,
                                                 tmp_path):
    text, place = change(old, new)
    path = tmp_path / "kiphan.yaml"
    path.write_text(text)
    lines = read(path)
    hits = [line for line in lines if f" {where}: " in line and why in line]
    assert hits, lines
    assert "hunter2" not in "".join(lines)
    if place:
        assert place in hits[0]
    if sort == "form":
        assert schema_errors(text), "the schema took it"
    if sort == "sense":
        assert schema_errors(text) == []


def test_all_errors_of_all_files_come_in_one_run_in_order(tmp_path):
    (tmp_path / "conf.d").mkdir()
    (tmp_path / "kiphan.yaml").write_text(
        GOOD.replace("window: day", "window: nigth").replace("[a, b]", "[]"))
    (tmp_path / "conf.d/20-more.yaml").write_text("rules: 1\nrulez: 2\n")
    (tmp_path / "conf.d/10-less.yaml").write_text("store: here\n")
    (tmp_path / "conf.d/ignored.yml").write_text("{{{")
    lines = read(tmp_path / "kiphan.yaml")
    assert [line.split(": ")[0].replace(f"{tmp_path}/", "") for line in lines
            ] == ["kiphan.yaml:21:34", "kiphan.yaml:23:13",
                  "conf.d/10-less.yaml:1:8", "conf.d/20-more.yaml:1:8",
                  "conf.d/20-more.yaml:2:1"]


def test_lists_go_on_from_file_to_file_and_the_rest_is_said_once(tmp_path):
    (tmp_path / "conf.d").mkdir()
    (tmp_path / "kiphan.yaml").write_text(GOOD)
    more = tmp_path / "conf.d/more.yaml"
    more.write_text("windows: [{name: noon, open: ['12:00']}]\n")
    assert read(tmp_path / "kiphan.yaml") == []
    more.write_text("windows: [{name: day}]\nquiet: {}\n")
    assert read(tmp_path / "kiphan.yaml") == [
        f'{more}:1:18: windows[0].name: "day" is already the name of the '
        f'window at {tmp_path}/kiphan.yaml:17:12',
        f'{more}:2:1: quiet: "quiet" is given twice, first at '
        f'{tmp_path}/kiphan.yaml:18:1']


def test_of_several_calendars_one_is_the_main_one(tmp_path):
    path = tmp_path / "kiphan.yaml"
    two = GOOD.replace("feeds:\n", '  - {name: desk, week: {sat: "08:00-12:00"}}\nfeeds:\n')
    path.write_text(two)
    assert 'there are several calendars; say by the key "calendar"' in "".join(read(path))
    path.write_text(two + "calendar: desk\n")
    assert read(path) == []


def test_a_file_that_is_missing_hides_no_error_of_another(tmp_path):
    (tmp_path / "conf.d").mkdir()
    (tmp_path / "conf.d/a.yaml").write_text("a: [\n")
    (tmp_path / "conf.d/b.yaml").write_text("store: here\n")
    lines = read(tmp_path / "kiphan.yaml")
    assert len(lines) == 3
    assert lines[0].startswith(f"{tmp_path}/kiphan.yaml: No such file")
    assert "conf.d/a.yaml" in lines[1] and "conf.d/b.yaml:1:8" in lines[2]


def test_a_faulty_main_file_does_not_make_other_files_look_faulty(tmp_path):
    (tmp_path / "conf.d").mkdir()
    (tmp_path / "kiphan.yaml").write_text(GOOD + "x: [\n")
    (tmp_path / "conf.d/more.yaml").write_text(
        "rules:\n" + GOOD.split("rules:\n")[1].replace("dossiers", "others"))
    lines = read(tmp_path / "kiphan.yaml")
    assert len(lines) == 1 and "kiphan.yaml:" in lines[0]

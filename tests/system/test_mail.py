"""The 07:30 messages through a real Postfix (STARTTLS, SASL) into Dovecot's Maildirs, read back over IMAP by Python's email.

Then what goes wrong on a mail server's side: a wrong password, a certificate that nobody vouches for, an address that is
greylisted, one that is refused.  Nothing is lost, and nobody else's mail waits for it.
"""
import email
import email.policy
import json
import re
import subprocess
import sys
import time
from datetime import datetime
from email.header import decode_header, make_header
from email.utils import parseaddr, parsedate_to_datetime
from html import unescape
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from harness.demo import office  # noqa: E402
from harness.installation import instant  # noqa: E402
from harness.mailserver import PASSWORD, USER, MailServer  # noqa: E402

OPENING = "2026-06-25T07:30:00+07:00"
AFTERNOON = "2026-06-25T13:30:00+07:00"
CODE = r"(?:H24\.17\.30-\d{6}-\d{4}|NV-2026-\d{3})"
WORDS = {"overdue": "quá hạn", "due-today": "đến hạn hôm nay", "at-risk": "sắp đến hạn", "system": "việc của hệ thống"}
STAFF, HEAD = "cv1.vhxh@kienan.example", "tp.vhxh@kienan.example"


@pytest.fixture(scope="module", name="expected")
def ask_the_oracle():
    """{person: message} at 07:30, from the oracle."""
    out = subprocess.run([sys.executable, ROOT / "tests/oracle/rules.py", "--demo"], capture_output=True, text=True, check=True)
    return {message["person"]: message for message in json.loads(out.stdout)}


@pytest.fixture(name="server")
def a_mail_server():
    with MailServer() as server:
        yield server


def sample(tmp_path, server, channel=None):
    """The sample office on the morning of 25/06/2026, its mail channel this server's."""
    return office(tmp_path / "office", channel="smtp", extra=channel or server.channel())


def start(kiphan):
    kiphan.start_daemon()
    kiphan.start_worker("mail")
    deadline = time.monotonic() + 20
    while not channel_status(kiphan)["workers"]:
        assert time.monotonic() < deadline, kiphan.log("worker-mail")
        time.sleep(0.01)


def channel_status(kiphan):
    return next(channel for channel in kiphan.ask("STATUS")["channels"] if channel["channel"] == "mail")


def address_of(kiphan, person):
    return kiphan.query("SELECT value FROM addresses WHERE person = ? AND kind = 'email'", person)[0]["value"]


def everybody(kiphan, server):
    """{person: [bytes of each mail]} of all mailboxes that have any."""
    server.wait_empty()
    found = {row["person"]: server.contents(row["value"]) for row in kiphan.query("SELECT person, value FROM addresses WHERE kind = 'email'")}
    return {person: contents for person, contents in found.items() if contents}


def await_that(true, what, seconds=30):
    """Real time passes where real programs talk to one another."""
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, what()
        time.sleep(0.02)


def states(kiphan):
    """{person: [(state, attempts)]} of all notices."""
    found = {}
    for row in kiphan.query("SELECT recipient, state, attempts FROM notices ORDER BY id"):
        found.setdefault(row["recipient"], []).append((row["state"], row["attempts"]))
    return found


def parsed(content):
    return email.message_from_bytes(content, policy=email.policy.default)


def decoded(content, name):
    """A header's text as email.header reads it, unfolded."""
    raw = email.message_from_bytes(content)[name]
    return str(make_header(decode_header(re.sub(r"\r?\n(?=[ \t])", "", raw))))


def plain_codes(mail):
    return re.findall(rf"^{CODE}", mail.get_body(("plain",)).get_content(), re.M)


def html_codes(mail):
    return re.findall(CODE, unescape(re.sub(r"<[^>]*>", " ", mail.get_body(("html",)).get_content())))


def blocks(mail):
    """The codes of each handler's block of a head's mail."""
    found = []
    for line in mail.get_body(("plain",)).get_content().splitlines():
        if " · " in line and not line.startswith(" "):
            found.append([])
        found[-1:] and found[-1].extend(re.findall(rf"^{CODE}", line))
    return [codes for codes in found if codes]


def check_headers(kiphan, person, content):
    mail = parsed(content)
    row = kiphan.query("SELECT code, name FROM people WHERE code = ?", person)[0]
    notice = kiphan.query("SELECT identity, decided_at FROM notices WHERE recipient = ? AND state = 'sent'", person)[0]
    assert not mail.defects
    assert parseaddr(decoded(content, "From")) == ("Nhắc việc UBND phường Kiến An", USER)
    assert parseaddr(decoded(content, "To")) == (row["name"], address_of(kiphan, person))
    assert mail["Date"] == "Thu, 25 Jun 2026 07:30:00 +0700"
    assert parsedate_to_datetime(mail["Date"]) == datetime.fromisoformat(OPENING)
    assert mail["Message-ID"] == f"<{notice['identity']}@kienan.example>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Bcc"] is None and mail["Cc"] is None
    assert len(mail.get_all("Message-ID")) == len(mail.get_all("Date")) == len(mail.get_all("To")) == 1
    assert mail["Return-Path"] == f"<{USER}>"
    assert mail.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert all(part.get_content_charset() == "utf-8" and not part.defects for part in mail.iter_parts())


def check_bytes(content):
    assert content.isascii() and b"\0" not in content
    assert re.search(rb"(?<!\r)\n|\r(?!\n)", content) is None
    assert max(map(len, content.split(b"\r\n"))) <= 998
    body = content.split(b"\r\n\r\n", 1)[1]
    assert max(map(len, body.split(b"\r\n"))) <= 76


def check_subject(content, message):
    subject = decoded(content, "Subject")
    levels = [line["level"] for line in message["lines"]]
    assert subject.startswith("[Nhắc việc] ") and subject.endswith(" (sáng thứ Năm, 25/6)"), subject
    counts = [(level, levels.count(level)) for level in WORDS if level in levels]
    found = re.findall(r"(\d+) (?:hồ sơ |nhiệm vụ |việc )?(quá hạn|đến hạn hôm nay|sắp đến hạn|của hệ thống)", subject)
    assert [int(number) for number, _ in found] == [number for _, number in counts], subject
    assert all(WORDS[level].endswith(words) for (level, _), (_, words) in zip(counts, found)), subject


def check_items(content, message):
    """The right items in the right order, in both bodies."""
    mail = parsed(content)
    wanted = [line["code"] for line in message["lines"]]
    if message["kind"] == "summary":
        assert plain_codes(mail) == message["worst"]
        for unit in message["counts"].values():
            for level, number in unit.items():
                assert f"{number} {WORDS[level]}" in mail.get_body(("plain",)).get_content()
    elif wanted[0].startswith("system:"):
        assert all(code.split(":")[2] in mail.get_body(("plain",)).get_content() for code in wanted)
    elif message["person"].startswith(("tp.", "gd.")):
        assert sorted(plain_codes(mail)) == sorted(wanted)
        for codes in blocks(mail):
            assert codes == [code for code in wanted if code in codes]
    else:
        assert plain_codes(mail) == wanted
    assert html_codes(mail) == plain_codes(mail)


def test_the_morning_arrives_over_imap(tmp_path, server, expected):
    with sample(tmp_path, server) as kiphan:
        start(kiphan)
        kiphan.step_to(OPENING)
        found = everybody(kiphan, server)
        assert sorted(found) == sorted(expected)
        for person, contents in found.items():
            assert len(contents) == 1, person
            check_bytes(contents[0])
            check_headers(kiphan, person, contents[0])
            check_subject(contents[0], expected[person])
            check_items(contents[0], expected[person])
        assert server.log().count("sasl_username=" + USER) >= len(expected)
        kiphan.step_to(AFTERNOON)
        server.wait_empty()
        assert {person: len(contents) for person, contents in everybody(kiphan, server).items()} == dict.fromkeys(expected, 1)


def test_a_wrong_password_parks_the_channel_and_loses_nothing(tmp_path, server, expected):
    server.secret.write_text("sai-mat-khau\n")
    with sample(tmp_path, server) as kiphan:
        start(kiphan)
        kiphan.step_to(OPENING)
        await_that(lambda: channel_status(kiphan)["parked"], lambda: kiphan.log("worker-mail"))
        parked = channel_status(kiphan)["parked"]
        assert "535" in parked["detail"] and "sai-mat-khau" not in json.dumps(parked)
        status = kiphan.run("status", "--check", check=False)
        assert status.returncode != 0 and "mail" in status.stdout + status.stderr
        assert "A channel is broken, its notices wait channel=mail" in kiphan.log("kiphand")
        assert {state for notices in states(kiphan).values() for state, _ in notices} == {"queued"}
        assert everybody(kiphan, server) == {}
        assert "sai-mat-khau" not in kiphan.log("kiphand") + kiphan.log("worker-mail")

        server.secret.write_text(PASSWORD + "\n")  # mended; a worker reads its secret when it starts
        kiphan.stop("worker-mail")
        kiphan.set_clock("2026-06-25T07:41:00+07:00")
        kiphan.start_worker("mail")
        await_that(lambda: not channel_status(kiphan)["parked"], lambda: kiphan.log("worker-mail"))
        kiphan.settle()
        assert "A channel works again channel=mail" in kiphan.log("kiphand")
        found = everybody(kiphan, server)
        assert {person: len(contents) for person, contents in found.items()} == dict.fromkeys(expected, 1)
        for person, contents in found.items():
            check_items(contents[0], expected[person])


def test_a_parked_channel_hands_over_to_the_next_of_the_ladder(tmp_path, server, expected):
    """At the person's next opening, not before (R15)."""
    server.secret.write_text("sai-mat-khau\n")
    outbox = tmp_path / "outbox"
    outbox.mkdir()
    channels = server.channel() + f"  - name: tep\n    type: file\n    directory: {outbox}\n"
    with sample(tmp_path, server, channels) as kiphan:
        text = kiphan.settings.read_text(encoding="utf-8")
        kiphan.settings.write_text(text.replace("via: [mail]", "via: [mail, tep]"), encoding="utf-8")
        start(kiphan)
        kiphan.start_worker("tep")
        kiphan.step_to(OPENING)
        assert not list(outbox.iterdir())
        kiphan.step_to(AFTERNOON)
        mails = {path.name.split("-", 2)[2].rpartition("-")[0]: parsed(path.read_bytes()) for path in outbox.iterdir()}
        assert sorted(mails) == sorted(set(expected) - {"quantri"})  # system notices know the first channel only (R14)
        for person, mail in mails.items():
            wanted = expected[person].get("worst") or [line["code"] for line in expected[person]["lines"]]
            assert set(wanted) <= set(plain_codes(mail)), person
        assert everybody(kiphan, server) == {}


def test_a_greylisted_address_is_tried_again_and_others_do_not_wait(tmp_path, server, expected):
    server.answers[STAFF] = "450 4.7.1 Greylisted, try again in a minute"
    with sample(tmp_path, server) as kiphan:
        start(kiphan)
        kiphan.step_to(OPENING)
        others = {person: 1 for person in expected if person != "cv1.vhxh"}
        assert {person: len(contents) for person, contents in everybody(kiphan, server).items()} == others
        assert states(kiphan)["cv1.vhxh"] == [("queued", 1)]
        asked = server.answers.asked[STAFF]
        attempt_at = kiphan.query("SELECT attempt_at FROM notices WHERE recipient = 'cv1.vhxh'")[0]["attempt_at"]
        assert instant(OPENING) < attempt_at <= instant(OPENING) + 60

        kiphan.step_to_second(attempt_at)  # again too soon for the server: a longer wait, at most doubled
        assert states(kiphan)["cv1.vhxh"] == [("queued", 2)] and server.answers.asked[STAFF] > asked
        again_at = kiphan.query("SELECT attempt_at FROM notices WHERE recipient = 'cv1.vhxh'")[0]["attempt_at"]
        assert attempt_at < again_at <= attempt_at + 120

        del server.answers[STAFF]
        kiphan.step_to_second(again_at)
        assert states(kiphan)["cv1.vhxh"] == [("sent", 3)]
        found = everybody(kiphan, server)
        assert {person: len(contents) for person, contents in found.items()} == dict.fromkeys(expected, 1)
        check_headers(kiphan, "cv1.vhxh", found["cv1.vhxh"][0])
        check_items(found["cv1.vhxh"][0], expected["cv1.vhxh"])


def test_a_refused_address_is_marked_and_the_head_stands_in(tmp_path, server, expected):
    server.answers[STAFF] = "550 5.1.1 No such mailbox here"
    with sample(tmp_path, server) as kiphan:
        start(kiphan)
        kiphan.step_to(OPENING)
        others = {person: 1 for person in expected if person != "cv1.vhxh"}
        assert {person: len(contents) for person, contents in everybody(kiphan, server).items()} == others
        assert states(kiphan)["cv1.vhxh"] == [("dead", 1)]
        address = kiphan.query("SELECT * FROM addresses WHERE person = 'cv1.vhxh' AND kind = 'email'")[0]
        assert address["refused_at"] == instant(OPENING) and "5.1.1" in address["refused_detail"]

        kiphan.step_to(AFTERNOON)  # what was theirs goes to their head
        head = [parsed(content) for content in everybody(kiphan, server)["tp.vhxh"]]
        assert len(head) == 2
        wanted = {line["code"] for line in expected["cv1.vhxh"]["lines"]}
        assert wanted <= set(plain_codes(head[1]))
        assert "Trần Thị Bình" in head[1].get_body(("plain",)).get_content()

        kiphan.step_to("2026-06-26T07:30:00+07:00")  # and the admin is told at the first opening of a day
        admin = parsed(everybody(kiphan, server)["quantri"][-1]).get_body(("plain",)).get_content()
        assert "Trần Thị Bình" in admin and "cv1.vhxh" in admin
        assert "cv1.vhxh" not in everybody(kiphan, server)
        assert server.answers.asked[STAFF] == 1


def test_an_untrusted_certificate_breaks_the_channel_and_nothing_is_said_in_clear(tmp_path, server):
    elsewhere = tmp_path / "anchors"
    elsewhere.mkdir()
    with sample(tmp_path, server, server.channel().replace(f"{server.here}/anchors", str(elsewhere))) as kiphan:
        start(kiphan)
        kiphan.step_to(OPENING)
        await_that(lambda: channel_status(kiphan)["parked"], lambda: kiphan.log("worker-mail"))
        assert "certificate" in channel_status(kiphan)["parked"]["detail"]
        assert everybody(kiphan, server) == {}
        assert not server.answers.asked
        assert "sasl_username" not in server.log()
        assert {state for notices in states(kiphan).values() for state, _ in notices} == {"queued"}


def test_a_server_without_starttls_gets_neither_password_nor_mail(tmp_path):
    with MailServer(smtpd_tls_security_level="none", smtpd_tls_auth_only="no") as server:
        with sample(tmp_path, server) as kiphan:
            start(kiphan)
            kiphan.step_to(OPENING)
            await_that(lambda: channel_status(kiphan)["parked"], lambda: kiphan.log("worker-mail"))
            assert everybody(kiphan, server) == {}
            assert not server.answers.asked and "sasl_username" not in server.log()

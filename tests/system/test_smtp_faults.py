"""The smtp channel against a server that fails in every way that Postfix's smtp-sink knows: which verdict?"""
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from harness.installation import die_with_the_test  # noqa: E402
from harness.mailserver import free_port, wait_for_port  # noqa: E402
from harness.sendone import NOTICES, Channel  # noqa: E402

FROM = "from: Nhắc việc <nhac-viec@kienan.example>"


class Sink:
    """smtp-sink with these flags."""

    def __init__(self, *flags):
        self.port = free_port()
        self.process = subprocess.Popen(["/usr/sbin/smtp-sink", "-u", "nobody", *flags, f"127.0.0.1:{self.port}", "64"],
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                        preexec_fn=die_with_the_test)
        wait_for_port(self.port)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()


def channel(tmp_path, port, *more):
    return Channel(tmp_path, "type: smtp", f"url: smtp://127.0.0.1:{port}", "tls: none", FROM, *more)


@pytest.mark.parametrize("flags, verdict, words", [
    ((), "delivered", "250"),
    (("-r", "RCPT"), "try-later", "450"),
    (("-r", "MAIL"), "try-later", "450"),
    (("-r", "DATA"), "try-later", "450"),
    (("-r", "."), "try-later", "450"),
    (("-f", "RCPT"), "refused", "500"),
    (("-f", "DATA"), "refused", "500"),
    (("-f", "."), "refused", "500"),
    # The sender is refused, so it would be for everybody.
    (("-f", "MAIL"), "broken", "500"),
    (("-f", "EHLO", "-f", "HELO"), "broken", "500"),
    # Too many recipients, though ours is the only one.
    (("-f", "RCPT", "-B", "552 5.5.3 too many"), "try-later", "552 5.5.3"),
    (("-f", "RCPT", "-B", "550 5.1.1 nobody here"), "refused", "550 5.1.1 nobody here"),
    (("-f", "MAIL", "-B", "530 5.7.0 log in first"), "broken", "530"),
    (("-r", ".", "-b", "451 4.7.1 greylisted"), "try-later", "451 4.7.1 greylisted"),
    # The connection ends before the body, or is ended with 421: accepted is nothing.
    (("-q", "CONNECT"), "try-later", ""),
    (("-q", "MAIL"), "try-later", ""),
    (("-q", "DATA"), "try-later", ""),
    (("-Q", "RCPT"), "try-later", "421"),
    (("-Q", "."), "try-later", "421"),
    # The body is out, and no answer comes.
    (("-q", "."), "ambiguous", ""),
])
def test_judges_what_the_server_did(tmp_path, flags, verdict, words):
    with Sink(*flags) as sink:
        outcome = channel(tmp_path, sink.port).send()[0]
    assert outcome["verdict"] == verdict, outcome
    assert words in outcome["detail"]
    assert outcome["detail"].isprintable()


def test_waits_for_a_slow_last_reply(tmp_path):
    with Sink("-W", ".:2") as sink:
        began = time.monotonic()
        outcome = channel(tmp_path, sink.port).send()[0]
    assert outcome["verdict"] == "delivered"
    assert time.monotonic() - began >= 2


def test_an_answer_that_does_not_come_in_time_is_ambiguous(tmp_path):
    with Sink("-W", ".:30") as sink:
        outcome = channel(tmp_path, sink.port, "timeout: 1").send()[0]
    assert outcome["verdict"] == "ambiguous"


def test_an_answer_to_data_that_does_not_come_in_time_is_not(tmp_path):
    with Sink("-W", "DATA:30") as sink:
        outcome = channel(tmp_path, sink.port, "timeout: 1").send()[0]
    assert outcome["verdict"] == "try-later"


def test_nobody_listens(tmp_path):
    outcome = channel(tmp_path, free_port()).send()[0]
    assert outcome["verdict"] == "try-later"


def test_goes_on_after_a_refusal(tmp_path):
    """A state that met a fault sends the next mail as if nothing had been."""
    with Sink("-f", ".") as sink:
        outcomes = channel(tmp_path, sink.port).send(NOTICES / "staff.json", NOTICES / "head.json")
    assert [outcome["verdict"] for outcome in outcomes] == ["refused", "refused"]


def test_never_sends_without_tls_unless_told(tmp_path):
    with Sink("-d", str(tmp_path / "dump.")) as sink:
        outcome = Channel(tmp_path, "type: smtp", f"url: smtp://127.0.0.1:{sink.port}", FROM).send()[0]
    assert outcome["verdict"] == "broken"
    assert not list(tmp_path.glob("dump.*"))


def test_refuses_an_address_that_carries_commands(tmp_path):
    facts = (NOTICES / "staff.json").read_text(encoding="utf-8")
    notice = tmp_path / "notice.json"
    notice.write_text(facts.replace("cv1.xdnnmt@kienan.example", "a@x.test>\\r\\nNOOP <b"), encoding="utf-8")
    with Sink() as sink:
        outcome = channel(tmp_path, sink.port).send(notice)[0]
    assert outcome["verdict"] == "refused"


def test_probe_says_whether_the_server_answers(tmp_path):
    with Sink() as sink:
        assert channel(tmp_path, sink.port).probe()["verdict"] == "delivered"
    assert channel(tmp_path, free_port()).probe()["verdict"] == "try-later"

"""The exec channel: a program reads a message, and its exit code is the verdict."""
import json
import os
import sys
import time
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from harness.sendone import NOTICES, Channel  # noqa: E402

FACTS = json.loads((NOTICES / "staff.json").read_text(encoding="utf-8"))


def channel(tmp_path, script, *more):
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    return Channel(tmp_path, "type: exec", f"program: {program}", *more)


def test_the_program_gets_the_message_as_json(tmp_path):
    outcome = channel(tmp_path, f"cat >{tmp_path}/got; env >{tmp_path}/env; echo thanks").send()[0]
    assert (outcome["verdict"], outcome["detail"]) == ("delivered", "exit 0 thanks")
    got = json.loads((tmp_path / "got").read_text(encoding="utf-8"))
    assert (got["identity"], got["number"], got["attempt"]) == (FACTS["identity"], 1234, 1)
    assert got["address"] == FACTS["to"]["address"]
    assert got["subject"].startswith("[Nhắc việc]")
    assert "H24.17.30-260609-0003" in got["text"]
    assert got["facts"] == FACTS


def test_the_program_finds_no_environment_of_ours(tmp_path, monkeypatch):
    monkeypatch.setenv("KIPHAN_SECRET", "x")
    channel(tmp_path, f"env >{tmp_path}/env; cat >/dev/null").send()
    names = {line.split("=")[0] for line in (tmp_path / "env").read_text().splitlines()}
    assert names <= {"PATH", "LANG", "PWD", "SHLVL", "_"}


@pytest.mark.parametrize("code, verdict", [
    (0, "delivered"), (75, "try-later"), (69, "try-later"), (67, "refused"), (68, "refused"), (65, "refused"), (78, "broken"),
    (77, "broken"), (64, "broken"), (127, "broken"), (1, "ambiguous"), (99, "ambiguous"),
])
def test_the_exit_code_is_the_verdict(tmp_path, code, verdict):
    outcome = channel(tmp_path, f"printf 'be\\033cause\\n' >&2; exit {code}").send()[0]
    assert (outcome["verdict"], outcome["detail"]) == (verdict, f"exit {code} be cause")


def test_a_program_that_dies_leaves_it_in_doubt(tmp_path):
    outcome = channel(tmp_path, "kill -9 $$").send()[0]
    assert (outcome["verdict"], outcome["detail"]) == ("ambiguous", "ended by signal 9")


def test_a_program_that_never_ends_is_ended_with_all_that_it_started(tmp_path):
    began = time.monotonic()
    outcome = channel(tmp_path, f"sleep 60 & echo $! >{tmp_path}/child; sleep 60", "timeout: 1").send()[0]
    assert outcome["verdict"] == "ambiguous"
    assert time.monotonic() - began < 30
    child = int((tmp_path / "child").read_text())
    state = Path(f"/proc/{child}/stat")
    assert not state.exists() or state.read_text().split()[2] == "Z"


def test_a_program_may_leave_what_it_does_not_want_to_read(tmp_path):
    facts = tmp_path / "long.json"
    facts.write_text(json.dumps(FACTS | {"lines": [FACTS["lines"][0]] * 400}, ensure_ascii=False), encoding="utf-8")
    assert channel(tmp_path, "exit 0").send(facts)[0]["verdict"] == "delivered"
    assert channel(tmp_path, "wc -c").send(facts)[0]["verdict"] == "delivered"


def test_a_program_that_talks_a_lot_is_heard_out(tmp_path):
    outcome = channel(tmp_path, "head -c 1000000 /dev/zero | tr '\\0' x").send()[0]
    assert outcome["verdict"] == "delivered"
    assert len(outcome["detail"]) < 400


def test_no_shell_sees_the_words(tmp_path):
    facts = tmp_path / "facts.json"
    trap = f"$(touch {tmp_path}/trapped) ; `touch {tmp_path}/trapped`"
    facts.write_text(json.dumps(FACTS | {"organisation": trap}), encoding="utf-8")
    assert channel(tmp_path, f"cat >{tmp_path}/got").send(facts)[0]["verdict"] == "delivered"
    assert json.loads((tmp_path / "got").read_text())["facts"]["organisation"] == trap
    assert not (tmp_path / "trapped").exists()


def test_a_program_that_anybody_may_change_is_not_run(tmp_path):
    told = channel(tmp_path, "exit 0")
    assert told.probe()["verdict"] == "delivered"
    os.chmod(tmp_path / "program", 0o757)
    with pytest.raises(AssertionError, match="anybody may change it"):
        told.send()

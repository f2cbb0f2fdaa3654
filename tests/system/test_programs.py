"""What each of the three programs says of itself."""
import subprocess

import pytest

from tests.harness.installation import ROOT, programs

PROGRAMS = ("kiphan", "kiphand", "kiphan-worker")


def say(program, *arguments, **environment):
    return subprocess.run([programs() / program, *arguments], capture_output=True, text=True, timeout=30, env=environment)


@pytest.mark.parametrize("program", PROGRAMS)
def test_help_is_an_answer(program):
    done = say(program, "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert f"{program} " in done.stdout.splitlines()[0]


@pytest.mark.parametrize("program", PROGRAMS)
def test_the_version_is_the_projects(program):
    done = say(program, "--version")
    assert (done.returncode, done.stderr) == (0, "")
    declared = next(line for line in (ROOT / "CMakeLists.txt").read_text().splitlines() if "VERSION" in line and "project" in line.lower())
    assert done.stdout.split()[0] == program and done.stdout.split()[1] in declared


@pytest.mark.parametrize("program", PROGRAMS)
def test_an_option_that_is_none_is_wrong_usage(program):
    done = say(program, "--no-such-option")
    assert (done.returncode, done.stdout) == (2, "")
    assert "--no-such-option" in done.stderr


def test_a_worker_warns_of_a_clock_that_is_set(tmp_path):
    done = say("kiphan-worker", "--settings", tmp_path / "none.yaml", "mail", KIPHAN_CLOCK="2026-06-25T07:30:00+07:00")
    assert done.returncode == 1
    assert "the clock is set by KIPHAN_CLOCK" in done.stderr

"""What `cmake --install` puts where, and what systemd's own tools say of the units."""
import gzip
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from harness.installation import programs  # noqa: E402

UNITS = "usr/lib/systemd/system"
# Unit as it is asked for, the most that it may be exposed (None: it runs the admin's own program, as root).
EXPOSURE = [("kiphand.service", 0.6), ("kiphan-worker@mail.service", 1.5), ("kiphan-failed@x.service", None),
            ("kiphan-worker-failed@x.service", None), ("kiphan-again@x.service", None), ("kiphan-worker-again@x.service", None)]
EXPECTED = """
etc/sudoers.d/kiphan
usr/bin/kiphan
usr/sbin/kiphand
usr/sbin/kiphan-worker
usr/lib/systemd/system/kiphand.service
usr/lib/systemd/system/kiphan-worker@.service
usr/lib/systemd/system/kiphan-failed@.service
usr/lib/systemd/system/kiphan-worker-failed@.service
usr/lib/systemd/system/kiphan-again@.service
usr/lib/systemd/system/kiphan-again@.timer
usr/lib/systemd/system/kiphan-worker-again@.service
usr/lib/systemd/system/kiphan-worker-again@.timer
usr/lib/sysusers.d/kiphan.conf
usr/lib/sysusers.d/kiphan-worker.conf
usr/lib/tmpfiles.d/kiphan.conf
usr/lib/tmpfiles.d/kiphan-worker.conf
usr/share/bash-completion/completions/kiphan
usr/share/man/man1/kiphan.1.gz
usr/share/man/man5/kiphan.yaml.5.gz
usr/share/man/man8/kiphand.8.gz
usr/share/man/man8/kiphan-worker.8.gz
usr/share/kiphan/kiphan.schema.json
usr/share/kiphan/kiphand-tcp.conf
usr/share/kiphan/schemas/status.json
usr/share/kiphan/example/kien-an/kiphan.yaml
usr/share/kiphan/templates/vi/mail.html.mustache
usr/share/doc/kiphan/copyright
usr/share/doc/kiphan/README.md
usr/share/doc/kiphan-worker/copyright
""".split()


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """The root of what `cmake --install` installs."""
    root = tmp_path_factory.mktemp("root")
    subprocess.run(["cmake", "--install", programs().parent, "--prefix", "/usr"], env=dict(os.environ, DESTDIR=str(root)), check=True,
                   stdout=subprocess.DEVNULL)
    return root


def template_of(unit):
    return re.sub(r"@.*\.", "@.", unit)


def verify(installed, directory, unit):
    """systemd-analyze verify: the unit as installed, its programs looked for where they are installed."""
    for path in (installed / UNITS).iterdir():
        text = path.read_text(encoding="utf-8")
        (directory / path.name).write_text(re.sub(r"(?m)^(Exec\w+=)(/usr/s?bin/kiphan)", rf"\g<1>{installed}\2", text), encoding="utf-8")
    return subprocess.run(["systemd-analyze", "verify", directory / unit], capture_output=True, text=True,
                          env=dict(os.environ, MANPATH=str(installed / "usr/share/man")))


def test_everything_is_where_debian_expects_it(installed):
    found = {str(path.relative_to(installed)) for path in installed.rglob("*") if path.is_file()}
    assert [name for name in EXPECTED if name not in found] == []
    assert [name for name in found if "__pycache__" in name] == []
    assert (installed / "etc/sudoers.d/kiphan").stat().st_mode & 0o7777 == 0o440


@pytest.mark.parametrize("unit", [unit for unit, _ in EXPOSURE])
def test_systemd_has_nothing_to_say_of_a_unit(installed, tmp_path, unit):
    done = verify(installed, tmp_path, unit)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_an_unknown_key_in_a_unit_would_be_seen(installed, tmp_path):
    shutil.copytree(installed, tmp_path / "root")
    with open(tmp_path / "root" / UNITS / "kiphand.service", "a", encoding="utf-8") as unit:
        unit.write("[Service]\nProtectEverything=yes\n")
    (tmp_path / "units").mkdir()
    assert "ProtectEverything" in verify(tmp_path / "root", tmp_path / "units", "kiphand.service").stderr


@pytest.mark.parametrize("unit, most", [(unit, most) for unit, most in EXPOSURE if most])
def test_a_unit_has_no_more_rights_than_its_duty_needs(installed, unit, most):
    done = subprocess.run(["systemd-analyze", "security", "--offline=true", f"--threshold={round(most * 10)}",
                           installed / UNITS / template_of(unit)], capture_output=True, text=True)
    said = re.search(r"Overall exposure level for .*: ([0-9.]+)", done.stdout)
    assert said, done.stdout + done.stderr
    assert float(said[1]) <= most
    assert done.returncode == 0


@pytest.mark.parametrize("page", [name for name in EXPECTED if "/man/" in name])
def test_a_manual_page_is_well_formed(installed, page):
    text = gzip.decompress((installed / page).read_bytes())
    done = subprocess.run(["mandoc", "-Tlint", "-W", "warning"], input=text, capture_output=True)
    assert (done.returncode, done.stdout.decode()) == (0, "")


def test_the_manual_says_which_options_there_are(installed):
    """Each option that a program's usage names is in its page, and no other."""
    for program, page in (("sbin/kiphand", "man8/kiphand.8.gz"), ("sbin/kiphan-worker", "man8/kiphan-worker.8.gz")):
        done = subprocess.run([installed / "usr" / program, "--no-such-option"], capture_output=True, text=True)
        assert done.returncode == 2
        text = gzip.decompress((installed / "usr/share/man" / page).read_bytes()).decode()
        known = set(re.findall(r"--([a-z]+)", done.stderr)) - {"no"}
        assert set(re.findall(r"Fl -([a-z]+)", text)) == known, program

"""A Debian machine with a real systemd, booted from build/tree, and kiphan installed on it from its packages.

    with Machine() as machine:
        machine.install()
        machine.run("systemctl", "start", "kiphand")
        machine.write("/etc/kiphan/kiphan.yaml", text)

What it writes is gone when it ends; it has no network but its own loopback.
"""
import io
import os
import signal
import subprocess
import tarfile
import time
from pathlib import Path

from harness.installation import ROOT, die_with_the_test, programs

TREE = ROOT / "build/tree"
PACKAGES = ROOT / "build/package"
POWER_OFF = signal.SIGRTMIN + 4  # what systemd takes it for


def build_tree():
    subprocess.run([ROOT / "scripts/make-tree", TREE], check=True, stdin=subprocess.DEVNULL)


def build_packages():
    """The packages of the programs under test."""
    subprocess.run([ROOT / "scripts/package", programs().parent.name], check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)


class Machine:
    def __init__(self):
        self.log = open(ROOT / "build/machine.log", "wb")
        self.nspawn = subprocess.Popen(
            ["systemd-nspawn", "--quiet", "--directory", TREE, "--register=no", "--keep-unit", "--boot", "--console=read-only",
             "--private-network", "--volatile=overlay", "--hostname=office", f"--bind-ro={PACKAGES}:/mnt"],
            stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log, preexec_fn=die_with_the_test)
        try:
            self.leader = self.await_leader()
            self.await_boot()
        except BaseException:
            self.close()
            raise

    # -- its life ---------------------------------------------------------------------------------------------------

    def await_leader(self):
        """The process id of its systemd."""
        children = Path(f"/proc/{self.nspawn.pid}/task/{self.nspawn.pid}/children")
        until = time.monotonic() + 30
        while time.monotonic() < until:
            assert self.nspawn.poll() is None, self.console()
            for child in children.read_text().split():
                if self.program_of(child) == "systemd":
                    return int(child)
            time.sleep(0.01)
        raise AssertionError(f"no systemd came up:\n{self.console()}")

    @staticmethod
    def program_of(process):
        try:
            return Path(f"/proc/{process}/comm").read_text().strip()
        except OSError:
            return ""

    def await_boot(self):
        until = time.monotonic() + 60
        state = None
        while time.monotonic() < until:
            state = self.run("systemctl", "is-system-running", check=False).stdout.strip()
            if state == "running":
                return
            assert state != "degraded", self.run("systemctl", "--failed", "--no-pager").stdout
            time.sleep(0.05)
        raise AssertionError(f"{state} after 60 s:\n{self.console()}")

    def console(self):
        return (ROOT / "build/machine.log").read_text(errors="replace")[-4000:]

    def close(self):
        if self.nspawn.poll() is None and hasattr(self, "leader"):
            os.kill(self.leader, POWER_OFF)
            try:
                self.nspawn.wait(timeout=30)
            except subprocess.TimeoutExpired:
                pass
        if self.nspawn.poll() is None:
            self.nspawn.kill()
        self.nspawn.wait(timeout=60)
        self.log.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    # -- what is done on it -----------------------------------------------------------------------------------------

    def run(self, *command, check=True, user=None, environment=None, stdin=None, timeout=60):
        """A command as root, or as another user in a session of theirs."""
        variables = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8", **(environment or {})}
        words = [*map(str, command)]
        if user:
            words = ["runuser", "-u", user, "--", *words]
        done = subprocess.run(
            ["nsenter", "-t", str(self.leader), "-m", "-u", "-i", "-n", "-p", "-C", "-r", "-w", "/usr/bin/env", "-i",
             *(f"{name}={value}" for name, value in variables.items()), *words],
            input=stdin, stdin=None if stdin is not None else subprocess.DEVNULL, capture_output=True, text=True, timeout=timeout)
        if check and done.returncode != 0:
            raise AssertionError(f"{' '.join(words)} ended {done.returncode}:\n{done.stdout}{done.stderr}")
        return done

    def install(self):
        names = sorted(f"/mnt/{path.name}" for path in PACKAGES.glob("*.deb"))
        assert len(names) == 2, names
        return self.run("dpkg", "-i", *names)

    def write(self, path, text, mode="0644"):
        self.run("/bin/sh", "-c", 'mkdir -p "$(dirname "$1")" && cat >"$1.new" && chmod "$2" "$1.new" && mv "$1.new" "$1"',
                 "write", path, mode, stdin=text)

    def read(self, path):
        return self.run("cat", path).stdout

    def drop_in(self, unit, name, text):
        """Lines for a unit's section [Service], or [Timer]; taken at its next start."""
        section = "Timer" if unit.endswith(".timer") else "Service"
        self.write(f"/etc/systemd/system/{unit}.d/{name}.conf", f"[{section}]\n{text}\n")
        self.run("systemctl", "daemon-reload")

    def show(self, unit, what):
        return self.run("systemctl", "show", "--value", "--property", what, unit).stdout.strip()

    def journal(self, unit):
        return self.run("journalctl", "--no-pager", "--quiet", "--output=cat", "--unit", unit).stdout

    def await_true(self, what, seconds=30):
        """Wait until what() is true, and hand it back."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            found = what()
            if found:
                return found
            time.sleep(0.05)
        raise AssertionError(f"not within {seconds} s; the journal ends:\n"
                             + self.run("journalctl", "--no-pager", "--lines=40").stdout)

    def files(self, directory):
        """{name: bytes} of the files in a directory, through whatever links."""
        packed = subprocess.run(
            ["nsenter", "-t", str(self.leader), "-m", "-r", "-w", "/usr/bin/tar", "-C", directory, "-cf", "-", "."],
            capture_output=True, check=True).stdout
        with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
            return {Path(entry.name).name: archive.extractfile(entry).read() for entry in archive if entry.isfile()}

"""The units as installed, in a real systemd: the packages on a minimal Debian machine do the main job, and each unit can do no more
than its duty.

Each test has a machine of its own, freshly booted, with the sample office of config/example whose mail goes into files.
"""
import base64
import email
import email.policy
import hashlib
import hmac
import json
import re
import sys
import textwrap
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from harness.installation import instant  # noqa: E402
from harness.machine import Machine, build_packages, build_tree  # noqa: E402

SETTINGS = "/etc/kiphan/kiphan.yaml"
CLOCK = "/etc/kiphan/clock"
LISTS = "/usr/share/kiphan/example/kien-an"
OUTBOX = "/var/lib/kiphan-worker/mail"
UNITS = ("kiphand.service", "kiphan-worker@mail.service")
WORKER = "kiphan-worker@mail.service"
SEES_TO_FAILURES = [("kiphan-failed", "service"), ("kiphan-worker-failed", "service"), ("kiphan-again", "service"),
                    ("kiphan-again", "timer"), ("kiphan-worker-again", "service"), ("kiphan-worker-again", "timer")]

# Who is told at the first window of 25/06/2026: tests/oracle says the same of the demo.
MORNING = {"cv1.hcc", "cv1.kinhte", "cv1.vhxh", "cv1.xdnnmt", "cv2.vhxh", "cv2.xdnnmt", "gd.hcc", "pct", "pct2", "quantri", "tp.kinhte",
           "tp.vhxh", "tp.xdnnmt"}

FILE_CHANNEL = f"""\
  - name: mail
    type: file
    directory: {OUTBOX}
"""


@pytest.fixture(scope="session")
def built():
    build_tree()
    build_packages()


@pytest.fixture
def machine(built):
    with Machine() as machine:
        machine.install()
        yield machine


class Office:
    """The sample office on a machine, with a clock that the test sets."""

    def __init__(self, machine):
        self.machine = machine
        machine.run("kiphan", "init", "--example", "kien-an")
        self.settings = self.localised(machine.read(SETTINGS))
        machine.write(SETTINGS, self.settings)
        for unit in ("kiphand.service", "kiphan-worker@.service"):
            machine.drop_in(unit, "clock", f"Environment=KIPHAN_CLOCK=file:{CLOCK}")
        self.set_clock("2026-06-25T07:20:00+07:00")
        self.import_lists()

    @staticmethod
    def localised(text):
        text = re.sub(r"(?ms)^channels:\n.*?\n\n", f"channels:\n{FILE_CHANNEL}\n", text)
        return text + "\nwire: {heartbeat: 1, lost: 3}\n"

    def import_lists(self):
        self.kiphan("import", "units", f"{LISTS}/units.csv")
        self.kiphan("import", "people", f"{LISTS}/people.csv", check=False)
        self.kiphan("import", "calendar", f"{LISTS}/calendar-2026.csv", "--year", "2026")
        self.kiphan("import", "items", f"{LISTS}/notice-tasks.csv", "--feed", "nhiem-vu", "--as-of", "25/06/2026 07:00", check=False)
        dossiers = self.machine.run("python3", f"{LISTS}/make_dossiers.py", "--as-of", "25/06/2026 07:00").stdout
        self.machine.write("/root/dossiers.csv", dossiers, mode="0600")  # only root can open it
        self.kiphan("import", "items", "/root/dossiers.csv", "--feed", "motcua", "--as-of", "25/06/2026 07:00", check=False)

    def kiphan(self, *words, **options):
        return self.machine.run("kiphan", *words, environment={"KIPHAN_CLOCK": f"file:{CLOCK}"}, **options)

    def status(self):
        return json.loads(self.kiphan("status", "--json").stdout)

    def set_clock(self, text):
        self.machine.write(CLOCK, f"{instant(text)}\n")

    def start(self):
        self.machine.run("systemctl", "enable", "--now", *UNITS)

    def settle(self):
        """Wait until the daemon says that nothing is due, nor in flight."""
        return self.machine.await_true(lambda: self.status()["settled"])

    def step_to(self, text):
        self.set_clock(text)
        self.settle()

    def morning(self):
        """The messages of 07:30, and of the second attempt at those whose worker died with them."""
        self.step_to("2026-06-25T07:30:00+07:00")
        self.step_to("2026-06-25T08:00:00+07:00")
        return self.messages()

    def messages(self):
        """{person: message} of the last opening, from the names of the files."""
        files = sorted(self.machine.files(OUTBOX).items())
        return {re.fullmatch(r"\d+-\d+-(.*)-\d+\.eml", name)[1]: email.message_from_bytes(content, policy=email.policy.default)
                for name, content in files}


@pytest.fixture
def office(machine):
    return Office(machine)


# ---- the main job ----


def test_the_units_as_installed_tell_everyone_at_the_first_window(office):
    machine = office.machine
    office.start()
    office.settle()
    assert machine.files(OUTBOX) == {}
    office.step_to("2026-06-25T07:30:00+07:00")
    messages = office.messages()
    assert set(messages) == MORNING
    assert "quá hạn" in messages["tp.vhxh"]["Subject"]
    status = office.status()
    assert (status["notices"]["sent_today"], status["notices"]["waiting"], status["notices"]["dead"]) == (len(MORNING), 0, 0)
    assert status["channels"] == [{"channel": "mail", "workers": 1, "parked": None}]
    for unit in UNITS:
        assert (machine.show(unit, "NRestarts"), machine.show(unit, "WatchdogUSec")) == ("0", "3min")


def test_everything_goes_on_after_the_machine_was_switched_off_and_on(office):
    """Enabled units come up by themselves; sockets and directories below /run are made anew."""
    machine = office.machine
    office.start()
    machine.run("systemctl", "stop", *UNITS)
    machine.run("rm", "-r", "/run/kiphan", "/run/kiphan-events", "/run/kiphan-control")
    machine.run("systemd-tmpfiles", "--create", "--boot")
    machine.run("systemctl", "start", "multi-user.target")
    office.step_to("2026-06-25T07:30:00+07:00")
    assert set(office.messages()) == MORNING


def test_systemd_has_nothing_to_say_of_the_units_as_installed(machine):
    done = machine.run("systemd-analyze", "verify", "--man=no", *UNITS, *(f"{name}@x.{kind}" for name, kind in SEES_TO_FAILURES))
    assert (done.stdout, done.stderr) == ("", "")


def test_installing_starts_nothing_and_removing_keeps_the_store(office):
    machine = office.machine
    for unit in UNITS:
        assert machine.show(unit, "ActiveState") == "inactive"
    office.start()
    machine.run("dpkg", "--purge", "kiphan", "kiphan-worker")
    assert machine.run("pgrep", "kiphan", check=False).stdout == ""
    assert machine.run("systemctl", "--failed", "--quiet", "--no-legend").stdout == ""
    machine.run("test", "-s", "/var/lib/kiphan/kiphan.db")


def test_another_version_takes_over_from_the_one_that_runs(office):
    machine = office.machine
    office.start()
    before = [machine.show(unit, "MainPID") for unit in UNITS]
    machine.install()
    after = [machine.show(unit, "MainPID") for unit in UNITS]
    assert all(old != new and new != "0" for old, new in zip(before, after))
    office.step_to("2026-06-25T07:30:00+07:00")
    assert set(office.messages()) == MORNING


# ---- reload ----


def test_reload_takes_good_settings_and_refuses_bad_ones(office):
    machine = office.machine
    office.start()
    office.settle()
    daemon = machine.show("kiphand", "MainPID")

    good = office.settings.replace("windows:\n", 'windows:\n  - {name: trua, open: ["13:45"]}\n', 1)
    good = good.replace("    window: gio-hanh-chinh", "    window: trua")
    machine.write(SETTINGS, good)
    machine.run("systemctl", "reload", "kiphand")
    machine.await_true(lambda: "the settings were reloaded" in machine.journal("kiphand"))
    assert office.status()["next_opening"].startswith("2026-06-25T13:45")
    office.step_to("2026-06-25T07:30:00+07:00")
    assert office.messages() == {}

    machine.write(SETTINGS, good.replace("before: 2wd", "before: 2 days", 1))
    machine.run("systemctl", "reload", "kiphand")
    machine.await_true(lambda: "the old ones go on" in machine.journal("kiphand"))
    assert re.search(r'/etc/kiphan/kiphan\.yaml:\d+:\d+: rules\[0\]\.steps\[0\]\.before: "2 days"', machine.journal("kiphand"))

    office.set_clock("2026-06-25T13:45:00+07:00")  # by the window of the good ones
    machine.await_true(lambda: "tp.vhxh" in office.messages())
    assert machine.show("kiphand", "MainPID") == daemon


# ---- failures ----


@pytest.mark.parametrize("unit", UNITS)
def test_the_watchdog_restarts_what_no_longer_moves_and_the_job_goes_on(office, unit):
    machine = office.machine
    machine.drop_in(unit, "watchdog", "WatchdogSec=4s\nRestartSec=100ms")
    office.start()
    office.settle()
    stopped = machine.show(unit, "MainPID")
    machine.run("kill", "-STOP", stopped)
    machine.await_true(lambda: machine.show(unit, "NRestarts") == "1" and machine.show(unit, "ActiveState") == "active")
    assert machine.show(unit, "MainPID") != stopped
    assert "Watchdog timeout" in machine.journal(unit)
    assert set(office.morning()) == MORNING


@pytest.mark.parametrize("unit", UNITS)
def test_what_was_killed_is_started_again(office, unit):
    machine = office.machine
    office.start()
    machine.run("kill", "-KILL", machine.show(unit, "MainPID"))
    machine.await_true(lambda: machine.show(unit, "NRestarts") == "1" and machine.show(unit, "ActiveState") == "active")
    assert set(office.morning()) == MORNING


def test_a_daemon_with_nothing_to_do_still_shows_signs_of_life(office):
    machine = office.machine
    machine.drop_in("kiphand.service", "watchdog", "WatchdogSec=2s\nUnsetEnvironment=KIPHAN_CLOCK")
    machine.run("systemctl", "start", "kiphand")
    signs = {machine.show("kiphand", "WatchdogTimestampMonotonic")}
    machine.await_true(lambda: signs.add(machine.show("kiphand", "WatchdogTimestampMonotonic")) or len(signs) > 4)
    assert machine.show("kiphand", "NRestarts") == "0"


@pytest.mark.parametrize("unit", UNITS)
def test_a_unit_that_fails_for_good_runs_the_admins_program(office, unit):
    machine = office.machine
    machine.write("/etc/kiphan/on-failure", "#!/bin/sh\necho \"$1\" >>/root/failed\n", mode="0755")
    machine.drop_in(unit, "quick", "RestartSec=10ms")
    machine.write(SETTINGS, office.settings.replace("before: 2wd", "before: 2 days", 1))
    machine.run("systemctl", "start", "--no-block", unit)
    machine.await_true(lambda: machine.run("cat", "/root/failed", check=False).stdout)
    assert machine.read("/root/failed") == f"{unit}\n"
    assert machine.show(unit, "ActiveState") == "failed"


@pytest.mark.parametrize("unit, again", [(UNITS[0], "kiphan-again@"), (WORKER, "kiphan-worker-again@")])
def test_a_unit_that_was_given_up_is_started_again_later(office, unit, again):
    machine = office.machine
    machine.drop_in(unit, "quick", "RestartSec=10ms")
    machine.write(SETTINGS, "nonsense: yes\n")
    machine.run("systemctl", "start", "--no-block", unit)
    timer = f"{again}{unit}.timer"
    machine.await_true(lambda: machine.show(timer, "ActiveState") == "active")
    assert machine.show(unit, "ActiveState") == "failed"
    machine.run("systemctl", "stop", timer)
    machine.write(SETTINGS, office.settings)
    machine.drop_in(f"{again}.timer", "soon", "OnActiveSec=\nOnActiveSec=100ms\nAccuracySec=1ms")
    machine.run("systemctl", "start", timer)
    machine.await_true(lambda: machine.show(unit, "ActiveState") == "active")


def test_a_failed_unit_that_somebody_has_seen_to_is_left_alone(office):
    machine = office.machine
    again = "kiphan-again@kiphand.service.service"
    machine.run("systemctl", "start", again)
    assert "exec-condition" in machine.journal(again)
    assert machine.show("kiphand", "ActiveEnterTimestamp") == ""


def test_without_a_program_of_the_admins_a_failure_is_not_made_worse(office):
    machine = office.machine
    machine.drop_in("kiphand.service", "quick", "RestartSec=10ms")
    machine.write(SETTINGS, "nonsense: yes\n")
    machine.run("systemctl", "start", "--no-block", "kiphand")
    machine.await_true(lambda: machine.show("kiphand", "ActiveState") == "failed")
    teller = "kiphan-failed@kiphand.service.service"
    machine.await_true(lambda: machine.show(teller, "Result") == "exec-condition")
    assert machine.run("systemctl", "--failed", "--quiet", "--no-legend", "--plain").stdout.split()[0] == "kiphand.service"


# ---- what a unit may do ----

PROBE = '''\
"""Try what this unit should be able to do, and what not: one line each."""
import os, socket, sys

def attempt(name, action):
    try:
        action()
        print(f"{name}=done", flush=True)
    except OSError as error:
        print(f"{name}={os.strerror(error.errno)}", flush=True)

def connect(path):
    with socket.socket(socket.AF_UNIX) as client:
        client.connect(path)

def write(directory):
    path = f"{directory}/probe-{os.getpid()}"
    open(path, "w").close()
    os.unlink(path)

attempt("read-store", lambda: open("/var/lib/kiphan/kiphan.db", "rb").read(1))
attempt("write-store", lambda: open("/var/lib/kiphan/kiphan.db", "r+b").close())
attempt("list-store", lambda: os.listdir("/var/lib/kiphan"))
attempt("read-settings", lambda: open("/etc/kiphan/kiphan.yaml").close())
attempt("write-settings", lambda: open("/etc/kiphan/kiphan.yaml", "a").close())
attempt("write-programs", lambda: write("/usr/sbin"))
attempt("write-own-state", lambda: write("/var/lib/kiphan-worker/mail"))
attempt("read-other-state", lambda: os.listdir("/var/lib/private/kiphan-worker/zalo"))
attempt("read-credstore", lambda: open("/etc/credstore/other-password").read())
attempt("connect-wire", lambda: connect("/run/kiphan/wire"))
attempt("connect-control", lambda: connect("/run/kiphan-control/control"))
attempt("connect-events", lambda: connect("/run/kiphan-events/events"))
attempt("replace-wire", lambda: write("/run/kiphan"))
attempt("internet-4", lambda: socket.socket(socket.AF_INET).close())
attempt("internet-6", lambda: socket.socket(socket.AF_INET6).close())
attempt("netlink", lambda: socket.socket(socket.AF_NETLINK, socket.SOCK_RAW).close())
attempt("packet", lambda: socket.socket(socket.AF_PACKET, socket.SOCK_RAW).close())
attempt("home", lambda: os.listdir("/root"))
'''

REFUSED = {"Permission denied", "No such file or directory", "Operation not permitted", "Read-only file system",
           "Address family not supported by protocol"}


def probe(machine, unit):
    """What the unit's sandbox lets a program do: its ExecStart= replaced, all else as installed."""
    machine.write("/usr/local/lib/probe.py", PROBE)
    machine.run("systemctl", "stop", unit)
    machine.drop_in(unit, "probe", "Type=oneshot\nNotifyAccess=none\nWatchdogSec=0\nRestart=no\nExecStart=\n"
                    "ExecStart=/usr/bin/python3 /usr/local/lib/probe.py")
    machine.run("journalctl", "--rotate")
    machine.run("systemctl", "start", unit)
    return dict(line.split("=", 1) for line in machine.journal(unit).splitlines() if re.fullmatch(r"[a-z0-9-]+=.*", line))


def prepare_probe(machine):
    """Something to find where nobody should look."""
    machine.write("/etc/credstore/other-password", "secret", mode="0600")
    machine.run("mkdir", "-p", "-m", "0700", "/var/lib/private/kiphan-worker/zalo")


def done_by(found):
    return {name for name, result in found.items() if result == "done"}


def test_a_worker_reaches_the_daemon_and_the_internet_but_not_the_store(office):
    machine = office.machine
    prepare_probe(machine)
    office.start()
    found = probe(machine, WORKER)
    assert done_by(found) == {"read-settings", "write-own-state", "connect-wire", "internet-4", "internet-6"}
    assert {result for result in found.values() if result != "done"} <= REFUSED
    assert found["read-store"] in ("Permission denied", "No such file or directory")


def test_the_daemon_has_the_store_but_no_internet(office):
    machine = office.machine
    prepare_probe(machine)
    office.start()
    machine.run("systemctl", "stop", WORKER)
    found = probe(machine, "kiphand.service")
    its_own = {"read-store", "write-store", "list-store", "read-settings", "replace-wire"}
    assert done_by(found) - {"connect-wire", "connect-control", "connect-events"} == its_own
    assert found["internet-4"] == found["internet-6"] == found["netlink"] == "Address family not supported by protocol"


def test_without_a_unit_the_same_attempts_succeed(office):
    """Else the two tests above would show nothing."""
    machine = office.machine
    prepare_probe(machine)
    office.start()
    machine.write("/root/probe.py", PROBE)
    out = machine.run("python3", "/root/probe.py").stdout
    assert {line.split("=")[0] for line in out.splitlines() if not line.endswith("=done")} == set()


def test_a_channel_of_any_good_name_has_a_worker(office):
    """A name that would make no user's: the longest, with a point and an underscore."""
    machine = office.machine
    name = "zalo.cua_lanh-dao-uy-ban-nhan-dan-phuong"
    another = f"  - {{name: {name}, type: file, directory: /var/lib/kiphan-worker/{name}}}\n"
    machine.write(SETTINGS, office.settings.replace("channels:\n", f"channels:\n{another}"))
    office.start()
    machine.run("systemctl", "start", f"kiphan-worker@{name}.service")
    machine.await_true(lambda: {"channel": name, "workers": 1, "parked": None} in office.status()["channels"])


# ---- secrets ----

RECEIVER = '''\
import http.server, json

class Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        with open("/root/received", "a") as out:
            out.write(json.dumps({"headers": {k.lower(): v for k, v in self.headers.items()}, "body": body}) + "\\n")
        self.send_response(204)
        self.end_headers()

http.server.HTTPServer(("127.0.0.1", 8099), Handler).serve_forever()
'''


def test_a_credential_reaches_the_worker_of_its_channel(office):
    """The webhook's secret lies in /etc/credstore, for root only; what is delivered is signed with it."""
    machine = office.machine
    key = base64.b64encode(bytes(range(32))).decode()
    machine.write("/etc/credstore/hook-secret", f"whsec_{key}\n", mode="0600")
    machine.drop_in(WORKER, "secret", "LoadCredential=hook-secret")
    machine.write(SETTINGS, office.settings.replace(FILE_CHANNEL, textwrap.indent(textwrap.dedent("""\
        - name: mail
          type: webhook
          url: http://127.0.0.1:8099/hook
          allow-private: yes
          secret: {credential: hook-secret}
        """), "  ")))
    machine.write("/root/receiver.py", RECEIVER)
    machine.run("systemd-run", "--unit=receiver", "/usr/bin/python3", "/root/receiver.py")
    office.start()
    office.step_to("2026-06-25T07:30:00+07:00")
    received = [json.loads(line) for line in machine.read("/root/received").splitlines()]
    assert len(received) == len(MORNING)
    for request in received:
        headers = request["headers"]
        signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.{request['body']}".encode()
        wanted = base64.b64encode(hmac.new(bytes(range(32)), signed, hashlib.sha256).digest()).decode()
        assert headers["webhook-signature"] == f"v1,{wanted}"


def test_a_credential_that_is_missing_is_named(office):
    machine = office.machine
    machine.write(SETTINGS, office.settings.replace(FILE_CHANNEL, textwrap.indent(textwrap.dedent("""\
        - name: mail
          type: webhook
          url: http://127.0.0.1:8099/hook
          allow-private: yes
          secret: {credential: hook-secret}
        """), "  ")))
    machine.run("systemctl", "start", "--no-block", WORKER)
    machine.await_true(lambda: "LoadCredential=hook-secret" in machine.journal(WORKER))


# ---- the history's seal ----


def test_the_history_is_sealed_with_a_key_that_only_root_and_the_daemon_have(people):
    """init made the key; the daemon gets it as a credential, the store's owner cannot read it."""
    machine = people.machine
    assert machine.run("stat", "-c", "%U %a", "/etc/credstore/kiphan-history-key").stdout.split() == ["root", "600"]
    found = json.loads(people.kiphan("verify", "--json").stdout)
    assert found["good"] and found["seal"]["state"] == "good"
    assert found["seal"]["rows"] == found["rows"] > 1000 and found["seal"]["awaiting"] == 0
    assert machine.run("runuser", "-u", "kiphan", "--", "cat", "/etc/credstore/kiphan-history-key", check=False).returncode != 0
    owner = machine.run("runuser", "-u", "kiphan", "--", "kiphan", "verify", "--json", check=False)
    assert (owner.returncode, json.loads(owner.stdout)["seal"]["state"]) == (3, "unchecked")


def test_without_the_key_the_daemon_starts_and_says_so(office):
    machine = office.machine
    machine.run("rm", "/etc/credstore/kiphan-history-key")
    office.start()
    office.settle()
    assert "the history is not sealed" in machine.journal("kiphand")
    assert office.kiphan("verify", check=False).returncode == 3


# ---- who may use the command ----


@pytest.fixture
def people(office):
    machine = office.machine
    for name, group in (("reader", "kiphan-read"), ("chief", "kiphan-admin"), ("visitor", "users")):
        machine.run("useradd", "--create-home", "--groups", group, name)
    office.start()
    office.settle()
    return office


def test_a_member_of_kiphan_read_may_read_and_not_change(people):
    machine, told = people.machine, {"LANG": "C.UTF-8", "KIPHAN_CLOCK": f"file:{CLOCK}"}
    status = json.loads(machine.run("kiphan", "status", "--json", user="reader", environment=told).stdout)
    assert status["total"]["open"] == people.status()["total"]["open"] > 0
    assert machine.run("kiphan", "items", user="reader", environment=told).stdout
    refused = machine.run("kiphan", "import", "units", f"{LISTS}/units.csv", user="reader", environment=told, check=False)
    assert (refused.returncode, "kiphan-admin" in refused.stderr) == (4, True)


def test_a_member_of_kiphan_read_may_read_while_nothing_runs(people):
    people.machine.run("systemctl", "stop", *UNITS)
    assert people.machine.run("kiphan", "status", "--json", user="reader").stdout


def test_a_member_of_kiphan_read_may_hear_live_events(people):
    machine = people.machine
    machine.run("systemd-run", "--unit=watch", "--uid=reader", "--property=StandardOutput=file:/tmp/events", "/usr/bin/kiphan", "watch",
                "--json")
    machine.await_true(lambda: "/run/kiphan-events/events" in machine.read("/proc/net/unix"))  # connected
    people.step_to("2026-06-25T07:30:00+07:00")
    machine.await_true(lambda: '"notice.sent"' in machine.read("/tmp/events"))


@pytest.mark.parametrize("words", [("status",), ("items",), ("watch", "--count", "1")])
def test_others_may_not_even_read(people, words):
    refused = people.machine.run("kiphan", *words, user="visitor", check=False, timeout=10)
    assert refused.returncode in (1, 4)
    assert "kiphan-read" in refused.stderr or "may not connect" in refused.stderr


def test_a_member_of_kiphan_admin_may_use_every_verb_and_is_recorded(people):
    machine = people.machine
    machine.write("/srv/units.csv", machine.read(f"{LISTS}/units.csv").replace("Phòng Kinh tế", "Phòng Kinh tế và Đô thị"))
    machine.run("sudo", "-n", "-u", "kiphan", "kiphan", "import", "units", "/srv/units.csv", user="chief")
    login = ("import sqlite3; print([row[0] for row in sqlite3.connect('file:/var/lib/kiphan/kiphan.db?mode=ro', uri=True)"
             ".execute('SELECT DISTINCT login FROM imports')])")
    assert "chief" in machine.run("python3", "-c", login).stdout
    for name, words in (("chief", "id"), ("chief", "-u kiphan id"), ("reader", "-u kiphan kiphan status"),
                        ("visitor", "-u kiphan kiphan status")):
        assert machine.run("sudo", "-n", *words.split(), user=name, check=False).returncode != 0


def test_an_import_by_root_leaves_a_store_that_the_service_can_write(people):
    """It opens the list as root, then becomes the store's owner."""
    owners = people.machine.run("/bin/sh", "-c", "stat -c '%U:%G %a' /var/lib/kiphan/*").stdout.split("\n")
    assert set(filter(None, owners)) == {"kiphan:kiphan-read 640"}
    people.step_to("2026-06-25T07:30:00+07:00")
    assert set(people.messages()) == MORNING

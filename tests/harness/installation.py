"""An installation of kiphan in a directory of its own: settings, store, sockets, a clock that we set, the real programs.

    with Installation(directory, office="config/example/kien-an") as kiphan:
        kiphan.set_clock("2026-06-25T07:25:00+07:00")
        kiphan.run("import", "units", ...)
        kiphan.start_daemon(); kiphan.start_worker("mail")
        kiphan.step_to("2026-06-25T07:30:00+07:00")
        kiphan.messages()

Programs are ended by the process ids that we got when starting them, and die with the test.
"""
import ctypes
import email
import email.policy
import json
import os
import re
import signal
import shutil
import sqlite3
import subprocess
import tempfile
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path

import zmq

ROOT = Path(__file__).resolve().parents[2]
HANOI = timezone(timedelta(hours=7))
PR_SET_PDEATHSIG = 1


def programs():
    """The directory of the programs under test."""
    return Path(os.environ.get("KIPHAN_BIN", ROOT / "build" / "dev" / "bin"))


def instant(text):
    """Epoch seconds of "2026-06-25T07:25:00+07:00", or of a local (+07:00) datetime or text without zone."""
    moment = text if isinstance(text, datetime) else datetime.fromisoformat(text)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=HANOI)
    return int(moment.timestamp())


def die_with_the_test():
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


class Installation:
    def __init__(self, directory, settings=None, channel="file", extra=""):
        """settings: text of kiphan.yaml whose store, wire and first channel are replaced by ours."""
        self.directory = Path(directory)
        self.directory.mkdir(parents=True, exist_ok=True)
        self.clock = self.directory / "clock"
        self.outbox = self.directory / "outbox"
        self.outbox.mkdir(exist_ok=True)
        self.settings = self.directory / "kiphan.yaml"
        self.history_key = self.directory / "history.key"
        if not self.history_key.exists():
            self.history_key.touch(mode=0o600)
            self.history_key.write_text("0123456789abcdef" * 4 + "\n")
        self.sockets = Path(tempfile.mkdtemp(prefix="kiphan-", dir="/tmp"))  # a socket's path has 107 bytes at most
        self.processes = {}
        self.started = []
        self.environment = dict(os.environ, KIPHAN_CLOCK=f"file:{self.clock}", KIPHAN_SETTINGS=str(self.settings), LANG="C.UTF-8")
        self.set_clock("2026-06-25T07:25:00+07:00")
        text = settings or (ROOT / "config/example/kien-an/kiphan.yaml").read_text(encoding="utf-8")
        self.settings.write_text(self.localised(text, channel) + extra, encoding="utf-8")

    # -- settings ---------------------------------------------------------------------------------------------------

    def localised(self, text, channel):
        """The same office, kept in our directory; file channels, or (channel="smtp") those that extra names."""
        here = self.directory
        sections = re.split(r"(?m)^(?=[a-z][a-z-]*:)", text)
        kept = [part for part in sections if not re.match(r"(store|wire|templates|history-key):", part)]
        if channel != "file":
            kept = [part for part in kept if not part.startswith("channels:")]  # extra brings them
        else:
            kept = [self.file_channels(part) if part.startswith("channels:") else part for part in kept]
        return "".join(kept) + f"""
store: {here}/kiphan.db
history-key: {{file: {self.history_key}}}
templates: {ROOT}/config/templates
wire:
  endpoint: ipc://{self.sockets}/wire
  events: ipc://{self.sockets}/events
  control: ipc://{self.sockets}/control
  heartbeat: {os.environ.get("KIPHAN_TEST_HEARTBEAT", "1")}
  lost: {os.environ.get("KIPHAN_TEST_LOST", "3")}
"""

    def file_channels(self, section):
        names = re.findall(r"(?m)^\s*-\s*(?:\{\s*)?name:\s*([\w-]+)", section)
        return "channels:\n" + "".join(
            f"  - name: {name}\n    type: file\n    directory: {self.outbox}\n" for name in names)

    # -- the clock --------------------------------------------------------------------------------------------------

    def set_clock(self, text):
        new = self.clock.with_suffix(".new")
        new.write_text(f"{instant(text)}\n")
        new.rename(self.clock)

    def set_clock_second(self, second):
        self.set_clock(datetime.fromtimestamp(second, HANOI))

    def now(self):
        return int(self.clock.read_text())

    # -- programs ---------------------------------------------------------------------------------------------------

    def start(self, name, *arguments, wait=True, **more):
        log = open(self.directory / f"{name}.log", "ab")
        process = subprocess.Popen([programs() / arguments[0], *arguments[1:]], env=dict(self.environment, **more), stdin=subprocess.DEVNULL,
                                   stdout=log, stderr=log, preexec_fn=die_with_the_test)
        log.close()
        self.processes[name] = process
        self.started.append(process)
        return process

    def start_daemon(self, wait=True):
        process = self.start("kiphand", "kiphand")
        if wait:
            self.await_reply()
        return process

    def start_worker(self, channel="mail", name=None, **more):
        return self.start(name or f"worker-{channel}", "kiphan-worker", channel, **more)

    def kill(self, name, number=signal.SIGKILL):
        process = self.processes.pop(name)
        if process.poll() is None:
            process.send_signal(number)
        return process.wait(timeout=60)

    def stop(self, name):
        return self.kill(name, signal.SIGTERM)

    def run(self, *arguments, check=True, **options):
        result = subprocess.run([programs() / "kiphan", *map(str, arguments)], env=self.environment, capture_output=True, text=True,
                                stdin=subprocess.DEVNULL, timeout=options.pop("timeout", 120), **options)
        if check and result.returncode != 0:
            raise AssertionError(f"kiphan {' '.join(map(str, arguments))} ended {result.returncode}:\n{result.stdout}{result.stderr}")
        return result

    def log(self, name):
        return (self.directory / f"{name}.log").read_text(encoding="utf-8", errors="replace")

    def close(self):
        for process in self.started:
            if process.poll() is None:
                process.kill()
            process.wait(timeout=60)
        self.processes.clear()
        shutil.rmtree(self.sockets, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    # -- the control socket -----------------------------------------------------------------------------------------

    def ask(self, command, argument="", timeout=5.0):
        """One question to the daemon; None when it does not answer."""
        context = zmq.Context.instance()
        socket = context.socket(zmq.DEALER)
        socket.linger = 0
        try:
            socket.connect(f"ipc://{self.sockets}/control")
            socket.send_multipart([b"KIPC/1", command.encode(), argument.encode()])
            if not socket.poll(int(timeout * 1000)):
                return None
            return json.loads(socket.recv_multipart()[-1])
        finally:
            socket.close()

    def await_reply(self, seconds=20):
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            daemon = self.processes.get("kiphand")
            if daemon and daemon.poll() is not None:
                raise AssertionError(f"kiphand ended {daemon.returncode}:\n{self.log('kiphand')[-4000:]}")
            reply = self.ask("STATUS", timeout=0.3)
            if reply:
                return reply
        raise AssertionError(f"kiphand does not answer:\n{self.log('kiphand')[-4000:]}")

    def settle(self, seconds=60):
        """Poke, and wait until nothing is due and nothing in flight."""
        until = time.monotonic() + seconds
        self.ask("POKE")
        while time.monotonic() < until:
            reply = self.ask("STATUS", timeout=2)
            if reply and reply.get("settled"):
                return reply
            time.sleep(0.005)
        raise AssertionError(f"not settled after {seconds} s: {reply}\n{self.log('kiphand')[-3000:]}")

    def step_to(self, text):
        self.set_clock(text)
        return self.settle()

    def step_to_second(self, second):
        self.set_clock_second(second)
        return self.settle()

    def reload(self, name="kiphand"):
        """SIGHUP, and wait until the daemon has said what it made of the settings."""
        said = "the settings were reloaded", "the settings were not reloaded"

        def count():
            log = self.log(name)
            return sum(log.count(words) for words in said)

        before = count()
        self.processes[name].send_signal(signal.SIGHUP)
        until = time.monotonic() + 20
        while count() == before:
            assert time.monotonic() < until, self.log(name)[-2000:]
            time.sleep(0.01)

    # -- what came of it --------------------------------------------------------------------------------------------

    def query(self, sql, *values):
        with sqlite3.connect(f"file:{self.directory}/kiphan.db?mode=ro", uri=True) as store:
            store.row_factory = sqlite3.Row
            return store.execute(sql, values).fetchall()

    def messages(self):
        """The mails in the outbox, parsed, in order of their file names."""
        parse = email.message_from_bytes
        return [parse(path.read_bytes(), policy=email.policy.default) for path in sorted(self.outbox.glob("*.eml"))]

    def notices(self):
        """Delivered notices, each with its lines: [(opening, recipient, channel, [(code, level, fresh), ...]), ...]."""
        found = []
        for notice in self.query("SELECT * FROM notices WHERE state = 'sent' ORDER BY id"):
            lines = self.query("""SELECT i.code, l.level, l.fresh FROM notice_lines l JOIN items i ON i.id = l.item
                                  WHERE l.notice = ?""", notice["id"])
            found.append((notice["opening_at"], notice["recipient"], notice["channel"],
                          [(line["code"], line["level"], bool(line["fresh"])) for line in lines]))
        return found

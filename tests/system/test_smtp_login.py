"""The smtp channel's TLS, login and kept connections, against a stub of a server: it says what a test tells it to say.

A real Postfix with STARTTLS and SASL is in the tests that deliver mail; here are the answers that it cannot be made to
give."""
import socket
import ssl
import subprocess
import sys
import threading
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from harness.sendone import NOTICES, Channel  # noqa: E402


class StubServer:
    """smtps on loopback. replies: the answer to a verb, None to close; connections and commands are kept."""

    def __init__(self, certificate, replies=None, auth="AUTH PLAIN LOGIN"):
        self.replies = {"AUTH": "235 2.7.0 welcome", "MAIL": "250 ok", "RCPT": "250 ok", "DATA": "354 go on",
                        ".": "250 2.0.0 queued", "NOOP": "250 ok", **(replies or {})}
        self.auth, self.commands, self.connections = auth, [], 0
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(certificate)
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            try:
                raw, _ = self.listener.accept()
                with self.context.wrap_socket(raw, server_side=True) as connection:
                    self.connections += 1
                    self.talk(connection.makefile("rwb", buffering=0))
            except ssl.SSLError:
                continue
            except OSError:
                if self.listener.fileno() < 0:
                    return

    def answer(self, verb):
        reply = self.replies[verb]
        return reply.pop(0) if isinstance(reply, list) else reply

    def talk(self, stream):
        stream.write(b"220 stub\r\n")
        for line in stream:
            verb = line.decode().split()[0].upper()
            self.commands.append(line.decode().strip())
            if verb == "QUIT":
                return
            if verb == "EHLO":
                stream.write(f"250-stub\r\n250-{self.auth}\r\n250 SIZE\r\n".encode())
                continue
            reply = self.answer(verb)
            if reply is None:
                return
            stream.write(reply.encode() + b"\r\n")
            if reply.startswith("354"):
                while stream.readline() != b".\r\n":
                    pass
                stream.write(self.answer(".").encode() + b"\r\n")

    def seen(self, verb):
        return [command for command in self.commands if command.startswith(verb)]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.listener.close()


@pytest.fixture(scope="module", name="certificate")
def make_certificate(tmp_path_factory):
    path = tmp_path_factory.mktemp("tls") / "both.pem"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days",
                    "30", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout",
                    path, "-out", f"{path}.crt"], check=True, capture_output=True)
    path.write_text(path.read_text() + Path(f"{path}.crt").read_text())
    return path


def channel(tmp_path, server, certificate, *more):
    secret = tmp_path / "password"
    secret.write_text("mật khẩu\n", encoding="utf-8")
    secret.chmod(0o600)
    trust = [f"ca-path: {certificate}.crt"] if certificate else []
    return Channel(tmp_path, "type: smtp", f"url: smtps://127.0.0.1:{server.port}", "from: a@kienan.example", "user: a",
                   f"password: {{file: {secret}}}", *trust, *more)


def test_logs_in_and_keeps_the_connection(tmp_path, certificate):
    with StubServer(certificate) as server:
        outcomes = channel(tmp_path, server, certificate).send(NOTICES / "staff.json", NOTICES / "head.json")
        assert [outcome["verdict"] for outcome in outcomes] == ["delivered", "delivered"]
        assert server.connections == 1
        assert len(server.seen("AUTH")) == 1
        assert server.seen("RCPT") == ["RCPT TO:<cv1.xdnnmt@kienan.example>", "RCPT TO:<tp.xdnnmt@kienan.example>"]
        assert server.seen("MAIL")[0].startswith("MAIL FROM:<a@kienan.example>")


def test_sends_nothing_to_a_server_that_asks_for_no_login(tmp_path, certificate):
    with StubServer(certificate, auth="HELP") as server:
        outcome = channel(tmp_path, server, certificate).send()[0]
        assert outcome["verdict"] == "broken"
        assert "no login" in outcome["detail"]
        assert not server.seen("RCPT") and not server.seen("DATA")


@pytest.mark.parametrize("reply, verdict", [
    ("535 5.7.8 wrong password", "broken"),
    ("534 5.7.9 too weak", "broken"),
    ("454 4.7.0 not now", "try-later"),
    ("421 4.3.2 going down", "try-later"),
])
def test_judges_a_refused_login(tmp_path, certificate, reply, verdict):
    with StubServer(certificate, {"AUTH": reply}) as server:
        one = channel(tmp_path, server, certificate, "auth: plain")
        assert one.send()[0]["verdict"] == verdict
        assert one.probe()["verdict"] == verdict
        assert "khẩu" not in str(one.send()[0])


def test_trusts_no_certificate_that_the_roots_do_not_know(tmp_path, certificate):
    with StubServer(certificate) as server:
        outcome = channel(tmp_path, server, None).send()[0]
        assert outcome["verdict"] == "broken"
        assert not server.commands


def test_uses_the_mechanism_that_the_settings_name(tmp_path, certificate):
    with StubServer(certificate, {"AUTH": "535 no"}) as server:
        channel(tmp_path, server, certificate, "auth: login", "ehlo: nhac-viec.example").send()
        assert server.seen("AUTH")[0].startswith("AUTH LOGIN")
        assert server.seen("EHLO") == ["EHLO nhac-viec.example"]


def test_a_kept_connection_that_the_server_closed_is_opened_anew(tmp_path, certificate):
    with StubServer(certificate, {"MAIL": ["250 ok", None, "250 ok"]}) as server:
        outcomes = channel(tmp_path, server, certificate).send(NOTICES / "staff.json", NOTICES / "head.json")
        assert [outcome["verdict"] for outcome in outcomes] == ["delivered", "delivered"]
        assert server.connections == 2


def test_probe_tells_of_certificate_and_login(tmp_path, certificate):
    with StubServer(certificate) as server:
        outcome = channel(tmp_path, server, certificate).probe()
        assert outcome["verdict"] == "delivered"
        assert "certificate until" in outcome["detail"] and "login accepted" in outcome["detail"]
        assert not server.seen("MAIL")

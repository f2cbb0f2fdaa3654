"""The webhook channel against a stub of a receiver on loopback, which answers as a test tells it to."""
import base64
import hashlib
import hmac
import json
import socket
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from harness.sendone import NOTICES, Channel  # noqa: E402

KEY = base64.b64encode(bytes(range(32))).decode()
FACTS = json.loads((NOTICES / "staff.json").read_text(encoding="utf-8"))


class StubReceiver:
    """Answers each POST with status, headers and body; keeps what came."""

    def __init__(self, status=204, headers=None, body=b""):
        self.requests = []
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                content = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.requests.append((self.path, dict(self.headers), content))
                if status is None:
                    self.close_connection = True
                    return
                self.send_response(status)
                for name, value in {"Content-Length": str(len(body)), **(headers or {})}.items():
                    self.send_header(name, value)
                self.end_headers()
                if status != 204:
                    self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook/s3cret"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()


def channel(tmp_path, url, *more):
    secret = tmp_path / "key"
    secret.write_text(f"whsec_{KEY}\n")
    secret.chmod(0o600)
    return Channel(tmp_path, "type: webhook", f"url: {url}", f"secret: {{file: {secret}}}", "allow-private: yes", *more)


def test_posts_what_a_receiver_can_verify(tmp_path):
    with StubReceiver() as receiver:
        outcome = channel(tmp_path, receiver.url).send()[0]
    assert outcome["verdict"] == "delivered"
    path, headers, content = receiver.requests[0]
    assert path == "/hook/s3cret"
    assert headers["Content-Type"] == "application/json"
    assert headers["webhook-id"] == FACTS["identity"]
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + content
    wanted = base64.b64encode(hmac.digest(bytes(range(32)), signed, hashlib.sha256)).decode()
    assert headers["webhook-signature"] == f"v1,{wanted}"
    body = json.loads(content)
    assert body["type"] == "kiphan.notice"
    assert body["timestamp"] == "2026-06-25T07:30:00+07:00"
    assert body["data"]["subject"].startswith("[Nhắc việc] 1 hồ sơ quá hạn")
    assert "H24.17.30-260609-0003" in body["data"]["text"]
    assert {name: body["data"][name] for name in FACTS} == FACTS


def test_a_repetition_has_the_same_identity_and_body(tmp_path):
    with StubReceiver() as receiver:
        channel(tmp_path, receiver.url).send(NOTICES / "staff.json", NOTICES / "staff.json")
    (_, first, body), (_, second, again) = receiver.requests
    assert body == again
    assert first["webhook-id"] == second["webhook-id"]


@pytest.mark.parametrize("status, verdict", [
    (200, "delivered"), (202, "delivered"), (302, "broken"), (400, "refused"), (401, "broken"), (403, "broken"),
    (404, "broken"), (410, "broken"), (422, "refused"), (500, "try-later"), (503, "try-later"),
])
def test_judges_the_status(tmp_path, status, verdict):
    with StubReceiver(status, {"Location": "/elsewhere"}, b"because\r\n\x1b[31m") as receiver:
        outcome = channel(tmp_path, receiver.url).send()[0]
    assert outcome["verdict"] == verdict
    assert f"HTTP {status} because" in outcome["detail"]
    assert outcome["detail"].isprintable()
    assert len(receiver.requests) == 1


def test_waits_as_long_as_the_receiver_asks(tmp_path):
    with StubReceiver(429, {"Retry-After": "120"}) as receiver:
        outcome = channel(tmp_path, receiver.url).send()[0]
    assert (outcome["verdict"], outcome["retry_after"]) == ("try-later", 120)


def test_no_answer_after_the_body_is_ambiguous(tmp_path):
    with StubReceiver(None) as receiver:
        outcome = channel(tmp_path, receiver.url).send()[0]
    assert outcome["verdict"] == "ambiguous"
    assert "s3cret" not in outcome["detail"]


def test_an_answer_that_does_not_come_in_time_is_ambiguous(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/hook/s3cret"
        outcome = channel(tmp_path, url, "timeout: 1").send()[0]
    assert outcome["verdict"] == "ambiguous"
    assert "s3cret" not in outcome["detail"]


def test_enters_no_private_network_unless_permitted(tmp_path):
    with StubReceiver() as receiver:
        for url in (receiver.url, receiver.url.replace("127.0.0.1", "localhost")):
            outcome = Channel(tmp_path, "type: webhook", f"url: {url}").send()[0]
            assert outcome["verdict"] == "broken"
            assert "private" in outcome["detail"] and "s3cret" not in outcome["detail"]
    assert not receiver.requests


def test_nobody_listens(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as gone:
        url = f"http://127.0.0.1:{gone.getsockname()[1]}/"
    assert channel(tmp_path, url).send()[0]["verdict"] == "try-later"


def test_takes_no_proxy_from_the_environment(tmp_path, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1/")
    with StubReceiver() as receiver:
        assert channel(tmp_path, receiver.url).send()[0]["verdict"] == "delivered"


def test_probe_sends_nothing(tmp_path):
    with StubReceiver() as receiver:
        outcome = channel(tmp_path, receiver.url).probe()
        assert outcome["verdict"] == "delivered"
    assert not receiver.requests

"""A far side over HTTPS that answers as it is told, request by request, and misbehaves where it is told to.

It speaks HTTP by hand, so that it can end a connection at any byte.  All bytes that it was sent are kept.
"""
import email.utils
import re
import socket
import ssl
import struct
import subprocess
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

REASONS = {200: "OK", 202: "Accepted", 204: "No Content", 302: "Found", 400: "Bad Request", 401: "Unauthorized"}

# What it does besides answering.
RESET_BEFORE = "reset-before"  # ends a new connection in the handshake
RESET_DURING = "reset-during"  # ... having read the first byte of the body
RESET_AFTER = "reset-after"    # ... having read all of it
SLOW_BODY = "slow-body"        # half of the answer's body, and no more
HALF_REPLY = "half-reply"      # half of the answer's body, and the end
DEEDS = {RESET_BEFORE, RESET_DURING, RESET_AFTER, SLOW_BODY, HALF_REPLY}


@dataclass
class Answer:
    status: int = 200
    headers: dict = field(default_factory=dict)
    body: str = ""
    deed: str = ""


@dataclass
class Request:
    method: str
    path: str
    headers: dict  # names in small letters
    body: bytes


class Authority:
    """A CA of our own with one certificate, for the name localhost only."""

    def __init__(self, directory):
        directory = Path(directory)
        self.ca, self.key, self.certificate = directory / "ca.pem", directory / "key.pem", directory / "cert.pem"
        subject = directory / "request.pem"
        names = directory / "names"
        names.write_text("subjectAltName=DNS:localhost,IP:::1\n")

        def openssl(*arguments):
            subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True)

        openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=test CA",
                "-keyout", directory / "ca.key", "-out", self.ca)
        openssl("req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost", "-keyout", self.key, "-out", subject)
        openssl("x509", "-req", "-in", subject, "-CA", self.ca, "-CAkey", directory / "ca.key", "-CAcreateserial",
                "-days", "2", "-extfile", names, "-out", self.certificate)


class FarSide:
    """Takes the next of `plan` at each request; without a plan it answers `otherwise`."""

    def __init__(self, authority, otherwise=None, address="127.0.0.1"):
        self.plan, self.otherwise = [], otherwise or Answer()
        self.requests, self.bytes, self.connections = [], b"", 0
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(authority.certificate, authority.key)
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        self.listener = socket.create_server((address, 0), family=family)
        self.port = self.listener.getsockname()[1]
        self.lock = threading.Lock()
        threading.Thread(target=self.accept, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.listener.close()

    def url(self, host="localhost"):
        return f"https://{host}:{self.port}"

    def next(self):
        with self.lock:
            return self.plan.pop(0) if self.plan else self.otherwise

    def next_deed(self):
        with self.lock:
            return self.plan[0].deed if self.plan else ""

    def accept(self):
        with suppress(OSError):
            while True:
                connection, _ = self.listener.accept()
                self.connections += 1
                threading.Thread(target=self.serve, args=(connection,), daemon=True).start()

    def serve(self, raw):
        if self.next_deed() == RESET_BEFORE:
            self.next()
            return reset(raw)
        with suppress(OSError, ssl.SSLError):
            connection = self.context.wrap_socket(raw, server_side=True)
            with connection:
                while self.one_request(connection):
                    pass

    def one_request(self, connection):
        head = self.read_until_end_of_head(connection)
        if not head:
            return False
        answer = self.next()
        if answer.deed == RESET_DURING:
            self.receive(connection, 1)  # before the body has begun, sending again would be right
            return reset(connection)
        request = self.read_request(connection, head)
        with self.lock:
            self.requests.append(request)
        if answer.deed == RESET_AFTER:
            return reset(connection)
        return self.say(connection, answer)

    def receive(self, connection, count):
        received = connection.recv(count)
        self.bytes += received
        return received

    def read_until_end_of_head(self, connection):
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            byte = self.receive(connection, 1)
            if not byte:
                return None
            head += byte
        return head.decode()

    def read_request(self, connection, head):
        first, *lines = head.rstrip().split("\r\n")
        method, path, _ = first.split(" ")
        headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}
        body, length = b"", int(headers.get("content-length", 0))
        while len(body) < length:
            body += self.receive(connection, length - len(body))
        return Request(method, path, headers, body)

    def say(self, connection, answer):
        body = answer.body.encode()
        headers = {"Content-Length": str(len(body)), **answer.headers}
        last = self.next_deed() == RESET_BEFORE  # that needs a new connection
        if last:
            headers["Connection"] = "close"
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        half = answer.deed in (SLOW_BODY, HALF_REPLY)
        connection.sendall(f"HTTP/1.1 {answer.status} {REASONS.get(answer.status, 'So')}\r\n{lines}\r\n".encode())
        connection.sendall(body[:len(body) // 2] if half else body)
        if answer.deed == SLOW_BODY:
            connection.recv(1)  # until the other side has had enough
        return not (half or last)


def reset(connection):
    """End the connection by RST, whatever is still under way."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    if isinstance(connection, ssl.SSLSocket):
        connection = socket.socket(fileno=connection.detach())
    connection.close()
    return False


DATE = re.compile(r"\{date\+(\d+)\}")


def with_dates(text):
    """{date+90} as the HTTP date that is so many seconds from now."""
    return DATE.sub(lambda match: email.utils.formatdate(time.time() + int(match[1]), usegmt=True), text)

"""A real mail server on loopback: Postfix takes submissions (STARTTLS, SASL), Dovecot keeps and shows the mail.

    with MailServer(directory) as server:
        server.channel("mail")        the section of kiphan.yaml that sends through it
        server.mails("cv1@kienan.example")   read back over IMAP, parsed by Python's email

Both run from a directory of their own, on ports of their own, and end with the test.
"""
import email
import email.policy
import imaplib
import os
import pwd
import re
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

from harness.installation import die_with_the_test

USER, PASSWORD = "nhac-viec@kienan.example", "mot-mat-khau-42"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for_port(port, seconds=20):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.05)
    raise AssertionError(f"nobody listens on 127.0.0.1:{port}")


MAIN_CF = """
compatibility_level = 3.6
queue_directory = {here}/queue
data_directory = {here}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
maillog_file = {log}
maillog_file_prefixes = {here}, /tmp
inet_interfaces = loopback-only
inet_protocols = ipv4
disable_dns_lookups = yes
myhostname = mail.kienan.example
mydestination =
local_recipient_maps =
alias_maps =
default_transport = error:no outside
relay_transport = error:no outside
virtual_mailbox_domains = kienan.example
virtual_mailbox_maps = static:all
virtual_transport = lmtp:unix:{here}/lmtp
lmtp_destination_recipient_limit = 1
smtpd_tls_cert_file = {here}/cert.pem
smtpd_tls_key_file = {here}/key.pem
smtpd_tls_security_level = encrypt
smtpd_tls_auth_only = yes
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = {here}/auth
smtpd_relay_restrictions = permit_sasl_authenticated, reject
smtpd_recipient_restrictions = check_policy_service inet:127.0.0.1:{policy_port}, permit_sasl_authenticated, reject
smtpd_client_connection_rate_limit = 0
"""



def changed(text, changes):
    """main.cf with other values.  A setting that stood there twice would be warned of by every process of Postfix, postlogd
    too, which then waits for itself for ever when its queue of messages is full."""
    for name, value in changes.items():
        text, count = re.subn(rf"(?m)^{name} = .*$", f"{name} = {value}", text)
        assert count == 1, f"main.cf has no {name}"
    return text


MASTER_CF = """
127.0.0.1:{port} inet n - n - - smtpd
pickup    unix n - n 60  1 pickup
cleanup   unix n - n -   0 cleanup
qmgr      unix n - n 300 1 qmgr
tlsmgr    unix - - n 1000? 1 tlsmgr
rewrite   unix - - n -   - trivial-rewrite
bounce    unix - - n -   0 bounce
defer     unix - - n -   0 bounce
trace     unix - - n -   0 bounce
verify    unix - - n -   1 verify
flush     unix n - n 1000? 0 flush
proxymap  unix - - n -   - proxymap
error     unix - - n -   - error
retry     unix - - n -   - error
lmtp      unix - - n -   - lmtp
showq     unix n - n -   - showq
anvil     unix - - n -   1 anvil
scache    unix - - n -   1 scache
postlog   unix-dgram n - n - 1 postlogd
"""

DOVECOT_CONF = """
protocols = imap lmtp
base_dir = {here}/run
state_dir = {here}/run
log_path = {here}/dovecot.log
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain login
mail_location = maildir:{here}/mail/%u
first_valid_uid = 1
default_login_user = nobody
default_internal_user = dovecot
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={here}/mail/%u
}}
service imap-login {{
  inet_listener imap {{
    address = 127.0.0.1
    port = {imap_port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service lmtp {{
  unix_listener {here}/lmtp {{
    mode = 0666
  }}
}}
service auth {{
  unix_listener {here}/auth {{
    mode = 0666
  }}
}}
"""


class Answers(dict):
    """Postfix asks us at each RCPT (its policy protocol): {address: what it shall say}, {"cv1@kienan.example": "450 4.7.1 …"}.

    What is not in it is taken.  asked counts the questions of an address."""

    def __init__(self):
        super().__init__()
        self.asked = Counter()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.talk, args=(connection,), daemon=True).start()

    def talk(self, connection):
        with connection, connection.makefile("rw", encoding="utf-8") as stream:
            recipient = ""
            for line in stream:
                name, _, value = line.rstrip("\n").partition("=")
                recipient = value if name == "recipient" else recipient
                if not name:
                    self.asked[recipient] += 1
                    stream.write(f"action={self.get(recipient, 'DUNNO')}\n\n")
                    stream.flush()

    def close(self):
        self.listener.close()


class MailServer:
    def __init__(self, **changes):
        """changes: settings of main.cf that are otherwise here."""
        self.here = Path(tempfile.mkdtemp(prefix="kiphan-mail-", dir="/tmp"))
        self.here.chmod(0o755)
        self.port, self.imap_port = free_port(), free_port()
        self.answers = Answers()
        self.certificate()
        self.configure(changes)

    def certificate(self):
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30", "-subj", "/CN=localhost",
                        "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", self.here / "key.pem", "-out", self.here / "cert.pem"],
                       check=True, capture_output=True)
        anchors = self.here / "anchors"
        anchors.mkdir()
        shutil.copy(self.here / "cert.pem", anchors / "kiphan-test.pem")
        subprocess.run(["openssl", "rehash", anchors], check=True, capture_output=True)

    def configure(self, changes):
        for name in ("queue", "data", "mail", "run"):
            (self.here / name).mkdir()
        postfix, mail = pwd.getpwnam("postfix"), pwd.getpwnam("mail")
        os.chown(self.here / "data", postfix.pw_uid, postfix.pw_gid)
        os.chown(self.here / "mail", mail.pw_uid, mail.pw_gid)
        values = {"here": self.here, "log": self.here / "postfix.log", "port": self.port, "imap_port": self.imap_port,
                  "policy_port": self.answers.port, "password": PASSWORD, "uid": mail.pw_uid, "gid": mail.pw_gid}
        for name, text in (("main.cf", changed(MAIN_CF, changes)), ("master.cf", MASTER_CF), ("dovecot.conf", DOVECOT_CONF)):
            (self.here / name).write_text(text.format(**values))
        self.secret = self.here / "password"
        self.secret.write_text(PASSWORD + "\n")
        self.secret.chmod(0o600)

    def start(self):
        self.dovecot = subprocess.Popen(["dovecot", "-F", "-c", self.here / "dovecot.conf"], preexec_fn=die_with_the_test,
                                        stdout=subprocess.DEVNULL, stderr=open(self.here / "dovecot.err", "wb"))
        wait_for_port(self.imap_port)
        started = subprocess.run(["postfix", "-c", self.here, "start"], capture_output=True, text=True)
        assert started.returncode == 0, started.stderr + self.log()
        wait_for_port(self.port)

    def log(self):
        path = self.here / "postfix.log"
        return path.read_text(errors="replace") if path.exists() else ""

    def stop(self):
        subprocess.run(["postfix", "-c", self.here, "abort"], capture_output=True, timeout=60)
        self.dovecot.terminate()
        self.dovecot.wait(timeout=30)
        self.answers.close()
        shutil.rmtree(self.here, ignore_errors=True)

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.stop()

    def channel(self, name="mail"):
        return f"""
channels:
  - name: {name}
    type: smtp
    url: smtp://localhost:{self.port}
    tls: required
    ca-path: {self.here}/anchors
    user: {USER}
    password: {{file: {self.secret}}}
    from: Nhắc việc UBND phường Kiến An <{USER}>
"""

    def contents(self, address):
        """The bytes of everything in a mailbox, in order of arrival; reading waits for nothing."""
        client = imaplib.IMAP4("127.0.0.1", self.imap_port)
        try:
            client.login(address, PASSWORD)
            client.select("INBOX", readonly=True)
            numbers = client.search(None, "ALL")[1][0].split()
            return [client.fetch(number, "(RFC822)")[1][0][1] for number in numbers]
        finally:
            client.logout()

    def mails(self, address):
        """The same, parsed by Python's email."""
        return [email.message_from_bytes(content, policy=email.policy.default) for content in self.contents(address)]

    def queue_empty(self):
        return "Mail queue is empty" in subprocess.run(["postqueue", "-c", self.here, "-p"], capture_output=True, text=True).stdout

    def wait_empty(self, seconds=30):
        until = time.monotonic() + seconds
        while not self.queue_empty():
            assert time.monotonic() < until, self.log()[-3000:]
            time.sleep(0.05)

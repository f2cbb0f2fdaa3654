"""Debian's apprise sends to the same far side: where it and we speak to a service, we must speak alike.

What is compared is the request: method, path, the header that holds the key, the names of members, each of the same kind.
The words are not: each has its own.
"""
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from harness.farside import Authority, FarSide  # noqa: E402
from harness.verdicts import read_table  # noqa: E402
from harness.web import SECRET, web_channel  # noqa: E402

SUCCESS = {cell.channel: cell.answers[0] for cell in read_table() if cell.case == "success"}

# Services whose address is fixed in apprise are led to the far side by the class's own variable.
SENDER = """
import sys, importlib, apprise
url, plugin, variable, value = sys.argv[1:5]
if plugin:
    setattr(getattr(importlib.import_module("apprise.plugins." + plugin), plugin), variable, value)
sender = apprise.Apprise()
assert sender.add(url), url
sys.exit(0 if sender.notify(title="Title", body="Body") else 1)
"""

# What apprise is told, and which class's variable names its server.  Keys have the form that it wants.
WAYS = {
    "gotify": ("gotifys://localhost:{port}/{secret}", "", "", ""),
    "ntfy": ("ntfys://user:{secret}@localhost:{port}/x?mode=private", "", "", ""),
    "mattermost": ("mmosts://localhost:{port}/{secret}", "", "", ""),
    "discord": ("discord://1155/{secret}?format=text", "NotifyDiscord", "notify_url", "{url}/api/webhooks"),
    "telegram": ("tgram://123456:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/5/?format=html", "NotifyTelegram", "notify_url", "{url}/bot"),
    "slack": ("slack://TAAAAAAAA/BAAAAAAAA/AAAAAAAAAAAAAAAAAAAAAAAA/?blocks=no", "NotifySlack", "webhook_url", "{url}/services"),
    "google-chat": ("gchat://AAAA/k/" + SECRET, "NotifyGoogleChat", "notify_url", "{url}/v1/spaces/{{workspace}}/messages"),
}

# Members that mean the message, and must be text in both.
SAID = {"gotify": {"title", "message"}, "ntfy": {"topic", "message"}, "mattermost": {"text"}, "discord": {"content"},
        "telegram": {"text", "parse_mode"}, "slack": set(), "google-chat": {"text"}}  # to slack it speaks by attachments


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("ca"))


@pytest.fixture
def far(authority):
    with FarSide(authority) as side:
        yield side


def by_apprise(name, far, authority):
    filled = [part.format(port=far.port, secret=SECRET, url=far.url()) for part in WAYS[name]]
    environment = os.environ | {"REQUESTS_CA_BUNDLE": str(authority.ca)}
    done = subprocess.run(["/usr/bin/python3", "-c", SENDER, *filled], env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert far.requests, done.stderr
    return far.requests.pop()


def by_us(name, tmp_path, far, authority):
    web_channel(name, tmp_path, far, authority).send()
    return far.requests.pop()


def last_parts(path):
    """A path without what is a key: its words, and the names in its query."""
    way, _, query = path.partition("?")
    words = [word for word in way.split("/") if word and SECRET not in word and "AAAA" not in word and not word.isupper()]
    return words, {pair.split("=")[0] for pair in query.split("&") if pair}


@pytest.mark.parametrize("name", WAYS)
def test_we_ask_for_what_apprise_asks_for(name, tmp_path, far, authority):
    far.otherwise = SUCCESS[name]
    theirs, ours = by_apprise(name, far, authority), by_us(name, tmp_path, far, authority)
    assert ours.method == theirs.method
    assert "json" in ours.headers["content-type"] and "json" in theirs.headers["content-type"]
    they, we = json.loads(theirs.body), json.loads(ours.body)
    for member in SAID[name]:
        assert isinstance(we[member], type(they[member])), member
    known = {word for word in last_parts(theirs.path)[0] if word.isalpha()}
    assert known <= set(last_parts(ours.path)[0]), (theirs.path, ours.path)
    for header in ("x-gotify-key", "authorization"):
        assert (header in theirs.headers) == (header in ours.headers), header


def test_a_query_that_apprise_gives_google_we_give_too(tmp_path, far, authority):
    far.otherwise = SUCCESS["google-chat"]
    theirs, ours = by_apprise("google-chat", far, authority), by_us("google-chat", tmp_path, far, authority)
    assert last_parts(theirs.path)[1] <= last_parts(ours.path)[1]

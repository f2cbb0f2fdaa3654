"""Other people's software reads what ours writes: the reference library of Standard Webhooks, and Microsoft's of Adaptive Cards."""
import base64
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from harness.farside import Answer, Authority, FarSide  # noqa: E402
from harness.sendone import NOTICES  # noqa: E402
from harness.web import web_channel  # noqa: E402

NPM = Path(__file__).resolve().parents[1] / "npm"
OLD, NEW, OTHER = ("whsec_" + base64.b64encode(bytes(range(n, n + 32))).decode() for n in (0, 32, 64))


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("ca"))


@pytest.fixture
def far(authority):
    with FarSide(authority) as side:
        yield side


def node(script, text, *arguments):
    """What the script says, and whether it is content."""
    done = subprocess.run(["node", NPM / script, *arguments], input=text, capture_output=True, text=True, timeout=60, check=False)
    return done.returncode == 0, done.stdout if done.returncode == 0 else done.stderr


def verified(request, key):
    return node("verify-webhook.js", json.dumps({"headers": request.headers, "body": request.body.decode()}), key)


def posted(tmp_path, far, authority, keys):
    key = tmp_path / "key"
    key.write_text(keys)
    key.chmod(0o600)
    far.otherwise = Answer(204)
    assert web_channel("webhook", tmp_path, far, authority, f"secret: {{file: {key}}}").send()[0]["verdict"] == "delivered"
    return far.requests[-1]


def test_a_receiver_verifies_our_signature(tmp_path, far, authority):
    request = posted(tmp_path, far, authority, OLD)
    assert verified(request, OLD) == (True, "")
    assert verified(request, NEW)[0] is False


def test_a_changed_body_is_seen(tmp_path, far, authority):
    request = posted(tmp_path, far, authority, OLD)
    request.body = request.body.replace(b"kiphan.notice", b"kiphan.nothing")
    assert verified(request, OLD)[0] is False


def test_while_a_key_is_replaced_both_are_good(tmp_path, far, authority):
    request = posted(tmp_path, far, authority, f"{NEW} {OLD}")
    assert [verified(request, key)[0] for key in (OLD, NEW, OTHER)] == [True, True, False]


@pytest.mark.parametrize("later", [0, 4000])
def test_a_signature_is_of_its_own_attempt(later, tmp_path, far, authority):
    """Of one that is older than five minutes a receiver wants nothing to do."""
    request = posted(tmp_path, far, authority, OLD)
    headers = request.headers | {"webhook-timestamp": str(int(request.headers["webhook-timestamp"]) - later)}
    request.headers = headers
    assert verified(request, OLD)[0] is (later == 0)


@pytest.mark.parametrize("notice", ["staff", "head", "vice-chair", "admin", "test", "staff-en"])
def test_microsofts_library_takes_our_card(notice, tmp_path, far, authority):
    far.otherwise = Answer(202)
    web_channel("teams", tmp_path, far, authority).send(NOTICES / f"{notice}.json")
    card = json.loads(far.requests[-1].body)["attachments"][0]["content"]
    good, said = node("check-card.js", json.dumps(card))
    assert good, said
    assert json.loads(said) == [block["text"] for block in card["body"]]


def test_microsofts_library_refuses_a_broken_card():
    good, said = node("check-card.js", json.dumps({"type": "AdaptiveCard", "version": "1.4", "body": [{"type": "TxtBlock"}]}))
    assert not good
    assert "TxtBlock" in said


def test_the_libraries_are_those_of_the_lock_file():
    lock = json.loads((NPM / "package-lock.json").read_text())["packages"]
    for name in ("standardwebhooks", "adaptivecards"):
        installed = json.loads((NPM / "node_modules" / name / "package.json").read_text())
        assert installed["version"] == lock[f"node_modules/{name}"]["version"]
        assert os.path.isdir(NPM / "node_modules" / name)

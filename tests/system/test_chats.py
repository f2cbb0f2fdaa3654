"""What each chat is sent: where to, by which key, in which form; and that it stays short enough for the service."""
import json
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from harness.farside import Answer, Authority, FarSide  # noqa: E402
from harness.sendone import NOTICES  # noqa: E402
from harness.verdicts import read_table  # noqa: E402
from harness.web import OPTIONS, SECRET, web_channel  # noqa: E402

STAFF = NOTICES / "staff.json"
FACTS = json.loads(STAFF.read_text(encoding="utf-8"))
IDENTITY = FACTS["identity"]
SUCCESS = {cell.channel: cell.answers[0] for cell in read_table() if cell.case == "success"}
CHATS = [name for name in OPTIONS if name != "webhook" and not name.startswith("sms/")]


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("ca"))


@pytest.fixture
def far(authority):
    with FarSide(authority) as side:
        yield side


def sent(name, tmp_path, far, authority, *more, notice=STAFF, options=None, answer=None):
    """The one request that a notice became, its body read as JSON."""
    far.otherwise = answer or SUCCESS[name]
    outcome = web_channel(name, tmp_path, far, authority, *more, options=options).send(notice)[0]
    assert outcome["verdict"] == "delivered", outcome
    (request,) = far.requests
    return request, json.loads(request.body)


def text_of(name, body):
    """The words of the message, wherever the service has them."""
    if name == "teams":
        return "\n".join(block["text"] for block in body["attachments"][0]["content"]["body"])
    return body[{"telegram": "text", "slack": "text", "mattermost": "text", "rocketchat": "text", "google-chat": "text",
                 "matrix": "body", "ntfy": "message", "gotify": "message", "discord": "content"}[name]]


@pytest.mark.parametrize("name", CHATS)
def test_tells_code_and_time_left_and_its_number_in_fifteen_lines(name, tmp_path, far, authority):
    _, body = sent(name, tmp_path, far, authority)
    text = text_of(name, body)
    assert "H24.17.30-260609-0003" in text and "quá hạn 1 ngày làm việc" in text
    assert text.splitlines()[-1].endswith("tin số 1234")
    assert len(text.splitlines()) <= 15


# What each service takes, as it counts: characters of UTF-16, or bytes of the whole request.
def utf16(text):
    return len(text.encode("utf-16-le")) // 2


LIMITS = {
    "telegram": lambda request, text: utf16(text) <= 4096,
    "slack": lambda request, text: utf16(text) <= 40000,
    "mattermost": lambda request, text: len(text) <= 16383,
    "rocketchat": lambda request, text: utf16(text) <= 5000,
    "teams": lambda request, text: len(request.body) < 20480,
    "google-chat": lambda request, text: len(request.body) <= 32000,
    "matrix": lambda request, text: len(request.body) <= 65536,
    "ntfy": lambda request, text: len(text.encode()) <= 4096,
    "gotify": lambda request, text: True,
    "discord": lambda request, text: utf16(text) <= 2000,
}


@pytest.mark.parametrize("name", CHATS)
@pytest.mark.parametrize("words", [3, 1000])
def test_a_long_list_is_shortened_and_counted_never_cut(name, words, tmp_path, far, authority):
    """Tasks with long titles: fewer of them, whole, and how many more there are."""
    line = FACTS["lines"][0] | {"kind": "task", "title": "Báo cáo 😀 " * words}
    facts = FACTS | {"kinds": ["task"], "lines": [line | {"code": f"{n}/KH"} for n in range(1, 41)], "more": 5,
                     "counts": FACTS["counts"] | {"overdue": 45, "total": 45}}
    notice = tmp_path / "long.json"
    notice.write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")
    request, body = sent(name, tmp_path, far, authority, notice=notice)
    text = text_of(name, body)
    assert LIMITS[name](request, text)
    shown = text.count("/KH")
    assert shown <= 9
    assert f"và {45 - shown} nhiệm vụ khác" in text
    assert text.count("😀") == shown * words


def test_telegram_gets_html_for_the_persons_chat(tmp_path, far, authority):
    request, body = sent("telegram", tmp_path, far, authority)
    assert request.path == f"/bot123456:{SECRET}/sendMessage"
    assert body["chat_id"] == FACTS["to"]["address"]
    assert body["parse_mode"] == "HTML"
    assert "<b>[Nhắc việc]" in body["text"]
    assert '<a href="https://motcua.example/ho-so/H24.17.30-260609-0003">' in body["text"]


def test_telegram_gets_plain_text_when_it_cannot_read_the_marks(tmp_path, far, authority):
    far.plan = [Answer(400, body='{"ok":false,"error_code":400,"description":"Bad Request: can\'t parse entities: x"}'), SUCCESS["telegram"]]
    assert web_channel("telegram", tmp_path, far, authority).send()[0]["verdict"] == "delivered"
    first, second = (json.loads(request.body) for request in far.requests)
    assert "parse_mode" in first and "parse_mode" not in second
    assert "<b>" not in second["text"]


def test_telegram_names_the_groups_new_id(tmp_path, far, authority):
    far.otherwise = Answer(400, body='{"ok":false,"error_code":400,"description":"x","parameters":{"migrate_to_chat_id":-1001234567890}}')
    outcome = web_channel("telegram", tmp_path, far, authority).send()[0]
    assert outcome["detail"] == "the group is a supergroup now; its telegram_chat is -1001234567890"


def test_slack_escapes_what_would_call_everybody(tmp_path, far, authority):
    notice = tmp_path / "notice.json"
    notice.write_text(json.dumps(FACTS | {"organisation": "UBND <!channel> & <@U1>"}), encoding="utf-8")
    request, body = sent("slack", tmp_path, far, authority, notice=notice)
    assert request.path == f"/services/T000/B000/{SECRET}"
    assert "&lt;!channel&gt; &amp; &lt;@U1&gt;" in body["text"]
    assert "channel" not in body


def test_slack_writes_by_a_bots_token(tmp_path, far, authority):
    secret = tmp_path / "token"
    secret.write_text(f"xoxb-{SECRET}")
    secret.chmod(0o600)
    options = ["token: {{file: %s}}" % secret, "room: C123", "api: {url}/api"]
    ok = Answer(200, body='{"ok":true,"channel":"C123","ts":"1"}')
    request, body = sent("slack", tmp_path, far, authority, options=options, answer=ok)
    assert request.path == "/api/chat.postMessage"
    assert request.headers["authorization"] == f"Bearer xoxb-{SECRET}"
    assert body["channel"] == "C123"
    outcome = web_channel("slack", tmp_path, far, authority, options=options).probe()
    assert (far.requests[-1].path, outcome["verdict"]) == ("/api/auth.test", "delivered")


@pytest.mark.parametrize("name", ["mattermost", "rocketchat"])
def test_a_webhook_writes_to_the_room_that_is_named(name, tmp_path, far, authority):
    _, body = sent(name, tmp_path, far, authority, "room: '@an'")
    assert body["channel"] == "@an"
    far.requests.clear()
    _, body = sent(name, tmp_path, far, authority)
    assert "channel" not in body
    far.requests.clear()
    _, body = sent(name, tmp_path, far, authority, "address: chat")
    assert body["channel"] == FACTS["to"]["address"]


def test_markdown_calls_nobody(tmp_path, far, authority):
    notice = tmp_path / "notice.json"
    notice.write_text(json.dumps(FACTS | {"organisation": "UBND @all *x*"}), encoding="utf-8")
    _, body = sent("mattermost", tmp_path, far, authority, notice=notice)
    assert "@\u200ball \\*x\\*" in body["text"]


def test_teams_gets_a_card_and_the_address_as_it_is(tmp_path, far, authority):
    request, body = sent("teams", tmp_path, far, authority)
    assert request.path.endswith(f"?api-version=1&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig={SECRET}")
    attachment = body["attachments"][0]
    assert (body["type"], attachment["contentType"]) == ("message", "application/vnd.microsoft.card.adaptive")
    assert attachment["content"]["type"] == "AdaptiveCard"


def test_google_chat_knows_a_repetition(tmp_path, far, authority):
    far.otherwise = SUCCESS["google-chat"]
    web_channel("google-chat", tmp_path, far, authority).send(STAFF, STAFF)
    first, second = far.requests
    assert first.path == second.path == f"/v1/spaces/AAAA/messages?key=k&token={SECRET}&requestId={IDENTITY}"
    assert first.body == second.body


def test_matrix_knows_a_repetition(tmp_path, far, authority):
    far.otherwise = SUCCESS["matrix"]
    web_channel("matrix", tmp_path, far, authority).send(STAFF, STAFF)
    first, second = far.requests
    assert first.method == "PUT"
    assert first.path == second.path == f"/_matrix/client/v3/rooms/%21a%3Aexample.com/send/m.room.message/{IDENTITY}"
    assert first.headers["authorization"] == f"Bearer {SECRET}"
    body = json.loads(first.body)
    assert body["msgtype"] == "m.notice"
    assert "<br>" in body["formatted_body"] and "\n" not in body["formatted_body"]


def test_ntfy_posts_json_to_the_root(tmp_path, far, authority):
    request, body = sent("ntfy", tmp_path, far, authority)
    assert (request.method, request.path) == ("POST", "/")
    assert (body["topic"], body["priority"]) == ("x", 4)
    assert body["title"].startswith("[Nhắc việc] 1 hồ sơ quá hạn")
    assert request.headers["authorization"] == f"Bearer {SECRET}"


def test_gotify_gets_its_key_in_a_header(tmp_path, far, authority):
    request, body = sent("gotify", tmp_path, far, authority)
    assert (request.path, request.headers["x-gotify-key"]) == ("/message", SECRET)
    assert body["priority"] == 8


def test_discord_is_asked_whether_it_saved_the_message(tmp_path, far, authority):
    request, body = sent("discord", tmp_path, far, authority)
    assert request.path == f"/api/webhooks/1155/{SECRET}?wait=true"
    assert body["allowed_mentions"] == {"parse": []}


@pytest.mark.parametrize("name, path, good", [
    ("telegram", f"/bot123456:{SECRET}/getMe", '{"ok":true,"result":{"id":1}}'),
    ("matrix", "/_matrix/client/v3/account/whoami", '{"user_id":"@kiphan:example.com"}'),
    ("discord", f"/api/webhooks/1155/{SECRET}", '{"id":"1155"}'),
])
def test_a_probe_asks_what_sends_nothing(name, path, good, tmp_path, far, authority):
    far.otherwise = Answer(200, body=good)
    told = web_channel(name, tmp_path, far, authority)
    assert told.probe()["verdict"] == "delivered"
    assert [(request.method, request.path, request.body) for request in far.requests] == [("GET", path, b"")]
    far.otherwise = Answer(401, body="{}")
    assert told.probe()["verdict"] == "broken"


def test_speaks_ipv6(tmp_path, authority):
    with FarSide(authority, SUCCESS["gotify"], address="::1") as six:
        options = ["url: {url}", "token: {{file: {secret}}}"]
        outcome = web_channel("gotify", tmp_path, six, authority, options=options, host="[::1]").send()[0]
        assert outcome["verdict"] == "delivered"
        assert six.requests


def test_goes_by_the_proxy_that_is_set_and_by_no_other(tmp_path, far, authority, monkeypatch):
    """A tunnel is asked of it; that it does not know how is the far side's answer."""
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:1/")
    far.otherwise = SUCCESS["discord"]
    assert web_channel("discord", tmp_path, far, authority).send()[0]["verdict"] == "delivered"
    far.requests.clear()
    far.otherwise = Answer(407, body="who are you")
    outcome = web_channel("discord", tmp_path, far, authority, f"proxy: https://localhost:{far.port}").send()[0]
    assert [(request.method, request.path) for request in far.requests] == [("CONNECT", f"localhost:{far.port}")]
    assert outcome["verdict"] == "broken"
    assert "407" in outcome["detail"]
    assert SECRET.encode() not in b"".join(request.body for request in far.requests)

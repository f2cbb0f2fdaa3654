"""The channels over HTTP as tests set them up, a type and where it matters which way of it: {url} is the far side's; what settings may not hold goes into a file."""
import json
from pathlib import Path

from harness.sendone import NOTICES, Channel

SECRET = "Abc-9876_secretsecret"

OPTIONS = {
    "webhook": ["url: {url}/hook/" + SECRET],
    "telegram": ["url: {url}", "token: {{file: {secret}}}"],
    "slack": ["url: {{file: {secret}}}"],
    "mattermost": ["url: {{file: {secret}}}"],
    "rocketchat": ["url: {{file: {secret}}}"],
    "teams": ["url: {{file: {secret}}}"],
    "google-chat": ["url: {{file: {secret}}}"],
    "matrix": ["url: {url}", "token: {{file: {secret}}}", "room: '!a:example.com'"],
    "ntfy": ["url: {url}", "token: {{file: {secret}}}", "topic: x"],
    "gotify": ["url: {url}", "token: {{file: {secret}}}"],
    "discord": ["url: {{file: {secret}}}"],
    "sms/esms": ["service: esms", "url: {url}/json/", "key: {{file: {secret}}}", "secret: {{file: {secret}}}", "sender: UBND"],
    "sms/speedsms": ["service: speedsms", "url: {url}/sms/send", "key: {{file: {secret}}}", "sender: UBND"],
    "sms/other": ["service: other", "url: {url}/bulk", "key: {{file: {secret}}}", "accepted: <result>1</result>", "format: form",
                  "body: 'user=a&password={{key}}&to={{to84}}&text={{text}}&id={{id}}'"],
}

FILES = {
    "telegram": "123456:" + SECRET,
    "slack": "{url}/services/T000/B000/" + SECRET,
    "mattermost": "{url}/hooks/" + SECRET,
    "rocketchat": "{url}/hooks/64f0/" + SECRET,
    "teams": "{url}/workflows/0a1b/triggers/manual/paths/invoke?api-version=1&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=" + SECRET,
    "google-chat": "{url}/v1/spaces/AAAA/messages?key=k&token=" + SECRET,
    "matrix": SECRET,
    "ntfy": SECRET,
    "gotify": SECRET,
    "discord": "{url}/api/webhooks/1155/" + SECRET,
    "sms/esms": SECRET,
    "sms/speedsms": SECRET,
    "sms/other": SECRET,
}

TOLERANT = ["allow-private: yes", "timeout: 1"]


class WebChannel(Channel):
    """Sends to a telephone where that is what the channel reaches."""

    def __init__(self, name, directory, *options):
        super().__init__(directory, *options)
        self.directory, self.telephone = Path(directory), name.startswith("sms/")

    def send(self, *notices):
        notices = notices or [NOTICES / "staff.json"]
        return super().send(*(map(self.with_number, notices) if self.telephone else notices))

    def with_number(self, notice):
        facts = json.loads(Path(notice).read_text(encoding="utf-8"))
        facts["to"]["address"] = "0901 234 567"
        copy = self.directory / f"number-{Path(notice).name}"
        copy.write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")
        return copy


def web_channel(name, directory, far, authority, *more, options=None, host="localhost"):
    """A channel of that type; `options` in place of its own, `more` beside them."""
    secret = directory / "secret"
    secret.write_text(FILES.get(name, "none").format(url=far.url(host)) + "\n")
    secret.chmod(0o600)
    chosen = [option.format(url=far.url(host), secret=secret) for option in options or OPTIONS[name]]
    return WebChannel(name, directory, f"type: {name.partition('/')[0]}", *chosen, f"ca-path: {authority.ca}", *TOLERANT, *more)

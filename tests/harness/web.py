"""The channels over HTTP as tests set them up: {url} is the far side's; what settings may not hold goes into a file."""
from harness.sendone import Channel

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
}

TOLERANT = ["allow-private: yes", "timeout: 1"]


def web_channel(name, directory, far, authority, *more, options=None, host="localhost"):
    """A channel of that type; `options` in place of its own, `more` beside them."""
    secret = directory / "secret"
    secret.write_text(FILES.get(name, "none").format(url=far.url(host)) + "\n")
    secret.chmod(0o600)
    chosen = [option.format(url=far.url(host), secret=secret) for option in options or OPTIONS[name]]
    return Channel(directory, f"type: {name}", *chosen, f"ca-path: {authority.ca}", *TOLERANT, *more)

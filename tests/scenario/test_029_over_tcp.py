"""A worker on another host meets the daemon over TCP, each known by its key; one whose key is not listed gets nothing."""
import shutil

from harness.mailserver import free_port
from harness.office import dossier


def over_tcp(office, keys, port, server_key):
    """The office's settings with a wire that crosses the network."""
    return office.settings.read_text(encoding="utf-8").replace(
        f"  endpoint: ipc://{office.sockets}/wire\n",
        f"  endpoint: tcp://127.0.0.1:{port}\n  server-key: {server_key}\n  allowed-keys: {keys}\n")


def test_only_a_listed_worker_delivers_over_tcp(new_office):
    office, port = new_office(), free_port()
    keys = office.directory / "allowed"
    keys.mkdir()
    for name in ("daemon", "known", "stranger"):
        office.run("key", office.directory / name)
    assert (office.directory / "known_secret").stat().st_mode & 0o777 == 0o600
    assert office.run("key", office.directory / "known", check=False).returncode == 1
    shutil.copy(office.directory / "known", keys / "known")
    theirs = office.directory / "their.yaml"  # the worker's host has the daemon's public key only
    shutil.copy(office.directory / "daemon", office.directory / "daemon.public")
    theirs.write_text(over_tcp(office, keys, port, office.directory / "daemon.public"), encoding="utf-8")
    office.settings.write_text(over_tcp(office, keys, port, office.directory / "daemon"), encoding="utf-8")

    office.list("25/06/2026 06:40", dossier("HS-1", due="24/06/2026 17:00"))
    office.start_daemon()
    office.start("stranger", "kiphan-worker", "--settings", theirs, "--key", office.directory / "stranger_secret", "mail")
    office.set_clock("2026-06-25 07:30")
    office.ask("POKE")
    office.wait_for(lambda: office.ask("STATUS")["queue"]["queued"] > 0)
    assert office.ask("STATUS")["channels"][0]["workers"] == [] and not office.messages()

    office.start("known", "kiphan-worker", "--settings", theirs, "--key", office.directory / "known_secret", "mail")
    office.wait_for(lambda: office.ask("STATUS")["channels"][0]["workers"] != [])
    office.settle()
    assert {str(mail["To"]).split("<")[1] for mail in office.messages()} == {"an@thu.example>", "sep@thu.example>"}
    assert len(office.ask("STATUS")["channels"][0]["workers"]) == 1

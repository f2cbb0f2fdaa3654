"""Drive one channel with tests/tools/send-one, without daemon or store."""
import json
import os
import subprocess
from pathlib import Path

from harness.installation import ROOT, programs

TEMPLATES = ROOT / "config/templates"
NOTICES = ROOT / "tests/data/notices"

SETTINGS = """\
organisation:
  name: {{vi: Phường, en: Ward}}
  zone: Asia/Ho_Chi_Minh
calendars:
  - name: office
    week: {{mon-fri: ["07:30-11:30", "13:30-17:00"]}}
feeds:
  - {{name: one, kind: dossier, label: {{vi: Một, en: One}}, complete: yes}}
channels:
  - name: it
{options}
windows:
  - {{name: day, open: session-start}}
quiet: {{from: "18:00", until: "07:00"}}
rules:
  - name: dossiers
    match: {{kind: dossier, unit: [a]}}
    via: [it]
    window: day
    label: {{vi: Hồ sơ, en: Dossiers}}
    steps:
      - {{name: late, after: 0h, tell: [assignee]}}
"""


class Channel:
    """One channel with these options, a line of YAML each."""

    def __init__(self, directory, *options):
        self.settings = Path(directory) / "kiphan.yaml"
        lines = "\n".join("    " + option for option in options)
        self.settings.write_text(SETTINGS.format(options=lines), encoding="utf-8")

    def run(self, *arguments):
        program = os.environ.get("SEND_ONE", programs().parent / "tests/send-one")
        done = subprocess.run([str(program), str(self.settings), "it", *map(str, arguments)], capture_output=True,
                              text=True, timeout=60, check=False)
        assert done.returncode == 0, done.stderr
        return [json.loads(line) for line in done.stdout.splitlines()]

    def probe(self):
        return self.run("probe")[0]

    def send(self, *notices):
        """Send notices, of tests/data/notices or elsewhere, over one state."""
        return self.run("send", TEMPLATES, *(notices or [NOTICES / "staff.json"]))

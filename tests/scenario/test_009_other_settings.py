"""SIGHUP takes good settings, in which a renamed rule repeats nothing, and refuses bad ones: the old go on."""
import re

import pytest

from harness.office import RULES, dossier


def test_a_renamed_rule_repeats_nothing(new_office):
    office = new_office(rules=RULES.replace(", repeat: 1wd", ""))
    office.list("25/06/2026 06:40", dossier("HS-1", due="24/06/2026 17:00"), dossier("HS-2", due="26/06/2026 17:00"))
    office.up()
    office.go_on_to("2026-06-25 07:30")
    assert office.told()["an"].lines == {"HS-1": "overdue", "HS-2": "at-risk"}
    renamed = RULES.replace(", repeat: 1wd", "").replace("name: ho-so", "name: theo-doi-ho-so").replace("name: overdue", "name: qua-han")
    office.set_settings(rules=renamed)
    office.reload()
    assert "the settings were reloaded" in office.log("kiphand")
    office.go_on_to("2026-06-25 18:00")
    assert not office.told()
    office.go_on_to("2026-06-26 07:30")
    told = office.told()
    assert sorted(told) == ["an"], "only HS-2 has come to another step"
    assert told["an"].fresh == {"HS-2"}


def test_bad_settings_are_refused_and_the_old_go_on(new_office):
    office = new_office()
    office.list("25/06/2026 06:40", dossier("HS-1", due="24/06/2026 17:00"))
    office.up()
    office.set_settings(rules=RULES.replace("before: 2wd", "befor: 2 days"))
    office.reload()
    assert "the settings were not reloaded, the old ones go on" in office.log("kiphand")
    line = office.settings.read_text(encoding="utf-8").split("befor:")[0].count("\n") + 1
    assert re.search(rf"kiphan.yaml:{line}:\d+: .*befor", office.log("kiphand"))
    office.go_on_to("2026-06-25 07:30")
    assert sorted(office.told()) == ["an", "sep"]


def test_a_new_step_that_has_passed_is_told_to_whom_nobody_told(new_office):
    office = new_office(rules=RULES.replace(", repeat: 1wd", "").replace("[assignee, head]", "[assignee]"))
    office.list("25/06/2026 06:40", dossier("HS-1", due="24/06/2026 17:00"))
    office.up()
    office.go_on_to("2026-06-25 07:30")
    assert sorted(office.told()) == ["an"]
    office.set_settings(rules=RULES.replace(", repeat: 1wd", ""))
    office.reload()
    office.go_on_to("2026-06-25 13:30")
    assert sorted(office.told()) == ["sep"]


@pytest.mark.parametrize("key,value", [("events", "ipc:///tmp/elsewhere"), ("message-bytes", "70000")])
def test_what_takes_a_restart_is_refused_and_said(new_office, key, value):
    office = new_office()
    office.up()
    text = re.sub(rf"(?m)^  {key}: .*\n", "", office.settings.read_text(encoding="utf-8"))
    office.settings.write_text(text.replace("wire:\n", f"wire:\n  {key}: {value}\n"), encoding="utf-8")
    office.reload()
    assert f"another wire.{key} takes a restart" in office.log("kiphand")

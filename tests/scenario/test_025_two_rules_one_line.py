"""Two rules that name one person for one dossier make one line, which names both (R5)."""
from harness.office import RULES, dossier

TWO = RULES + RULES.replace("name: ho-so", "name: dat-dai").replace("Hồ sơ thủ tục", "Hồ sơ đất đai").replace(
    "match: {kind: dossier}", "match: {kind: dossier, unit: [dat]}")


def test_one_line_names_both(new_office):
    office = new_office(rules=TWO)
    office.list("25/06/2026 06:40", dossier("HS-1", due="24/06/2026 17:00"), dossier("TP-1", due="24/06/2026 17:00", unit="tu", holder="an"))
    office.up()
    office.go_on_to("2026-06-25 07:30")
    message = office.told()["an"]
    assert list(message.lines) == ["HS-1", "TP-1"]
    assert {line["code"]: line["rules"] for line in message.facts["lines"]} == {"HS-1": ["Hồ sơ thủ tục", "Hồ sơ đất đai"],
                                                                               "TP-1": ["Hồ sơ thủ tục"]}
    assert message.text.count("HS-1") == 1
    office.go_on_to("2026-06-25 18:00")
    assert not office.told()

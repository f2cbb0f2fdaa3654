"""With --rules preview foretells how it would be by other rules, and with --diff who would get more, who fewer."""
import json

from harness.office import RULES, dossier

LATER = "rules:\n" + RULES.replace("before: 2wd,  tell: [assignee]", "before: 4wd,  tell: [assignee, head]").replace(
    "      - {name: escalate, after: 2wd,   tell: [vice-chair]}\n", "")


def office_of_today(new_office):
    office = new_office()
    office.list("25/06/2026 06:40", dossier("HS-1", due="22/06/2026 17:00"), dossier("HS-2", due="30/06/2026 17:00", holder="binh"))
    return office


def preview(office, *options):
    return json.loads(office.run("preview", "--json", "--to", "25/06/2026", *options).stdout)


def people(answer):
    return sorted(message["person"] for message in answer["messages"])


def test_rules_alone_stand_in_for_the_present_ones(new_office):
    office = office_of_today(new_office)
    other = office.directory / "other.yaml"
    other.write_text(LATER)
    assert people(preview(office)) == ["an", "pct2", "sep"]
    assert people(preview(office, "--rules", other)) == ["an", "binh", "sep"]
    diff = preview(office, "--rules", other, "--diff")["diff"]
    assert {person["person"]: (person["before"], person["after"]) for person in diff["people"]} == {"binh": (0, 1), "pct2": (1, 0), "sep": (1, 1)}
    assert {(message["person"], message["change"], tuple(message["before"]), tuple(message["after"])) for message in diff["messages"]} == {
        ("binh", "more", (), ("HS-2",)), ("pct2", "fewer", ("HS-1",), ()), ("sep", "changed", ("HS-1",), ("HS-1", "HS-2"))}


def test_whole_settings_stand_in_too(new_office):
    office = office_of_today(new_office)
    other = office.directory / "other.yaml"
    other.write_text(office.settings.read_text().replace("open: session-start", 'open: ["13:30"]'))
    assert {message["at"][11:16] for message in preview(office, "--rules", other)["messages"]} == {"13:30"}


def test_the_same_rules_differ_in_nothing(new_office):
    office = office_of_today(new_office)
    assert preview(office, "--rules", office.settings, "--diff")["diff"] == {"people": [], "messages": []}
    said = office.run("preview", "--rules", office.settings, "--diff", "--lang", "en").stdout
    assert said.startswith("nothing differs")


def test_what_was_told_is_not_foretold_again_under_another_name(new_office):
    """As a reload would have it (R13)."""
    office = office_of_today(new_office)
    office.up()
    office.go_on_to("2026-06-25 07:30")
    other = office.directory / "other.yaml"
    other.write_text("rules:\n" + RULES.replace("name: ho-so", "name: khac").replace("name: overdue", "name: qua-han"))
    assert preview(office, "--rules", other)["messages"] == preview(office)["messages"]


def test_mistakes_are_named_with_their_place(new_office):
    office = office_of_today(new_office)
    other = office.directory / "other.yaml"
    other.write_text(LATER.replace("before: 4wd", "before: 4 days"))
    refused = office.run("preview", "--rules", other, check=False)
    assert refused.returncode == 1 and f"{other}:8:34: rules[0].steps[0].before:" in refused.stderr
    other.write_text(LATER.replace("[assignee, head]}", "[assignee, person:nobody.there]}"))
    refused = office.run("preview", "--rules", other, check=False)
    assert refused.returncode == 1 and f"{other}:8:" in refused.stderr and "nobody.there" in refused.stderr

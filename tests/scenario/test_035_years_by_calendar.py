"""A year is asked for by each calendar that has a list of its own, by name; one that builds on another has the other's years (R8)."""
from harness.office import dossier

OTHERS = """calendar: lich
calendars:
  - name: lich
    week: {mon-fri: ["07:30-11:30", "13:30-17:00"]}
  - name: quay
    holidays: lich
    units: [dat]
    week: {mon-sat: ["07:30-11:30"]}
  - name: truc
    units: [tu]
    week: {mon-sun: ["08:00-11:00"]}
"""
NEW_YEAR = [{"date": "2027-01-01", "kind": "holiday", "name": "Tết Dương lịch"}]


def checks(office):
    return {row["name"]: row["health"] for row in office.ask_json("status")["checks"] if row["name"].startswith("calendar")}


def test_each_list_is_asked_for_by_name(new_office):
    office = new_office(at="2026-09-30 06:50")
    text = office.settings.read_text(encoding="utf-8")
    one = text[text.index("calendars:"):text.index("\nfeeds:")]
    office.settings.write_text(text.replace(one, OTHERS), encoding="utf-8")
    assert checks(office) == {"calendar:lich": "ok", "calendar:truc": "critical"}
    refused = office.run("calendar", "add", "2026-10-01 09:00", "2wd", "--unit", "tu", "--lang", "en", check=False)
    assert refused.returncode != 0 and "kiphan import calendar FILE --year 2026 --calendar truc" in refused.stderr
    office.import_rows("calendar", [{"date": "2026-09-02", "kind": "holiday", "name": "Quốc khánh"}], "--year", "2026", "--calendar", "truc")
    assert checks(office) == {"calendar:lich": "ok", "calendar:truc": "ok"}
    office.list("30/09/2026 06:40", dossier("HS-1", due="31/12/2026 11:30"))
    office.up()
    office.go_on_to("2026-09-30 18:00")
    assert not office.all_told()
    office.go_on_to("2026-10-01 18:00")
    told = office.told()["quantri"]
    assert set(told.lines) == {"system:year:2027:lich", "system:year:2027:truc"}
    assert "--year 2027 --calendar truc" in told.text
    assert checks(office) == {"calendar:lich": "warning", "calendar:truc": "warning"}
    # The desk's own list enters no year: the year of the calendar on which it builds does.
    office.import_rows("calendar", NEW_YEAR, "--year", "2027", "--calendar", "quay")
    late = office.run("calendar", "add", "2027-01-05 09:00", "2wd", "--unit", "dat", "--lang", "en", check=False)
    assert late.returncode != 0 and "--year 2027 --calendar lich" in late.stderr
    office.import_rows("calendar", NEW_YEAR, "--year", "2027")
    assert office.ask_json("calendar", "add", "2027-01-08 09:00", "1wd", "--unit", "dat")["result"][:16] == "2027-01-09T09:00"
    office.go_on_to("2026-10-02 18:00")
    assert set(office.told()["quantri"].lines) == {"system:year:2027:truc"}

"""A desk that works on Saturday mornings counts by its own calendar, inherited down the tree, with everybody's holidays; its people's windows open then too."""
from harness.office import dossier

DESK = """calendar: lich
calendars:
  - name: lich
    week: {mon-fri: ["07:30-11:30", "13:30-17:00"]}
  - name: motcua
    holidays: lich
    units: [dat]
    week:
      mon-fri: ["07:30-11:30", "13:30-17:00"]
      sat: ["08:00-11:00"]
"""
ONE = """calendars:
  - name: lich
    week:
      mon-fri: ["07:30-11:30", "13:30-17:00"]
"""


def with_desk(office, desk=DESK):
    """Two calendars, and a window that opens by each person's own."""
    text = office.settings.read_text(encoding="utf-8")
    assert ONE in text
    office.settings.write_text(text.replace(ONE, desk).replace("calendar: lich, open", "open"), encoding="utf-8")
    return office


def promises(office):
    return {row["code"]: row["due_at"] for row in office.query("SELECT code, due_at FROM items WHERE kind = 'dossier'")}


def test_saturday_is_worked_by_the_desk_alone(new_office):
    office = with_desk(new_office(at="2026-06-26 06:50"))
    office.list("26/06/2026 06:40", dossier("HS-1", due="30/06/2026 17:00"), dossier("HS-2", due="30/06/2026 17:00", unit="tu", holder="dung"))
    office.up()
    office.go_on_to("2026-06-26 18:00")
    # 2wd before 30/06 17:00: Friday 17:00 for the office, Saturday 11:00 for the desk.
    assert not office.all_told()
    office.go_on_to("2026-06-27 12:00")
    assert not office.all_told(), "the desk's step falls at the end of its Saturday"
    office.go_on_to("2026-06-29 07:30")
    assert {name: message.lines for name, message in office.told().items()} == {"an": {"HS-1": "at-risk"}, "dung": {"HS-2": "at-risk"}}
    explained = office.ask_json("explain", "HS-1")
    assert explained["calendar"] == "motcua"
    assert office.ask_json("explain", "HS-2")["calendar"] == "lich"
    falls = {code: {step["step"]: step["at"][:16] for step in office.ask_json("explain", code)["steps"]} for code in ("HS-1", "HS-2")}
    assert falls["HS-1"]["at-risk"] == "2026-06-27T11:00" and falls["HS-2"]["at-risk"] == "2026-06-26T17:00"


def test_who_works_on_saturday_is_told_on_saturday(new_office):
    office = with_desk(new_office(at="2026-06-26 06:50"))
    office.list("26/06/2026 06:40", dossier("HS-1", due="26/06/2026 17:00"), dossier("HS-2", due="26/06/2026 17:00", unit="tu", holder="dung"))
    office.up()
    office.go_on_to("2026-06-26 18:00")
    office.all_told()
    office.go_on_to("2026-06-27 08:00")
    told = office.told()
    assert {name: message.at for name, message in told.items()} == {"an": "2026-06-27 08:00", "sep": "2026-06-27 08:00"}
    office.go_on_to("2026-06-29 07:30")
    assert {"chi", "dung"} <= set(office.told())


def test_a_holiday_is_entered_once_for_all_and_a_day_of_the_desks_own_counts_before(new_office):
    office = with_desk(new_office(at="2026-08-31 06:50"))
    # The office has 02/09 off; 05/09 is a Saturday that the desk closes, and a swap day for the others.
    days = [{"date": "2026-09-02", "kind": "holiday", "name": "Quốc khánh"}, {"date": "2026-09-05", "kind": "workday", "name": "Làm bù"}]
    office.import_rows("calendar", days, "--year", "2026")
    own = office.import_rows("calendar", [{"date": "2026-09-05", "kind": "holiday", "name": "Mất điện"}], "--year", "2026", "--calendar", "motcua")
    assert "lich" in own.stdout, "whose years count is said"
    due = {name: office.ask_json("calendar", "add", "2026-09-01 09:00", "3wd", *which)["result"][:16]
           for name, which in {"office": [], "desk": ["--unit", "dat"], "named": ["--calendar", "motcua"]}.items()}
    assert due == {"office": "2026-09-05T09:00", "desk": "2026-09-07T09:00", "named": "2026-09-07T09:00"}
    month = {day["date"]: day for day in office.ask_json("calendar", "show", "2026-09", "--unit", "dat")["days"]}
    assert month["2026-09-02"]["label"] == "Quốc khánh" and month["2026-09-05"]["label"] == "Mất điện"


def test_days_without_a_time_are_by_the_units_calendar(new_office):
    early = DESK.replace('mon-fri: ["07:30-11:30", "13:30-17:00"]\n      sat', 'mon-fri: ["08:00-11:00", "13:00-16:00"]\n      sat')
    office = with_desk(new_office(), early)
    office.list("25/06/2026 06:40", dossier("HS-1", due="30/06/2026", received="01/06/2026"),
                dossier("HS-2", due="30/06/2026", unit="tu", holder="dung"), dossier("HS-3", due="27/06/2026"))
    said = {code: office.ask_json("item", code)["due"][:16] for code in ("HS-1", "HS-2", "HS-3")}
    assert said == {"HS-1": "2026-06-30T16:00", "HS-2": "2026-06-30T17:00", "HS-3": "2026-06-27T11:00"}
    assert office.ask_json("item", "HS-1")["received"][:16] == "2026-06-01T08:00"
    before = promises(office)
    office.list("25/06/2026 06:45", dossier("HS-1", due="30/06/2026", unit="tu", received="01/06/2026"),
                dossier("HS-2", due="30/06/2026", unit="dat", holder="dung"), dossier("HS-3", due="27/06/2026"))
    assert promises(office) == before, "a dossier that moves on keeps the promise that was given"


def test_a_unit_below_the_desk_follows_it_and_a_mistake_is_named(new_office):
    office = with_desk(new_office())
    rows = [{"code": "to", "name": "Tổ đo đạc", "short_name": "Tổ", "parent": "dat", "kind": "team"}]
    office.import_rows("units", rows)
    assert office.ask_json("calendar", "show", "2026-06", "--unit", "to")["calendar"] == "motcua"
    assert office.ask_json("calendar", "show", "2026-06", "--unit", "tu")["calendar"] == "lich"
    text = office.settings.read_text(encoding="utf-8")
    office.settings.write_text(text.replace("units: [dat]", "units: [datt]"), encoding="utf-8")
    refused = office.run("check", "--lang", "en", check=False)
    assert refused.returncode == 1
    assert 'calendars[1].units: there is no unit "datt"; did you mean "dat"?' in refused.stdout + refused.stderr

"""Holidays and swap days of a year come from an iCalendar file; one that is not clear is refused as a whole, with its lines."""
from harness.office import dossier

EVENTS = {
    "Tết Dương lịch": ["DTSTART;VALUE=DATE:20200101", "RRULE:FREQ=YEARLY"],
    "Quốc khánh": ["DTSTART;VALUE=DATE:20260901", "DTEND;VALUE=DATE:20260903"],
    "Ngày làm bù": ["DTSTART;VALUE=DATE:20260905"],
    "Hủy": ["DTSTART;VALUE=DATE:20260907", "STATUS:CANCELLED"],
}


def ics(events):
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//thu//VN"]
    for name, more in events.items():
        lines += ["BEGIN:VEVENT", *more, f"SUMMARY:{name}", "END:VEVENT"]
    return "\r\n".join(lines + ["END:VCALENDAR", ""])


def import_ics(office, events, *options, check=True):
    path = office.directory / "nghi.ics"
    path.write_text(ics(events), encoding="utf-8", newline="")
    return office.run("import", "calendar", path, *options, check=check)


def test_the_days_of_the_year_count(new_office):
    office = new_office(at="2026-08-31 06:50")
    import_ics(office, EVENTS, "--year", "2026")
    month = {day["date"]: (day["kind"], day["label"]) for day in office.ask_json("calendar", "show", "2026-09")["days"] if day["label"]}
    assert month == {"2026-09-01": ("holiday", "Quốc khánh"), "2026-09-02": ("holiday", "Quốc khánh"),
                     "2026-09-05": ("swap-day", "Ngày làm bù")}
    assert office.ask_json("calendar", "show", "2026-01")["days"][0]["label"] == "Tết Dương lịch"
    assert office.ask_json("calendar", "add", "2026-08-31 09:00", "3wd")["result"][:16] == "2026-09-05T09:00"
    again = import_ics(office, EVENTS, "--year", "2026")
    assert "4" in again.stdout and not office.query("SELECT 1 FROM calendar_days WHERE day = '2026-09-07'")
    # A holiday of the day after tomorrow holds back what would have left then.
    office.list("31/08/2026 06:40", dossier("HS-1", due="01/09/2026 17:00"))
    office.up()
    office.go_on_to("2026-09-02 18:00")
    assert {message.at for message in office.all_told()} == {"2026-08-31 07:30"}
    office.go_on_to("2026-09-03 07:30")
    assert office.told()["an"].lines == {"HS-1": "overdue"}


def test_nothing_is_taken_of_a_file_that_is_not_clear(new_office):
    office = new_office(at="2026-08-31 06:50")
    before = office.dump()
    unclear = EVENTS | {"Nghỉ 31/8, làm bù 22/8": ["DTSTART;VALUE=DATE:20260831"], "Họp": ["DTSTART:20260904T080000"]}
    refused = import_ics(office, unclear, "--year", "2026", "--lang", "en", check=False)
    said = refused.stdout + refused.stderr
    assert refused.returncode == 1
    assert "line 23" in said and "a day off or a swap day?" in said
    assert "line 27" in said and "time of day" in said
    assert office.dump() == before
    no_year = import_ics(office, EVENTS, "--lang", "en", check=False)
    assert no_year.returncode == 1 and "--year" in no_year.stdout + no_year.stderr
    tried = import_ics(office, EVENTS, "--year", "2026", "--dry-run")
    assert tried.returncode == 0 and office.dump() == before

"""Another calendar moves no promise that was given; what is received afterwards is counted by it, and `calendar diff` says before what it would touch."""
from harness.office import RULES, dossier

PROCEDURES = [{"code": "T1", "name": "Đăng ký đất đai", "field": "Đất đai", "term": "3wd-end", "unit": "dat"}]
MORE = [{"date": "2026-06-29", "kind": "holiday", "name": "Nghỉ thêm"}, {"date": "2026-09-02", "kind": "holiday", "name": "Quốc khánh"}]


def computed(office):
    return {row["code"]: (row["due_at"], row["computed_due_at"]) for row in
            office.query("SELECT code, due_at, computed_due_at FROM items WHERE kind = 'dossier'")}


def local(office, code):
    return office.ask_json("item", code)["due"][:16]


def test_a_holiday_added_after_receipt_counts_for_what_comes_later(new_office):
    office = new_office(at="2026-06-25 06:50")
    office.import_rows("procedures", PROCEDURES)
    received = "25/06/2026 09:00"
    office.set_clock("2026-06-25T09:30:00+07:00")
    first = dossier("HS-1", due="", received=received)
    office.list("25/06/2026 09:20", first)
    assert local(office, "HS-1") == "2026-06-30T17:00"
    before = computed(office)
    office.import_rows("calendar", MORE, "--year", "2026")
    assert computed(office) == before
    office.set_clock("2026-06-25T10:30:00+07:00")
    office.list("25/06/2026 10:20", first, dossier("HS-2", due="", received="25/06/2026 10:00"))
    assert computed(office)["HS-1"] == before["HS-1"], "not even when the list comes again"
    assert local(office, "HS-2") == "2026-07-01T17:00"


def test_diff_says_what_would_be_touched_and_writes_nothing(new_office):
    office = new_office(at="2026-06-26 09:00", rules=RULES)
    office.list("26/06/2026 08:00", dossier("HS-1", due="01/07/2026 17:00"), dossier("HS-2", due="26/06/2026 08:30"),
                dossier("HS-3", due="26/06/2026 17:00", holder="binh"), dossier("HS-4", due="20/06/2026 17:00", status="Đã xử lý xong", finished="19/06/2026"))
    office.up()
    office.go_on_to("2026-06-26 14:00")  # HS-3's and others' alerts of the afternoon are held until Monday
    office.list("26/06/2026 13:50", dossier("HS-1", due="01/07/2026 17:00"), dossier("HS-2", due="26/06/2026 08:30"),
                dossier("HS-3", due="26/06/2026 13:40", holder="binh"), dossier("HS-4", due="20/06/2026 17:00", status="Đã xử lý xong", finished="19/06/2026"))
    office.settle()
    before = office.dump()
    path = office.write("moi.csv", MORE)
    told = office.ask_json("calendar", "diff", path, "--year", "2026")
    assert office.dump() == before
    assert [(day["date"], day["change"], day["after"]["kind"]) for day in told["days"]] == [("2026-06-29", "added", "holiday")]
    assert told["open"] == 3 and told["promises_moved"] == 0
    touched = {item["code"]: item for item in told["items"]}
    assert set(touched) == {"HS-1", "HS-2", "HS-3"}
    assert touched["HS-1"]["before"]["working_seconds_left"] - touched["HS-1"]["after"]["working_seconds_left"] == 7.5 * 3600
    assert touched["HS-2"]["before"] == touched["HS-2"]["after"] and touched["HS-2"]["steps"], "its repeats fall later"
    held = {(alert["code"], alert["person"]): (alert["opens_before"][:16], alert["opens_after"][:16]) for alert in told["alerts"]}
    assert held[("HS-3", "binh")] == ("2026-06-29T07:30", "2026-06-30T07:30")
    assert told["held"] >= len(told["alerts"]) >= 1
    text = office.run("calendar", "diff", path, "--year", "2026", "--lang", "en").stdout
    assert "+  29/06/2026  ordinary day → holiday (Nghỉ thêm)" in text
    assert "No promise that was given moves" in text
    # and so it comes
    office.import_rows("calendar", MORE, "--year", "2026")
    left = office.ask_json("item", "HS-1")["working_seconds_left"]
    assert left == touched["HS-1"]["after"]["working_seconds_left"]
    office.all_told()
    office.go_on_to("2026-06-29 18:00")
    assert not office.all_told()
    office.go_on_to("2026-06-30 07:30")
    assert "binh" in office.told()


def test_diff_of_a_day_taken_away_and_of_nothing(new_office):
    office = new_office(at="2026-08-31 06:50")
    office.list("31/08/2026 06:40", dossier("HS-1", due="04/09/2026 17:00"))
    same = office.write("cu.csv", [{"date": "2026-09-02", "kind": "holiday", "name": "Quốc khánh"}])
    nothing = office.ask_json("calendar", "diff", same, "--year", "2026")
    assert (nothing["days"], nothing["items"], nothing["alerts"], nothing["open"]) == ([], [], [], 1)
    other = office.write("moi.csv", [{"date": "2026-09-03", "kind": "holiday", "name": "Nghỉ"}])
    told = office.ask_json("calendar", "diff", other, "--year", "2026")
    assert [(day["date"], day["change"]) for day in told["days"]] == [("2026-09-02", "removed"), ("2026-09-03", "added")]
    assert not any(item["before"] != item["after"] for item in told["items"]), "one day for another: the same time is left"
    wrong = office.write("sai.csv", [{"date": "2026-02-30", "kind": "holiday", "name": "?"}])
    refused = office.run("calendar", "diff", wrong, "--year", "2026", "--lang", "en", check=False)
    assert refused.returncode == 1 and "2026-02-30" in refused.stderr

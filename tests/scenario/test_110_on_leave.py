"""Who is on leave is not told: the deputy is, else the head; each sees for whom; whoever is back is told once what is theirs (R14, R13)."""
from harness.office import PEOPLE, RULES, dossier, person

ONCE = RULES.replace("[assignee, head], repeat: 1wd", "[assignee]")
STAFF = PEOPLE + [person("ban", "Lê Văn Ban", "dat")]
WEEK = ("--from", "25/06/2026", "--until", "28/06/2026")


def shown(office):
    return {who: (message.lines, "Nguyễn Văn An" in message.text) for who, message in office.told().items()}


def open_office(new_office, *leaves):
    office = new_office(rules=ONCE, people=STAFF)
    office.list("25/06/2026 06:40", dossier("HS-1", due="24/06/2026 17:00"))
    for leave in leaves:
        office.run("away", *leave)
    office.up()
    office.go_on_to("2026-06-25 07:30")
    return office


def test_the_deputy_is_told_and_for_whom_and_who_is_back_is_told_once(new_office):
    office = open_office(new_office, ("an", *WEEK, "--deputy", "ban"))
    assert shown(office) == {"ban": ({"HS-1": "overdue"}, True)}
    office.go_on_to("2026-06-28 23:00")
    assert not office.all_told()
    office.go_on_to("2026-06-29 07:30")
    assert shown(office)["an"][0] == {"HS-1": "overdue"}
    office.go_on_to("2026-06-30 18:00")
    assert not office.all_told()


def test_without_deputy_the_head_is_told(new_office):
    office = open_office(new_office, ("an", *WEEK))
    assert shown(office) == {"sep": ({"HS-1": "overdue"}, True)}


def test_leave_that_begins_while_the_daemon_runs_moves_what_waits(new_office):
    office = open_office(new_office)
    assert set(shown(office)) == {"an"}
    office.list("25/06/2026 10:00", dossier("HS-1", due="24/06/2026 17:00"), dossier("HS-2", due="25/06/2026 16:00"))
    office.run("away", "an", "--from", "26/06/2026", "--until", "26/06/2026", "--deputy", "ban")
    office.go_on_to("2026-06-26 07:30")
    assert "ban" in shown(office)
    assert office.query("SELECT count(*) AS n FROM alerts WHERE state = 'held' AND recipient = 'an'")[0]["n"] == 0


def test_leave_that_is_struck_out_is_as_if_it_had_not_been(new_office):
    office = open_office(new_office, ("an", *WEEK, "--deputy", "ban"), ("an", "--cancel", "--from", "25/06/2026"))
    assert set(shown(office)) == {"an"}


def test_a_dry_run_and_refused_leave_change_nothing(new_office):
    office = open_office(new_office)
    before = office.query("SELECT count(*) AS n FROM absences")
    assert office.run("away", "an", *WEEK, "--dry-run").returncode == 0
    for wrong in (("an", "--from", "28/06/2026", "--until", "25/06/2026"), ("an", "--from", "20/06/2026", "--until", "21/06/2026"),
                  ("an", *WEEK, "--deputy", "an"), ("an", "--cancel", "--from", "25/06/2026")):
        assert office.run("away", *wrong, check=False).returncode == 1
    assert office.query("SELECT count(*) AS n FROM absences") == before

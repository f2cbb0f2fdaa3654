"""render shows a message as it was sent, to the byte, or a sample as it would look; in either language, by part."""
import json

from harness.office import dossier


def part(office, *words):
    return office.run("render", *words).stdout


def test_a_notice_is_shown_as_it_was_sent(new_office):
    office = new_office()
    office.list("25/06/2026 06:40", dossier("HS-1", due="24/06/2026 17:00", title="Đăng ký <đất> & nhà"))
    office.up()
    office.go_on_to("2026-06-25 07:30")
    message = office.told()["an"]
    number = message.facts["number"]
    assert part(office, number, "--part", "subject") == message.subject + "\n"
    sent = message.mail.get_body(("plain",)).get_content().replace("\r\n", "\n")
    assert part(office, number, "--part", "text") == sent
    sent = message.mail.get_body(("html",)).get_content().replace("\r\n", "\n")
    assert part(office, number, "--part", "html") == sent
    whole = json.loads(part(office, number, "--json"))
    assert (whole["subject"], whole["channel"], whole["language"]) == (message.subject, "mail", "vi")
    assert "[Reminder]" in part(office, number, "--lang", "en")


def test_a_sample_needs_no_data(new_office):
    office = new_office()
    vi, en = part(office, "--sample", "--lang", "vi"), part(office, "--sample", "--lang", "en", "--channel", "mail")
    assert vi.startswith("[Nhắc việc] 1 hồ sơ quá hạn, 1 đến hạn hôm nay, 1 sắp đến hạn")
    assert "quá hạn 1 ngày" in vi and "UBND phường Thử" in vi
    assert en.startswith("[Reminder] 1 dossier overdue, 1 due today, 1 at risk") and "Nguyễn Văn An" in en
    assert "<html" in part(office, "--sample", "--part", "html")
    office.set_clock("2027-06-26 09:00")
    assert "[Nhắc việc]" in part(office, "--sample", "--lang", "vi"), "in a year that is not entered, and on a Saturday"


def test_what_cannot_be_shown_is_said(new_office):
    office = new_office()
    for words, code, said in ((("7",), 1, "không có thông báo số 7"), ((), 2, "--sample"), (("7", "--sample"), 2, "--sample"),
                              (("--sample", "--part", "htm"), 2, 'có phải là "html"'), (("--sample", "--channel", "mai"), 2, 'có phải là "mail"'),
                              (("x",), 2, "số của thông báo")):
        done = office.run("render", *words, check=False)
        assert done.returncode == code and said in done.stderr, (words, done.stderr)

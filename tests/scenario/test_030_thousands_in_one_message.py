"""Three thousand lines are still one message that can be sent: it shows 500, says how many more there are, and counts all."""
from harness.office import dossier


def test_the_message_is_bounded_and_the_counts_are_not(new_office):
    office = new_office()
    office.list("25/06/2026 06:40", *(dossier(f"HS-{number:04}", due="24/06/2026 17:00") for number in range(3000)))
    office.up()
    office.go_on_to("2026-06-25 07:30")
    message = office.told()["an"]
    assert "3000 hồ sơ quá hạn" in message.subject
    assert message.text.count("HS-") == 500
    assert "Còn 2500 hồ sơ nữa không nêu chi tiết trong thư này." in message.text
    office.go_on_to("2026-06-25 18:00")
    assert not office.all_told()

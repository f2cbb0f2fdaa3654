"""What a complete feed no longer lists is told to nobody; a list that lacks more than a tenth is refused; who comes back has its history."""
import json

from harness.office import dossier

ALL = [dossier(f"HS-{number:02}", due="24/06/2026 17:00") for number in range(1, 21)]


def test_gone_refused_and_back(new_office):
    office = new_office()
    office.list("25/06/2026 06:40", *ALL)
    office.up()
    office.go_on_to("2026-06-25 07:20")
    refused = office.list("25/06/2026 07:20", *ALL[3:], check=False)
    assert refused.returncode == 1
    assert "3 trong 20 việc chưa xong của nguồn motcua không có trong danh sách này (ví dụ HS-01), quá 10 %" in refused.stderr
    office.list("25/06/2026 07:21", *ALL[2:])
    office.go_on_to("2026-06-25 07:30")
    told = office.told()
    assert len(told["an"].lines) == 18
    assert not {"HS-01", "HS-02"} & set(told["an"].lines)
    shown = office.run("item", "HS-01", "--lang", "vi").stdout
    assert "không còn trong nguồn" in shown
    office.list("25/06/2026 09:00", *ALL)
    office.go_on_to("2026-06-25 13:30")
    message = office.told()["an"]
    assert len(message.lines) == 20
    assert message.fresh == {"HS-01", "HS-02"}
    history = json.loads(office.run("item", "HS-01", "--json").stdout)["history"]
    assert [change["after"] for change in history if change["field"] == "gone"] == ["yes", ""]


def test_settled_and_gone_is_not_counted_as_settled(new_office):
    office = new_office()
    office.list("25/06/2026 06:40", *ALL)
    office.list("25/06/2026 06:45", *ALL[1:])
    item = json.loads(office.run("item", "HS-01", "--json").stdout)
    assert not item.get("finished_at") and item["status"] == "4", item

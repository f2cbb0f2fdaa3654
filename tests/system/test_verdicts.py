"""Each channel over HTTP against a far side that answers as docs/verdicts.md says, case by case."""
import json
import random
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from harness.farside import RESET_AFTER, Answer, Authority, FarSide  # noqa: E402
from harness.sendone import NOTICES  # noqa: E402
from harness.verdicts import CASES, EVERY, cells_of, read_table  # noqa: E402
from harness.web import OPTIONS, SECRET, web_channel  # noqa: E402

TABLE = read_table()

@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("ca"))


@pytest.fixture
def far(authority):
    with FarSide(authority) as side:
        yield side


def test_the_table_has_every_case_for_every_channel():
    assert {cell.channel for cell in TABLE} == {*OPTIONS, EVERY}
    for channel in OPTIONS:
        missing = set(CASES) - {cell.case for cell in cells_of(channel, TABLE)}
        assert not missing, f"{channel}: {missing}"
    assert all(cell.source for cell in TABLE)


def judge(cell, outcome):
    place = f"{cell.channel}, {cell.case}: {outcome['detail']}"
    assert outcome["verdict"] == cell.verdict, place
    assert cell.wait - 5 <= outcome["retry_after"] <= cell.wait, f"{place}: waits {outcome['retry_after']}"
    assert SECRET not in json.dumps(outcome), place


@pytest.mark.parametrize("channel", OPTIONS)
def test_makes_of_each_answer_what_the_table_says(channel, tmp_path, far, authority):
    """In random order over one channel, each case twice, once straight after a reset."""
    cells = [cell for cell in cells_of(channel, TABLE) if cell.case != "wrong-name"]
    reset = next(cell for cell in cells if cell.case == RESET_AFTER)
    order = random.sample(cells, len(cells))
    for cell in random.sample(cells, len(cells)):
        order += [reset, cell]
    far.plan = [answer for cell in order for answer in cell.plan()]
    outcomes = web_channel(channel, tmp_path, far, authority).send(*[NOTICES / "staff.json"] * len(order))
    assert not far.plan, "fewer requests came than were planned"
    assert all(request.path != "/elsewhere" for request in far.requests)
    for cell, outcome in zip(order, outcomes, strict=True):
        judge(cell, outcome)


@pytest.mark.parametrize("channel", OPTIONS)
def test_keeps_its_connection(channel, tmp_path, far, authority):
    far.otherwise = next(cell for cell in TABLE if cell.channel == channel and cell.case == "success").plan()[0]
    outcomes = web_channel(channel, tmp_path, far, authority).send(*[NOTICES / "staff.json"] * 3)
    assert [outcome["verdict"] for outcome in outcomes] == ["delivered"] * 3
    assert (far.connections, len(far.requests)) == (1, 3)


@pytest.mark.parametrize("channel", OPTIONS)
def test_sends_nothing_to_a_far_side_of_another_name(channel, tmp_path, far, authority):
    cell = next(cell for cell in cells_of(channel, TABLE) if cell.case == "wrong-name")
    judge(cell, web_channel(channel, tmp_path, far, authority, host="127.0.0.1").send()[0])
    assert not far.requests


@pytest.mark.parametrize("channel", OPTIONS)
def test_tells_no_secret_that_the_far_side_repeats(channel, tmp_path, far, authority):
    """Servers like to quote the address in an error's page."""
    for status in (404, 500):
        far.otherwise = Answer(status, body=f"no /x/{SECRET} here, nor 123456%3A{SECRET}, nor {'y' * 180}{SECRET}")
        assert SECRET[:10] not in web_channel(channel, tmp_path, far, authority).send()[0]["detail"]


@pytest.mark.parametrize("channel", OPTIONS)
def test_enters_no_private_network_unless_permitted(channel, tmp_path, far, authority):
    told = web_channel(channel, tmp_path, far, authority)
    told.settings.write_text(told.settings.read_text().replace("allow-private: yes", "allow-private: no"))
    outcome = told.send()[0]
    assert outcome["verdict"] == "broken"
    assert "allow-private: yes permits it" in outcome["detail"]
    assert far.connections == 0


OWNER = "Trần Thị Bí Mật"
HOME = "12 ngõ Không Ai Biết"


def with_owner(value):
    """Facts in which each object names the citizen, as none should."""
    if isinstance(value, list):
        return [with_owner(each) for each in value]
    if not isinstance(value, dict):
        return value
    return {**{name: with_owner(each) for name, each in value.items()}, "owner": OWNER, "owner_address": {"text": HOME}, "notes": [HOME]}


@pytest.mark.parametrize("channel", OPTIONS)
@pytest.mark.parametrize("notice", ["staff", "head", "vice-chair", "admin"])
def test_a_public_channel_never_carries_a_citizen(channel, notice, tmp_path, far, authority):
    facts = tmp_path / "facts.json"
    facts.write_text(json.dumps(with_owner(json.loads((NOTICES / f"{notice}.json").read_text(encoding="utf-8")))), encoding="utf-8")
    web_channel(channel, tmp_path, far, authority, "public: yes").send(facts)
    assert far.requests
    for secret in (OWNER, HOME):
        for form in (secret.encode(), json.dumps(secret)[1:-1].encode()):
            assert form not in far.bytes, f"{form} was sent"
    for word in ("Bí Mật", "Bi Mat", "Không Ai", "Khong Ai"):
        assert word.encode() not in far.bytes

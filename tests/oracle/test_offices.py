"""Random offices: the same for the same seed, and told in a way that no rules can excuse otherwise."""
import filecmp
import json
import os

import pytest

from clockwork import stamp
from ladder import RANK
from office import make_office
from rules import Office, simulate


def test_an_office_is_the_same_for_the_same_seed(tmp_path):
    one, two = make_office(7, tmp_path / "a"), make_office(7, tmp_path / "b")
    for name in os.listdir(one) + [os.path.join("lists", name) for name in os.listdir(os.path.join(one, "lists"))]:
        if os.path.isfile(os.path.join(one, name)):
            assert filecmp.cmp(os.path.join(one, name), os.path.join(two, name), shallow=False), name


@pytest.mark.parametrize("seed", [1, 2, 24])
def test_what_holds_of_every_message(tmp_path, seed):
    directory = make_office(seed, tmp_path)
    with open(os.path.join(directory, "timeline.json"), encoding="utf-8") as text:
        timeline = json.load(text)
    messages = simulate(Office(directory), timeline)
    assert len(messages) > 100
    assert len({(m["opening"], m["person"], m["channel"]) for m in messages}) == len(messages)
    assert [m["sent"] for m in messages] == sorted(m["sent"] for m in messages)
    was_up = [(stamp(event["at"]), event["do"]) for event in timeline if event["do"] in ("up", "down")]
    for message in messages:
        sent, ranks = stamp(message["sent"]), [RANK[line["level"]] for line in message["lines"]]
        assert ranks and ranks == sorted(ranks, reverse=True)
        assert len({line["code"] for line in message["lines"]}) == len(ranks)
        assert [do for at, do in was_up if at <= sent][-1] == "up"
        assert stamp(message["opening"]) <= sent < stamp(message["opening"]) + 4 * 3600
        assert not any(line["late"] and line["level"] == "system" for line in message["lines"])

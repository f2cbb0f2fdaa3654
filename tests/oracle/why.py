#!/usr/bin/env python3
"""Why the oracle tells, or does not tell, of one item: what it knows of it at an instant of an office's timeline.

    why.py --office DIR --at 2026-06-25T07:30:00 CODE
"""
import argparse
import json
import os

from clockwork import show, stamp
from rules import Office, Simulation, event_of


def why(directory, code, at, timeline=None):
    """Lines of text; imports and reloads up to the instant, it included, have happened."""
    if timeline is None:
        with open(os.path.join(directory, "timeline.json"), encoding="utf-8") as text:
            timeline = json.load(text)
    office = Office(directory)
    simulation = Simulation(office)
    past = [event for event in map(event_of, timeline) if event["at"] <= at]
    simulation.run(past + [{"at": at, "do": "end"}])
    item = office.items.by_code.get(code)
    if not item:
        return [f"{code}: in no list up to {show(at)}"]
    shown = {name: show(value) if value is not None else "-" for name, value in (("received", item.received), ("due", item.due), ("deadline", item.deadline))}
    said = [f"{code} at {show(at)}: {item.state}{', gone' if item.gone else ''}, unit {item.unit}, assignee {item.assignee or '-'}, "
            f"received {shown['received']}, due {shown['due']}, deadline {shown['deadline']}, feed {item.feed}",
            f"daemon {'up' if simulation.up else 'down'}; data of {', '.join(f'{n} {show(t)}' for n, t in office.items.as_of.items())}"]
    said += [f"paused {show(begin)} to {show(end)}" for begin, end in item.pauses]
    reached = office.ladder.reached(item, at)
    if reached:
        said.append(f"level {office.ladder.level(item, at)}")
    for one in reached:
        named = office.whom.named(item, one.rule, one.step, at)
        people = ", ".join(f"{person}{f' for {other}' if other else ''}" for person, other in named.items())
        said.append(f"{one.rule.name}/{one.step.name} slot {one.slot} reached {show(one.at)} (step itself {show(one.height[0])}): {people or 'nobody'}")
    said += [f"told {key[6]}: {key[3]}/{key[4]} slot {key[5]} of {key[1]} {show(key[2])}" for key in sorted(simulation.daemon.told) if key[0] == code]
    return said


def main():
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--office", metavar="DIR", required=True)
    options.add_argument("--at", required=True)
    options.add_argument("code")
    chosen = options.parse_args()
    print("\n".join(why(chosen.office, chosen.code, stamp(chosen.at))))


if __name__ == "__main__":
    main()

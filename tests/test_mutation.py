"""The mutants of `make mutation`: each is one small change, and a survivor has a reason that still holds.

Whether they are caught takes minutes, so that is left to the command.
"""

from __future__ import annotations

from collections import Counter

from bonewise.strict_yaml import Node, load, plain
from tests.mutation.forget import without_option, without_question
from tests.mutation.judge import as_written, caught_cheaply, files, using
from tests.mutation.operators import OPERATORS, mutants
from tests.mutation.survivors import KEYS, read_entries

SMALL = """
block: heel
steps:
  - {ask: wound, one: ["yes", unsure, "no"], again: unsure}
  - {ask: since, one: [days, weeks], when: {wound: ["yes", unsure]}}
facts:
  sick: {any: [{wound: "yes"}, {wound: unsure}]}
flags:
  heel:
    - {when: {all: [{fact: sick}, {since: days}]}, level: same_day, id: heel_new, source: editorial}
    - {when: {wound: unsure}, level: soon, source: editorial}
"""


def small() -> Node:
    return load(SMALL)


def test_every_mutant_is_a_change_under_a_name_of_its_own() -> None:
    found = list(mutants("heel.yml", small()))
    assert [mutant.name for mutant in found if plain(mutant.tree) == plain(small())] == []
    assert max(Counter(mutant.name for mutant in found).values()) == 1
    unused = set(OPERATORS) - {mutant.operator for mutant in found}
    assert unused == {"drop `stop`", "move a bound", "move `below`"}  # the block has none of these


def test_a_level_takes_the_stop_with_it_that_it_has_to_have() -> None:
    [raised] = [mutant for mutant in mutants("heel.yml", small()) if mutant.what == "heel_new same_day -> emergency"]
    rule = plain(raised.tree)["flags"]["heel"][0]  # type: ignore[index, call-overload]
    assert (rule["level"], rule["stop"]) == ("emergency", True)


def test_an_option_goes_with_all_that_mentions_it() -> None:
    left = plain(without_option(small(), "wound", "unsure"))
    assert left == plain(
        load("""
block: heel
steps:
  - {ask: wound, one: ["yes", "no"]}
  - {ask: since, one: [days, weeks], when: {wound: ["yes"]}}
facts:
  sick: {any: [{wound: "yes"}]}
flags:
  heel:
    - {when: {all: [{fact: sick}, {since: days}]}, level: same_day, id: heel_new, source: editorial}
""")
    )


def test_a_question_goes_with_what_rests_on_it_alone() -> None:
    assert plain(without_question(small(), "wound")) == {"block": "heel", "steps": [], "facts": {}, "flags": {}}


def test_a_file_without_a_fault_is_caught_by_nothing_cheap() -> None:
    tree = files()["gates/mood.yml"]
    checks = using(tree)[:1]
    assert caught_cheaply(as_written(tree, checks), checks) is None


def test_each_survivor_that_is_explained_is_a_mutant_and_has_a_reason() -> None:
    entries = read_entries()
    assert [entry for entry in entries if tuple(entry) != KEYS or len(entry["because"].split()) < 5] == []
    keys = [f"{entry['file']} {entry['mutant']}" for entry in entries]
    assert len(keys) == len(set(keys))
    trees = files()
    named = {file: trees[file] for file in {entry["file"] for entry in entries}}
    assert set(keys) <= {mutant.key for file, tree in named.items() for mutant in mutants(file, tree)}

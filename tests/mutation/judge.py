"""What becomes of a mutant: who catches it first, and whether it changes any level at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

import yaml

from bonewise.authors.cases import Case, CaseError, play_case, read_cases
from bonewise.content import folders, missing_texts
from bonewise.dialogue.actions import ACTIONS
from bonewise.dialogue.providers import PROVIDERS
from bonewise.dialogue.traits import EXCLUSIVE, TRAITS
from bonewise.flow.faults import Faults, FlowError
from bonewise.flow.load_files import Library, read_files
from bonewise.flow.load_flow import read_flow
from bonewise.flow.load_names import Names
from bonewise.flow.model import Flow, Flows, Level
from bonewise.proof.against import compare
from bonewise.proof.prove import prove
from bonewise.strict_yaml import Node, Scalar, load, plain
from tests import test_stories
from tests.dialogue.conversation import WORLD
from tests.folded import Folded, everything, replay
from tests.mutation.operators import Mutant, mutants
from tests.mutation.tree import walk

FLOWS = folders("flows")[0]
_T = TypeVar("_T")


class Fate(StrEnum):
    """Who catches a mutant first, cheapest first; or nobody."""

    LOADER = "loader"
    CONVERSATION = "conversation"
    STORY = "story"
    PROVER = "prover"
    EQUIVALENT = "equivalent"  # no answers come to another level: there is nothing to catch
    SURVIVED = "survived"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a mutant.

    `proved` and `against`: whether the prover finds it, alone and with `--against`; None if that was not asked.
    """

    key: str
    name: str
    place: str
    operator: str
    fate: Fate
    proved: bool | None = None
    against: bool | None = None


def files() -> dict[str, Node]:
    """The checks and the blocks that they use, by their place under flows/."""
    trees = {path.relative_to(FLOWS).as_posix(): load(path) for path in sorted(FLOWS.rglob("*.yml"))}
    return {file: tree for file, tree in trees.items() if using(tree)}


def using(tree: Node) -> list[str]:
    """The checks in which a file takes part: itself, or those that use the block, the smallest first."""
    named: Any = plain(tree)
    prefix = f"{named['block']}." if "block" in named else None
    return [
        flow.id
        for flow in sorted(WORLD.flows.flows.values(), key=_size)
        if flow.kind == "check"
        and (flow.id == named.get("flow") or (prefix and any(step.id.startswith(prefix) for step in flow.steps)))
    ]


def _size(flow: Flow) -> tuple[int, str]:
    return len(flow.steps) * sum(len(flag.rules) for flag in flow.flags), flow.id


def all_mutants() -> Iterator[tuple[Mutant, list[str]]]:
    """Every mutant with the checks in which it takes part, in a fixed order."""
    for file, tree in files().items():
        checks = using(tree)
        yield from ((mutant, checks) for mutant in mutants(file, tree))


def judge(mutant: Mutant, checks: Sequence[str], *, ask_prover: bool) -> Verdict:
    """Let everything try to catch it, until something does; `ask_prover` asks the prover whoever did."""
    fate, flows = _fate(mutant, checks)
    before = WORLD.flows.flows
    proved: bool | None = None
    against: bool | None = None
    if flows is not None and (ask_prover or fate is Fate.SURVIVED):
        proved = any(prove(flows[check], EXCLUSIVE) for check in checks)
        against = any(_is_milder(before[check], flows[check]) for check in checks)
    if flows is not None and fate is Fate.SURVIVED and not against and not _is_beyond_compare(mutant):
        another = any(_is_milder(flows[check], before[check]) for check in checks)
        fate = fate if another else Fate.EQUIVALENT
    return Verdict(mutant.key, mutant.name, mutant.place, mutant.operator, fate, proved, against)


def _fate(mutant: Mutant, checks: Sequence[str]) -> tuple[Fate, Mapping[str, Flow] | None]:
    try:
        loaded = as_written(mutant.tree, checks)
    except FlowError:
        return Fate.LOADER, None
    cheap = caught_cheaply(loaded, checks, mutant.what.partition(" ")[0])
    if cheap is not None:
        return cheap, loaded.flows
    found = any(prove(loaded.flows[check], EXCLUSIVE) for check in checks)
    return Fate.PROVER if found else Fate.SURVIVED, loaded.flows


def as_written(tree: Node, checks: Sequence[str]) -> Flows:
    """These checks, with this file in the place of its own. Raises `FlowError`."""
    faults, library = Faults(), _library()
    named: Any = plain(tree)
    flow = {**library.flow, **({named["flow"]: tree} if "flow" in named else {})}
    block = {**library.block, **({named["block"]: tree} if "block" in named else {})}
    options, sources = WORLD.flows.options, WORLD.flows.sources
    names = Names(frozenset(flow), block, options, frozenset(sources), ACTIONS, frozenset(PROVIDERS), TRAITS, [FLOWS])
    flows = {check: read_flow(flow[check], names, faults) for check in checks}
    faults.raise_if_any()
    return Flows(flows, options, sources, WORLD.flows.follow_ups)


@cache
def _library() -> Library:
    return read_files([FLOWS], Faults())


def caught_cheaply(loaded: Flows, checks: Sequence[str], rule: str = "") -> Fate | None:
    """Who catches what is wrong with these checks before they are explored; None if nobody does.

    What raises the `rule` that may be changed is tried first, as it will soon know.
    """
    flows = loaded.flows
    if any(True for _ in missing_texts(replace(WORLD, flows=loaded))):
        return Fate.LOADER
    told = [(one, flows[check]) for check in checks for one in _conversations().get(check, ())]
    if any(_goes_another_way(*pair) for pair in sorted(told, key=lambda pair: not _is_about(pair[0], rule))):
        return Fate.CONVERSATION
    if any(_ends_otherwise(story, flows[check]) for check in checks for story in _stories().get(check, ())):
        return Fate.STORY
    return None


@cache
def _conversations() -> Mapping[str, list[Folded]]:
    return _by_check((one.flow, one) for one in everything())


@cache
def _stories() -> Mapping[str, list[tuple[test_stories.Story, Case]]]:
    return _by_check((check, told) for check in _told_of() for told in _told_by(check))


def _told_of() -> list[str]:
    return list(dict.fromkeys(check for check, _ in test_stories.told()))


def _told_by(check: str) -> Iterator[tuple[test_stories.Story, Case]]:
    told = [story for of, story in test_stories.told() if of == check]
    cases = [{key: story[key] for key in test_stories.CASE if key in story} for story in told]
    with TemporaryDirectory() as folder:
        file = Path(folder, "cases.yml")
        file.write_text(yaml.safe_dump(cases, allow_unicode=True), encoding="utf-8")
        yield from zip(told, read_cases(file, WORLD.flows.flows[check]), strict=True)


def _is_about(one: Folded, rule: str) -> bool:
    because = one.talk[-1].get("expect", {}).get("because", ())
    return any(rule in (name, name.rpartition(".")[2]) for name in because)


def _goes_another_way(one: Folded, flow: Flow) -> bool:
    try:
        replay(one, flow)
    except AssertionError:
        return True
    return False


def _ends_otherwise(told: tuple[test_stories.Story, Case], flow: Flow) -> bool:
    story, case = told
    try:
        test_stories.check_outcome(story, play_case(flow, case), flow)
    except (AssertionError, CaseError):
        return True
    return False


def _is_milder(before: Flow, now: Flow) -> bool:
    """Whether any answers come to a milder level than before."""
    return any((finding.code, finding.severity) == ("P10", "error") for finding in compare(before, now, EXCLUSIVE))


def _is_beyond_compare(mutant: Mutant) -> bool:
    """Whether `compare` cannot tell that it changes nothing.

    It counts a crisis and an emergency alike, and looks only at the answers that count.
    """
    crisis = any(node == Scalar(node.mark, str(Level.CRISIS)) for _, node in walk(mutant.tree))
    return crisis or mutant.operator == "drop `again`"


def _by_check(pairs: Iterable[tuple[str, _T]]) -> Mapping[str, list[_T]]:
    grouped: dict[str, list[_T]] = {}
    for check, one in pairs:
        grouped.setdefault(check, []).append(one)
    return grouped

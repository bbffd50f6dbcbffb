"""The check of all flows and words."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from itertools import repeat

from bonewise.check_earlier import load_earlier
from bonewise.check_screens import OnScreen, check_screens, with_talks
from bonewise.content import checked_world, folders
from bonewise.dialogue.traits import EXCLUSIVE
from bonewise.dialogue.world import World
from bonewise.flow.model import Flow
from bonewise.proof.against import compare
from bonewise.proof.finding import Finding
from bonewise.proof.prove import Proof, examine
from bonewise.proof.screens.judge import find_stray_marks
from bonewise.proof.screens.unanswered import find_unanswered
from bonewise.settings import Settings
from bonewise.strict_yaml import Diagnostic


def check_all(settings: Settings, against: str | None = None, only: Collection[str] = ()) -> list[Finding]:
    """Everything that is wrong. Flows are explored only once all files can be read: all, or `only` these.

    `against`: a git revision, or a directory, with the flows of before. Raises `EarlierError` if it has none.
    """
    world = checked_world(settings)
    if isinstance(world, list):
        return [_as_finding(fault) for fault in world]
    flows = world.flows.flows
    before = load_earlier(against, folders("flows")[0]) if against is not None else {}
    pairs = [(before.get(name), flow) for name, flow in flows.items() if not only or name in only]
    found = [*_gone(before, flows), *find_stray_marks(world.catalog), *_explore_all(world, pairs, only)]
    return sorted(found, key=lambda finding: (finding.mark, finding.code))


def _gone(before: Mapping[str, Flow], now: Mapping[str, Flow]) -> Iterator[Finding]:
    for name in before.keys() - now.keys():
        what = f"the flow `{name}` is gone; who is in the middle of it is told that it is not there"
        yield Finding("P10", name, name, before[name].mark, what, severity="warning")


def _explore_all(world: World, pairs: Sequence[tuple[Flow | None, Flow]], only: Collection[str]) -> Iterator[Finding]:
    """The findings of all flows and screens; what takes longest, the checks and the languages, side by side."""
    checks = sorted((pair for pair in pairs if pair[1].kind == "check"), key=_size, reverse=True)
    others = [pair for pair in pairs if pair not in checks]
    with ProcessPoolExecutor(initializer=_keep, initargs=(world,)) as pool:
        explored = pool.map(_explore, checks)
        on_screen = pool.map(_look_at, world.catalog.languages, repeat(only))
        _keep(world)
        proofs = [*map(_explore, others), *explored]
        found = [one for of_language in on_screen for one in of_language]
    yield from (finding for proof in proofs for finding in proof.findings)
    by_flow = {now.id: proof for (_, now), proof in zip([*others, *checks], proofs, strict=True)}
    yield from with_talks(found, by_flow, world.flows.flows)


def _size(pair: tuple[Flow | None, Flow]) -> int:
    return sum(len(flag.rules) for flag in pair[1].flags)


def _keep(world: World) -> None:
    """Have the world at hand in this process, which is sooner than to hand it over with each piece of work."""
    _world[:] = [world]


_world: list[World] = []


def _look_at(tag: str, only: Collection[str]) -> list[OnScreen]:
    return check_screens(_world[0], tag, only)


def _explore(pair: tuple[Flow | None, Flow]) -> Proof:
    before, now = pair
    proof = examine(now, EXCLUSIVE)
    more = [*find_unanswered(now, EXCLUSIVE, _world[0].catalog)]
    more += compare(before, now, EXCLUSIVE) if before is not None else ()
    return replace(proof, findings=[*proof.findings, *more])


def _as_finding(fault: Diagnostic) -> Finding:
    return Finding("P0", "", "", fault.mark, fault.message)

"""The check of all flows and words."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor

from bonewise.check_earlier import load_earlier
from bonewise.content import faults_of, folders, load_world
from bonewise.dialogue.traits import EXCLUSIVE
from bonewise.flow.model import Flow
from bonewise.proof.against import compare
from bonewise.proof.finding import Finding
from bonewise.proof.prove import prove
from bonewise.settings import Settings
from bonewise.strict_yaml import Diagnostic


def check_all(settings: Settings, against: str | None = None, only: Collection[str] = ()) -> list[Finding]:
    """Everything that is wrong. Flows are explored only once all files can be read: all, or `only` these.

    `against`: a git revision, or a directory, with the flows of before. Raises `EarlierError` if it has none.
    """
    faults = faults_of(settings)
    if faults:
        return [_as_finding(fault) for fault in faults]
    flows = load_world(settings).flows.flows
    before = load_earlier(against, folders("flows")[0]) if against is not None else {}
    pairs = [(before.get(name), flow) for name, flow in flows.items() if not only or name in only]
    return [*_gone(before, flows), *_explore_all(pairs)]


def _gone(before: Mapping[str, Flow], now: Mapping[str, Flow]) -> Iterator[Finding]:
    for name in before.keys() - now.keys():
        what = f"the flow `{name}` is gone; who is in the middle of it is told that it is not there"
        yield Finding("P10", name, name, before[name].mark, what, severity="warning")


def _explore_all(pairs: Sequence[tuple[Flow | None, Flow]]) -> list[Finding]:
    """The findings of all flows; the checks, which take longest, side by side."""
    checks = [pair for pair in pairs if pair[1].kind == "check"]
    found = [finding for pair in pairs if pair not in checks for finding in _explore(pair)]
    with ProcessPoolExecutor() as pool:
        found += [finding for findings in pool.map(_explore, checks) for finding in findings]
    return sorted(found, key=lambda finding: (finding.mark, finding.code))


def _explore(pair: tuple[Flow | None, Flow]) -> list[Finding]:
    before, now = pair
    return [*prove(now, EXCLUSIVE), *(compare(before, now, EXCLUSIVE) if before is not None else ())]


def _as_finding(fault: Diagnostic) -> Finding:
    return Finding("P0", "", "", fault.mark, fault.message)

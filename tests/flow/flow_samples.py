"""What the tests of flows share: the sample files, and flows and answers made up by Hypothesis."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from hypothesis import strategies as st

from bonewise.flow import condition as c
from bonewise.flow.load import Flows, load_flows
from bonewise.flow.model import (
    NONE,
    PRESSED,
    SKIPPED,
    UNSURE,
    Ask,
    Card,
    Date,
    Flag,
    Flow,
    Level,
    Many,
    Mark,
    Number,
    One,
    Place,
    Rule,
    Say,
    Step,
    Text,
    Time,
)
from bonewise.flow.state import CONFIRMATIONS, Open

FILES = Path(__file__).parent.parent / "flows"
VALID, INVALID, PICTURES = FILES / "valid", FILES / "invalid", FILES / "pictures"
ACTIONS = {
    "remind": {"kind": "text", "day": "date", "hour": "time", "about": "text?", "note": "text?"},
    "move_reminder": {"id": "text", "day": "date", "hour": "time"},
    "pause_reminder": {"id": "text"},
    "delete_reminder": {"id": "text"},
    "note": {"kind": "text", "about": "text", "many": "many", "age": "number", "loud": "flag?"},
}
HERE = Mark("made_up.yml", 1, 1)


def load(*directories: Path) -> Flows:
    """Load flow files with the names that the samples use."""
    traits = frozenset({"reminders", "adult"})
    return load_flows(directories, actions=ACTIONS, providers=frozenset({"my_reminders"}), traits=traits)


@cache
def valid() -> Flows:
    """The valid samples."""
    return load(VALID)


def flow_in(directory: Path, text: str) -> Flow:
    """The flow that a text holds, loaded beside the valid samples."""
    (directory / "one.yml").write_text(text, encoding="utf-8")
    loaded = load(VALID, directory)
    return next(flow for flow in loaded.flows.values() if flow.mark.file.endswith("/one.yml"))


def fitting(step: Open) -> st.SearchStrategy[object]:
    """Values that answer a step, edits left out."""
    if isinstance(step, Say):
        return st.just(PRESSED)
    if not isinstance(step, Ask):
        return st.sampled_from(CONFIRMATIONS)
    return st.one_of(_of_kind(step), *([st.just(SKIPPED)] if step.skip else []))


def _of_kind(ask: Ask) -> st.SearchStrategy[object]:
    match ask.kind:
        case One(options, provider=None):
            return st.sampled_from([option for option in options if option not in ask.edit])
        case One():
            return st.sampled_from(["r1", "r2", NONE])
        case Many(options):
            real = [option for option in options if option not in {NONE, UNSURE}]
            alone = [st.just((option,)) for option in options if option in {NONE, UNSURE}]
            return st.one_of(st.lists(st.sampled_from(real), min_size=1, unique=True).map(tuple), *alone)
        case Number(low, high):
            return st.integers(int(low), int(high))
        case Date():
            return st.sampled_from(["2026-11-25", "2027-02-28"])
        case Time():
            return st.sampled_from(["09:00", "23:59"])
        case Text():
            return st.sampled_from(["words", "ein Wort"])
        case Place():
            return st.sampled_from(["GB", "ES"])


KINDS = (
    One(("yes", "unsure", "no")),
    One(("a", "b", "c")),
    Many(("x", "y", "z", "unsure", "none")),
    Number(0, 10),
)


@st.composite
def leaves(draw: st.DrawFn, asks: list[Ask]) -> c.Condition:
    """A condition over one of these questions, or over the person."""
    if not asks:
        return c.Person("any", ("adult",))
    ask = draw(st.sampled_from(asks))
    match ask.kind:
        case One(options):
            return c.Is(ask.id, tuple(draw(st.lists(st.sampled_from(options), min_size=1, unique=True))))
        case Many(options):
            chosen = tuple(draw(st.lists(st.sampled_from(options), min_size=1, unique=True)))
            which = draw(st.sampled_from(["any", "all"] if ask.when else ["any", "all", "none"]))
            return draw(
                st.sampled_from([c.Has(ask.id, which, chosen), c.Is(ask.id, chosen), c.Chosen(ask.id, 2, None)])
            )
        case _:
            return c.Between(ask.id, draw(st.integers(0, 5)), draw(st.sampled_from([None, 8])))


@st.composite
def conditions(draw: st.DrawFn, asks: list[Ask]) -> c.Condition:
    """A condition as the loader lets it pass: `not` only over what is surely asked."""
    sure = [ask for ask in asks if ask.when is None]
    single = leaves(asks) | leaves(sure).map(c.Not) | st.just(c.FactIs("f"))
    several = st.lists(single, min_size=1, max_size=3).map(tuple)
    return draw(
        single | several.map(c.All) | several.map(c.Any) | several.map(lambda of: c.Count(of, len(of) // 2 + 1))
    )


@st.composite
def flows(draw: st.DrawFn) -> Flow:
    """Small checks: a few questions, some behind a condition, kept, skippable or asked again, and a few flags."""
    asks: list[Ask] = []
    steps: list[Step] = []
    for number in range(draw(st.integers(1, 6))):
        when = draw(st.none() | conditions(asks) | st.just(c.LevelBelow("soon"))) if asks else None
        if draw(st.integers(0, 4)) == 0:
            steps.append(Say(f"s{number}", f"f.s{number}", HERE, when, button=draw(st.sampled_from([None, "go"]))))
        asks.append(draw(_asks(f"q{number}", when)))
        steps.append(asks[-1])
    sure = [ask for ask in asks[:1] if ask.when is None]
    return Flow(
        id="f",
        version=1,
        kind="check",
        mark=HERE,
        steps=tuple(steps),
        facts={"f": draw(leaves(sure))},
        flags=tuple(draw(_flags(f"F{number}", asks)) for number in range(draw(st.integers(0, 4)))),
        cards=(Card("c", "f.cards.c", draw(conditions(asks)), (), HERE),),
        otherwise=Level.SELF_CARE,
    )


@st.composite
def _asks(draw: st.DrawFn, name: str, when: c.Condition | None) -> Ask:
    kind = draw(st.sampled_from(KINDS))
    unsure = isinstance(kind, One | Many) and "unsure" in kind.options
    again = frozenset({"unsure"}) if unsure and draw(st.booleans()) else frozenset()
    skip, keep = draw(st.integers(0, 3)) == 0, draw(st.integers(0, 2)) == 0
    return Ask(name, f"f.{name}", HERE, kind, when, again=again, skip=skip, keep=keep)


@st.composite
def _flags(draw: st.DrawFn, name: str, asks: list[Ask]) -> Flag:
    levels = sorted(draw(st.lists(st.sampled_from(Level), min_size=1, max_size=2)), key=lambda level: -level.urgency)
    rules = [
        Rule(f"{name}_{number}", f"f.{name}_{number}", draw(conditions(asks)), level, level.stops, (), HERE)
        for number, level in enumerate(levels)
    ]
    return Flag(name, tuple(rules))

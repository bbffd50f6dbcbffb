"""What the pure part costs: one `react`, and one fold of the answers through a check."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from statistics import median

from bonewise.content import load_world
from bonewise.dialogue.event import Command, Text
from bonewise.dialogue.person import Person
from bonewise.dialogue.react import react
from bonewise.dialogue.world import World
from bonewise.flow.answers import Answers
from bonewise.flow.model import Ask, Flow, Many, One
from bonewise.flow.play import answer, play
from bonewise.settings import Settings

TIMES = 300
NOW = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
CHECK = "tingling"


def costs() -> dict[str, float]:
    """Seconds of processor time of each, the median of many."""
    world = load_world(Settings())
    flow = world.flows.flows[CHECK]
    answers = _all_calm(flow)
    asked = _in_the_check(world)
    return {
        "`react` to the first `/start`": _cost(lambda: react(world, _stranger(), Command("start", ""), NOW, 1)),
        "`react` to an answer to a check": _cost(lambda: react(world, asked, Text("6"), NOW, 1)),
        "`react` to a command for a page": _cost(lambda: react(world, asked, Command("check", ""), NOW, 1)),
        f"fold of the {len(answers)} answers of a whole `{CHECK}`": _cost(lambda: play(flow, answers)),
    }


def _stranger() -> Person:
    return Person("p", "telegram", hinted="en")


def _in_the_check(world: World) -> Person:
    person = replace(_stranger(), greeted=True, consent="2026-11-01", country="GB", adult=True)
    return react(world, person, Command("start", f"go-{CHECK}"), NOW, 1).person


def _all_calm(flow: Flow) -> Answers:
    """The last option of each question, which is the mildest one, up to the end of the check."""
    answers: Answers = ()
    while isinstance(ask := (state := play(flow, answers)).open, Ask):
        kind = ask.kind
        options = kind.options if isinstance(kind, One | Many) else ()
        value = (options[-1],) if isinstance(kind, Many) else options[-1]
        answers = answer(flow, state.answers, value)
    return answers


def _cost(call: Callable[[], object]) -> float:
    call()
    return median(_once(call) for _ in range(TIMES))


def _once(call: Callable[[], object]) -> float:
    start = time.thread_time()
    call()
    return time.thread_time() - start

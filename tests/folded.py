"""Plays conversations about checks by the fold alone: a hundred times faster than the dialogue, and through any flow.

Only those whose moves are answers and expectations; of what is expected only the step, the level and the reasons are
looked at. Whoever needs the rest plays them with the dialogue (`test_conversations`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from bonewise import strict_yaml
from bonewise.dialogue.person import Person
from bonewise.dialogue.traits import traits_of
from bonewise.flow.evaluate import Known
from bonewise.flow.model import PRESSED, Ask, Flow, Value
from bonewise.flow.play import play
from bonewise.flow.walk import Walk, accepted
from tests.dialogue.calm import calm
from tests.dialogue.conversation import Conversation
from tests.test_conversations import BEGINNINGS, MOVES, Told, told

_MOVES = {"answer", "calm", "calm_but", "expect"}
_EXPECTED = {"step", "level", "because"}


@dataclass(frozen=True, slots=True)
class Folded:
    """A conversation that can be played so: the check it opens, what holds of the person, and its moves."""

    name: str
    flow: str
    traits: frozenset[str]
    talk: tuple[Mapping[str, Any], ...]


class FoldedTalk:
    """What a move needs of a `Conversation`, without a dialogue."""

    def __init__(self, flow: Flow, traits: frozenset[str]) -> None:
        self.flow, self.traits = flow, traits
        self.session = SimpleNamespace(flow=flow.id)
        self.state: Walk[Known] = Walk(flow, (), {}, Known(facts=flow.facts, traits=traits))
        self._pass_on()

    @property
    def step(self) -> str | None:
        """The open question."""
        return self.state.open.id if self.state.open else None

    @cached_property
    def result(self) -> Any:
        """What a check that has ended came to. Raises `AssertionError` before its end."""
        outcome = play(self.flow, self.state.answers, traits=self.traits)
        assert outcome.ended, "no check has ended"
        return SimpleNamespace(level=outcome.level, rules=tuple(rule.id for rule in outcome.raised))

    def answers(self, step: str, value: Value) -> None:
        """Answer the open question. Raises `AssertionError` for another question, or one without this answer."""
        assert self.state.open is not None, "no question is open"
        assert self.state.open.id == step, f"the open question is {self.state.open.id}"
        listed = isinstance(self.state.open, Ask) and accepted(self.state.open, (value,)) is not None
        given = accepted(self.state.open, (value,) if listed else value)
        assert given is not None, f"{step} has no answer {value!r}"
        self.state = self.state.after(given)
        self._pass_on()

    def _pass_on(self) -> None:
        while self.state.open is not None and not isinstance(self.state.open, Ask):
            self.state = self.state.after(PRESSED)


def folded() -> Iterator[Folded]:
    """Every conversation that can be played by the fold."""
    for story in told():
        check, _, about = str(story.begins.get("open", "")).partition(".")
        person = _person(story)
        if about and person.consent is not None and all(entry.keys() <= _MOVES for entry in story.talk):
            yield Folded(story.name, check, traits_of(person, about), tuple(map(_looked_at, story.talk)))


def _person(story: Told) -> Person:
    known: Any = {**BEGINNINGS[story.begins.get("with", "known")], **story.begins.get("also", {})}
    return Person(**{"id": "p1", "channel": "telegram", **known})


def _looked_at(entry: Mapping[str, Any]) -> Mapping[str, Any]:
    if "expect" not in entry:
        return entry
    return {"expect": {what: wanted for what, wanted in entry["expect"].items() if what in _EXPECTED}}


def replay(one: Folded, flow: Flow) -> FoldedTalk:
    """Play it through a flow. Raises `AssertionError` where it goes another way than it tells."""
    talk = FoldedTalk(flow, one.traits)
    for entry in one.talk:
        [(kind, value)] = entry.items()
        _ALL_MOVES[kind](cast(Conversation, talk), value)
    return talk


def _says(talk: Any, said: Mapping[str, Mapping[str, Any]]) -> None:
    """All is well to the end, but for these answers; `first` is said to a question that is then asked once more."""
    left = dict(said["but"])
    places = {step.id: place for place, step in enumerate(talk.flow.steps)}
    for question, value in said["first"].items():
        before = {step: left.pop(step) for step in list(left) if places[step] < places[question]}
        calm(talk, question, {step: tuple(told) if isinstance(told, list) else told for step, told in before.items()})
        MOVES["answer"](talk, {question: value})
        assert talk.state.again, f"{question} is not asked again"
        if question in left:
            MOVES["answer"](talk, {question: left.pop(question)})
    MOVES["calm_but"](talk, left)


def _not_asked(talk: Any, questions: list[str]) -> None:
    asked = set(questions) & set(talk.state.asked)
    assert not asked, f"asked: {asked}"


_ALL_MOVES: Mapping[str, Callable[[Conversation, Any], object]] = {
    **MOVES,
    "says": _says,
    "not_asked": _not_asked,
}


def tables() -> Iterator[Folded]:
    """The tables of tests/levels: a line for each, of what somebody says other than `calm`."""
    for file in sorted((Path(__file__).parent / "levels").glob("*.yml")):
        lines: Any = strict_yaml.plain(strict_yaml.load(file))
        for name, line in lines.items():
            person = _person(Told(name, {"also": line.get("also", {})}, []))
            expected = {"level": line["level"], "because": line["because"]}
            said = {"but": line.get("but", {}), "first": line.get("first", {})}
            talk = ({"says": said}, {"not_asked": line.get("not_asked", [])}, {"expect": expected})
            yield Folded(name, file.stem, traits_of(person, line.get("about", "self")), talk)


def everything() -> Iterator[Folded]:
    """The conversations that can be played by the fold, and the tables."""
    yield from folded()
    yield from tables()

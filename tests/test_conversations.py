"""Plays the conversations of tests/conversations: what is answered, and which step, level and reasons come of it.

A file holds conversations by their names, which say the rule. `with` tells what is known of the person before
(stranger, reader or known, and single fields), `open` a link to begin with; `talk` is a list of moves and expectations,
each a mapping of one key. No wording is looked at: a text is named by its key.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from bonewise import strict_yaml
from bonewise.dialogue import event as e
from bonewise.dialogue.delivering import meant
from bonewise.dialogue.person import Person, Reminder
from bonewise.dialogue.screen import Screen
from bonewise.dialogue.traits import traits_of
from bonewise.flow.model import Ask, Many, Value
from bonewise.scheduling.delivery import SPREAD
from tests.dialogue.calm import calm
from tests.dialogue.conversation import KNOWN, READER, STRANGER, WORLD, Conversation, is_button
from tests.dialogue.rules import buttons_of
from tests.dialogue.words import stands_in

FILES = Path(__file__).parent / "conversations"
BEGINNINGS = {"stranger": STRANGER, "reader": READER, "known": KNOWN}
HALF = timedelta(minutes=15)  # what has no exact time falls due up to 5 minutes before it or after
UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


class Told(NamedTuple):
    """One conversation of a file."""

    name: str
    begins: Mapping[str, Any]
    talk: list[Mapping[str, Any]]


def told() -> Iterator[Told]:
    """Every conversation."""
    for file in sorted(FILES.glob("*.yml")):
        for name, content in _read(file).items():
            yield Told(name, {k: v for k, v in content.items() if k != "talk"}, content["talk"])


@cache
def _read(file: Path) -> Any:
    return strict_yaml.plain(strict_yaml.load(file))


@cache
def languages() -> tuple[str, ...]:
    """The languages that have every text that English has."""
    keys = set(WORLD.catalog.keys("en"))
    return tuple(tag for tag in WORLD.catalog.languages if keys <= set(WORLD.catalog.keys(tag)))


def _tellings() -> Iterator[Any]:
    """Each story in each language, one of them always and the others in the long checks: the languages take turns.

    One with typed words is told only in the languages it names, and always.
    """
    for number, story in enumerate(told()):
        named = story.begins.get("in", languages())
        for place, language in enumerate(named):
            always = "in" in story.begins or place == number % len(named)
            marks = [] if always else [pytest.mark.long]
            yield pytest.param(story, language, id=f"{story.name}-{language}", marks=marks)


@pytest.mark.parametrize(("story", "language"), list(_tellings()))
def test_conversation(story: Told, language: str) -> None:
    assert story.begins.keys() <= {"with", "also", "open", "in"}
    known = {**BEGINNINGS[story.begins.get("with", "known")], **story.begins.get("also", {})}
    talk = Conversation(known, language=language)
    if "open" in story.begins:
        talk.does(e.Press(f"go:{story.begins['open']}"))
    for number, entry in enumerate(story.talk, 1):
        [(kind, value)] = entry.items()
        try:
            MOVES[kind](talk, value)
        except AssertionError as error:
            error.add_note(f"at {number}. {kind}: {value}")
            raise


def _answer(talk: Conversation, answers: Mapping[str, Any]) -> None:
    for step, value in answers.items():
        talk.answers(step, _value(talk, value))


def _value(talk: Conversation, value: Any) -> Value:
    step = talk.state.open
    if isinstance(step, Ask) and isinstance(step.kind, Many):
        listed = tuple(value) if isinstance(value, list) else (value,)
        return listed if set(listed).isdisjoint({"none", "unsure", "skipped"}) else listed[0]
    return str(value)


def _calm_but(talk: Conversation, answers: Mapping[str, Any]) -> None:
    """All is well to the end, but for these answers; a list means ticks."""
    but = {step: tuple(value) if isinstance(value, list) else str(value) for step, value in answers.items()}
    calm(talk, "end", but)


def _wait(talk: Conversation, time: str) -> None:
    talk.waits(_span(time))


def _span(time: str) -> timedelta:
    found = re.fullmatch(r"([0-9]+)([smhd])", time)
    assert found, f"{time} is no time"
    return timedelta(**{UNITS[found[2]]: int(found[1])})


def _type(talk: Conversation, text: Any) -> None:
    talk.types(str(text))


MOVES: Mapping[str, Callable[[Conversation, Any], object]] = {
    "answer": _answer,
    "open": lambda talk, link: talk.does(e.Press(f"go:{link}")),
    "calm": calm,
    "calm_but": _calm_but,
    "type": _type,
    "type_long": lambda talk, letters: talk.types("x" * letters),
    "press": Conversation.presses,
    "tap": Conversation.taps,
    "press_again": lambda talk, after: talk.presses_again(pause=_span(after)),
    "press_old": Conversation.presses_old,
    "forge": lambda talk, data: talk.does(e.Press(data)),
    "forge_answer": lambda talk, value: talk.does(e.Press(f"a:{talk.session.id}:{talk.session.seq}:{value}")),
    "forge_reminder": lambda talk, what: talk.does(e.Press(f"n:{talk.person.reminders[0].id}:{what}")),
    "command": Conversation.commands,
    "wait": _wait,
    "due": Conversation.falls_due,
    "update": Conversation.updates,
    "sends": lambda talk, kind: talk.does(e.Unreadable(kind)),
    "edits": lambda talk, text: talk.sends("edited", text),
    "forwards": lambda talk, text: talk.sends("forward", text),
    "shares_place": lambda talk, place: talk.does(e.Position(*place)),
    "group": lambda talk, text: talk.does(e.Group(text)),
    "opens_page": lambda talk, zone: talk.does(e.Opened(zone)),
    "blocks": lambda talk, blocks: talk.does(e.Left(back=not blocks)),
    "expect": lambda talk, wanted: [_expect(talk, name, value) for name, value in wanted.items()],
}


def _due(reminder: Reminder) -> datetime:
    """When it falls due, by its exact time where it is some minutes before or after that."""
    exact = meant(reminder)
    return exact if abs(reminder.due - exact) <= SPREAD else reminder.due


def _expect(talk: Conversation, name: str, value: Any) -> None:
    found = _FINDS[name](talk, value)
    assert found == value, f"{name} is {found!r}, expected {value!r}"


def _says(talk: Conversation, keys: list[str]) -> list[str]:
    language = talk.turn.person.language or "en"
    return [key for key in keys if any(stands_in(talk.world, language, key, text) is not None for text in _texts(talk))]


def _says_not(talk: Conversation, keys: list[str]) -> list[str]:
    return [key for key in keys if key not in _says(talk, keys)]


def _texts(talk: Conversation) -> list[str]:
    """The texts of the turn, but for a question that is answered now: that one only keeps its place."""
    return [output.text for output in talk.turn.screens if isinstance(output, Screen) and output.role != "answered"]


def _labels(talk: Conversation) -> list[str]:
    return [button.label for output in talk.turn.screens for button in buttons_of(output)]


def _all_told(talk: Conversation) -> list[str]:
    """Every word that a turn brings to the phone, with those of its buttons."""
    return [*_texts(talk), *_labels(talk), *(output.folded or "" for output in talk.new)]


def _buttons(talk: Conversation, wanted: list[str]) -> list[str]:
    pressed = [button.press for output in talk.turn.screens for button in buttons_of(output) if button.press]
    return [what for what in wanted if any(is_button(press, what) for press in pressed)]


def _no_buttons(talk: Conversation, wanted: list[str]) -> list[str]:
    return [what for what in wanted if what not in _buttons(talk, wanted)]


def _field(name: str) -> Callable[[Conversation, Any], Any]:
    return lambda talk, _wanted: getattr(talk.person, name)


_FINDS: Mapping[str, Callable[[Conversation, Any], Any]] = {
    "step": lambda talk, _: talk.step or "nothing",
    "level": lambda talk, _: str(talk.result.level),
    "because": lambda talk, _: list(talk.result.rules),
    "reached": lambda talk, _: str(talk.state.level),
    "results": lambda talk, _: len(talk.person.results),
    "number": lambda talk, _: talk.state.number,
    "total": lambda talk, _: talk.state.total,
    "about": lambda talk, _: talk.session.about,
    "subject": lambda talk, _: talk.session.subject.name if talk.session.subject else None,
    "names": lambda talk, _: [one.name for one in talk.person.people],
    "kept": lambda talk, _: {step: _one(value) for step, value in talk.session.kept.items()},
    "shows": lambda talk, wanted: [word for word in wanted if any(word in text for text in _texts(talk))],
    "labels": lambda talk, wanted: [word for word in wanted if any(word in label for label in _labels(talk))],
    "hides": lambda talk, wanted: [word for word in wanted if not any(word in text for text in _all_told(talk))],
    "ticks": lambda talk, _: list(talk.session.ticks),
    "kinds": lambda talk, _: [screen.kind for screen in talk.new],
    "roles": lambda talk, _: [screen.role for screen in talk.new],
    "says": _says,
    "says_not": _says_not,
    "buttons": _buttons,
    "no_buttons": _no_buttons,
    "files": lambda talk, _: [screen.file.name for screen in talk.new if screen.file],
    "toast": lambda talk, _: bool(talk.turn.toast),
    "flows": lambda talk, _: [session.flow for session in talk.person.sessions],
    "reminders": lambda talk, _: [one.kind for one in talk.person.reminders],
    "due": lambda talk, _: [one.local for one in talk.person.reminders],
    "due_at": lambda talk, _: [_due(one).strftime("%Y-%m-%dT%H:%M") for one in talk.person.reminders],
    "due_hour": lambda talk, _: [(one.due + HALF).strftime("%Y-%m-%dT%H") for one in talk.person.reminders],
    "taken_back": lambda talk, _: [f"{old.step}: {_one(old.value)}" for old in talk.result.ended.corrected],
    "value": lambda talk, wanted: {step: _one(talk.state.values.get(step, "")) for step in wanted},
    "ended_with": lambda talk, wanted: {step: _last(talk, step) for step in wanted},
    "traits": lambda talk, wanted: [trait for trait in wanted if trait in traits_of(talk.person)],
    "no_traits": lambda talk, wanted: [trait for trait in wanted if trait not in traits_of(talk.person)],
    "unwanted": lambda talk, _: sorted(talk.person.tips.unwanted) if talk.person.tips else [],
    "country": _field("country"),
    "zone": _field("zone"),
    "language": _field("language"),
    "adult": _field("adult"),
    "greeted": _field("greeted"),
    "messages": _field("messages"),
    "gone": _field("gone"),
    "unknown": lambda talk, _: [f"{one.what} {one.topic}".strip() for one in talk.turn.unknown],
    "kept_texts": lambda talk, _: [one.text for one in talk.turn.unknown if one.text is not None],
    "keeps_questions": lambda talk, _: bool(talk.person.keeps_questions and talk.person.keeps_questions.day),
    "agreed": lambda talk, _: talk.person.consent is not None,
    "wiped": lambda talk, _: talk.turn.forget and talk.person == Person("p1", "telegram", talk.person.language),
    "lang": lambda talk, _: sorted({s.lang for s in talk.turn.screens if isinstance(s, Screen)}),
}


def _last(talk: Conversation, step: str) -> str:
    return next((_one(old.value) for old in reversed(talk.result.ended.answers) if old.step == step), "")


def _one(value: Value) -> str:
    return " ".join(value) if isinstance(value, tuple) else str(value)

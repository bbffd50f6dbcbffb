"""Typed questions that were not understood: counted without their words, which are kept only where that was agreed to.

It is asked once whether they may be kept. The words of that question, and their version, are those of the flow
`keep_questions`, by which the answer can be changed at any time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from bonewise.dialogue import data
from bonewise.dialogue.common_words import NO, YES
from bonewise.dialogue.event import Text
from bonewise.dialogue.layout import rows
from bonewise.dialogue.outcome import Arguments, Outcome
from bonewise.dialogue.person import Agreement, Session, Unknown
from bonewise.dialogue.screen import Screen
from bonewise.dialogue.speaker import Speaker
from bonewise.dialogue.talk import Talk
from bonewise.dialogue.wording import day_of
from bonewise.flow.model import Do

FLOW = "keep_questions"
LONGEST = 300  # characters that are kept of a text
_ANSWERS = (YES, NO)

KEEPING: Mapping[str, Mapping[str, str]] = {"keep_questions": {"keep": "text"}}
"""The action's arguments, as in `actions.ACTIONS`."""


def note_unknown(talk: Talk, event: Text) -> None:
    """A text was not understood. Its words are kept if that was agreed to; never words that may be an emergency."""
    language = talk.world.spoken.language(event.text) or talk.languages[0]
    agreed = talk.person.keeps_questions is not None and talk.person.keeps_questions.day is not None
    text = event.text.strip()[:LONGEST] if agreed and event.alarm == "none" else None
    talk.note(Unknown("unknown", language, text=text))


def note_unmeant(talk: Talk, what: str, topic: str = "") -> None:
    """Nothing that was offered (`none`), or not the answer about this topic (`not_meant`), was what was meant."""
    talk.note(Unknown(what, talk.languages[0], topic))


def ask_once(talk: Talk) -> None:
    """Ask whether such texts may be kept, if it was not asked yet; not who wants to read only."""
    flow = talk.world.flows.flows.get(FLOW)
    if flow is not None and talk.person.keeps_questions is None and talk.person.consent is not None:
        talk.change(keeps_questions=Agreement(None, flow.version))
        _ask(talk, flow.version)


def press_keep(talk: Talk, version: str, answer: str) -> None:
    """The answer to that. What was agreed to in older words is asked again."""
    flow = talk.world.flows.flows.get(FLOW)
    if flow is None or answer not in _ANSWERS:
        return
    if version != str(flow.version):
        _ask(talk, flow.version)
    else:
        _settle(talk, answer == YES, flow.version)


def _keep(talk: Talk, session: Session, _do: Do, given: Arguments) -> Outcome:
    _settle(talk, given["keep"] == "yes", session.version)
    return None


def _settle(talk: Talk, agreed: bool, version: int) -> None:
    talk.change(keeps_questions=Agreement(day_of(talk.now) if agreed else None, version))
    told = "kept" if agreed else "not_kept"
    talk.show(lambda speaker: speaker.screen(speaker.say(f"{FLOW}.{told}")))


def _ask(talk: Talk, version: int) -> None:
    talk.show(partial(_draw_ask, version=version))
    talk.words = {name: data.keep(version, name) for name in _ANSWERS}


def _draw_ask(speaker: Speaker, version: int) -> Screen:
    buttons = ([speaker.button(f"{FLOW}.keep.options.{name}", data.keep(version, name))] for name in _ANSWERS)
    return speaker.screen(speaker.say(f"{FLOW}.keep.ask"), rows(*buttons))


DOES_KEEPING: Mapping[str, Callable[[Talk, Session, Do, Arguments], Outcome]] = {"keep_questions": _keep}

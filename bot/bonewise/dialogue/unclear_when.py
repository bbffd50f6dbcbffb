"""A typed day or time that cannot be taken: what to ask, by why it cannot."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from bonewise.dialogue.choices import today
from bonewise.dialogue.speaker import Speaker
from bonewise.dialogue.wording import wording
from bonewise.flow.model import Ask, Date, Time
from bonewise.flow.state import Open
from bonewise.scheduling.when import Reason, Unclear, parse_day, parse_time

READINGS = 2  # of a text that has several; more would not be read


class Note(NamedTuple):
    """A text above a question, and what fills it in."""

    key: str
    values: Mapping[str, object]


def note_of(speaker: Speaker, step: Open | None, text: str) -> Note | None:
    """What is to be asked of a typed day or time, or None where nothing more is known than that it was not clear."""
    words = speaker.world.when(speaker.tag)
    match step:
        case Ask(kind=Date()):
            return _note(speaker, step, "day", parse_day(text, today(speaker), words))
        case Ask(kind=Time()):
            return _note(speaker, step, "time", parse_time(text, words))
    return None


def _note(speaker: Speaker, ask: Ask, what: str, found: object) -> Note | None:
    if not isinstance(found, Unclear) or found.reason is Reason.NOT_UNDERSTOOD:
        return None
    if found.reason is not Reason.AMBIGUOUS:
        return Note(f"ui.when.{what}.{found.reason}", {})
    if len(found.choices) < READINGS:
        return None
    first, second = (speaker.own(wording(speaker, ask, one.isoformat())) for one in found.choices[:READINGS])
    return Note(f"ui.when.{what}.{found.reason}", {"first": first, "second": second})

"""An answer is to be changed to one that is less urgent: that is asked once more."""

from __future__ import annotations

from bonewise.dialogue import data
from bonewise.dialogue.choices import CHANGE, KEEP, Choice
from bonewise.dialogue.layout import rows
from bonewise.dialogue.person import Session
from bonewise.dialogue.question import slot_of
from bonewise.dialogue.screen import Button, Screen
from bonewise.dialogue.speaker import Speaker
from bonewise.dialogue.wording import wording
from bonewise.flow.model import Ask


def change_choices(speaker: Speaker) -> tuple[Choice, ...]:
    """To keep the old answer, or to change it."""
    return tuple(Choice(name, speaker.say(f"ui.change.{name}")) for name in (KEEP, CHANGE))


def draw_change(speaker: Speaker, session: Session, ask: Ask, note: str = "") -> Screen:
    """Both answers, and the question whether the new one is to count."""
    old = wording(speaker, ask, session.reopened[0].value) if session.reopened else ""
    new = wording(speaker, ask, session.pending.value) if session.pending else ""
    buttons = [
        Button(choice.label, data.of_question("a", session.id, session.seq, choice.value))
        for choice in change_choices(speaker)
    ]
    asked = speaker.say("ui.change.ask", old=old, new=new)
    text = "\n".join([*([note] if note else []), asked])
    return speaker.screen(text, rows(buttons), role="question", slot=slot_of(session))

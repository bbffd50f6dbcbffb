"""An answer is to be changed to one that is less urgent: that is asked once more."""

from __future__ import annotations

from bonewise.dialogue import data
from bonewise.dialogue.layout import rows
from bonewise.dialogue.person import Session
from bonewise.dialogue.question import slot_of
from bonewise.dialogue.screen import Button, Screen
from bonewise.dialogue.speaker import Speaker
from bonewise.dialogue.wording import wording
from bonewise.flow.model import Ask

CHANGE = "change"
KEEP = "keep"


def draw_change(speaker: Speaker, session: Session, ask: Ask) -> Screen:
    """Both answers, and the question whether the new one is to count."""
    old = wording(speaker, ask, session.reopened[0].value) if session.reopened else ""
    new = wording(speaker, ask, session.pending.value) if session.pending else ""
    buttons = [
        Button(speaker.say(f"ui.change.{name}"), data.of_question("a", session.id, session.seq, name))
        for name in (KEEP, CHANGE)
    ]
    text = speaker.say("ui.change.ask", old=old, new=new)
    return speaker.screen(text, rows(buttons), role="question", slot=slot_of(session))

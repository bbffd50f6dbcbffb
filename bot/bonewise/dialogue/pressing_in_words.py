"""A text that stands for a button which is no flow's own: it is pressed, with all that is checked of a press."""

from __future__ import annotations

from bonewise.dialogue.answering import is_question_open
from bonewise.dialogue.event import Text
from bonewise.dialogue.meant import meant_press
from bonewise.dialogue.person import Session
from bonewise.dialogue.pressing import press
from bonewise.dialogue.talk import Talk
from bonewise.dialogue.walking import go_on


def answer_in_words(talk: Talk, event: Text) -> bool:
    """Press what the text stands for, if it answers what was asked last; whether it did. A card comes first."""
    asked = talk.person.asked
    if event.alarm == "hard" or event.question:
        return False
    meant = talk.read(lambda speaker: meant_press(speaker, asked, event.text))
    if meant is None:
        return False
    before = talk.session
    talk.change(unclear=0)
    press(talk, meant, None)
    _say_toast(talk)
    if meant in {*asked.words.values(), *asked.urgent.values()}:
        _ask_again(talk, before)
    return True


def _say_toast(talk: Talk) -> None:
    """A notice on a button is seen by nobody who typed."""
    if talk.toast and not talk.shown:
        notice = talk.toast
        talk.show(lambda speaker: speaker.screen(notice))


def _ask_again(talk: Talk, before: Session | None) -> None:
    """A yes or no was not the answer to the flow's question, which is asked again unless something else is asked."""
    something_else = talk.words or talk.urgent or talk.session is not before
    if before is not None and is_question_open(talk) and not something_else:
        go_on(talk, before)

"""A typed text: first what cannot wait, then a word for a command, then the open question, then a topic."""

from __future__ import annotations

from bonewise.dialogue import data
from bonewise.dialogue.choices import choices
from bonewise.dialogue.commands import COMMANDS
from bonewise.dialogue.emergency import ask_if_now, show_card
from bonewise.dialogue.event import Text
from bonewise.dialogue.layout import rows
from bonewise.dialogue.opening import HOME, open_link, start
from bonewise.dialogue.person import Session
from bonewise.dialogue.screen import Button, Screen
from bonewise.dialogue.speaker import Speaker
from bonewise.dialogue.talk import Talk
from bonewise.dialogue.typed import fold as folded
from bonewise.dialogue.typed import listed, read_answer
from bonewise.dialogue.walking import fold, go_back, go_on, is_stale, show_open, take_answer
from bonewise.flow.model import Ask
from bonewise.flow.model import Text as TextKind

PATIENCE = 2  # texts in a row that may stay unclear before the menu shows
NEAREST = ("tingling", "learn")


def hear(talk: Talk, event: Text) -> None:
    """Answer a typed text."""
    unclear = talk.person.unclear
    talk.change(unclear=0)
    kind = event.alarm_kind or "emergency"
    if event.alarm == "hard":
        show_card(talk, kind, told=f"alarm.signs.{event.alarm_sign}")
        return
    if event.alarm == "soft":
        ask_if_now(talk, kind)
    if not _answer(talk, event.text) and event.alarm != "soft":
        _not_clear(talk, unclear + 1)


def _answer(talk: Talk, text: str) -> bool:
    """Whether there was something that the text could be meant for."""
    session = talk.session
    step = fold(talk, session).open if session and not session.left else None
    if not talk.person.greeted and session is None:
        start(talk)
    elif isinstance(step, Ask) and isinstance(step.kind, TextKind) and session:
        take_answer(talk, session, text.strip()[: step.kind.max])
    elif _is_command(talk, text):
        return True
    elif session and not session.left:
        _answer_question(talk, session, text)
    else:
        return False
    return True


def _is_command(talk: Talk, text: str) -> bool:
    name = talk.read(lambda speaker: next((n for n in COMMANDS if folded(text) in listed(speaker, n)), None))
    if name is None:
        return False
    COMMANDS[name](talk, "")
    return True


def _answer_question(talk: Talk, session: Session, text: str) -> None:
    if is_stale(talk, session):
        go_on(talk, session)
        return
    state = fold(talk, session)
    if bool(session.answers) and talk.read(lambda speaker: folded(text) in listed(speaker, "back")):
        go_back(talk, session)
    elif isinstance(state.open, Ask) and session.pending is None:
        ask = state.open
        value = talk.read(lambda speaker: read_answer(speaker, ask, choices(speaker, ask), text))
        if value is None:
            show_open(talk, session, state, note=_not_understood(talk, ask))
        else:
            take_answer(talk, session, value)
    else:
        go_on(talk, session)


def _not_understood(talk: Talk, ask: Ask) -> str:
    own = f"{ask.key}.invalid"
    return own if talk.read(lambda speaker: speaker.has(own)) else "ui.one_of_these"


def _not_clear(talk: Talk, times: int) -> None:
    if times > PATIENCE:
        open_link(talk, HOME)
    else:
        talk.change(unclear=times)
        talk.show(_draw_unclear)


def _draw_unclear(speaker: Speaker) -> Screen:
    flows = speaker.world.flows.flows
    nearest = [Button(speaker.say(f"{to}.link"), press=data.go(to)) for to in NEAREST if to in flows]
    none = Button(speaker.say("ui.none_of_these"), press=data.go(HOME))
    return speaker.screen(speaker.say("ui.not_understood"), rows(*([b] for b in [*nearest, none])))

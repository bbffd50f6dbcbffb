"""A typed text: first what cannot wait, then a word for a command, then the open question, then a topic."""

from __future__ import annotations

from bonewise.dialogue.answering import answer_at_once, answer_in_a_check, answer_in_between, offer, show_not_known
from bonewise.dialogue.choices import CHANGE, Choice, alone, choices, on_page
from bonewise.dialogue.commands import COMMANDS
from bonewise.dialogue.confirming import change_choices
from bonewise.dialogue.emergency import answer_alarm
from bonewise.dialogue.event import Text
from bonewise.dialogue.folding import fold as folded
from bonewise.dialogue.opening import HOME, open_link, start
from bonewise.dialogue.person import Session
from bonewise.dialogue.places_in_words import place_of
from bonewise.dialogue.speaker import Speaker
from bonewise.dialogue.switching import offer_language
from bonewise.dialogue.talk import Talk
from bonewise.dialogue.topics import COURTESY
from bonewise.dialogue.typed import read_answer, read_choice
from bonewise.dialogue.typed_words import is_listed_anywhere, listed
from bonewise.dialogue.unclear_when import note_of
from bonewise.dialogue.walking import (
    ask_to_confirm,
    confirm_change,
    go_back,
    go_on,
    is_stale,
    show_open,
    take_answer,
)
from bonewise.flow.model import Ask, Date, Many, Time, Value
from bonewise.flow.model import Text as TextKind
from bonewise.flow.state import State
from bonewise.scheduling.when import parse_time_behind

PATIENCE = 2  # texts in a row that may stay unclear before the menu shows


def hear(talk: Talk, event: Text) -> None:
    """Answer a typed text."""
    before = talk.person
    talk.change(unclear=0)
    alarmed = answer_alarm(talk, event)
    if event.alarm == "hard":
        return
    if not _answer(talk, event, asked=alarmed):
        _not_clear(talk, event, before.unclear + 1, asked=alarmed)
    offer_language(talk, event, before)


def _answer(talk: Talk, event: Text, *, asked: bool) -> bool:
    """Whether there was something that the text could be meant for. `asked`: something is asked of it already."""
    text = event.text
    session = talk.session if talk.session and not talk.session.left else None
    if not talk.person.greeted and talk.session is None:
        if event.topics[:1] != (COURTESY,):  # the hello answers a greeting
            answer_at_once(talk, event)
        start(talk)
    elif session and not event.question and (_is_free(talk, session) or _is_label(talk, session, text)):
        _answer_question(talk, session, event, asked)
    elif _is_command(talk, text):
        return True
    elif session and event.question and asked:
        answer_at_once(talk, event)
    elif session and event.question:
        answer_in_between(talk, event, session)
    elif session:
        _answer_question(talk, session, event, asked)
    else:
        return answer_at_once(talk, event)
    return True


def _is_free(talk: Talk, session: Session) -> bool:
    """Whether the open question takes any words."""
    step = talk.fold(session).open
    return isinstance(step, Ask) and isinstance(step.kind, TextKind)


def _is_label(talk: Talk, session: Session, text: str) -> bool:
    """Whether the text is a button of the open question, word for word."""
    return talk.read(lambda speaker: folded(text) in {folded(c.label) for c in _choices(talk, speaker, session)})


def _choices(talk: Talk, speaker: Speaker, session: Session) -> tuple[Choice, ...]:
    state = talk.fold(session)
    if session.pending is not None:
        return change_choices(speaker)
    return choices(speaker, state.open, again=state.again) if state.open else ()


def _command(speaker: Speaker, said: str) -> str | None:
    """The command for which a word stands; who wants no more messages says so in any language."""
    own = next((name for name in COMMANDS if said in listed(speaker, name)), None)
    return own or ("stop" if is_listed_anywhere(speaker, "stop", said) else None)


def _is_command(talk: Talk, text: str) -> bool:
    name = talk.read(lambda speaker: _command(speaker, folded(text)))
    if name is None:
        return False
    COMMANDS[name](talk, "")
    return True


def _answer_question(talk: Talk, session: Session, event: Text, asked: bool) -> None:
    state = talk.fold(session)
    if is_stale(talk, session) or state.open is None:
        answer_at_once(talk, event)
        go_on(talk, session)
    elif bool(session.answers) and not _is_free(talk, session) and _says_back(talk, event.text):
        go_back(talk, session)
    else:
        _take(talk, session, state, event, asked)


def _says_back(talk: Talk, text: str) -> bool:
    return talk.read(lambda speaker: folded(text) in listed(speaker, "back"))


def _take(talk: Talk, session: Session, state: State, event: Text, asked: bool) -> None:
    text = event.text

    def read(speaker: Speaker) -> Value | None:
        options = _choices(talk, speaker, session)
        if state.open is not None and place_of(speaker, folded(text)) is not None:
            options = on_page(state.open, options, session.page)
        ask = state.open if isinstance(state.open, Ask) and session.pending is None else None
        return read_answer(speaker, ask, options, text) if ask else read_choice(speaker, options, text)

    value = _with_ticks(session, state, talk.read(read))
    if value is None and asked:
        answer_at_once(talk, event)
    elif value is None:
        _ask_again(talk, session, state, event)
    elif session.pending is not None:
        confirm_change(talk, session, value == CHANGE)
    else:
        take_answer(talk, session, value)
        _take_time_too(talk, session, state, text)


def _take_time_too(talk: Talk, session: Session, before: State, text: str) -> None:
    """A time behind the day answers the question of the time, if that is the next one."""
    now = talk.session
    if not (isinstance(before.open, Ask) and isinstance(before.open.kind, Date) and now and now.id == session.id):
        return
    step = talk.fold(now).open
    if isinstance(step, Ask) and isinstance(step.kind, Time):
        hour = talk.read(lambda speaker: parse_time_behind(text, speaker.world.when(speaker.tag)))
        if hour is not None:
            take_answer(talk, now, hour.isoformat("minutes"))


def _ask_again(talk: Talk, session: Session, state: State, event: Text) -> None:
    """The open question once more, after the answer to what was asked instead."""
    unclear = talk.read(lambda speaker: note_of(speaker, state.open, event.text))
    answered = answer_at_once(talk, event) if unclear else answer_in_a_check(talk, event)
    if session.pending is not None:
        ask_to_confirm(talk, session, session.pending.value, "" if answered else "ui.one_of_these")
    else:
        note = "" if answered else unclear or _not_understood(talk, state)
        show_open(talk, session, state, note=note, ticks=session.ticks)


def _with_ticks(session: Session, state: State, value: Value | None) -> Value | None:
    """What is ticked already counts with what is typed, and is not taken back by "none"."""
    if not session.ticks or not isinstance(value, tuple) or not isinstance(state.open, Ask):
        return value
    if any(alone(option) for option in value) or not isinstance(state.open.kind, Many):
        return None
    return tuple(option for option in state.open.kind.options if option in {*session.ticks, *value})


def _not_understood(talk: Talk, state: State) -> str:
    own = f"{state.open.key}.invalid" if isinstance(state.open, Ask) else ""
    return own if own and talk.read(lambda speaker: speaker.has(own)) else "ui.one_of_these"


def _not_clear(talk: Talk, event: Text, times: int, *, asked: bool) -> None:
    if offer(talk, event) or asked:
        return
    if times > PATIENCE:
        open_link(talk, HOME)
    else:
        talk.change(unclear=times)
        show_not_known(talk, event)

"""A button of a question was pressed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from bonewise.dialogue.choices import CHANGE, KEEP, alone, is_too_far
from bonewise.dialogue.data import Data
from bonewise.dialogue.leaving import leave, show_stale
from bonewise.dialogue.person import Session
from bonewise.dialogue.question import draw_open
from bonewise.dialogue.screen import Screen
from bonewise.dialogue.speaker import Speaker
from bonewise.dialogue.talk import Talk
from bonewise.dialogue.walking import (
    as_it_was,
    change_answer,
    confirm_change,
    flow_of,
    go_back,
    go_on,
    is_stale,
    show_open,
    take_answer,
)
from bonewise.flow.model import Ask, Date, Many, Number, Time, Value
from bonewise.flow.play import answer, play


def press_question(talk: Talk, pressed: Data) -> None:
    """Answer a press on a question, if it is the one that is open."""
    session = talk.session
    name, seq = pressed.parts[0], int(pressed.parts[1])
    if session is None or session.id != name or session.seq != seq or session.left:
        show_stale(talk, (name, seq))
    elif is_stale(talk, session):
        go_on(talk, session)
    else:
        QUESTION_BUTTONS[pressed.kind](talk, session, pressed.parts[2] if len(pressed.parts) > 2 else "")


def _answer(talk: Talk, session: Session, raw: str) -> None:
    if session.pending is not None and raw in {CHANGE, KEEP}:
        confirm_change(talk, session, raw == CHANGE)
        return
    if session.ticks and alone(raw):
        _redraw(talk, session)
        return
    value = _value_of(talk, session, raw)
    if value is not None:
        take_answer(talk, session, value)


def _value_of(talk: Talk, session: Session, raw: str) -> Value | None:
    """The value that a button's word stands for at the open question."""
    step = talk.fold(session).open
    if not isinstance(step, Ask):
        return raw
    match step.kind:
        case Many():
            return raw if step.skip and raw == "skipped" else (raw,)
        case Number():
            return float(raw) if not raw.isdecimal() and raw.replace(".", "", 1).isdecimal() else _whole(raw)
        case Time():
            return raw.replace(".", ":")
        case Date() as kind:
            return raw if talk.read(lambda speaker: _is_near(speaker, kind, raw)) else None
    return raw


def _is_near(speaker: Speaker, kind: Date, raw: str) -> bool:
    """Whether the day can be taken; a button of yesterday can, and what comes of it says that the time is over."""
    try:
        return not is_too_far(speaker, kind, date.fromisoformat(raw))
    except ValueError:
        return False


def _whole(raw: str) -> Value:
    return int(raw) if raw.isdecimal() else raw


def _tick(talk: Talk, session: Session, raw: str) -> None:
    step = talk.fold(session).open
    if not isinstance(step, Ask) or not isinstance(step.kind, Many) or raw not in step.kind.options or alone(raw):
        return
    ticks = tuple(o for o in step.kind.options if (o in session.ticks) != (o == raw))
    if _cannot_wait(talk, session, (raw,)) and raw in ticks:
        take_answer(talk, session, ticks)
        return
    _redraw(talk, replace(session, ticks=ticks, touched=talk.now))


def _cannot_wait(talk: Talk, session: Session, value: Value) -> bool:
    flow = flow_of(talk, session)
    answers = answer(flow, session.answers, value, kept=session.kept, traits=session.traits, floor=session.floor)
    return play(flow, answers, kept=session.kept, traits=session.traits, floor=session.floor).stopped


def _redraw(talk: Talk, session: Session) -> None:
    talk.put(session)
    flow, state = flow_of(talk, session), talk.fold(session)

    talk.show(lambda speaker: _in_place(draw_open(speaker, flow, session, state)))


def _in_place(screen: Screen) -> Screen:
    return replace(screen, replace=screen.slot)


def _done(talk: Talk, session: Session, _raw: str) -> None:
    if session.ticks:
        take_answer(talk, session, session.ticks)


def _clear(talk: Talk, session: Session, _raw: str) -> None:
    _redraw(talk, replace(session, ticks=(), touched=talk.now))


def _more(talk: Talk, session: Session, _raw: str) -> None:
    _redraw(talk, replace(session, page=session.page + 1, touched=talk.now))


def _back(talk: Talk, session: Session, _raw: str) -> None:
    if session.answers:
        go_back(talk, session)


def _leave(talk: Talk, session: Session, _raw: str) -> None:
    leave(talk, session)


def press_change(talk: Talk, pressed: Data) -> None:
    """Ask a question again that was answered before."""
    session = talk.session
    name, step = pressed.parts
    if session is None or session.id != name:
        show_stale(talk)
    elif is_stale(talk, session) or not any(given.step == step for given in talk.fold(session).answers):
        go_on(talk, session)
    else:
        change_answer(talk, session, step)


def press_restart(talk: Talk, pressed: Data) -> None:
    """Begin the check again. The answers of an emergency stay until they are given anew."""
    session = talk.session
    if session is None or session.id != pressed.parts[0]:
        show_stale(talk)
        return
    kept = (*session.answers, *session.reopened) if as_it_was(talk, session).stopped else ()
    again = replace(session, answers=(), reopened=kept, pending=None, floor=None, started=talk.now)
    show_open(talk, again, talk.fold(again))


QUESTION_BUTTONS: Mapping[str, Callable[[Talk, Session, str], None]] = {
    "a": _answer,
    "t": _tick,
    "d": _done,
    "c": _clear,
    "m": _more,
    "b": _back,
    "l": _leave,
}

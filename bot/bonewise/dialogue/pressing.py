"""A button was pressed. Nothing in its data is trusted: it is checked against what the person has open."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from bonewise.dialogue import data
from bonewise.dialogue.answering import press_none, press_topic
from bonewise.dialogue.care_news import press_link
from bonewise.dialogue.choices import CHANGE, KEEP, alone, is_too_far
from bonewise.dialogue.data import Data
from bonewise.dialogue.emergency import show_card, show_words
from bonewise.dialogue.leaving import leave, show_stale
from bonewise.dialogue.nudging import press_reminder
from bonewise.dialogue.opening import HOME, open_link
from bonewise.dialogue.pages import page_sources, show_page_text, show_sources
from bonewise.dialogue.person import Result, Session
from bonewise.dialogue.question import draw_open
from bonewise.dialogue.result import show_share, show_summary
from bonewise.dialogue.screen import Screen
from bonewise.dialogue.settings import forget, stop_messages
from bonewise.dialogue.speaker import Speaker
from bonewise.dialogue.talk import Talk
from bonewise.dialogue.tipping import press_tip
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
    take_back,
)
from bonewise.dialogue.watching import CARD
from bonewise.flow.model import Ask, Date, Many, Number, Rule, Time, Value
from bonewise.flow.play import answer, play

DOUBLE_TAP = timedelta(seconds=2)  # shorter than it takes to read what came and to change one's mind


def press(talk: Talk, text: str, message: str | None) -> None:
    """Answer one press. A double tap counts once and says nothing."""
    pressed = data.parse(text)
    if pressed is None:
        show_stale(talk)
        return
    if _is_double(talk, text):
        return
    talk.change(pressed=text, pressed_on=talk.now)
    if pressed.kind in _QUESTION:
        _press_question(talk, pressed)
    else:
        _OTHERS[pressed.kind](talk, pressed, message)


def _is_double(talk: Talk, text: str) -> bool:
    before = talk.person
    if before.pressed != text or before.pressed_on is None:
        return False
    return timedelta(0) <= talk.since(before.pressed_on) < DOUBLE_TAP


def _press_question(talk: Talk, pressed: Data) -> None:
    session = talk.session
    name, seq = pressed.parts[0], int(pressed.parts[1])
    if session is None or session.id != name or session.seq != seq or session.left:
        show_stale(talk, (name, seq))
    elif is_stale(talk, session):
        go_on(talk, session)
    else:
        _QUESTION[pressed.kind](talk, session, pressed.parts[2] if len(pressed.parts) > 2 else "")


def _answer(talk: Talk, session: Session, raw: str) -> None:
    if session.pending is not None and raw in {CHANGE, KEEP}:
        confirm_change(talk, session, raw == CHANGE)
        return
    if session.ticks and alone(raw):
        _redraw(talk, session)
        return
    value = value_of(talk, session, raw)
    if value is not None:
        take_answer(talk, session, value)


def value_of(talk: Talk, session: Session, raw: str) -> Value | None:
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


def _link(talk: Talk, pressed: Data, _message: str | None) -> None:
    open_link(talk, pressed.parts[0])


def _link_in_place(talk: Talk, pressed: Data, message: str | None) -> None:
    open_link(talk, pressed.parts[0], message)


def _card(talk: Talk, pressed: Data, _message: str | None) -> None:
    name, _, card_id = pressed.parts[0].partition(".")
    flow = talk.world.flows.flows.get(name)
    card = next((card for card in flow.cards if card.id == card_id), None) if flow else None
    if card is None:
        show_stale(talk)
    else:
        show_page_text(talk, f"{card.key}.text", card.sources)


def _sources(talk: Talk, pressed: Data, _message: str | None) -> None:
    flow = talk.world.flows.flows.get(pressed.parts[0])
    if flow is not None and page_sources(flow):
        show_sources(talk, page_sources(flow))


def _result(talk: Talk, pressed: Data, _message: str | None) -> None:
    name, what = pressed.parts
    result = next((result for result in talk.person.results if result.ended.id == name), None)
    if result is None or result.ended.flow not in talk.world.flows.flows or what not in _UNDER_RESULT:
        show_stale(talk)
    else:
        _UNDER_RESULT[what](talk, result)


def _summary(talk: Talk, result: Result) -> None:
    show_summary(talk, flow_of(talk, result.ended), result, talk.fold(result.ended))


def _share(talk: Talk, result: Result) -> None:
    show_share(talk, flow_of(talk, result.ended), result)


def _result_sources(talk: Talk, result: Result) -> None:
    rules: tuple[Rule, ...] = talk.fold(result.ended).raised
    sources = tuple(source for rule in rules for source in rule.sources)
    if sources:
        show_sources(talk, sources)
    else:
        talk.show(lambda speaker: speaker.screen(speaker.say("ui.no_sources")))


def _mistake(talk: Talk, result: Result) -> None:
    session = result.ended
    state = talk.fold(session)
    if state.answers and state.open is None:
        others = tuple(other for other in talk.person.results if other is not result)
        talk.change(results=others)
        talk.unplan(f"help-{session.id}")
        take_back(talk, session)


_UNDER_RESULT: Mapping[str, Callable[[Talk, Result], None]] = {
    "summary": _summary,
    "share": _share,
    "sources": _result_sources,
    "mistake": _mistake,
}


def _reminder(talk: Talk, pressed: Data, _message: str | None) -> None:
    press_reminder(talk, *pressed.parts)


def _own(talk: Talk, pressed: Data, _message: str | None) -> None:
    action = OWN.get(pressed.parts[0])
    if action is None:
        show_stale(talk)
    else:
        action(talk)


def _resume(talk: Talk) -> None:
    if talk.session is None:
        open_link(talk, HOME)
    else:
        go_on(talk, talk.session)


def _resume_check(talk: Talk) -> None:
    """Go on with the check that is not finished, whatever was begun since."""
    checks = [s for s in talk.person.sessions if flow_of(talk, s).kind == "check"]
    if checks:
        talk.put(checks[-1])
    _resume(talk)


def _change(talk: Talk, pressed: Data, _message: str | None) -> None:
    session = talk.session
    name, step = pressed.parts
    if session is None or session.id != name:
        show_stale(talk)
    elif is_stale(talk, session) or not any(given.step == step for given in talk.fold(session).answers):
        go_on(talk, session)
    else:
        change_answer(talk, session, step)


def _restart(talk: Talk, pressed: Data, _message: str | None) -> None:
    session = talk.session
    if session is None or session.id != pressed.parts[0]:
        show_stale(talk)
        return
    kept = (*session.answers, *session.reopened) if as_it_was(talk, session).stopped else ()
    again = replace(session, answers=(), reopened=kept, pending=None, floor=None, started=talk.now)
    show_open(talk, again, talk.fold(again))


def _not_now(talk: Talk) -> None:
    talk.unplan(CARD)
    _resume(talk)


def _save_first(talk: Talk) -> None:
    """The newest summary, and below it the question of wiping again."""
    if talk.person.results:
        _summary(talk, talk.person.results[-1])
    forget(talk, 1)


OWN: Mapping[str, Callable[[Talk], None]] = {
    "resume": _resume,
    "check": _resume_check,
    "crisis": lambda talk: show_card(talk, "crisis"),
    "now.emergency": lambda talk: show_card(talk),
    "now.crisis": lambda talk: show_card(talk, "crisis"),
    "not_now": _not_now,
    "only_asking": _resume,
    "none_of_these": press_none,
    "someone": lambda talk: show_words(talk, "someone"),
    "alone": lambda talk: show_words(talk, "alone"),
    "ask_to_come": lambda talk: show_words(talk, "ask_to_come"),
    "wipe": lambda talk: forget(talk, 2),
    "wipe_now": lambda talk: forget(talk, 3),
    "keep": lambda talk: open_link(talk, HOME),
    "save_first": _save_first,
    "messages_on": lambda talk: stop_messages(talk, on=True),
    "forget": lambda talk: forget(talk, 1),
}

_QUESTION: Mapping[str, Callable[[Talk, Session, str], None]] = {
    "a": _answer,
    "t": _tick,
    "d": _done,
    "c": _clear,
    "m": _more,
    "b": _back,
    "l": _leave,
}

_OTHERS: Mapping[str, Callable[[Talk, Data, str | None], None]] = {
    "go": _link,
    "in": _link_in_place,
    "card": _card,
    "src": _sources,
    "q": lambda talk, pressed, _message: press_topic(talk, pressed.parts[0]),
    "o": _result,
    "n": _reminder,
    "tip": lambda talk, pressed, _message: press_tip(talk, *pressed.parts),
    "care": lambda talk, pressed, _message: press_link(talk, *pressed.parts),
    "e": _change,
    "r": _restart,
    "s": _own,
}

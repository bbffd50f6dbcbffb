"""The end of a flow: a check ends in its result, a task in its last words, and then what was waiting goes on."""

from __future__ import annotations

from dataclasses import replace

from bonewise.dialogue import data
from bonewise.dialogue.emergency import show_stop
from bonewise.dialogue.links import link_buttons, link_rows
from bonewise.dialogue.person import Result, Session
from bonewise.dialogue.question import said
from bonewise.dialogue.result import show_result
from bonewise.dialogue.screen import Button, Screen
from bonewise.dialogue.speaker import Speaker
from bonewise.dialogue.subjects import key_of, remember
from bonewise.dialogue.talk import Talk
from bonewise.dialogue.watching import check_in
from bonewise.flow.model import Ask, Flow, Level, Value
from bonewise.flow.state import State

KEPT_RESULTS = 5


def end(talk: Talk, flow: Flow, session: Session, state: State) -> None:
    """Say what the flow came to."""
    if flow.kind == "check":
        _end_check(talk, flow, session, state)
    else:
        _end_task(talk, flow, session, state)


def _end_check(talk: Talk, flow: Flow, session: Session, state: State) -> None:
    level = state.level or Level.ROUTINE
    ended = replace(session, answers=state.answers, reached=level, touched=talk.now)
    result = Result(ended, level, talk.now, tuple(rule.id for rule in state.raised))
    older = tuple(other for other in talk.person.results if other.ended.id != session.id)
    talk.change(results=(*older, result)[-KEPT_RESULTS:])
    _keep_profile(talk, flow, session, state)
    talk.unplan(f"dropout-{session.id}")
    if level.stops:
        show_stop(talk, flow, ended, state)
        check_in(talk, ended)
    else:
        show_result(talk, flow, ended, state, level)
    talk.drop(session)


def _keep_profile(talk: Talk, flow: Flow, session: Session, state: State) -> None:
    talk.person = remember(talk.person, session.subject)
    subject = key_of(session.about, session.subject)
    asks = (step for step in flow.steps if isinstance(step, Ask) and step.keep)
    kept: dict[str, Value] = {ask.id: state.values[ask.id] for ask in asks if ask.id in state.values}
    known = dict(talk.person.profile.get(subject, {}))
    talk.change(profile={**talk.person.profile, subject: {**known, **kept}})


def _end_task(talk: Talk, flow: Flow, session: Session, state: State) -> None:
    if state.said:
        talk.show(lambda speaker: _draw_last_words(speaker, flow, session, state))
    talk.drop(session)
    talk.ended = session


def _draw_last_words(speaker: Speaker, flow: Flow, session: Session, state: State) -> Screen:
    text = "\n".join(said(speaker, flow, session, state))
    links = [b for say in state.said for b in link_buttons(speaker, say.links, say.key)]
    sourced = any(say.sources for say in state.said)
    more = [Button(speaker.say("ui.sources"), press=data.sources(flow.id))] if sourced else []
    return speaker.screen(text, link_rows(links, *more), role="notice")

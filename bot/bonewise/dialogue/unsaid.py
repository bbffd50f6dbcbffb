"""A sign that was told, and then left before it was said whether it is new, reads as one of now (clinical rule U1)."""

from __future__ import annotations

from dataclasses import replace

from bonewise.dialogue.person import Session
from bonewise.dialogue.screen import Screen
from bonewise.dialogue.speaker import Speaker
from bonewise.dialogue.talk import Talk
from bonewise.dialogue.walking import flow_of, take_answer
from bonewise.flow.condition import questions
from bonewise.flow.model import UNSURE, Ask, Flow, Level
from bonewise.flow.play import answer


def is_sign_unsaid(talk: Talk, session: Session) -> bool:
    """Whether "not sure" to the open question is an emergency: in a gate after a yes, or after a dark thought."""
    flow, ask = flow_of(talk, session), talk.fold(session).open
    if not isinstance(ask, Ask):
        return False
    answers = answer(flow, session.answers, UNSURE, kept=session.kept, traits=session.traits, floor=session.floor)
    after = talk.fold(replace(session, answers=answers))
    return after.stopped and (_follows_in_gate(flow, ask) or after.level is Level.CRISIS)


def _follows_in_gate(flow: Flow, ask: Ask) -> bool:
    gate = ask.id.partition(".")[0]
    read = questions(ask.when, flow.facts) if ask.when else ()
    return gate in flow.gates and any(step.partition(".")[0] == gate for step in read)


def end_unsaid(talk: Talk, session: Session) -> None:
    """Take the open question as answered by "not sure", and say so."""
    talk.show(draw_unsaid)
    take_answer(talk, session, UNSURE)


def draw_unsaid(speaker: Speaker) -> Screen:
    """That leaving counts as not sure."""
    return speaker.screen(speaker.say("ui.left.unsaid"))

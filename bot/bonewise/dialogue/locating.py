"""A shared place sets the person's clock, once they say so. The place itself is not kept."""

from __future__ import annotations

from bonewise.dialogue.opening import begin
from bonewise.dialogue.person import Session
from bonewise.dialogue.talk import Talk
from bonewise.dialogue.walking import flow_of, is_stale, take_answer
from bonewise.flow.answers import Answered
from bonewise.flow.model import Ask, One
from bonewise.scheduling.zones import zone_at

CLOCK = "clock"


def hear_place(talk: Talk, latitude: float, longitude: float) -> bool:
    """Ask whether the clock of this place is the person's, or take it where that is the open question.

    False where a place can't be meant so: before the first hello, in the middle of a check.
    """
    session = talk.session if talk.session and not talk.session.left else None
    flow = talk.world.flows.flows.get(CLOCK)
    if flow is None or not talk.person.greeted or (session and flow_of(talk, session).kind == "check"):
        return False
    zone = zone_at(latitude, longitude)
    talk.show(lambda speaker: speaker.screen(speaker.say("ui.place" if zone else "ui.place_unknown")))
    if zone and session and _asks_for_zone(talk, session):
        take_answer(talk, session, zone)
    else:
        begin(talk, flow, answers=(Answered("zone", zone),) if zone else ())
    return True


def _asks_for_zone(talk: Talk, session: Session) -> bool:
    step = talk.fold(session).open
    return (
        isinstance(step, Ask)
        and isinstance(step.kind, One)
        and step.kind.provider == "my_zones"
        and not is_stale(talk, session)
    )

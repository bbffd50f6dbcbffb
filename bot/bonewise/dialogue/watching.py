"""A gate that is left open: once, after a quarter of an hour, the signs are said and that there is no result.

Clinical rule U11 (docs/clinical.md).
"""

from __future__ import annotations

from datetime import timedelta

from bonewise.dialogue.person import Reminder, Session
from bonewise.dialogue.talk import Talk
from bonewise.flow.model import Flow
from bonewise.flow.state import State

PATIENCE = timedelta(minutes=15)
CHECK_IN = timedelta(minutes=20)  # clinical rule N1


def watch_gate(talk: Talk, flow: Flow, session: Session, state: State) -> None:
    """Plan the line for a gate that is open now, and drop the plan once it is passed."""
    name = f"dropout-{session.id}"
    gate = state.open.id.partition(".")[0] if state.open else ""
    if gate in flow.gates and (state.answers or session.reopened):
        talk.remind(Reminder(name, "dropout", talk.now + PATIENCE, flow=flow.id, session=session.id))
    else:
        talk.unplan(name)


CARD = "help-card"  # the question that follows a card without a check


def check_in(talk: Talk, session: Session) -> None:
    """After an emergency that a check has found: ask in a while whether help was got."""
    name = f"help-{session.id}"
    _plan(talk, Reminder(name, "check_in", talk.now + CHECK_IN, flow=session.flow, session=session.id))


def check_in_after_card(talk: Talk, kind: str) -> None:
    """The same after a card that came without a check; `kind` is emergency or crisis."""
    _plan(talk, Reminder(CARD, "check_in", talk.now + CHECK_IN, about=kind))


def _plan(talk: Talk, reminder: Reminder) -> None:
    if talk.person.messages:
        talk.remind(reminder)

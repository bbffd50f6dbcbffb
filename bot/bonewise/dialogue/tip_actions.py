"""The actions on the subscription to tips."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import time
from typing import Any

from bonewise.dialogue.outcome import Arguments, Outcome, Reopen, asked_for
from bonewise.dialogue.person import Session, Subscription
from bonewise.dialogue.talk import Talk
from bonewise.dialogue.tipping import stop_tips
from bonewise.dialogue.tips import WEEK, plan_tips
from bonewise.dialogue.wording import day_of
from bonewise.flow.model import Do
from bonewise.scheduling.recurrence import QUIET_FROM, QUIET_UNTIL

_WANTED = {"about": "text?", "topics": "many?", "rhythm": "text?", "days": "many?", "hour": "time?", "news": "text?"}

NEWS_NAMED = 2
"""The version of the flow from which on what is agreed to names news of the bot."""

TIP_ACTIONS: Mapping[str, Mapping[str, str]] = {
    "start_tips": _WANTED,
    "change_tips": _WANTED,
    "pause_tips": {},
    "go_on_with_tips": {},
    "stop_tips": {},
}
"""Their arguments, as in `actions.ACTIONS`."""

_RHYTHMS: Mapping[object, tuple[int, ...]] = {
    "twice_a_week": Subscription().days,
    "once_a_week": Subscription().days[:1],
    "daily": tuple(range(len(WEEK))),
}


def _start(talk: Talk, session: Session, do: Do, given: Arguments) -> Outcome:
    """Agreed to, in the words of the flow's version. What came before and what was not for them still counts."""
    known = talk.person.tips or Subscription()
    named = session.version >= NEWS_NAMED
    begun = Subscription(day_of(talk.now), session.version, news=named, sent=known.sent, unwanted=known.unwanted)
    outcome = _keep(talk, begun, do, given)
    if outcome is None:
        talk.change(messages=True)  # who asks to be written to is written to
        plan_tips(talk)
    return outcome


def _change(talk: Talk, _session: Session, do: Do, given: Arguments) -> Outcome:
    return _keep(talk, talk.person.tips or Subscription(), do, given)


def _keep(talk: Talk, tips: Subscription, do: Do, given: Arguments) -> Outcome:
    wanted = _wanted(given)
    if "hour" in wanted and not QUIET_UNTIL <= time.fromisoformat(wanted["hour"]) < QUIET_FROM:
        return Reopen(asked_for(do, "hour"), "tips.quiet")
    talk.change(tips=replace(tips, **wanted))
    plan_tips(talk)
    return None


def _wanted(given: Arguments) -> dict[str, Any]:
    """What was chosen anew, as fields of the subscription."""
    wanted: dict[str, Any] = {}
    about, rhythm, chosen = given.get("about"), given.get("rhythm"), given.get("days")
    if about is not None:
        wanted["topics"] = given.get("topics") or ()
    if isinstance(chosen, tuple):
        wanted["days"] = tuple(number for number, name in enumerate(WEEK) if name in chosen)
    elif rhythm in _RHYTHMS:
        wanted["days"] = _RHYTHMS[rhythm]
    if given.get("hour") is not None:
        wanted["hour"] = str(given["hour"])
    if given.get("news") is not None:
        wanted["news"] = given["news"] == "yes"
    return wanted


def _pause(talk: Talk, _session: Session, _do: Do, _given: Arguments) -> Outcome:
    return _set_paused(talk, True)


def _go_on(talk: Talk, _session: Session, _do: Do, _given: Arguments) -> Outcome:
    return _set_paused(talk, False)


def _set_paused(talk: Talk, paused: bool) -> Outcome:
    if talk.person.tips is not None:
        talk.change(tips=replace(talk.person.tips, paused=paused))
        plan_tips(talk)
    return None


def _stop(talk: Talk, _session: Session, _do: Do, _given: Arguments) -> Outcome:
    stop_tips(talk)
    return None


DOES_TIPS: Mapping[str, Callable[[Talk, Session, Do, Arguments], Outcome]] = {
    "start_tips": _start,
    "change_tips": _change,
    "pause_tips": _pause,
    "go_on_with_tips": _go_on,
    "stop_tips": _stop,
}
"""What each of them does."""

"""The actions on the person's own reminders."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from bonewise.dialogue.calendar_file import offer_file
from bonewise.dialogue.clocks import at, near_to
from bonewise.dialogue.delivering import meant
from bonewise.dialogue.following_up import follow_up, watch
from bonewise.dialogue.outcome import Arguments, Outcome, Reopen, asked_for
from bonewise.dialogue.person import CHOSEN, Agreed, Reminder, Session
from bonewise.dialogue.recurring import before_visit, next_local
from bonewise.dialogue.talk import Talk
from bonewise.dialogue.traits import today_of
from bonewise.flow.model import SKIPPED, Do, Value
from bonewise.scheduling.recurrence import QUIET_FROM, QUIET_UNTIL
from bonewise.scheduling.rule import EVERY, Rule, next_day

MOST_REMINDERS = 50

REMINDING: Mapping[str, Mapping[str, str]] = {
    "remind": {
        "kind": "text",
        "day": "date",
        "hour": "time",
        "about": "text?",
        "note": "text?",
        "every": "text?",
        "weeks": "number?",
        "until": "date?",
        "times": "number?",
    },
    "ask_later": {},
    "watch": {"weeks": "many"},
    "warn_at_night": {"hour": "time"},
    "move_reminder": {"id": "text", "day": "date", "hour": "time"},
    "pause_reminder": {"id": "text"},
    "delete_reminder": {"id": "text"},
}
"""Their arguments, as in `actions.ACTIONS`."""


def remind(talk: Talk, session: Session, do: Do, given: Arguments) -> Outcome:
    """Plan what the person asked for."""
    if sum(reminder.kind in CHOSEN for reminder in talk.person.reminders) >= MOST_REMINDERS:
        return Reopen(asked_for(do, "day"), "ui.reminders_full")
    outcome = _plan(talk, do, given, _new(talk, session, given))
    if outcome is None:
        _agree(talk, session)
    return outcome


def _agree(talk: Talk, session: Session) -> None:
    """Who asks to be written to is written to. What they said yes to is kept with it."""
    flow = talk.world.flows.flows[session.flow]
    agreed = {**talk.person.agreed, flow.id: Agreed(today_of(talk.person, talk.now).isoformat(), flow.version)}
    talk.change(messages=True, agreed=agreed)


def _remind(talk: Talk, session: Session, do: Do, given: Arguments) -> Outcome:
    outcome = remind(talk, session, do, given)
    if outcome is None and talk.person.channel == "web":
        offer_file(talk, talk.person.reminders[-1])
    return outcome


def _new(talk: Talk, session: Session, given: Arguments) -> Reminder:
    return Reminder(
        id=talk.fresh_id(),
        kind=str(given["kind"]),
        due=talk.now,
        about=_text(given.get("about")),
        note=_text(given.get("note")),
        whom=session.about,
        subject=session.subject,
        flow=session.flow,
        session=session.id,
        rule=_rule(given),
    )


def _text(value: Value | bool | None) -> str | None:
    return value if isinstance(value, str) and value != SKIPPED else None


def _rule(given: Arguments) -> Rule | None:
    """How it comes again; None for once."""
    every = "week" if given.get("every") == "weeks" else given.get("every")
    if every not in EVERY:
        return None
    weeks, until, times = given.get("weeks"), given.get("until"), given.get("times")
    return Rule(
        str(every),
        date.fromisoformat(str(given["day"])),
        step=int(weeks) if isinstance(weeks, int | float) else 1,
        until=date.fromisoformat(until) if isinstance(until, str) else None,
        times=int(times) if isinstance(times, int | float) else None,
    )


def _ask_later(talk: Talk, session: Session, _do: Do, _given: Arguments) -> Outcome:
    """How the plan went that was made last."""
    plan = next((one for one in reversed(talk.person.reminders) if one.kind == "plan"), None)
    if plan is not None:
        follow_up(talk, plan)
        _agree(talk, session)
    return None


def _watch(talk: Talk, session: Session, _do: Do, given: Arguments) -> Outcome:
    weeks = given["weeks"]
    if isinstance(weeks, tuple):
        watch(talk, session, tuple(int(week) for week in weeks))
        _agree(talk, session)
    return None


def _warn_at_night(talk: Talk, _session: Session, _do: Do, given: Arguments) -> Outcome:
    """A time that the person chose wins over the quiet hours, after this."""
    hour = time.fromisoformat(str(given["hour"]))
    if hour >= QUIET_FROM or hour < QUIET_UNTIL:
        talk.show(lambda speaker: speaker.screen(speaker.say("ui.at_night")))
    return None


def _move_reminder(talk: Talk, _session: Session, do: Do, given: Arguments) -> Outcome:
    found = _reminder(talk, given)
    if found is None:
        return None
    rule = found.rule and replace(found.rule, first=date.fromisoformat(str(given["day"])))
    return _plan(talk, do, given, replace(found, rule=rule))


def _pause_reminder(talk: Talk, _session: Session, _do: Do, given: Arguments) -> Outcome:
    """A reminder that is paused goes on, from the next time that it would have come."""
    found = _reminder(talk, given)
    if found is None:
        return None
    if found.state != "paused":
        talk.remind(replace(found, state="paused"))
        talk.show(lambda speaker: speaker.screen(speaker.say("ui.book.paused")))
        return None
    local = next_local(talk, found) if found.due <= talk.now else datetime.fromisoformat(str(found.local))
    if local is None:
        talk.unplan(found.id)
        talk.show(lambda speaker: speaker.screen(speaker.say("ui.book.over")))
        return None
    again = near_to(talk, found, local)
    talk.remind(again)
    talk.show(lambda speaker: speaker.screen(speaker.say("ui.book.goes_on", when=speaker.moment(meant(again)))))
    return None


def _delete_reminder(talk: Talk, _session: Session, _do: Do, given: Arguments) -> Outcome:
    talk.unplan(str(given["id"]))
    return None


def _plan(talk: Talk, do: Do, given: Arguments, reminder: Reminder) -> Outcome:
    day = date.fromisoformat(str(given["day"]))
    if reminder.rule:
        first = next_day(reminder.rule, day - timedelta(days=1), talk.person.country)
        if first is None:
            return Reopen(asked_for(do, "until" if "until" in do.arguments else "day"), "ui.when.ends_before")
        day = first
    local = datetime.combine(day, time.fromisoformat(str(given["hour"])))
    if at(talk, reminder, local).due <= talk.now:
        return Reopen(asked_for(do, "day"), "ui.when.past")
    talk.remind(before_visit(talk, reminder, local) if reminder.kind == "visit" else at(talk, reminder, local))
    return None


def _reminder(talk: Talk, given: Arguments) -> Reminder | None:
    return next((r for r in talk.person.reminders if r.id == given["id"]), None)


REMINDS: Mapping[str, Callable[[Talk, Session, Do, Arguments], Outcome]] = {
    "remind": _remind,
    "ask_later": _ask_later,
    "watch": _watch,
    "warn_at_night": _warn_at_night,
    "move_reminder": _move_reminder,
    "pause_reminder": _pause_reminder,
    "delete_reminder": _delete_reminder,
}

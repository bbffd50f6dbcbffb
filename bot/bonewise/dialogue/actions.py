"""What `do:` can do. Each action takes typed arguments and changes the turn in the making."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bonewise.dialogue.person import Reminder, Session
from bonewise.dialogue.screen import Call
from bonewise.dialogue.subjects import called, key_of, remember
from bonewise.dialogue.talk import Talk
from bonewise.dialogue.traits import clock_of
from bonewise.dialogue.wording import day_of
from bonewise.flow.model import SKIPPED, AnswerOf, Do, Value
from bonewise.flow.state import State
from bonewise.scheduling.recurrence import to_utc
from bonewise.scheduling.zones import is_zone

MOST_REMINDERS = 50


@dataclass(frozen=True, slots=True)
class Reopen:
    """The action cannot be done with this answer: ask that question again, with this note."""

    step: str
    note: str


@dataclass(frozen=True, slots=True)
class Then:
    """The link that opens when the flow ends is this one."""

    to: str


Arguments = Mapping[str, Value | bool | None]
Outcome = Reopen | Then | None

ACTIONS: Mapping[str, Mapping[str, str]] = {
    "agree": {"keep": "text"},
    "set_adult": {"adult": "text"},
    "set_country": {"country": "text"},
    "set_zone": {"zone": "text"},
    "set_language": {"language": "text"},
    "name_subject": {"name": "text"},
    "remind": {"kind": "text", "day": "date", "hour": "time", "about": "text?", "note": "text?"},
    "move_reminder": {"id": "text", "day": "date", "hour": "time"},
    "delete_reminder": {"id": "text"},
}
"""Each action's arguments and their types, which the loader of flows checks; one with a `?` can be left out."""


def run(talk: Talk, session: Session, state: State, do: Do) -> Outcome:
    """Do one action with the answers it names."""
    given = {
        name: state.values.get(value.step) if isinstance(value, AnswerOf) else value
        for name, value in do.arguments.items()
    }
    if do.action in talk.world.host_actions:
        talk.call(Call(do.action, given))
        return None
    return _DOES[do.action](talk, session, do, given)


def _agree(talk: Talk, _session: Session, _do: Do, given: Arguments) -> Outcome:
    agreed = given["keep"] == "yes"
    talk.change(consent=day_of(talk.now) if agreed else None)
    return None


def _set_adult(talk: Talk, _session: Session, _do: Do, given: Arguments) -> Outcome:
    if given["adult"] is not None:
        talk.change(adult=given["adult"] == "yes")
    return None


def _set_country(talk: Talk, _session: Session, _do: Do, given: Arguments) -> Outcome:
    country = given["country"]
    if isinstance(country, str) and country != SKIPPED:
        talk.change(country=country)
    return None


def _set_zone(talk: Talk, _session: Session, _do: Do, given: Arguments) -> Outcome:
    zone = given["zone"]
    if isinstance(zone, str) and is_zone(zone):
        talk.change(zone=zone)
    return None


def _set_language(talk: Talk, _session: Session, _do: Do, given: Arguments) -> Outcome:
    if given["language"] in talk.world.catalog.languages:
        talk.change(language=given["language"])
    return None


def _name_subject(talk: Talk, session: Session, _do: Do, given: Arguments) -> Outcome:
    """What waits for the name opens about the one who has it."""
    typed = given["name"]
    subject = called(talk.person, typed, talk.fresh_id()) if isinstance(typed, str) and typed != SKIPPED else None
    talk.person = remember(talk.person, subject)
    return Then(f"{session.then}.{key_of('other', subject)}") if session.then else None


def _remind(talk: Talk, session: Session, do: Do, given: Arguments) -> Outcome:
    if sum(reminder.kind == "plan" for reminder in talk.person.reminders) >= MOST_REMINDERS:
        return Reopen(_step(do, "day"), "ui.reminders_full")
    outcome = _plan(talk, do, given, _new(talk, session, given))
    if outcome is None:
        talk.change(messages=True)  # who asks to be written to is written to
    return outcome


def _new(talk: Talk, session: Session, given: Arguments) -> Reminder:
    about, note = given.get("about"), given.get("note")
    return Reminder(
        id=talk.fresh_id(),
        kind=str(given["kind"]),
        due=talk.now,
        about=about if isinstance(about, str) and about != SKIPPED else None,
        note=note if isinstance(note, str) and note != SKIPPED else None,
        whom=session.about,
        subject=session.subject,
        flow=session.flow,
        session=session.id,
    )


def _move_reminder(talk: Talk, _session: Session, do: Do, given: Arguments) -> Outcome:
    found = _reminder(talk, given)
    return _plan(talk, do, given, found) if found else None


def _delete_reminder(talk: Talk, _session: Session, _do: Do, given: Arguments) -> Outcome:
    talk.unplan(str(given["id"]))
    return None


def _plan(talk: Talk, do: Do, given: Arguments, reminder: Reminder) -> Outcome:
    zone = clock_of(talk.person)
    local = datetime.fromisoformat(f"{given['day']}T{given['hour']}")
    due = to_utc(local, zone)
    if due <= talk.now:
        return Reopen(_step(do, "day"), "ui.when.past")
    talk.remind(replace(reminder, due=due, state="pending", local=local.isoformat(timespec="minutes"), zone=zone))
    return None


def _reminder(talk: Talk, given: Arguments) -> Reminder | None:
    return next((r for r in talk.person.reminders if r.id == given["id"]), None)


def _step(do: Do, argument: str) -> str:
    named = do.arguments[argument]
    return named.step if isinstance(named, AnswerOf) else ""


_DOES: Mapping[str, Callable[[Talk, Session, Do, Arguments], Outcome]] = {
    "agree": _agree,
    "set_adult": _set_adult,
    "set_country": _set_country,
    "set_zone": _set_zone,
    "set_language": _set_language,
    "name_subject": _name_subject,
    "remind": _remind,
    "move_reminder": _move_reminder,
    "delete_reminder": _delete_reminder,
}

"""Events, screens and people as JSON, and back.

A field that is new has its default when an older row is read, and a field that is gone is passed over, so a release
reads what the one before it wrote.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any, TypeVar, get_args

from pydantic import TypeAdapter, ValidationError

from bonewise.dialogue.delivering import Unasked
from bonewise.dialogue.event import Event
from bonewise.dialogue.person import CareLink, Person, Reminder, Session
from bonewise.dialogue.received import Received
from bonewise.dialogue.screen import Output

T = TypeVar("T")
_TAG = "is"
_EVENTS = {kind.__name__: TypeAdapter[Any](kind) for kind in get_args(Event)}
_OUTPUTS = {kind.__name__: TypeAdapter[Any](kind) for kind in get_args(Output)}
_PERSON = TypeAdapter(Person)
_SESSIONS = TypeAdapter(tuple[Session, ...])
_REMINDER = TypeAdapter(Reminder)
_CARE_LINK = TypeAdapter(CareLink)
_UNASKED = "unasked"
_DELIVERED = TypeAdapter(Unasked)
_PLAIN = ("key", "address", "language", "name", "press", "said")  # the fields of Received but the event


class DamagedRow(ValueError):  # noqa: N818 - the name says what it is
    """A row that cannot be read back. The message has no word of its content."""


def dump_received(received: Received) -> bytes:
    """One event as a channel handed it over."""
    fields = {name: getattr(received, name) for name in _PLAIN}
    return _json({**fields, "event": _tagged(received.event, _EVENTS)})


def load_received(data: bytes) -> Received:
    """The inverse of `dump_received`. Raises `DamagedRow`."""
    try:
        fields = json.loads(data)
        event = _untagged(fields["event"], _EVENTS)
        return Received(event=event, **{name: fields.get(name) for name in _PLAIN})
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise _damaged("event", error) from None


def dump_output(output: Output, unasked: Unasked | None = None) -> bytes:
    """One screen, or whatever else can be sent; and by what it is delivered, if nobody asked for it."""
    more = {} if unasked is None else {_UNASKED: _DELIVERED.dump_python(unasked, mode="json")}
    return _json({**_tagged(output, _OUTPUTS), **more})


def load_output(data: bytes) -> Output:
    """The output of `dump_output`. Raises `DamagedRow`."""
    return load_message(data)[0]


def load_message(data: bytes) -> tuple[Output, Unasked | None]:
    """The inverse of `dump_output`. Raises `DamagedRow`."""
    try:
        fields = json.loads(data)
        unasked = fields.pop(_UNASKED, None)
        return _untagged(fields, _OUTPUTS), None if unasked is None else _DELIVERED.validate_python(unasked)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise _damaged("screen", error) from None


def dump_person(person: Person) -> bytes:
    """The person without sessions, reminders and links, which have rows of their own."""
    return _PERSON.dump_json(replace(person, sessions=(), reminders=(), care_links=()))


def dump_sessions(sessions: tuple[Session, ...]) -> bytes:
    """The sessions of a person."""
    return _SESSIONS.dump_json(sessions)


def dump_reminder(reminder: Reminder) -> bytes:
    """One reminder."""
    return _REMINDER.dump_json(reminder)


def dump_care_link(link: CareLink) -> bytes:
    """A person's side of a link with somebody else."""
    return _CARE_LINK.dump_json(link)


def load_person(data: bytes) -> Person:
    """The inverse of `dump_person`. Raises `DamagedRow`."""
    return _load(_PERSON, data, "person")


def load_sessions(data: bytes) -> tuple[Session, ...]:
    """The inverse of `dump_sessions`. Raises `DamagedRow`."""
    return _load(_SESSIONS, data, "session")


def load_reminder(data: bytes) -> Reminder:
    """The inverse of `dump_reminder`. Raises `DamagedRow`."""
    return _load(_REMINDER, data, "reminder")


def load_care_link(data: bytes) -> CareLink:
    """The inverse of `dump_care_link`. Raises `DamagedRow`."""
    return _load(_CARE_LINK, data, "link")


def _load(adapter: TypeAdapter[T], data: bytes, what: str) -> T:
    try:
        return adapter.validate_json(data)
    except ValidationError as error:
        raise _damaged(what, error) from None


def _tagged(value: Any, kinds: dict[str, TypeAdapter[Any]]) -> dict[str, Any]:
    name = type(value).__name__
    return {_TAG: name, **kinds[name].dump_python(value, mode="json")}


def _untagged(fields: dict[str, Any], kinds: dict[str, TypeAdapter[Any]]) -> Any:
    return kinds[fields[_TAG]].validate_json(_json({name: value for name, value in fields.items() if name != _TAG}))


def _json(value: object) -> bytes:
    """Half a letter, which an app can send and UTF-8 cannot hold, becomes a question mark."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(errors="replace")


def _damaged(what: str, error: Exception) -> DamagedRow:
    """Without the error's own words, which quote what could not be read."""
    return DamagedRow(f"the row of a {what} cannot be read ({type(error).__name__})")

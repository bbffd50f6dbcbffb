"""What can happen to a conversation, the same for every channel."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Text:
    """A typed text, what the alarm layer heard in it, and what it is about."""

    text: str
    alarm: str = "none"  # none | soft | hard
    alarm_kind: str | None = None  # emergency | crisis
    alarm_sign: str | None = None  # the sign's id in the alarm book; its text is alarm.signs.<id>
    band: str = "unknown"  # how sure it is what the text is about: answer | offer | unknown
    topics: tuple[str, ...] = ()  # what it may be about, best first; ids of flows/topics.yml
    question: bool = False  # it was said to be a question, so it is no answer to an open one


@dataclass(frozen=True, slots=True)
class Press:
    """A button press. `message` is the pressed message in the channel's own words, if it still exists."""

    data: str
    message: str | None = None


@dataclass(frozen=True, slots=True)
class Command:
    """A command such as /check, without slash or bot name; `argument` is the rest (a deep link's payload)."""

    name: str
    argument: str = ""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Something that is never an answer: voice, photo, sticker, document, an edited message and so on."""

    kind: str  # edited | forward | a kind of Telegram's
    text: str = ""  # its words, which are looked at for alarms only
    alarm: str = "none"  # as in Text
    alarm_kind: str | None = None
    alarm_sign: str | None = None


@dataclass(frozen=True, slots=True)
class Position:
    """A shared location, in degrees."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Due:
    """A reminder whose moment has come."""

    reminder: str


@dataclass(frozen=True, slots=True)
class Missed:
    """What a reminder was to say at the moment `meant` was not sent in time."""

    reminder: str
    meant: datetime


@dataclass(frozen=True, slots=True)
class Left:
    """The person blocked the bot (`back` False) or unblocked it (`back` True)."""

    back: bool


@dataclass(frozen=True, slots=True)
class Opened:
    """The chat page was opened; `zone` is the browser's time zone, an IANA name."""

    zone: str | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """A message or press in a group chat: only a learn page and the way to the private chat are shown there."""

    text: str


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation to a link was opened: `link` is None when there is none (any more) to be opened."""

    link: str | None = None
    person: str = ""  # the id of the one who invites
    name: str = ""  # the name that they chose to be known by
    token_hash: str = ""
    until: datetime | None = None  # UTC


@dataclass(frozen=True, slots=True)
class Linked:
    """What the other one of a link did: accepted | confirmed | ended, or copy: they were reminded of something."""

    link: str
    what: str
    name: str = ""  # the name that the other one chose to be known by
    about: str = ""  # of a copy: the kind of the reminder


Event: TypeAlias = (
    Text | Press | Command | Unreadable | Position | Due | Missed | Left | Opened | Group | Invited | Linked
)

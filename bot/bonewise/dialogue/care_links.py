"""Links between one who is reminded (the person) and one who helps (the caregiver): who may do what, and its end.

The person invites, the caregiver opens the invitation and accepts, the person confirms. Either ends it at once. Each
changes only their own side; what the other one is to hear of is told (`Talk.tell`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from bonewise.dialogue.event import Linked
from bonewise.dialogue.person import CareLink, Person
from bonewise.dialogue.talk import Talk

LASTS = timedelta(hours=48)
"""An invitation, and a yes to it, hold so long."""

MOST = 5  # links of a person, on either side
MOST_GUESSES = 5
GUESSED_WITHIN = timedelta(hours=1)
"""Who opens so many invitations that do not exist has to wait."""

_PAYLOAD = "join-"

MAY: Mapping[tuple[str, str], frozenset[str]] = {
    ("person", "invited"): frozenset({"end"}),
    ("person", "opened"): frozenset({"end"}),
    ("person", "accepted"): frozenset({"confirm", "end"}),
    ("person", "on"): frozenset({"copies", "no_copies", "end"}),
    ("caregiver", "opened"): frozenset({"accept", "end"}),
    ("caregiver", "accepted"): frozenset({"end"}),
    ("caregiver", "on"): frozenset({"end"}),
}
"""What each of the two may do, by their role and how the link stands."""


def payload(token: str) -> str:
    """What a deep link carries for an invitation."""
    return f"{_PAYLOAD}{token}"


def token_hash_in(argument: str) -> str | None:
    """The hash of the token that a deep link carries; None if it is no invitation."""
    return hash_of(argument.removeprefix(_PAYLOAD)) if argument.startswith(_PAYLOAD) else None


def hash_of(token: str) -> str:
    """How a token is kept: SHA-256, hex. It is random, so it needs no salt."""
    return hashlib.sha256(token.encode()).hexdigest()


def find(person: Person, name: str | None) -> CareLink | None:
    """The person's link of this id."""
    return next((link for link in person.care_links if link.id == name), None)


def may(link: CareLink, what: str) -> bool:
    """Whether this person may do this with the link as it stands."""
    return what in MAY.get((link.role, link.state), frozenset())


def put(talk: Talk, link: CareLink) -> None:
    """The person's side of the link is this from now on."""
    others = tuple(other for other in talk.person.care_links if other.id != link.id)
    talk.change(care_links=(*others, link))


def end(talk: Talk, link: CareLink) -> None:
    """The link is over, and the other one hears of it without a reason."""
    talk.change(care_links=tuple(other for other in talk.person.care_links if other.id != link.id))
    if link.other is not None:
        talk.tell(Linked(link.id, "ended", link.shown))


def end_all(talk: Talk) -> None:
    """All links are over: nobody is written to any more."""
    for link in talk.person.care_links:
        end(talk, link)


def accept(talk: Talk, link: CareLink, shown: str) -> None:
    """The caregiver is willing, and is to be known by this name; now the person has to confirm."""
    put(talk, replace(link, state="accepted", shown=shown, until=talk.now + LASTS))
    talk.tell(Linked(link.id, "accepted", shown))


def confirm(talk: Talk, link: CareLink) -> None:
    """The person knows who it is: the link holds from now on."""
    put(talk, replace(link, state="on"))
    talk.tell(Linked(link.id, "confirmed", link.shown))


def agree_to_copies(talk: Talk, link: CareLink, day: str | None, terms: int) -> None:
    """Copies were agreed to on a day, in the words of this version; or not, or not any more, for None."""
    put(talk, replace(link, copies=day is not None, agreed=day, terms=terms if day else 0))

"""Links between two people: their rows, and what one of the two has changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from bonewise.dialogue.care_links import token_hash_in
from bonewise.dialogue.event import Command, Event, Invited
from bonewise.dialogue.person import CareLink, Person
from bonewise.service import codec
from bonewise.service.context import Context
from bonewise.service.log import log_error, ref
from bonewise.store import care_links, outbox
from bonewise.store.base import Row, Statement
from bonewise.store.errors import SealBroken
from bonewise.store.vault import Key


@dataclass(frozen=True, slots=True)
class OtherEnd:
    """Where the other one of a link is."""

    person: str
    address: str
    wrapped_key: bytes


def read(key: Key, person: str, row: Row) -> CareLink:
    """A person's link from its row; what both share stands in the row. Raises `SealBroken` and `DamagedRow`."""
    link = codec.load_care_link(key.open(f"care_link:{row['id']}", row["sealed_side"]))
    return replace(
        link,
        role="person" if row["person_id"] == person else "caregiver",
        state=row["state"],
        until=datetime.fromtimestamp(row["expires_at"], UTC),
        copies=bool(row["copies"]),
        other=row["other_id"],
    )


def other_end(row: Row) -> OtherEnd | None:
    """The other one of a link, if there is one yet."""
    return OtherEnd(row["other_id"], row["other_address"], row["other_key"]) if row["other_id"] else None


async def look_up(context: Context, person: str, found: Event) -> Event:
    """What this person opens with the deep link of an invitation; any other event is as it was. Raises `StoreError`.

    What somebody else has opened is over, like one that never was.
    """
    token_hash = token_hash_in(found.argument) if isinstance(found, Command) and found.name == "start" else None
    if token_hash is None:
        return found
    [rows] = await context.store.load(care_links.by_token(context.bot, token_hash, context.clock()))
    fits = [row for row in rows if row["caregiver_id"] in {None, person} or row["person_id"] == person]
    return _invited(context, fits[0]) if fits else Invited()


def _invited(context: Context, row: Row) -> Invited:
    """What is sealed for the one who invited is opened for nothing but the name that they chose to show."""
    try:
        key = context.vault.key(row["person_id"], row["wrapped_key"])
        link = codec.load_care_link(key.open(f"care_link:{row['id']}", row["sealed"]))
    except (SealBroken, codec.DamagedRow) as error:
        log_error(f"invitation of {ref(row['person_id'])}", error)
        return Invited()
    until = datetime.fromtimestamp(row["expires_at"], UTC)
    return Invited(row["id"], row["person_id"], link.shown, row["token_hash"], until)


def changed(context: Context, key: Key, before: Person, after: Person) -> Iterator[Statement]:
    """What a turn made of the links of a person. What was to be sent about one that is over is not sent any more."""
    was = {link.id: link for link in before.care_links}
    now = {link.id: link for link in after.care_links}
    for name in was.keys() | now.keys():
        if was.get(name) == now.get(name):
            continue
        if name not in now:
            yield care_links.delete(name, after.id)
            yield from _unsent(name, after.id, was[name].other)
        elif name not in was:
            yield _new(context, key, after.id, now[name])
        else:
            yield _change(key, after.id, was[name], now[name])
            if was[name].copies and not now[name].copies:
                yield from _unsent(name, was[name].other)


def _unsent(link: str, *people: str | None) -> Iterator[Statement]:
    return (outbox.cancel(person, link) for person in people if person is not None)


def _new(context: Context, key: Key, person: str, link: CareLink) -> Statement:
    """Made by the one who invites, or taken by the caregiver who opened it."""
    if link.role == "caregiver":
        return care_links.take(link.id, person, context.clock(), _sealed(key, link))
    expires = link.until.timestamp()
    new = care_links.NewCareLink(link.id, person, link.token_hash, expires, _sealed(key, link))
    return care_links.insert(context.bot, new)


def _change(key: Key, person: str, was: CareLink, now: CareLink) -> Statement:
    expires, copies = now.until.timestamp(), int(now.copies)
    new = care_links.ChangedCareLink(now.id, person, was.state, now.state, expires, copies, _sealed(key, now))
    return care_links.change(new)


def _sealed(key: Key, link: CareLink) -> bytes:
    return key.seal(f"care_link:{link.id}", codec.dump_care_link(link))

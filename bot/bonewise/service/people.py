"""People between their rows and the dialogue."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from bonewise.dialogue.person import Person, Reminder
from bonewise.service import care_links, codec
from bonewise.service.care_links import OtherEnd, other_end
from bonewise.service.context import Context
from bonewise.store import care_links as link_rows
from bonewise.store import outbox, people, reminders
from bonewise.store.base import Row, Statement
from bonewise.store.ids import new_person
from bonewise.store.vault import Key


@dataclass(frozen=True, slots=True)
class Known:
    """A person as loaded: where they are, their key, the version that was read, and who they are linked with."""

    person: Person
    address: str
    key: Key
    version: int = 0
    ends: Mapping[str, OtherEnd] = field(default_factory=dict)  # by link


async def load(context: Context, person: str) -> Known | None:
    """The person with this id, or None. Raises `StoreError` and `DamagedRow`."""
    rows, reminder_rows, linked = await context.store.load(
        people.one(person), reminders.of(person), link_rows.of(person, context.clock())
    )
    if not rows:
        return None
    row = rows[0]
    key = context.vault.key(person, row["wrapped_key"])
    whole = replace(
        codec.load_person(key.open("person", row["sealed"])),
        sessions=codec.load_sessions(key.open("session", row["sealed_session"])),
        reminders=tuple(_reminder(key, one) for one in reminder_rows),
        care_links=tuple(care_links.read(key, person, one) for one in linked),
    )
    ends = {one["id"]: end for one in linked if (end := other_end(one)) is not None}
    return Known(whole, row["address"], key, row["version"], ends)


def make(
    context: Context, channel: str, address: str, hinted: str | None = None, name: str | None = None
) -> tuple[Known, list[Statement]]:
    """Somebody new, with a key of their own, and the statements that add them."""
    person = Person(new_person(), channel, hinted=hinted, name=name)
    key, wrapped = context.vault.new_key(person.id)
    new = people.NewPerson(
        person.id,
        channel,
        address,
        wrapped,
        key.seal("person", codec.dump_person(person)),
        key.seal("session", codec.dump_sessions(())),
        context.clock(),
    )
    return Known(person, address, key), people.insert(context.bot, new)


def save(context: Context, known: Known, person: Person, said: str | None = None) -> list[Statement]:
    """Keep what a turn made of a person, in which it said the reminder `said`, if any.

    The commit is a `Conflict` when the version is another one by then.
    """
    sealed = known.key.seal("person", codec.dump_person(person))
    session = known.key.seal("session", codec.dump_sessions(person.sessions))
    return [
        *people.save(person.id, sealed, session, known.version, context.clock()),
        *_changed_reminders(context, known, person, said),
        *care_links.changed(context, known.key, known.person, person),
    ]


def _changed_reminders(context: Context, known: Known, person: Person, said: str | None) -> Iterator[Statement]:
    """What was to be sent about a reminder that is changed now is not sent any more.

    Not so where it only falls due again: what it said the last time is sent, or missed and told of.
    """
    before = {one.id: one for one in known.person.reminders}
    after = {one.id: one for one in person.reminders}
    for name in before.keys() | after.keys():
        if before.get(name) == after.get(name):
            continue
        if name in before and name != said:
            yield outbox.cancel(person.id, name)
        if name in after:
            yield _save_reminder(context, known.key, person.id, after[name])
        else:
            yield reminders.delete(person.id, name)


def _save_reminder(context: Context, key: Key, person: str, reminder: Reminder) -> Statement:
    sealed = key.seal(f"reminder:{reminder.id}", codec.dump_reminder(reminder))
    return reminders.save(context.bot, person, reminder.id, reminder.state, reminder.due.timestamp(), sealed)


def _reminder(key: Key, row: Row) -> Reminder:
    """The state stands in the row: the scheduler changes it without opening the seal."""
    reminder = codec.load_reminder(key.open(f"reminder:{row['id']}", row["sealed"]))
    return replace(reminder, state=row["state"])

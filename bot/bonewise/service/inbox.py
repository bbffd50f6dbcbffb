"""The dispatcher: one event of a person at a time, the oldest first; several people at once.

An event that cannot be handled is tried three times. Then it is set aside as `poison`, an error is logged, and the
person gets an apology instead of an answer.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TypeAlias

from bonewise.dialogue.event import Due, Event, Left, Linked, Missed
from bonewise.dialogue.person import Person, Turn
from bonewise.dialogue.received import Received
from bonewise.dialogue.screen import Screen
from bonewise.service import codec
from bonewise.service.announcer import Announce
from bonewise.service.care_links import look_up
from bonewise.service.context import LEASE, PATIENCE, Context
from bonewise.service.log import log_error, ref
from bonewise.service.loop import POLL, Loop, Tasks
from bonewise.service.marks import Marks
from bonewise.service.people import Known, load
from bonewise.service.points import point
from bonewise.service.presses import Presses
from bonewise.service.turns import send, settle
from bonewise.service.wiping import wipe
from bonewise.store import inbox
from bonewise.store.base import Row, Statement
from bonewise.store.errors import Conflict, SealBroken, StoreError

PEOPLE_AT_ONCE = 8
TRIES = 3  # of an event that cannot be handled
CONFLICTS = 5  # in a row, after which it counts as such

Hear: TypeAlias = Callable[[Event], Event]
"""Marks what the alarm layer heard in an event."""

Understand: TypeAlias = Callable[[Event], Awaitable[Event]]
"""Marks that, and what the event is about."""

React: TypeAlias = Callable[[Person, Event, datetime, int], Turn]
"""The dialogue: the person, the event, the moment (UTC) and a random seed of 256 bits make a turn."""

Apology: TypeAlias = Callable[[Person], Screen]
"""What is shown when an event cannot be handled."""

Forgotten: TypeAlias = Callable[[str, str], Awaitable[None]]
"""Told the channel and address of a person whose rows were deleted; must not raise."""


@dataclass(frozen=True, slots=True)
class Dialogue:
    """What the dispatcher, the sender and the announcer ask for, and a source of seeds."""

    hear: Hear
    understand: Understand
    react: React
    apology: Apology
    seed: Callable[[], int]
    marks: Marks
    announce: Announce


class Dispatcher:
    """Handles what is in the inbox; `settled` is called after each commit."""

    def __init__(
        self,
        context: Context,
        dialogue: Dialogue,
        presses: Presses,
        settled: Callable[[], None],
        forgotten: Forgotten,
    ) -> None:
        self._context = context
        self._dialogue = dialogue
        self._presses = presses
        self._settled = settled
        self._forgotten = forgotten
        self.loop = Loop("inbox", self._claim)
        self._tasks = Tasks(PEOPLE_AT_ONCE, self.loop.wake)

    async def finish(self, seconds: float) -> None:
        """Let the turns under way end, for at most so many seconds."""
        await self._tasks.finish(seconds)

    async def _claim(self) -> float:
        room = self._tasks.room()
        if not room:
            return POLL
        context, now = self._context, self._context.clock()
        [claimed] = await context.store.commit([inbox.claim(context.bot, context.owner, now, now + LEASE, room)])
        for row in claimed.rows:
            self._tasks.start(self._handle(row))
        return 0 if claimed.rows else POLL

    async def _handle(self, row: Row) -> None:
        conflicts = 0
        while conflicts < CONFLICTS:
            try:
                await self._turn(row)
                return
            except Conflict as conflict:
                if conflict.index == 0:  # the lease is lost: somebody else has the event
                    return
                conflicts += 1
            except SealBroken as error:
                await self._failed(row, error)
                return
            except StoreError as error:
                log_error(f"event {row['id']}", error)
                await asyncio.sleep(PATIENCE)
            except Exception as error:
                await self._failed(row, error)
                return
        await self._failed(row, Conflict(0, "was changed again and again"))

    async def _turn(self, row: Row) -> None:
        """One event, from its row to the commit and what follows it."""
        known = await load(self._context, row["person_id"])
        if known is None:
            return
        received = _open(row, known)
        self._presses.expect(received, known.person.channel)
        event = await look_up(self._context, known.person.id, received.event)
        event = await self._dialogue.understand(event)
        known, turn = self._react(known, replace(received, event=event))
        if turn.forget:
            statements = await wipe(self._context, row, known, turn)
        else:
            statements = settle(self._context, row, received, known, turn)
        point("before_commit")
        await self._context.store.commit(statements)
        point("after_commit")
        await self._after(received, known, turn)

    def _react(self, known: Known, received: Received) -> tuple[Known, Turn]:
        if not _still_due(known.person, received.event):
            return known, Turn(known.person)
        person = _introduced(known.person, received)
        now = datetime.fromtimestamp(self._context.clock(), UTC)
        return replace(known, person=person), self._dialogue.react(person, received.event, now, self._dialogue.seed())

    async def _after(self, received: Received, known: Known, turn: Turn) -> None:
        self._presses.acknowledge(received, known.person.channel, turn.toast)
        if turn.forget:
            await self._forgotten(known.person.channel, known.address)
            await self._purge()
        self._settled()

    async def _purge(self) -> None:
        try:
            await self._context.store.purge()
        except StoreError as error:
            log_error("purge", error)

    async def _failed(self, row: Row, error: Exception) -> None:
        """Try again, or set the event aside."""
        last = row["attempts"] + 1 >= TRIES
        log_error(f"event {row['id']} of {ref(row['person_id'])}, {'set aside' if last else 'tried again'}", error)
        statements = [inbox.fail(row["id"], self._context.owner, "poison" if last else "pending")]
        if last:
            statements += await self._apologies(row)
        try:
            await self._context.insist(f"event {row['id']}", statements)
        except Conflict:
            return
        self._settled()

    async def _apologies(self, row: Row) -> list[Statement]:
        """The screen that is shown instead, if the person can be read at all and waits for an answer."""
        try:
            known = await load(self._context, row["person_id"])
            received = _open_if_sound(row, known) if known is not None else None
            if known is None or (received is not None and isinstance(received.event, Due | Missed | Left | Linked)):
                return []
            if received is not None:
                self._presses.acknowledge(received, known.person.channel)
            return list(send(self._context, row, known, [self._dialogue.apology(known.person)]))
        except Exception as error:
            log_error(f"apology for event {row['id']}", error)
            return []


def _open(row: Row, known: Known) -> Received:
    return codec.load_received(known.key.open(f"inbox:{row['id']}", row["sealed"]))


def _open_if_sound(row: Row, known: Known) -> Received | None:
    try:
        return _open(row, known)
    except (SealBroken, codec.DamagedRow):
        return None


def _still_due(person: Person, event: Event) -> bool:
    """Not so for a reminder that was changed after its moment came and before it is said."""
    return not isinstance(event, Due) or any(
        reminder.id == event.reminder and reminder.state == "queued" for reminder in person.reminders
    )


def _introduced(person: Person, received: Received) -> Person:
    """The person with what the channel says of them now."""
    return replace(person, hinted=received.language or person.hinted, name=received.name or person.name)

"""What falls due becomes an event in its person's inbox, once, and goes the way of everything else.

A message that was postponed comes to its moment here, too.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from bonewise.dialogue.event import Due
from bonewise.dialogue.received import Received
from bonewise.service.context import Context
from bonewise.service.log import log_error, ref
from bonewise.service.loop import Loop
from bonewise.service.receive import event
from bonewise.store import outbox, reminders
from bonewise.store.base import Row, Statement
from bonewise.store.errors import Conflict, SealBroken

AT_ONCE = 300  # reminders of one round: enough to share the flush, few enough that a reply does not wait for long
LONGEST_PAUSE = 30.0  # seconds; a commit that plans something wakes it before that


class Scheduler:
    """Watches the reminders; `wake` tells the dispatcher, `wake_senders` the senders."""

    def __init__(self, context: Context, wake: Callable[[], None], wake_senders: Callable[[], None]) -> None:
        self._context = context
        self._wake = wake
        self._wake_senders = wake_senders
        self.loop = Loop("scheduler", self._round)

    async def _round(self) -> float:
        context, now = self._context, self._context.clock()
        [rows, [reminder], [message]] = await context.store.load(
            reminders.due(context.bot, now, AT_ONCE),
            reminders.next_due(context.bot),
            outbox.next_postponed(context.bot),
        )
        if message["due_at"] is not None and message["due_at"] <= now:
            await context.store.commit([outbox.resume(context.bot, now)])
            self._wake_senders()
        await self._queue_all(rows)
        if rows:
            self._wake()
            return 0
        ahead = [row["due_at"] - now for row in (reminder, message) if row["due_at"] is not None]
        return min(LONGEST_PAUSE, *(max(0.01, seconds) for seconds in ahead)) if ahead else LONGEST_PAUSE

    async def _queue_all(self, rows: list[Row]) -> None:
        """All in one transaction; where one of them was changed meanwhile, each by itself."""
        moves = [self._moved(row) for row in rows]
        try:
            await self._context.store.commit([statement for move in moves for statement in move])
        except Conflict:
            await asyncio.gather(*map(self._queue, moves))

    async def _queue(self, statements: list[Statement]) -> None:
        try:
            await self._context.store.commit(statements)
        except Conflict:
            return  # it was changed meanwhile, and comes again if it is still due

    def _moved(self, row: Row) -> list[Statement]:
        """The reminder is queued, and its event is in the inbox."""
        context = self._context
        name = f"due:{context.owner}:{context.ids.next(context.clock())}"  # once is ensured by the state
        try:
            key = context.vault.key(row["person_id"], row["wrapped_key"])
        except SealBroken as error:
            log_error(f"reminder of {ref(row['person_id'])}", error)
            return [_move(row, "damaged")]
        due = event(context, row["person_id"], key, name, Received(name, row["address"], Due(row["id"])))
        return [_move(row, "queued"), due]


def _move(row: Row, state: str) -> Statement:
    return reminders.move(row["person_id"], row["id"], row["due_at"], state)

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
from bonewise.store.base import Row
from bonewise.store.errors import Conflict, SealBroken

AT_ONCE = 100  # reminders of one round
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
        await asyncio.gather(*map(self._queue, rows))  # together, so that they share one flush
        if rows:
            self._wake()
            return 0
        ahead = [row["due_at"] - now for row in (reminder, message) if row["due_at"] is not None]
        return min(LONGEST_PAUSE, *(max(0.01, seconds) for seconds in ahead)) if ahead else LONGEST_PAUSE

    async def _queue(self, row: Row) -> None:
        context = self._context
        name = f"due:{context.owner}:{context.ids.next(context.clock())}"  # once is ensured by the state
        try:
            key = context.vault.key(row["person_id"], row["wrapped_key"])
        except SealBroken as error:
            log_error(f"reminder of {ref(row['person_id'])}", error)
            await self._move(row, "damaged")
            return
        due = event(context, row["person_id"], key, name, Received(name, row["address"], Due(row["id"])))
        moved = reminders.move(row["person_id"], row["id"], row["due_at"], "queued")
        try:
            await context.store.commit([moved, due])
        except Conflict:
            return  # it was changed meanwhile, and comes again if it is still due

    async def _move(self, row: Row, state: str) -> None:
        try:
            await self._context.store.commit([reminders.move(row["person_id"], row["id"], row["due_at"], state)])
        except Conflict:
            return

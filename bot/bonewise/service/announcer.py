"""Announcements: what the operator's command asks for is taken up, and messages are made a few ahead of the sender."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Collection
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TypeAlias

from bonewise.dialogue.announcing import KIND, Announcement
from bonewise.dialogue.delivering import Unasked, look
from bonewise.dialogue.person import Person
from bonewise.dialogue.screen import Screen
from bonewise.service import codec, orders
from bonewise.service.context import Context
from bonewise.service.log import log_announcement, log_error, log_order, ref
from bonewise.service.loop import POLL, Loop
from bonewise.service.orders import Order, UnreadableOrder
from bonewise.service.points import point
from bonewise.store import announcements, outbox
from bonewise.store.base import Row, Statement
from bonewise.store.errors import Conflict, SealBroken

AHEAD = 100  # messages that are made ahead of the sender, or those of a second if that is more
AT_ONCE = 100  # messages of one transaction
REST = 2.0  # seconds between two looks for orders
LEAST = 0.05  # seconds until it is looked again how much was sent

Announce: TypeAlias = Callable[[Announcement, Person, datetime], Screen]
"""The message of an announcement to a person, as it is at a moment (UTC)."""


class Announcer:
    """Goes on with all announcements. `channels` are those served, `interval` the seconds between two messages."""

    def __init__(
        self,
        context: Context,
        channels: Collection[str],
        announce: Announce,
        folder: Path | None,
        interval: float,
        wake_senders: Callable[[], None],
    ) -> None:
        self._context = context
        self._channels = frozenset(channels)
        self._announce = announce
        self._folder = folder
        self._ahead = max(AHEAD, round(1 / interval)) if interval else AHEAD
        self._pause = min(POLL, max(LEAST, self._ahead / 4 * interval))
        self._wake_senders = wake_senders
        self.loop = Loop("announcements", self._round)

    async def _round(self) -> float:
        await self._take_orders()
        [rows] = await self._context.store.load(announcements.running(self._context.bot))
        pauses = [await self._go_on(row) for row in rows]
        return min([REST, *pauses])

    async def _take_orders(self) -> None:
        for path in orders.lying(self._folder) if self._folder is not None else ():
            try:
                order = orders.read(path)
            except UnreadableOrder as error:
                log_order(str(error))
                orders.set_aside(path)
                continue
            await self._obey(order)
            point("obeyed")
            path.unlink()

    async def _obey(self, order: Order) -> None:
        context, now = self._context, self._context.clock()
        try:
            if order.announcement is not None:
                await context.store.commit([announcements.begin(context.bot, _new(order.announcement, now))])
            else:
                await context.store.commit(_MOVES[order.do](context.bot, order.id))
        except Conflict:
            log_order(f"the announcement {order.id} is not in a state to {order.do}")
            return
        [found] = await context.store.load(announcements.one(context.bot, order.id))
        if order.announcement is not None and found[0]["hash"] != order.announcement.hash:
            log_order(f"the announcement {order.id} is not sent: its id was used for another text")
        else:
            await self._tell(order.id, found[0]["state"])
        self._wake_senders()

    async def _tell(self, announcement: str, state: str) -> None:
        log_announcement(announcement, state, await self._count(announcements.counts(self._context.bot, announcement)))

    async def _count(self, query: Statement) -> Counter[str]:
        [rows] = await self._context.store.load(query)
        return Counter({row["state"]: row["count"] for row in rows})

    async def _go_on(self, row: Row) -> float:
        """Make the next messages of one announcement; after how many seconds there may be more to do."""
        context = self._context
        counts = await self._count(announcements.open_now(context.bot, row["id"]))
        if counts["held"]:
            await context.store.commit([announcements.release(context.bot, row["id"])])
        open_now = sum(counts[state] for state in announcements.OPEN)
        try:
            if row["reached"] is None:
                return await self._finish(row["id"], counts.total())
            if row["due_at"] > context.clock():
                return max(LEAST, float(row["due_at"]) - context.clock())
            if open_now > self._ahead / 2:
                return self._pause
            return await self._plan(row, min(AT_ONCE, self._ahead - open_now))
        except Conflict:
            return LEAST  # it was paused, or somebody was forgotten meanwhile

    async def _finish(self, announcement: str, left: int) -> float:
        if left:
            return REST
        await self._context.store.commit([announcements.finish(self._context.bot, announcement)])
        await self._tell(announcement, "done")
        return REST

    async def _plan(self, row: Row, most: int) -> float:
        context, bot = self._context, self._context.bot
        [people] = await context.store.load(
            announcements.people(bot, row["id"], row["reached"], row["begun_at"], most),
        )
        if not people:
            await context.store.commit([announcements.turn(bot, row["id"], row["reached"], row["next_at"])])
            return 0
        batch = _Batch(context, row, self._announce)
        for person in people:
            if person["channel"] in self._channels:
                batch.add(person)
        point("announcing")
        moved = announcements.advance(bot, row["id"], (row["reached"], people[-1]["id"]), batch.next_at)
        await context.store.commit([moved, *batch.statements])
        point("announced")
        self._wake_senders()
        return 0


class _Batch:
    """The next messages of one announcement, and when the first of those who sleep is awake."""

    def __init__(self, context: Context, row: Row, announce: Announce) -> None:
        self._context = context
        self._announce = announce
        self._now = datetime.fromtimestamp(context.clock(), UTC)
        begun = datetime.fromtimestamp(row["begun_at"], UTC)
        self._announcement = Announcement(row["id"], json.loads(row["texts"]), date.fromisoformat(row["last_day"]))
        self._unasked = Unasked(KIND, begun, self._now, self._announcement.until)
        self.next_at: float | None = row["next_at"]
        self.statements: list[Statement] = []

    def add(self, row: Row) -> None:
        """One more person."""
        try:
            key = self._context.vault.key(row["id"], row["wrapped_key"])
            person = codec.load_person(key.open("person", row["sealed"]))
        except (SealBroken, codec.DamagedRow) as error:
            log_error(f"announcement to {ref(row['id'])}", error)
            self._settle(row, "failed")
            return
        seen = look(person, self._unasked, self._now)
        match seen.what:
            case "now":
                message, now = self._number(), self._context.clock()
                screen = self._announce(self._announcement, person, self._now)
                sealed = key.seal(f"outbox:{message}", codec.dump_output(screen, self._unasked))
                new = outbox.NewMessage(
                    message,
                    person.id,
                    person.channel,
                    announcements.key(self._announcement.id, person.id),
                    outbox.RANKS[self._unasked.delivery.rank],
                    now,
                    sealed,
                    announcement=self._announcement.id,
                )
                self.statements.append(outbox.insert(self._context.bot, new))
            case "later" if seen.later is not None:
                later = seen.later.timestamp()
                self.next_at = later if self.next_at is None else min(self.next_at, later)
            case "skipped":
                self._settle(row, "skipped")

    def _settle(self, row: Row, state: str) -> None:
        who, number = (row["id"], row["channel"]), self._number()
        self.statements.append(
            announcements.settled(self._context.bot, self._announcement.id, number, who, state, self._now.timestamp())
        )

    def _number(self) -> int:
        return self._context.ids.next(self._context.clock())


def _new(announcement: Announcement, now: float) -> announcements.NewAnnouncement:
    return announcements.NewAnnouncement(
        announcement.id,
        announcement.hash,
        json.dumps(dict(announcement.texts), ensure_ascii=False),
        announcement.until.isoformat(),
        now,
    )


_MOVES = {"pause": announcements.pause, "resume": announcements.resume, "stop": announcements.stop}

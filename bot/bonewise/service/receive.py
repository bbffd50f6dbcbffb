"""Events come in: written down and committed before the channel may confirm them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from bonewise.dialogue.event import Event
from bonewise.dialogue.received import Received
from bonewise.service import codec
from bonewise.service.context import Context
from bonewise.service.flood import Flood
from bonewise.service.log import log_error, ref
from bonewise.service.people import make
from bonewise.service.points import point
from bonewise.service.presses import Presses
from bonewise.store import inbox, people
from bonewise.store.base import Row, Statement
from bonewise.store.errors import Conflict, SealBroken
from bonewise.store.vault import Key

Keys: TypeAlias = dict[str, tuple[str, Key | None]]

TRIES = 5  # a person is new or deleted at the same moment at most once or twice


class Receiver:
    """Takes batches of events from the channels; `wake` tells the dispatcher, `hear` marks what cannot wait."""

    def __init__(
        self,
        context: Context,
        presses: Presses,
        wake: Callable[[], None],
        hear: Callable[[Event], Event] = lambda event: event,
    ) -> None:
        self._context = context
        self._presses = presses
        self._wake = wake
        self._flood = Flood(context.clock, hear)

    async def receive(self, batch: Sequence[Received], channel: str) -> None:
        """Write events down, each once, in their order; when this returns they may be confirmed.

        Events of somebody who sends too many are left out. Raises `StoreError`: then nothing may be confirmed.
        """
        kept = self._flood.keep(batch, channel)
        self._see_to_presses(batch, kept, channel)
        if not kept:
            return
        point("received")
        try:
            await self._write(kept, channel)
        except BaseException:
            self._flood.take_back(kept, channel)
            raise
        self._wake()

    def _see_to_presses(self, batch: Sequence[Received], kept: Sequence[Received], channel: str) -> None:
        keys = {received.key for received in kept}
        for received in batch:
            if received.key in keys:
                self._presses.expect(received, channel)
            else:
                self._presses.acknowledge(received, channel)

    async def _write(self, batch: Sequence[Received], channel: str) -> None:
        for tried in range(1, TRIES + 1):
            keys = await self._keys(batch, channel)
            try:
                await self._context.store.commit(self._statements(batch, channel, keys))
                return
            except Conflict:
                if tried == TRIES:
                    raise

    async def _keys(self, batch: Sequence[Received], channel: str) -> Keys:
        """The id and key of each person who is known, by address."""
        addresses = dict.fromkeys(received.address for received in batch)
        found = await self._context.store.load(
            *(people.at_address(self._context.bot, channel, address) for address in addresses)
        )
        return {row["address"]: (row["id"], self._key(row)) for rows in found for row in rows}

    def _key(self, row: Row) -> Key | None:
        """None for a key that is damaged: its person cannot be served, but nobody else has to wait for that."""
        try:
            return self._context.vault.key(row["id"], row["wrapped_key"])
        except SealBroken as error:
            log_error(f"key of {ref(row['id'])}", error)
            return None

    def _statements(self, batch: Sequence[Received], channel: str, keys: Keys) -> list[Statement]:
        """Built without a pause up to the commit, so that the numbers of the rows grow in the order of commits."""
        statements: list[Statement] = []
        for received in batch:
            if received.address not in keys:
                known, added = make(self._context, channel, received.address, received.language, received.name)
                keys[received.address] = (known.person.id, known.key)
                statements += added
            person, key = keys[received.address]
            if key is not None:
                statements.append(event(self._context, person, key, f"{channel}:{received.key}", received))
        return statements


def event(context: Context, person: str, key: Key, dedup_key: str, received: Received) -> Statement:
    """The statement that puts an event into a person's inbox."""
    now = context.clock()
    row = context.ids.next(now)
    sealed = key.seal(f"inbox:{row}", codec.dump_received(received))
    return inbox.insert(context.bot, inbox.NewEvent(row, person, dedup_key, now, sealed))

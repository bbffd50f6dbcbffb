"""Takes in the updates of a bot that is shared with a host: ours are committed, the others are named."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bonewise.channel.telegram.polling import CHANNEL, Receiver
from bonewise.channel.telegram.sorting import Side, Sorted, Sorter
from bonewise.dialogue.event import Event
from bonewise.service.context import Context
from bonewise.service.floor import Floor, Floors
from bonewise.store.errors import StoreError

INSISTS, PAUSE = 10.0, 1.0  # seconds
_log = logging.getLogger(__name__)


class Sharing:
    """Decides and commits, one batch after the other. `hear` marks what the alarm layer hears."""

    def __init__(
        self, context: Context, receiver: Receiver, username: str, prefix: str, hear: Callable[[Event], Event]
    ) -> None:
        self._floors = Floors(context, CHANNEL)
        self._receiver = receiver
        self._sorter = Sorter(username, prefix, lambda event: getattr(hear(event), "alarm", "none") == "hard")
        self._one_by_one = asyncio.Lock()

    async def take(self, updates: Sequence[Mapping[str, Any]]) -> list[bool]:
        """Commit what is ours; for each update, in order, whether it is for the host. Raises `StoreError`."""
        async with self._one_by_one:
            return await self._take([self._sorter.sort(update) for update in updates])

    async def insist(self, update: Mapping[str, Any]) -> bool:
        """The same for one update that nobody keeps meanwhile: it is tried for 10 seconds, and nothing overtakes it."""
        until = time.monotonic() + INSISTS
        async with self._one_by_one:
            while True:
                try:
                    [theirs] = await self._take([self._sorter.sort(update)])
                    return theirs
                except StoreError as error:
                    if time.monotonic() >= until:
                        raise
                    _log.error("an update cannot be written down yet: %s", error)
                    await asyncio.sleep(PAUSE)

    async def _take(self, batch: Sequence[Sorted]) -> list[bool]:
        floors = await self._floors.of({found.received.address for found in batch if found.received})
        sides = [_whose(found, floors) for found in batch]
        with_sides = zip(batch, sides, strict=True)
        ours = [found.received for found, side in with_sides if found.received and side in {Side.OURS, Side.BOTH}]
        if ours:
            await self._receiver.receive(ours, CHANNEL)
        await self._floors.give(floors.values())
        return [side is not Side.OURS for side in sides]


def _whose(found: Sorted, floors: Mapping[str, Floor]) -> Side:
    """Whose the update is, now that is known to whom its person turned last; the floor follows."""
    received = found.received
    if received is None:
        return Side.NOT_OURS
    floor = floors[received.address]
    match found.side:
        case Side.OURS:
            floor.taken()
        case Side.THEIRS:
            floor.left(received.key)
        case Side.OPEN:
            return Side.OURS if floor.ours else Side.THEIRS
        case Side.BOTH if not floor.known:
            return Side.NOT_OURS
    return found.side

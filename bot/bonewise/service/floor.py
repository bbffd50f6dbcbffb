"""To whom a person turned last, where they share a chat with other programs: that decides where a text goes.

It is read from the inbox, which holds the keys of what was received for two days, so it outlives a kill.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bonewise.service.context import Context
from bonewise.store import inbox, people
from bonewise.store.errors import Conflict

HOLDS = 6 * 3600.0  # seconds after which a text is not taken for an answer any more
ELSEWHERE = "elsewhere"


@dataclass(slots=True)
class Floor:
    """Whether the texts from an address are ours now; `known` is whether we know somebody there."""

    address: str
    known: bool
    ours: bool
    away: str | None = None  # the key of what they turned elsewhere with, until that is written down

    def taken(self) -> None:
        """They turned to us."""
        self.ours, self.away = True, None

    def left(self, key: str) -> None:
        """They turned elsewhere."""
        if self.ours:
            self.ours, self.away = False, key


class Floors:
    """The floors of the people in one channel."""

    def __init__(self, context: Context, channel: str) -> None:
        self._context = context
        self._channel = channel

    async def of(self, addresses: Iterable[str]) -> dict[str, Floor]:
        """The floors at these addresses. Raises `StoreError`."""
        return {address: await self._floor(address) for address in sorted(addresses)}

    async def _floor(self, address: str) -> Floor:
        person = await self._person(address)
        if person is None:
            return Floor(address, False, False)
        [turns] = await self._context.store.load(inbox.last_turn(person, self._channel, ELSEWHERE))
        return Floor(address, True, any(self._holds(turn["dedup_key"], turn["received_at"]) for turn in turns))

    async def _person(self, address: str) -> str | None:
        context = self._context
        [found] = await context.store.load(people.at_address(context.bot, self._channel, address))
        return found[0]["id"] if found else None

    def _holds(self, key: str, at: float) -> bool:
        return key.startswith(f"{self._channel}:") and self._context.clock() - at <= HOLDS

    async def give(self, floors: Iterable[Floor]) -> None:
        """Write down who turned elsewhere. Raises `StoreError`."""
        for floor in floors:
            person = await self._person(floor.address) if floor.away else None
            if person is not None:
                await self._write(person, f"{ELSEWHERE}:{floor.away}")

    async def _write(self, person: str, key: str) -> None:
        context, now = self._context, self._context.clock()
        try:
            await context.store.commit([inbox.remember(context.bot, context.ids.next(now), person, key, now)])
        except Conflict:
            return  # the person was forgotten meanwhile, or it came twice

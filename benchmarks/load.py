"""Two kinds of load: all that came in while the bot was away, and a steady stream."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from itertools import count

from benchmarks.api import BotApi

PATIENCE = 120.0  # seconds
LATE = 0.3  # seconds in which a message that nobody asked for would come
_chats = count(1000)  # never the same person twice: no bot takes one for another, or for too eager


class LoadError(Exception):
    """A bot did not answer every text with one message."""


class Backlog:
    """What has come in while the bot was away: the first text of everybody, then the second of everybody, ..."""

    def __init__(self, api: BotApi, script: Sequence[str], people: int) -> None:
        self._api = api
        chats = [next(_chats) for _ in range(people)]
        self._texts = [(chat, text) for text in script for chat in chats]
        self._missing = dict.fromkeys(chats, len(script))
        self._all = len(self._texts)
        self._unasked = 0
        self._ended = 0.0
        self._over = asyncio.Event()

    async def run(self) -> float:
        """The seconds until all is answered. Raises `LoadError`."""
        self._api.replied = self._replied
        start = time.perf_counter()
        for chat, text in self._texts:
            self._api.say(chat, text)
        try:
            async with asyncio.timeout(PATIENCE):
                await self._over.wait()
        except TimeoutError:
            raise LoadError(f"{self._all} answers have not come") from None
        took = self._ended - start
        await asyncio.sleep(LATE)
        _must_be_none(self._unasked)
        return took

    def _replied(self, chat: int, at: float) -> None:
        if not self._missing.get(chat):
            self._unasked += 1
            return
        self._missing[chat] -= 1
        self._all -= 1
        if not self._all:
            self._ended = at
            self._over.set()


class Stream:
    """So many texts a second, by people who go through the script in turn."""

    def __init__(self, api: BotApi, script: Sequence[str], people: int) -> None:
        self._api = api
        self._script = script
        self._people = [next(_chats) for _ in range(people)]
        self._said: dict[int, float] = {}
        self._took: list[float] = []
        self._unasked = 0

    async def run(self, rate: float) -> list[float]:
        """The seconds from each text to the request that answers it, in order of size. Raises `LoadError`."""
        self._api.replied = self._replied
        start = time.perf_counter()
        texts = [(chat, text) for text in self._script for chat in self._people]
        for place, (chat, text) in enumerate(texts):
            await asyncio.sleep(max(0.0, start + place / rate - time.perf_counter()))
            self._said[chat] = time.perf_counter()
            self._api.say(chat, text)
        await self._answered()
        _must_be_none(self._unasked)
        return sorted(self._took)

    async def _answered(self) -> None:
        end = time.perf_counter() + PATIENCE
        while self._said:
            if time.perf_counter() > end:
                raise LoadError(f"{len(self._said)} answers have not come")
            await asyncio.sleep(0.01)

    def _replied(self, chat: int, at: float) -> None:
        said = self._said.pop(chat, None)
        if said is None:
            self._unasked += 1
        else:
            self._took.append(at - said)


def _must_be_none(unasked: int) -> None:
    if unasked:
        raise LoadError(f"{unasked} messages more than one for each text")

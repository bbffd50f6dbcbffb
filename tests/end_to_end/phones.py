"""The same talk on Telegram's API and at the chat page: who has a phone presses by data and is shown words by key."""

from __future__ import annotations

import asyncio
import html
import json
import re
import time
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from itertools import count
from typing import Any

import httpx
from tests.dialogue.conversation import WORLD, is_button
from tests.telegram_api import Person as Account

PATIENCE = 20.0  # seconds


def words_of(key: str, language: str) -> str:
    """The longest part of a text that is the same whatever is filled in, without marks."""
    return max(re.split(r"\{[^}]*\}|[*_\n]", str(WORLD.catalog.text(language, key))), key=len).strip()


class Phone(ABC):
    """What a person sees and does, whatever the channel."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._mark = 0

    @abstractmethod
    def heard(self) -> list[str]:
        """The texts that came or were changed, in order."""

    @abstractmethod
    async def types(self, text: str) -> None:
        """Type a text or a command."""

    @abstractmethod
    def _press(self, what: str) -> Callable[[], Any] | None:
        """What presses the newest button of this kind, if there is one."""

    def everything(self) -> str:
        """All that was shown, with what can be copied."""
        return "\n".join(self.heard())

    async def presses(self, *kinds: str) -> None:
        """Press the newest button of each kind (`a:yes`, `n:done`, `go:home`), once it is there."""
        for what in kinds:
            await _until(lambda what=what: self._press(what), f"no button {what}: {self.heard()[-2:]}")
            self._mark = len(self.heard())
            press = self._press(what)
            assert press is not None
            await press()
            await _until(lambda: len(self.heard()) > self._mark, f"nothing came after {what}")

    async def sees(self, key: str) -> None:
        """Wait until the words of a key came since the last press."""
        words = words_of(key, self.language)
        await _until(
            lambda: any(words in text for text in self.heard()[self._mark :]), f"no {key}: {self.heard()[-3:]}"
        )
        self.looks_away()

    def looks_away(self) -> None:
        """What came so far is old."""
        self._mark = len(self.heard())

    def told(self, key: str) -> int:
        """How often the words of a key came, ever."""
        words = words_of(key, self.language)
        return sum(words in text for text in self.heard())


async def _until(holds: Callable[[], object], why: str) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, why
        await asyncio.sleep(0.01)


class TelegramPhone(Phone):
    """Somebody on Telegram."""

    def __init__(self, account: Account, language: str) -> None:
        super().__init__(language)
        self.account = account

    def heard(self) -> list[str]:
        changes = self.account.chat.changes
        return [message.text for change, message in changes if message.from_bot and change != "deleted"]

    async def types(self, text: str) -> None:
        self._mark = len(self.heard())
        await self.account.types(text)

    def _press(self, what: str) -> Callable[[], Any] | None:
        for message in reversed(self.account.messages):
            for button in (one for line in message.buttons for one in line):
                if button.data and is_button(button.data, what):
                    return lambda data=button.data, message=message: self.account.presses(data, message)
        return None


class PagePhone(Phone):
    """Somebody at the chat page. `open` it while the server runs; what was shown before is kept."""

    def __init__(self, language: str) -> None:
        super().__init__(language)
        self._cookies = httpx.Cookies()
        self._rows: list[dict[str, Any]] = []
        self._ids = count()
        self._client: httpx.AsyncClient | None = None

    @asynccontextmanager
    async def opened(self, url: str) -> AsyncIterator[None]:
        """The page is open."""
        headers = {"Origin": url, "Accept-Language": self.language}
        async with httpx.AsyncClient(base_url=url, headers=headers, cookies=self._cookies, timeout=30) as self._client:
            await self._client.get("/")
            self._cookies = self._client.cookies
            listening = asyncio.create_task(self._listens())
            await self._say("/open", zone="Europe/London")
            try:
                yield
            finally:
                listening.cancel()
                with suppress(asyncio.CancelledError, httpx.HTTPError):
                    await listening

    async def _listens(self) -> None:
        assert self._client is not None
        after = max((row["row"] for row in self._rows), default=0)
        async with self._client.stream("GET", f"/stream?after={after}") as answer:
            async for line in answer.aiter_lines():
                if line.startswith("data: ") and '"row"' in line:
                    row = json.loads(line.removeprefix("data: "))
                    if row["row"] not in {old["row"] for old in self._rows}:
                        self._rows.append(row)

    def heard(self) -> list[str]:
        return [html.unescape(re.sub(r"<[^>]+>", "", row["html"])) for row in self._rows if row.get("html")]

    def everything(self) -> str:
        return json.dumps(self._rows)

    async def types(self, text: str) -> None:
        self._mark = len(self.heard())
        await self._say("/say", text=text)

    def _press(self, what: str) -> Callable[[], Any] | None:
        newest: dict[str, dict[str, Any]] = {row["message"]: row for row in self._rows}
        for row in sorted(newest.values(), key=lambda row: -row["row"]):
            for button in row.get("buttons", ()):
                if "press" in button and is_button(button["press"], what):
                    said = {"press": button["press"], "message": row["message"]}
                    return lambda said=said: self._say("/say", **said)
        return None

    async def _say(self, path: str, **said: str) -> None:
        assert self._client is not None
        answer = await self._client.post(path, json={"id": f"{next(self._ids):08}-{id(self)}", **said})
        assert answer.status_code < 300, (path, said, answer.status_code, answer.text)

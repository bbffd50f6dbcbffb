"""The server: it takes calls, checks them, answers them and remembers them."""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any, Self

from aiohttp import web

from tests.telegram_api.chats import Chat
from tests.telegram_api.errors import ApiError, BadCallError
from tests.telegram_api.methods import perform
from tests.telegram_api.parameters import Given, from_json, read
from tests.telegram_api.person import Person
from tests.telegram_api.schema import schema
from tests.telegram_api.state import State
from tests.telegram_api.trouble import Trouble, Troubles, failure, suffer
from tests.telegram_api.updates import Queue
from tests.telegram_api.webhook import Webhook

TOKEN = "123456:local-test-token"
_LARGEST_CALL = 60_000_000  # bytes


@dataclass(frozen=True)
class Call:
    """One call as it came in. `error` is the description of the refusal, None if it was granted."""

    method: str
    params: dict[str, Any]
    time: float  # seconds of time.monotonic()
    error: str | None = None
    files: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Fault:
    """A call that no bot should ever make."""

    method: str
    params: dict[str, Any]
    description: str


class TelegramApi:
    """A local Bot API for one bot, with the people who talk to it.

    `async with TelegramApi() as api:` serves at `api.base_url`, without the `/bot` that libraries want behind it.
    """

    def __init__(self, token: str = TOKEN, *, port: int = 0, username: str = "bonewise_test_bot") -> None:
        self.token = token
        self.calls: list[Call] = []
        self.faults: list[Fault] = []
        bot = {"id": int(token.partition(":")[0]), "is_bot": True, "first_name": "Bonewise", "username": username}
        self.state = State(bot)
        self.webhook = Webhook(self.state.updates, self._called_back)
        self.state.updates.on_new = self.webhook.start
        self._port = port
        self._troubles = Troubles()
        self._people: dict[int, Person] = {}
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        await self._serve()
        return self

    async def _serve(self) -> None:
        app = web.Application(client_max_size=_LARGEST_CALL)
        app.router.add_route("*", "/bot{token}/{method}", self._handle)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port, reuse_address=True)
        await site.start()
        self._port = self._runner.addresses[0][1]

    async def __aexit__(self, *_: object) -> None:
        self.state.updates.closed = True
        await self.state.updates.wake()
        await self.webhook.close()
        if self._runner:
            await self._runner.cleanup()

    @contextlib.asynccontextmanager
    async def unreachable(self) -> AsyncIterator[None]:
        """Nobody listens at its address until the end of the block; what people do meanwhile waits, or is pushed."""
        if self._runner:
            await self._runner.cleanup()
        try:
            yield
        finally:
            await self._serve()

    @property
    def base_url(self) -> str:
        """Where it is served: http://127.0.0.1:PORT."""
        return f"http://127.0.0.1:{self._port}"

    def user(
        self, id: int, first_name: str = "Ann", language_code: str | None = "en", *, known: bool = False
    ) -> Person:
        """A person, the same for the same id. `known`: the bot may write to them before they have written."""
        if id not in self._people:
            self._people[id] = Person(self.state, id, first_name, language_code, known=known)
        return self._people[id]

    def group(self, id: int, title: str = "Family") -> Chat:
        """A group (its id is negative) that the bot is a member of."""
        return self.state.chats.add(Chat(id, "supergroup", {"title": title}))

    def calls_of(self, *methods: str) -> list[Call]:
        """The calls of these methods, oldest first."""
        return [call for call in self.calls if call.method in methods]

    def fail_next(self, method: str | None = None, **what: Any) -> None:
        """Let the next call fail; see `Trouble` for what can be told."""
        self._troubles.plan(Trouble(method, **what))

    def heal(self) -> None:
        """Forget all planned failures."""
        self._troubles.clear()

    def repeat_next(self, times: int = 1) -> None:
        """Deliver the next update `times` more, with the same update id."""
        self.state.updates.repeat = times

    @contextlib.asynccontextmanager
    async def at_once(self) -> AsyncIterator[None]:
        """Hold all updates back until the end of the block, so that they arrive in one batch."""
        self.state.updates.hold()
        try:
            yield
        finally:
            await self.state.updates.release()

    async def inject(self, kind: str, content: dict[str, Any], queue: Queue = ("raw", 0)) -> int | None:
        """Hand the bot an update of any kind, known or not; return its id."""
        return await self.state.updates.add(kind, content, queue)

    async def _handle(self, request: web.Request) -> web.Response:
        if request.match_info["token"] != self.token:
            return failure(ApiError(401, "Unauthorized"))
        method = request.match_info["method"]
        try:
            given = await read(request)
        except BadCallError as error:
            self.faults.append(Fault(method, {}, error.description))
            return failure(error)
        trouble = self._troubles.strike(method)
        if trouble is None:
            return await self._answer(method, given)
        return await suffer(trouble, request, lambda: self._answer(method, given))

    async def _answer(self, method: str, given: Given) -> web.Response:
        try:
            return web.json_response({"ok": True, "result": await self.perform(method, given)})
        except ApiError as error:
            return failure(error)

    async def perform(self, method: str, given: Given) -> Any:
        """Do one call, with the log and the faults kept. Raises `ApiError`."""
        arguments, now, error = given.parameters, time.monotonic(), None
        try:
            method = schema().method(method)
            arguments = schema().arguments(method, given.parameters, frozenset(given.files))
            return await perform(schema(), self.state, self.webhook, method, arguments, given.files)
        except ApiError as refused:
            error = refused.description
            if isinstance(refused, BadCallError):
                self.faults.append(Fault(method, arguments, error))
            raise
        finally:
            self.calls.append(Call(method, arguments, now, error, given.files))

    async def _called_back(self, body: str) -> None:
        """A webhook may answer with one method call, whose result it never sees."""
        if not body.lstrip().startswith("{"):
            return
        with contextlib.suppress(ApiError, json.JSONDecodeError):
            parameters = from_json(body)
            method = str(parameters.pop("method", ""))
            if method:
                await self.perform(method, Given(parameters))

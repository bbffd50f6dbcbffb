"""Trouble on demand: what goes wrong with the next calls."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiohttp import web

from tests.telegram_api.errors import ApiError

_WORDS = {
    400: "Bad Request", 401: "Unauthorized", 403: "Forbidden: bot was blocked by the user", 404: "Not Found",
    409: "Conflict", 429: "Too Many Requests", 500: "Internal Server Error", 502: "Bad Gateway",
    503: "Service Unavailable", 504: "Gateway Timeout",
}  # fmt: skip


@dataclass
class Trouble:
    """One planned failure; `method` None stands for every method but getUpdates."""

    method: str | None = None
    status: int | None = None
    description: str | None = None
    retry_after: int | None = None
    drop: str | None = None  # "before" or "after" the call took effect
    delay: float = 0.0  # seconds
    html: bool = False
    times: int = 1

    def fits(self, method: str) -> bool:
        """Whether it strikes this method."""
        if self.method is None:
            return method.lower() != "getupdates"
        return method.lower() == self.method.lower()

    @property
    def error(self) -> ApiError | None:
        """The answer instead of the real one, if it has one."""
        if self.retry_after is not None:
            code = self.status or 429
            return ApiError(code, f"Too Many Requests: retry after {self.retry_after}", retry_after=self.retry_after)
        code = self.status or (502 if self.html else None)
        return ApiError(code, self.description or _WORDS.get(code, "Error")) if code else None


class Troubles:
    """The planned failures, struck in the order in which they were planned."""

    def __init__(self) -> None:
        self._planned: list[Trouble] = []

    def plan(self, trouble: Trouble) -> None:
        """Add one."""
        self._planned.append(trouble)

    def clear(self) -> None:
        """Nothing goes wrong any more."""
        self._planned.clear()

    def strike(self, method: str) -> Trouble | None:
        """The failure that meets this call, if any."""
        trouble = next((planned for planned in self._planned if planned.fits(method)), None)
        if trouble:
            trouble.times -= 1
            if trouble.times <= 0:
                self._planned.remove(trouble)
        return trouble


async def suffer(trouble: Trouble, request: web.Request, answer: Callable[[], Awaitable[web.Response]]) -> web.Response:
    """Answer a call in the way that was planned."""
    if trouble.delay:
        await asyncio.sleep(trouble.delay)
    if trouble.drop == "before":
        return _cut(request)
    if trouble.error:
        return failure(trouble.error, html=trouble.html)
    response = await answer()
    return _cut(request) if trouble.drop == "after" else response


def _cut(request: web.Request) -> web.Response:
    if request.transport:
        request.transport.abort()
    return web.Response()


def failure(error: ApiError, *, html: bool = False) -> web.Response:
    """An error as an HTTP answer; `html` as a gateway in front of the server would word it."""
    headers = {} if error.retry_after is None else {"Retry-After": str(error.retry_after)}
    if html:
        page = f"<html><body><h1>{error.code} {error.description}</h1></body></html>"
        return web.Response(status=error.code, text=page, content_type="text/html", headers=headers)
    return web.json_response(error.body(), status=error.code, headers=headers)

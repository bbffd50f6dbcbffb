"""The whole web app of a process: the page, and beside it what is for machines and asks for no name of the page."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TypeAlias

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount, Route

Ready: TypeAlias = Callable[[], Awaitable[bool]]

_FRESH = {"Cache-Control": "no-store"}


def make_site(page: Starlette, ready: Ready, beside: Sequence[Route] = ()) -> Starlette:
    """The page's app with `/live`, `/ready` and the routes `beside` it.

    `/live` answers 200 while the process runs, `/ready` answers 200 or, when nobody should be sent here, 503.
    """
    routes = [Route("/live", _live), Route("/ready", _ready(ready)), *beside, Mount("/", page)]
    return Starlette(routes=routes, lifespan=page.router.lifespan_context)


async def _live(_request: Request) -> Response:
    return PlainTextResponse("live", headers=_FRESH)


def _ready(ready: Ready) -> Callable[[Request], Awaitable[Response]]:
    async def answer(_request: Request) -> Response:
        if await ready():
            return PlainTextResponse("ready", headers=_FRESH)
        return PlainTextResponse("not ready", status_code=503, headers=_FRESH)

    return answer

"""The chat page's web server: the page itself, the stream of messages, and what the person says."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType

from sse_starlette import EventSourceResponse
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from bonewise.channel.web import incoming
from bonewise.channel.web.guard import LOCAL_HOSTS, Guard
from bonewise.channel.web.leaving import GRACE, Leaving, Receive
from bonewise.channel.web.page import SIZES, fill_page
from bonewise.channel.web.stream import PING, Arrived, History, events, ping, read_after
from bonewise.channel.web.transport import WebTransport
from bonewise.channel.web.visitor import Visitor, new_visitor, read_visitor, remember
from bonewise.dialogue.event import Event
from bonewise.dialogue.received import Received
from bonewise.dialogue.screen import Screen
from bonewise.service.log import log_error
from bonewise.store.errors import StoreError

_LONGEST_TAG = 35  # letters (RFC 5646, 4.4.1)
_PICTURES = {".png": "image/png", ".jpg": "image/jpeg", ".webp": "image/webp"}
_CALENDAR = "text/calendar"
_LASTING = {"Cache-Control": "public, max-age=31536000, immutable"}  # a picture that changes has another id
_STATIC = str(files("bonewise.channel.web") / "static")


@dataclass(frozen=True, slots=True)
class Service:
    """What the page needs of the service room."""

    receive: Receive
    history: History
    arrived: Arrived


class _Server:
    """The routes' handlers, with the parts they share."""

    def __init__(self, service: Service, transport: WebTransport, pictures: Mapping[str, Path], grace: float) -> None:
        self.service = service
        self.pictures = pictures
        self.transport = transport
        self.words = transport.words
        self.leaving = Leaving(service.receive, transport.streams.are_open, grace)

    async def page(self, request: Request) -> Response:
        visitor = read_visitor(request.cookies) or new_visitor()
        tag = self.words.negotiate(request.headers.get("accept-language", ""))
        size = request.cookies.get("size", "")
        html = fill_page(self.words.all(tag), size=size if size in SIZES else SIZES[0], shared=visitor.shared)
        response = HTMLResponse(html, headers={"Cache-Control": "no-store", "Vary": "Accept-Language, Cookie"})
        _remember(request, response, visitor)
        return response

    async def own_words(self, request: Request) -> Response:
        return JSONResponse(self.words.all(request.path_params["tag"][:_LONGEST_TAG]))

    async def picture(self, request: Request) -> Response:
        path = self.pictures.get(request.path_params["id"])
        if path is None or not path.is_file():
            raise HTTPException(404)
        return FileResponse(path, media_type=_PICTURES[path.suffix], headers=_LASTING)

    async def file(self, request: Request) -> Response:
        """The file of a message that was sent to this visitor."""
        row = request.path_params["row"]
        sent = await self.service.history(_visitor(request).address, row - 1)
        output = sent[0][1] if sent and sent[0][0] == row else None
        if not isinstance(output, Screen) or output.file is None:
            raise HTTPException(404)
        shown = f'attachment; filename="{output.file.name}"'
        headers = {"Content-Disposition": shown, "Cache-Control": "no-store"}
        return Response(output.file.content, media_type=_CALENDAR, headers=headers)

    async def stream(self, request: Request) -> Response:
        address = _visitor(request).address
        after = read_after(request.headers.get("last-event-id"), request.query_params.get("after"))
        self.leaving.returned(address)
        talk = events(address, after, self.transport, self.service.history, self.service.arrived)
        return EventSourceResponse(talk, ping=PING, ping_message_factory=ping)

    async def say(self, request: Request) -> Response:
        visitor, said = _visitor(request), await incoming.read_object(request)
        return await self._receive(request, visitor, said, incoming.read_event(said), incoming.read_label(said))

    async def open(self, request: Request) -> Response:
        visitor, said = _visitor(request), await incoming.read_object(request)
        return await self._receive(request, visitor, said, incoming.read_opened(said), None)

    async def shared(self, request: Request) -> Response:
        visitor, said = _visitor(request), await incoming.read_object(request)
        response = Response(status_code=204)
        _remember(request, response, Visitor(visitor.token, said.get("on") is True))
        return response

    async def leave(self, request: Request) -> Response:
        visitor = _visitor(request)
        if visitor.shared:
            self.leaving.left(visitor.address)
        return Response(status_code=204)

    async def _receive(
        self, request: Request, visitor: Visitor, said: incoming.Said, event: Event, label: str | None
    ) -> Response:
        key = incoming.read_id(said)
        received = Received(
            key=f"{visitor.address}:{key}",
            address=visitor.address,
            event=event,
            language=self.words.negotiate(request.headers.get("accept-language", "")),
            press=f"{visitor.address}/{key}",
            said=label,
        )
        await self.service.receive([received])
        return Response(status_code=202)

    @asynccontextmanager
    async def lifespan(self, _app: Starlette) -> AsyncIterator[None]:
        yield
        self.transport.close()
        await self.leaving.close()


def make_app(
    service: Service,
    transport: WebTransport,
    *,
    hosts: Iterable[str] = LOCAL_HOSTS,
    pictures: Mapping[str, Path] = MappingProxyType({}),
    grace: float = GRACE,
) -> Starlette:
    """The ASGI app. `hosts` are the names (no ports) by which the page may be asked for; `pictures` the
    files of pictures by id.

    `grace` is how many seconds a closed page on a shared computer may come back before its talk is wiped.
    Call `transport.close()` before the web server stops: it waits for open streams.
    """
    server = _Server(service, transport, pictures, grace)
    routes = [
        Route("/", server.page),
        Route("/words/{tag}", server.own_words),
        Route("/pictures/{id}", server.picture),
        Route("/files/{row:int}", server.file),
        Route("/stream", server.stream),
        Route("/say", server.say, methods=["POST"]),
        Route("/open", server.open, methods=["POST"]),
        Route("/shared", server.shared, methods=["POST"]),
        Route("/leave", server.leave, methods=["POST"]),
        Mount("/static", StaticFiles(directory=_STATIC)),
    ]
    return Starlette(
        routes=routes,
        middleware=[Middleware(Guard, hosts=hosts)],
        exception_handlers={StoreError: _try_again},
        lifespan=server.lifespan,
    )


def _try_again(_request: Request, error: Exception) -> Response:
    """The store cannot be written now. The page says it again later."""
    log_error("page", error)
    return Response(status_code=503)


def _visitor(request: Request) -> Visitor:
    visitor = read_visitor(request.cookies)
    if visitor is None:
        raise HTTPException(401)
    return visitor


def _remember(request: Request, response: Response, visitor: Visitor) -> None:
    remember(response, visitor, secure=request.url.scheme == "https")

"""A process with the chat page, alone or beside another channel."""

from __future__ import annotations

import socket
import time
from collections.abc import Sequence
from functools import partial

from starlette.routing import Route

from bonewise.binding import dialogue_of
from bonewise.channel.web import server as web
from bonewise.channel.web.serving import PageServer, listen
from bonewise.channel.web.site import make_site
from bonewise.channel.web.transport import WebTransport
from bonewise.channel.web.words import PageWords
from bonewise.flow.load_pictures import pictures_of
from bonewise.process import Parts, StartError, started, stopping
from bonewise.service.orders import folder_of
from bonewise.service.service import Service, open_context

CHANNEL = "web"


async def serve_page(parts: Parts) -> None:
    """Serve the page until SIGTERM or SIGINT. Raises `StartError` and `StoreError`."""
    page = Page(parts)
    context = await open_context(parts.store, parts.vault, "page", time.time)
    dialogue = dialogue_of(parts.world, parts.alarms, parts.matcher)
    orders = folder_of(parts.settings.data_dir, context.bot)
    service = Service(context, dialogue, {CHANNEL: page.transport}, {}, page.forgotten, orders)
    server = page.server(service)
    async with stopping(lambda: page.stop(server)), started(service):
        await server.serve(page.sockets)


class Page:
    """The page's side of a process. It listens from the start, so that nobody is refused who comes a little early."""

    def __init__(self, parts: Parts) -> None:
        """Raises `StartError` if nobody can listen there."""
        self._parts = parts
        self.sockets = _listen(parts.settings.host, parts.settings.port)
        self.transport = WebTransport(PageWords(parts.world.catalog))

    def server(self, service: Service, beside: Sequence[Route] = ()) -> PageServer:
        """The web server of the page, of `/live` and `/ready`, and of the routes `beside` them.

        Raises `StartError` if one of these is at a place of the page's.
        """
        page = web.Service(
            receive=partial(service.receive, channel=CHANNEL),
            history=partial(service.history, CHANNEL),
            arrived=partial(service.arrived, CHANNEL),
        )
        pictures = pictures_of(self._parts.world.flows)
        app = web.make_app(page, self.transport, hosts=self._parts.settings.hosts, pictures=pictures)
        for route in beside:
            if any(isinstance(own, Route) and own.path == route.path for own in app.routes):
                raise StartError(f"BOT_WEBHOOK_URL: the chat page itself is at {route.path}; name another path")
        return PageServer(make_site(app, service.ready, beside), self._parts.tell)

    async def forgotten(self, channel: str, address: str) -> None:
        """Tell an open page that what it shows was wiped; a chat shows it itself."""
        if channel == CHANNEL:
            await self.transport.forgotten(address)

    def stop(self, server: PageServer) -> None:
        """Let the server end: streams are closed, other requests get a little time."""
        self.transport.close()
        server.should_exit = True


def _listen(host: str, port: int) -> list[socket.socket]:
    try:
        return listen(host, port)
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise StartError(f"BOT_HOST, BOT_PORT: cannot listen at {host}:{port} ({why}); name another one") from None

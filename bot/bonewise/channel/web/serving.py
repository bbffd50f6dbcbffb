"""The web server's process side: where it listens, when it is open, and how it stops."""

from __future__ import annotations

import contextlib
import logging
import socket
from collections.abc import Callable, Iterator, Sequence

import uvicorn
from starlette.applications import Starlette

DRAIN = 3  # seconds that requests under way get when it stops


def listen(host: str, port: int) -> list[socket.socket]:
    """Listen at every address of `host`; port 0 takes a free one. Raises `OSError`."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    with contextlib.ExitStack() as opened:
        places = dict.fromkeys((family, address) for family, *_, address in found)
        sockets = [opened.enter_context(socket.create_server(address[:2], family=family)) for family, address in places]
        opened.pop_all()
    return sockets


class PageServer(uvicorn.Server):
    """uvicorn, with signals left to the process; `opened` is told the address once the page can be reached."""

    def __init__(self, app: Starlette, opened: Callable[[str], None]) -> None:
        _hush()
        super().__init__(
            uvicorn.Config(app, log_level="warning", log_config=None, lifespan="on", timeout_graceful_shutdown=DRAIN)
        )
        self._opened = opened

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the signals to whoever runs the server: set `should_exit` to stop it."""
        yield

    async def startup(self, sockets: Sequence[socket.socket] | None = None) -> None:
        """Begin to serve at these sockets."""
        await super().startup(list(sockets or ()))
        if sockets:
            self._opened(_address(sockets[0]))


def _address(listening: socket.socket) -> str:
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _hush() -> None:
    """Below INFO the library logs what is written to the streams, which is what people say."""
    logging.getLogger("sse_starlette").setLevel(logging.INFO)

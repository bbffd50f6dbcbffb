"""Calls of the Bot API over aiohttp, with the one difference that matters kept: was the call sent or not?

No address is ever part of an error or a log line, because it holds the token.
"""

from __future__ import annotations

import json
from typing import Any

import aiohttp
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData
from yarl import URL

CALL = 20.0  # seconds for a whole call
CONNECT = 5.0  # seconds to get a connection, including the wait for a free one
RETRY_AFTER = 5.0  # seconds, for a 429 that does not say how long
_AGENT = {"User-Agent": BaseRequest.USER_AGENT}
_JSON = _AGENT | {"Content-Type": "application/json"}
_NO_CONNECTION = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.ClientHttpProxyError)


class ConnectError(NetworkError):
    """There was no connection to send the call on, so it surely did not arrive."""


class RateLimitError(NetworkError):
    """The call was refused for now (429); `retry_after` is in seconds."""

    def __init__(self, retry_after: float) -> None:
        super().__init__(f"Too Many Requests: retry after {retry_after:g} s")
        self.retry_after = retry_after


class AiohttpRequest(BaseRequest):
    """python-telegram-bot's way to the Bot API, over aiohttp.

    `connections` is how many calls can be under way at once; `proxy` the address of an HTTP proxy.
    """

    def __init__(self, connections: int, *, proxy: str | None = None) -> None:
        self._connections = connections
        self._proxy = proxy
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds that a call may take unless it says otherwise."""
        return CALL

    async def initialize(self) -> None:
        """Open the pool of connections."""
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=self._connections)
            self._session = aiohttp.ClientSession(connector=connector, proxy=self._proxy)

    async def shutdown(self) -> None:
        """Close all connections."""
        if self._session is not None:
            session, self._session = self._session, None
            await session.close()

    async def do_request(  # the arguments are the base class's
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """One call; `read_timeout` is the time for all of it, in seconds.

        Raises `ConnectError` (surely not sent), `RateLimitError`, and `TimedOut` or `NetworkError` when nobody
        knows what became of it.
        """
        if self._session is None:
            raise ConnectError("the bot is not initialized, or is shut down")
        total = CALL if read_timeout is BaseRequest.DEFAULT_NONE else read_timeout
        try:
            return await self._exchange(self._session, url, method, request_data, total)
        except _NO_CONNECTION as error:
            raise ConnectError(_safe(error)) from None
        except aiohttp.InvalidURL:
            raise ConnectError("the address of the Bot API is not a web address") from None
        except TimeoutError:
            raise TimedOut from None
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(type(error).__name__) from None

    async def _exchange(
        self, session: aiohttp.ClientSession, url: str, method: str, data: RequestData | None, total: float | None
    ) -> tuple[int, bytes]:
        body, headers = _written(data)
        timeout = aiohttp.ClientTimeout(total=total, connect=CONNECT)
        # The token has a colon in it, which must go out as it is.
        address = URL(url, encoded=True)
        async with session.request(
            method, address, data=body, headers=headers, timeout=timeout, allow_redirects=False
        ) as response:
            content = await response.read()
            if response.status == 429:
                raise RateLimitError(_seconds(response.headers.get("Retry-After", "")))
            return response.status, content

    @staticmethod
    def parse_json_payload(payload: bytes) -> Any:
        """Read an answer, without the base class's log line that quotes it. Raises `NetworkError`."""
        try:
            return json.loads(payload)
        except ValueError:
            raise NetworkError("the answer is not JSON") from None


def _written(data: RequestData | None) -> tuple[bytes | aiohttp.FormData | None, dict[str, str]]:
    """The body of a call and its headers; aiohttp adds those of a form itself."""
    if data is None or not data.contains_files:
        return (data.json_payload if data else None), _JSON
    form = aiohttp.FormData()
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, kind) in (data.multipart_data or {}).items():
        form.add_field(name, content, filename=filename, content_type=kind)
    return form, _AGENT


def _seconds(header: str) -> float:
    return float(header) if header.isdecimal() else RETRY_AFTER


def _safe(error: aiohttp.ClientError) -> str:
    """Host and reason of a connection that did not come about; of anything else the kind only."""
    return str(error) if isinstance(error, aiohttp.ClientConnectorError) else type(error).__name__

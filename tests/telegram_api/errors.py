"""How a call can fail, in the words of Telegram's own server."""

from __future__ import annotations

from typing import Any


class ApiError(Exception):
    """A call that is answered with `ok: false`."""

    def __init__(self, code: int, description: str, *, retry_after: int | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.retry_after = retry_after

    def body(self) -> dict[str, Any]:
        """The answer's JSON."""
        body: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.retry_after is not None:
            body["parameters"] = {"retry_after": self.retry_after}
        return body


class BadCallError(ApiError):
    """A call that no bot should ever make: it is also kept in `TelegramApi.faults`."""

    def __init__(self, description: str, *, code: int = 400) -> None:
        super().__init__(code, description)


def bad_request(what: str) -> ApiError:
    """A refusal that a correct bot can meet too, such as a message that is gone."""
    return ApiError(400, f"Bad Request: {what}")


def bad_call(what: str) -> BadCallError:
    """A refusal that is the bot's own fault, such as a text that is too long."""
    return BadCallError(f"Bad Request: {what}")

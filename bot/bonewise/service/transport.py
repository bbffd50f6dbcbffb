"""What every channel can do, and the ways in which sending can fail.

SendError
├── NotSent       surely not delivered: try again (after `retry_after` seconds, all chats if `everyone`, all that is
│                 sent by the same lane if `same_lane`)
├── Ambiguous     may have been delivered: the policy of the kind decides
├── Unreachable   nobody is there now (a closed page): it waits, and is shown on return
└── Refused       will never be delivered; `gone` when the person does not want us any more
"""

# ruff: noqa: N818 - these names say what happened; "Error" adds nothing

from __future__ import annotations

from typing import Protocol

from bonewise.dialogue.screen import Output


class SendError(Exception):
    """Sending failed; the message says why, without token, name or text."""


class NotSent(SendError):
    """Surely not delivered."""

    def __init__(self, why: str, *, retry_after: float = 1.0, everyone: bool = False, same_lane: bool = False) -> None:
        super().__init__(why)
        self.retry_after = retry_after
        self.everyone = everyone
        self.same_lane = same_lane


class Ambiguous(SendError):
    """Nobody knows whether it was delivered."""


class Unreachable(SendError):
    """Nobody is there to deliver it to; it waits for their return."""


class Refused(SendError):
    """It will never be delivered."""

    def __init__(self, why: str, *, gone: bool = False) -> None:
        super().__init__(why)
        self.gone = gone


class Transport(Protocol):
    """Sends to one channel."""

    @property
    def acknowledge_within(self) -> float | None:
        """Seconds in which a press is to be acknowledged; None if that can wait for its turn, however long it takes."""
        ...

    async def send(self, address: str, output: Output, target: str | None, row: int) -> str | None:
        """Send, or edit the message `target` in place; return the channel's id of the message.

        `row` is the outbox row's number, which grows. Raises `SendError`.
        """
        ...

    async def acknowledge(self, press: str, text: str) -> None:
        """End the waiting sign of a pressed button, with a short notice if there is one. Never raises."""
        ...

    async def waiting(self, address: str) -> None:
        """Show that an answer takes longer. Never raises."""
        ...

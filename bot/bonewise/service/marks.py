"""Marks on a message that are known only when it is sent: that it may have come before, and that it comes late."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TypeAlias

from bonewise.dialogue.person import Person
from bonewise.dialogue.screen import Screen
from bonewise.service.message import Message

Again: TypeAlias = Callable[[Screen], Screen]
"""Says on a message that it may have come before."""

Late: TypeAlias = Callable[[Screen, Person, datetime], Screen]
"""Says on a message when it should have come."""


@dataclass(frozen=True, slots=True)
class Marks:
    """Puts them on."""

    again: Again
    late: Late

    def put(self, message: Message, target: str | None, person: Person | None, now: float) -> Message:
        """The message as it is sent now. What edits an older one, and the person's own words, bear no mark."""
        screen, unasked = message.output, message.unasked
        if not isinstance(screen, Screen) or screen.role == "said":
            return message
        moment = datetime.fromtimestamp(now, UTC)
        if unasked and person and unasked.is_late(moment) and not unasked.is_late(unasked.said):
            screen = self.late(screen, person, unasked.meant)
        if message.again and target is None:
            screen = self.again(screen)
        return replace(message, output=screen)

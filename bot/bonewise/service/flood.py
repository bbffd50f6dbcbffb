"""Nobody can keep the bot busy alone: of what one person sends too fast, the oldest is kept, and what cannot wait."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import TypeAlias

from bonewise.dialogue.event import Event, Text, Unreadable
from bonewise.dialogue.received import Received

MOST = 20  # events of one person
WITHIN = 10.0  # seconds

Who: TypeAlias = tuple[str, str, str]
"""Channel, address, and which of the two counts."""

_log = logging.getLogger(__name__)


class Flood:
    """Counts the events of each person, for as long as they count."""

    def __init__(self, clock: Callable[[], float], hear: Callable[[Event], Event]) -> None:
        self._clock = clock
        self._hear = hear
        self._times: dict[Who, list[tuple[float, str]]] = {}
        self._swept = 0.0

    def keep(self, batch: Sequence[Received], channel: str) -> list[Received]:
        """The events that are not too many, in their order."""
        now = self._clock()
        self._sweep(now)
        kept = [received for received in batch if self._keeps(received, channel, now)]
        if len(kept) < len(batch):
            _log.warning("%s: %d events dropped that came too fast", channel, len(batch) - len(kept))
        return kept

    def take_back(self, kept: Sequence[Received], channel: str) -> None:
        """Do not count what was kept: it could not be written down, and comes again."""
        keys = {received.key for received in kept}
        for who in {who for received in kept for who in _both(received, channel)}:
            self._times[who] = [(at, key) for at, key in self._times.get(who, []) if key not in keys]

    def _keeps(self, received: Received, channel: str, now: float) -> bool:
        """What cannot wait has a count of its own, so that nothing before it uses that up."""
        anything, alarms = _both(received, channel)
        return self._passes(anything, received.key, now) or (
            self._cannot_wait(received.event) and self._passes(alarms, received.key, now)
        )

    def _cannot_wait(self, event: Event) -> bool:
        heard = self._hear(event)
        return isinstance(heard, Text | Unreadable) and heard.alarm != "none"

    def _passes(self, who: Who, key: str, now: float) -> bool:
        times = self._times[who] = _counting(self._times.get(who, []), now)
        if len(times) >= MOST:
            return False
        times.append((now, key))
        return True

    def _sweep(self, now: float) -> None:
        """Now and then forget who sends no more."""
        if not 0 <= now - self._swept < WITHIN:
            self._swept = now
            self._times = {who: left for who, times in self._times.items() if (left := _counting(times, now))}


def _counting(times: list[tuple[float, str]], now: float) -> list[tuple[float, str]]:
    """Without what is over, and what lies ahead of a clock that was set back."""
    return [(at, key) for at, key in times if now - WITHIN < at <= now]


def _both(received: Received, channel: str) -> tuple[Who, Who]:
    """What a person's events count as: anything, and what cannot wait."""
    return (channel, received.address, "anything"), (channel, received.address, "alarm")

"""Nobody can keep the bot busy alone: of what one person sends too fast, the oldest is kept, and what cannot wait."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Sequence

from bonewise.dialogue.event import Event, Text
from bonewise.dialogue.received import Received

MOST = 20  # events of one person
WITHIN = 10.0  # seconds

_log = logging.getLogger(__name__)


class Flood:
    """Counts the events of each person, for as long as they count."""

    def __init__(self, clock: Callable[[], float], understand: Callable[[Event], Event]) -> None:
        self._clock = clock
        self._understand = understand
        self._times: dict[tuple[str, ...], deque[float]] = {}

    def keep(self, batch: Sequence[Received], channel: str) -> list[Received]:
        """The events that are not too many, in their order."""
        now = self._clock()
        self._forget(now - WITHIN)
        kept = [received for received in batch if self._keeps(received, channel, now)]
        if len(kept) < len(batch):
            _log.warning("%s: %d events dropped that came too fast", channel, len(batch) - len(kept))
        return kept

    def _keeps(self, received: Received, channel: str, now: float) -> bool:
        """What cannot wait has a count of its own, so that nothing before it uses that up."""
        who = (channel, received.address)
        return self._passes(who, now) or (self._cannot_wait(received.event) and self._passes((*who, "alarm"), now))

    def _cannot_wait(self, event: Event) -> bool:
        heard = self._understand(event)
        return isinstance(heard, Text) and heard.alarm != "none"

    def _passes(self, who: tuple[str, ...], now: float) -> bool:
        times = self._times.setdefault(who, deque())
        if len(times) >= MOST:
            return False
        times.append(now)
        return True

    def _forget(self, before: float) -> None:
        for who, times in list(self._times.items()):
            while times and times[0] <= before:
                times.popleft()
            if not times:
                del self._times[who]

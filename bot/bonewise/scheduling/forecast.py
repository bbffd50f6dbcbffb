"""When something is said to everybody: how long it takes at a rate, and what the nights do to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bonewise.scheduling.recurrence import in_quiet_hours, local_now, next_allowed

_STEP = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Forecast:
    """When the last one is sent (UTC), and how many are still not reached when their last day ends."""

    done: datetime
    left: int


def forecast(people: Mapping[str, int], start: datetime, per_second: float, last_day: date) -> Forecast:
    """Go through it minute by minute. `people` is how many live by the clock of each zone (IANA names).

    Nobody is written to in their quiet hours, nor after the last day by their own clock.
    """
    waiting = {zone: count for zone, count in people.items() if count}
    left, now, done = 0, start, start
    while waiting:
        over = [zone for zone in waiting if local_now(now, zone).date() > last_day]
        left += sum(waiting.pop(zone) for zone in over)
        awake = [zone for zone in waiting if not in_quiet_hours(now, zone)]
        if awake:
            sent = _send(waiting, awake, per_second * _STEP.total_seconds())
            done = now + timedelta(seconds=sent / per_second)
            now += _STEP
        elif waiting:
            now = min(next_allowed(now, zone) for zone in waiting)
    return Forecast(done, left)


def _send(waiting: dict[str, int], awake: list[str], most: float) -> int:
    """Send to at most so many of those who are awake, and forget the zones that are done; how many it were."""
    room = int(most)
    for zone in awake:
        sent = min(room, waiting[zone])
        room -= sent
        waiting[zone] -= sent
        if not waiting[zone]:
            del waiting[zone]
    return int(most) - room

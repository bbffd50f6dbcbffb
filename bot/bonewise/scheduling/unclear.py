"""What a typed day or time is when it cannot be taken as it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum


class Reason(StrEnum):
    """Why it cannot be taken."""

    NOT_UNDERSTOOD = "not_understood"
    VAGUE = "vague"  # a day or time is meant, but no particular one: "soon", "in the morning"
    AMBIGUOUS = "ambiguous"  # it has several readings: "3/12", "Tuesday" on a Tuesday, "at 3"
    CONTRADICTION = "contradiction"  # its parts do not fit together: "Tuesday 2 December" when that is a Wednesday
    IMPOSSIBLE = "impossible"  # there is no such day or time: "31 February", "25:00"
    PAST = "past"


@dataclass(frozen=True, slots=True)
class Unclear:
    """Ask again. `choices` are the readings there are, if they can be told: days for a day, times for a time."""

    reason: Reason
    choices: tuple[date | time, ...] = ()

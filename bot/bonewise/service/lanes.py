"""The ways on which a channel is sent to: one for all, or one for what is asked for and one that is paid for tips."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from bonewise.service.pace import UNPACED, Pace
from bonewise.service.transport import Transport

AT_ONCE = 8  # messages of a channel on their way; what a dead process leaves in doubt
PAID_AT_ONCE = 48  # the same where it is paid: at 30 a second no more are needed, at 900 these do


class Paid(NamedTuple):
    """A way that costs money for each message, and how fast it may be used."""

    transport: Transport
    pace: Pace


@dataclass(frozen=True, slots=True)
class Lane:
    """One way. `name` is its row of the table `rate`; `tips`: only these (and announcements), none of these, or None
    for all messages; `beside` are the rows of all lanes of its channel.
    """

    channel: str
    name: str
    transport: Transport
    pace: Pace
    at_once: int
    tips: bool | None
    beside: tuple[str, ...]


def lanes(transports: Mapping[str, Transport], paces: Mapping[str, Pace], paid: Mapping[str, Paid]) -> Iterator[Lane]:
    """The lanes of all channels."""
    for channel, transport in transports.items():
        pace, way = paces.get(channel, UNPACED), paid.get(channel)
        if way is None:
            yield Lane(channel, channel, transport, pace, AT_ONCE, None, (channel,))
        else:
            names = (channel, f"{channel} paid")
            yield Lane(channel, names[0], transport, pace, AT_ONCE, False, names)
            yield Lane(channel, names[1], way.transport, way.pace, PAID_AT_ONCE, True, names)

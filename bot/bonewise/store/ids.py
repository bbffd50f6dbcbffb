"""Growing numbers for rows, random names for people, and the shard in which the rows of a person lie.

SQLite's autoincrement and PostgreSQL's identity columns share no spelling, so numbers are made in the process:
microseconds since 1970, made strictly increasing. They fit into 53 bits until 2255, so a page's script can read them.
"""

from __future__ import annotations

import secrets
import zlib

SHARDS = 64


class Ids:
    """Gives numbers that grow, also when the clock is set back. `after` is the highest number in use."""

    def __init__(self, after: int = 0) -> None:
        self._last = after

    def next(self, now: float) -> int:
        """The next number, at `now` in unix seconds."""
        self._last = max(self._last + 1, int(now * 1_000_000))
        return self._last


def new_person() -> str:
    """An id for a person, which tells nothing about them."""
    return secrets.token_hex(16)


def shard(person: str) -> int:
    """The shard of a person, 0 to 63."""
    return zlib.crc32(person.encode()) % SHARDS

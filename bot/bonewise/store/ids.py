"""Growing numbers for rows.

SQLite's autoincrement and PostgreSQL's identity columns share no spelling, so numbers are made in the process:
microseconds since 1970, made strictly increasing. They fit into 53 bits until 2255, so a page's script can read them.
"""

from __future__ import annotations


class Ids:
    """Gives numbers that grow, also when the clock is set back. `after` is the highest number in use."""

    def __init__(self, after: int = 0) -> None:
        self._last = after

    def next(self, now: float) -> int:
        """The next number, at `now` in unix seconds."""
        self._last = max(self._last + 1, int(now * 1_000_000))
        return self._last

"""A process to be killed: `python -m tests.service.crash_process FOLDER`. It ends by itself once all is done.

It takes numbered updates from a channel that hands each out until it is confirmed, in batches, and writes every
request into a file. Each person says their words in order, plans one reminder that falls due at once, and gets a tip.
"""

from __future__ import annotations

import asyncio
import os
import sys
import time
from pathlib import Path

from tests.service.channel import Channel
from tests.service.serving import NAME, at_rest, text

from bonewise.dialogue.received import Received
from bonewise.dialogue.screen import Output
from bonewise.service.points import point

PEOPLE = 3
WORDS = 4  # of each person
BATCH = 3
TIP = "tip one"
LAST = ("plan r 0", TIP)
OPEN = (
    "SELECT 1 FROM inbox WHERE state IN ('pending', 'leased') UNION ALL "
    "SELECT 1 FROM outbox WHERE state IN ('pending', 'leased', 'sending') UNION ALL "
    "SELECT 1 FROM reminder WHERE state IN ('pending', 'queued')"
)


def updates() -> list[Received]:
    """All that is said, in order, with update numbers that do not grow."""
    words = [(who, word) for word in range(WORDS) for who in range(PEOPLE)]
    last = [(who, what) for what in LAST for who in range(PEOPLE)]
    said = [*((f"p{who}", f"{word}") for who, word in words), *((f"p{who}", what) for who, what in last)]
    return [text(words, who, key=f"u{1000 - number}") for number, (who, words) in enumerate(said)]


class Written(Channel):
    """Writes each request into a file before it is done, so that a dead process cannot take it along."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._file = path.open("a")

    async def send(self, address: str, output: Output, target: str | None, row: int) -> str | None:
        """Send one."""
        sent = await super().send(address, output, target, row)
        self._file.write(f"{address} {self.sent[-1].text}\n")
        self._file.flush()
        os.fsync(self._file.fileno())
        return sent


async def run(folder: Path) -> None:
    """Feed all that is not confirmed yet, then wait until everything is settled."""
    async with at_rest(folder, channel=Written(folder / "sent"), clock=time.time) as served:  # type: ignore[arg-type]
        await served.service.start()
        confirmed = folder / "confirmed"
        start = int(confirmed.read_text()) if confirmed.exists() else 0
        for first in range(start, len(updates()), BATCH):
            batch = updates()[first : first + BATCH]
            await served.service.receive(batch, NAME)
            point("before_ack")
            confirmed.write_text(f"{first + len(batch)}")
            point("after_ack")
        await served.has(0, OPEN)
        await served.service.drain()


if __name__ == "__main__":
    asyncio.run(run(Path(sys.argv[1])))

"""A process to be killed while it announces: `python -m tests.service.announce_process FOLDER`.

It ends by itself once the announcement is done. Every request is written into a file.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from tests.service.crash_process import Written
from tests.service.serving import Clock, serving

DONE = "SELECT 1 FROM announcement WHERE state = 'done'"


async def run(folder: Path) -> None:
    """Announce what is ordered."""
    async with serving(folder, channel=Written(folder / "sent"), clock=Clock()) as served:
        while not await served.rows(DONE):  # noqa: ASYNC110 - the store tells nobody
            await asyncio.sleep(0.01)


if __name__ == "__main__":
    asyncio.run(run(Path(sys.argv[1])))

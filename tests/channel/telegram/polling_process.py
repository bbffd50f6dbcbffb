"""A process that polls into a store, to be killed: `python -m tests.channel.telegram.polling_process URL FOLDER`."""

from __future__ import annotations

import asyncio
import sys
import time
from pathlib import Path

from tests.telegram_api import TOKEN

from bonewise.channel.telegram.bot import make_bot
from bonewise.channel.telegram.polling import Poller
from bonewise.service.context import Context
from bonewise.service.presses import Presses
from bonewise.service.receive import Receiver
from bonewise.store.sqlite import SqliteStore
from bonewise.store.vault import Vault


async def poll(url: str, folder: Path) -> None:
    """Poll until killed."""
    store = await SqliteStore.open(folder / "bonewise.db")
    context = Context(store, Vault.from_file(folder / "key"), "bot", time.time)
    async with make_bot(TOKEN, url) as bot:
        await Poller(bot, Receiver(context, Presses({}), lambda: None), lambda: 0.0, wait=1).run()


if __name__ == "__main__":
    asyncio.run(poll(sys.argv[1], Path(sys.argv[2])))

"""Play with a bot by hand: `python -m tests.telegram_api --port 8081`, and point the bot at it.

A line is typed to the bot; `#Label` presses a button; `!photo`, `!block`, `!unblock` do what they say.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import sys

from tests.telegram_api.chats import Message
from tests.telegram_api.person import Person
from tests.telegram_api.server import TOKEN, TelegramApi


def _show(message: Message) -> str:
    rows = (" ".join(f"[{button.label}]" for button in row) for row in message.buttons)
    mark = " (deleted)" if message.deleted else " (edited)" if message.edited else ""
    return "\n".join([f"--- {message.id}{mark}", message.text or f"<{message.kind}>", *rows, ""])


async def _watch(person: Person) -> None:
    while True:
        sys.stdout.write(_show(await person.next_change(within=1e9)))
        sys.stdout.flush()


async def _act(person: Person, line: str) -> None:
    deeds = {"!photo": person.sends_photo, "!block": person.blocks, "!unblock": person.unblocks}
    if line in deeds:
        await deeds[line]()
    elif line.startswith("#"):
        await person.presses(line[1:])
    elif line:
        await person.types(line)


async def _play(arguments: argparse.Namespace) -> None:
    async with TelegramApi(arguments.token, port=arguments.port) as api:
        sys.stdout.write(f"{api.base_url}/bot{arguments.token}\n")
        sys.stdout.flush()
        person = api.user(arguments.user, "You", arguments.language)
        watching = asyncio.create_task(_watch(person))
        while line := await asyncio.to_thread(sys.stdin.readline):
            try:
                await _act(person, line.rstrip("\n"))
            except LookupError as error:
                sys.stdout.write(f"{error.args[0]}\n")
        watching.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await watching


def main() -> None:
    """Read the command line and play until the input ends."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8081)
    parser.add_argument("--token", default=TOKEN)
    parser.add_argument("--user", type=int, default=1)
    parser.add_argument("--language", default="en")
    asyncio.run(_play(parser.parse_args()))


main()

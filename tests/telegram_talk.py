"""The whole bot in this process, with a real database file, against the local Bot API over HTTP."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from bonewise.binding import cards_of, dialogue_of
from bonewise.channel.telegram.bot import make_bot
from bonewise.channel.telegram.inline import Inline
from bonewise.channel.telegram.polling import Poller
from bonewise.channel.telegram.transport import TelegramTransport
from bonewise.content import load_alarms, load_world
from bonewise.matchers import learnt_matcher
from bonewise.service.pace import Pace
from bonewise.service.service import Service, open_context
from bonewise.settings import Settings
from bonewise.store.sqlite import SqliteStore
from bonewise.store.vault import Vault
from tests.telegram_api import Person, TelegramApi

SETTINGS = Settings()
PATIENCE = 30.0  # seconds; a process may have to start meanwhile, on a machine that has much to do
WORLD = load_world(SETTINGS)
ALARMS = load_alarms(SETTINGS)
MATCHER = learnt_matcher(SETTINGS, WORLD.topics)


@dataclass
class Clock:
    """A clock that a test can set forward."""

    ahead: float = 0.0

    def __call__(self) -> float:
        return time.time() + self.ahead


def until_noon(days: int) -> float:
    """Seconds until noon (UTC) in so many days: nobody is written to by night, whenever the tests run."""
    return days * 86400.0 + 43200.0 - time.time() % 86400.0


@asynccontextmanager
async def talking(api: TelegramApi, folder: Path, clock: Clock | None = None) -> AsyncIterator[Service]:
    """The bot is running, and drains at the end."""
    store = await SqliteStore.open(folder / "bonewise.db")
    bot = make_bot(api.token, api.base_url)
    await bot.initialize()
    context = await open_context(store, Vault.from_file(folder / "key"), "1", clock or Clock())
    world = replace(WORLD, bot_name=bot.username)
    service = Service(
        context,
        dialogue_of(world, ALARMS, MATCHER),
        {"telegram": TelegramTransport(bot)},
        {"telegram": Pace()},
        _nobody,
    )
    inline = Inline(bot, cards_of(world, ALARMS, MATCHER))
    poller = Poller(bot, service, lambda: 0.0, wait=1, inline=inline)
    await service.start()
    polling = asyncio.create_task(poller.run())
    try:
        yield service
    finally:
        poller.stop()
        await polling
        await service.drain()
        await bot.shutdown()
        await store.close()


async def _nobody(_channel: str, _address: str) -> None:
    return None


async def sees(user: Person, part: str) -> None:
    """Wait until a message with this part comes or changes, and everything has come. Raises `TimeoutError`."""
    while part not in (await user.next_change(PATIENCE)).text:
        pass
    await user.settled(0.15)


async def says(user: Person, what: str, part: str) -> None:
    """Press a button, and wait until a message with this part shows."""
    await user.presses(what)
    await sees(user, part)


async def greet(user: Person) -> None:
    """Answer the first questions, up to the first page."""
    await user.types("hi")
    await sees(user, "This is Bonewise")
    await says(user, "Start", "May we keep your answers?")
    await says(user, "Yes, keep my answers", "Are you 18 or older?")
    await says(user, "Yes, 18 or older", "Which country")
    await says(user, "United Kingdom", "What would you like to do?")


async def link(person: Person, helper: Person) -> None:
    """One invites, the other accepts, the first confirms and agrees to copies of reminders."""
    await says(person, "Reminders", "You choose when we write")
    await says(person, "Who is linked", "What would you like to do?")
    await says(person, "Invite a helper", "What name")
    await person.types("Mum")
    await sees(person, "Send this to the one who helps you.")
    [payload] = re.findall(r"start=(join-[0-9a-f]{32})", person.screen().text)
    await helper.types(f"/start {payload}")
    await sees(helper, "asks you to help")
    await says(helper, "Yes, I want to help", "What name shall they see?")
    await helper.types("Ana")
    await sees(helper, "Thank you.")
    await sees(person, "Your invitation was answered.")
    await says(person, "Show me", "said yes to your invitation")
    await says(person, "Yes, link us", "May your helper get a copy")
    await says(person, "Yes, send copies", "gets a copy of your reminders now")
    await sees(helper, "You are linked now.")
    await says(person, "Home", "What would you like to do?")


async def plan_call(user: Person) -> None:
    """From the menu: plan a call for nine o'clock tomorrow."""
    await says(user, "Plan my visit", "Who is this about?")
    await says(user, "Me", "What is the visit for?")
    await says(user, "Doctor's visit", "day")
    await says(user, "Tomorrow", "time")
    await says(user, "09:00", "get in the way")
    await says(user, "Skip for now", "Is this your plan?")
    await says(user, "Yes, remind me", "Saved.")

"""Plans, snoozes, what comes again, the watch, tips, links and announcements: in English and Spanish, on Telegram's API
and at the chat page, with a restart before each thing that falls due, and over the change of the clocks.
"""

from __future__ import annotations

import asyncio
import re
import socket
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
import uvicorn
from tests.channel.web.until import until
from tests.end_to_end.phones import PagePhone, Phone, TelegramPhone
from tests.service.serving import Clock
from tests.telegram_api import TelegramApi
from tests.telegram_talk import ALARMS, MATCHER, WORLD

from bonewise.binding import dialogue_of
from bonewise.channel.telegram.bot import make_bot
from bonewise.channel.telegram.polling import Poller
from bonewise.channel.telegram.transport import TelegramTransport
from bonewise.channel.web import server as web
from bonewise.channel.web.transport import WebTransport
from bonewise.channel.web.words import PageWords
from bonewise.dialogue.announcing import Announcement
from bonewise.service import orders
from bonewise.service.orders import Order
from bonewise.service.service import Service, open_context
from bonewise.store.sqlite import SqliteStore
from bonewise.store.vault import Vault

pytestmark = [pytest.mark.long, pytest.mark.timeout(300)]

THURSDAY = datetime(2027, 3, 25, 12, 0, tzinfo=UTC)  # in London summer time begins on Sunday, 28 March 2027, at 1:00
MORNINGS = ("2027-03-26T09:00", "2027-03-27T09:00", "2027-03-28T08:00", "2027-03-29T08:00")
"""Nine o'clock in London, in UTC."""

LANGUAGES = ("en", "es")


class Town:
    """One channel, its people and their clock. Each `day` is another life of the process."""

    def __init__(self, folder: Path, language: str) -> None:
        self.folder = folder
        self.language = language
        self.clock = Clock(THURSDAY.timestamp())
        self.phones: list[Phone] = []

    @asynccontextmanager
    async def day(self, now: datetime) -> AsyncIterator[None]:
        """The process runs from this moment on."""
        self.clock.now = now.timestamp()
        for phone in self.phones:
            phone.looks_away()
        async with AsyncExitStack() as opened:
            store = await SqliteStore.open(self.folder / "bonewise.db")
            opened.push_async_callback(store.close)
            await self._run(opened, store)
            yield

    async def _run(self, opened: AsyncExitStack, store: SqliteStore) -> None:
        raise NotImplementedError

    def invitation(self, person: Phone) -> str:
        """The token that this person was shown last."""
        return re.findall(r"join\W{0,2}([0-9a-f]{32})", person.everything())[-1]

    async def _service(self, store: SqliteStore, transports: dict[str, object], forgotten: object) -> Service:
        context = await open_context(store, Vault.from_file(self.folder / "key"), "1", self.clock)
        dialogue = dialogue_of(replace(WORLD, bot_name="bone_bot"), ALARMS, MATCHER)
        return Service(context, dialogue, transports, {}, forgotten, self.folder / "orders")  # type: ignore[arg-type]


class TelegramTown(Town):
    """Two people on Telegram."""

    def __init__(self, folder: Path, language: str, api: TelegramApi) -> None:
        super().__init__(folder, language)
        self._api = api
        self.phones = [TelegramPhone(api.user(n, f"P{n}", language), language) for n in (7, 8)]

    async def _run(self, opened: AsyncExitStack, store: SqliteStore) -> None:
        bot = make_bot(self._api.token, self._api.base_url)
        await bot.initialize()
        opened.push_async_callback(bot.shutdown)
        service = await self._service(store, {"telegram": TelegramTransport(bot)}, _nobody)
        await service.start()
        opened.push_async_callback(service.drain)
        poller = Poller(bot, service, lambda: 0.0, wait=1)
        polling = asyncio.create_task(poller.run())
        opened.push_async_callback(partial(asyncio.wait, [polling]))
        opened.callback(poller.stop)


class PageTown(Town):
    """Two people at the chat page."""

    def __init__(self, folder: Path, language: str) -> None:
        super().__init__(folder, language)
        self.phones = [PagePhone(language) for _ in range(2)]

    async def _run(self, opened: AsyncExitStack, store: SqliteStore) -> None:
        transport = WebTransport(PageWords(WORLD.catalog))
        service = await self._service(store, {"web": transport}, _nobody)
        await service.start()
        opened.push_async_callback(service.drain)
        app = web.make_app(
            web.Service(
                partial(service.receive, channel="web"),
                partial(service.history, "web"),
                partial(service.arrived, "web"),
            ),
            transport,
        )
        listening = socket.create_server(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="on"))
        serving = asyncio.create_task(server.serve([listening]))
        opened.push_async_callback(partial(asyncio.wait, [serving]))
        opened.callback(partial(setattr, server, "should_exit", True))
        opened.callback(transport.close)
        await until(lambda: server.started)
        for phone in self.phones:
            assert isinstance(phone, PagePhone)
            await opened.enter_async_context(phone.opened(f"http://127.0.0.1:{listening.getsockname()[1]}"))


async def _nobody(_channel: str, _address: str) -> None:
    return


IN_CHECK_LONG = {("telegram", "es"), ("page", "en")}
TOWNS = [
    pytest.param(town, id="-".join(town), marks=[] if town in IN_CHECK_LONG else [pytest.mark.soak])
    for town in ((channel, tag) for channel in ("telegram", "page") for tag in LANGUAGES)
]


@pytest.fixture(params=TOWNS)
async def town(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Town]:
    channel, language = request.param
    if channel == "page":
        yield PageTown(tmp_path, language)
        return
    async with TelegramApi() as api:
        yield TelegramTown(tmp_path, language, api)
        assert api.faults == []


async def greets(town: Town, *phones: Phone) -> None:
    for phone in phones:
        if isinstance(phone, TelegramPhone):
            await phone.types("/start")
        await phone.sees("start.hello.text")
        await phone.presses("a:", "a:yes", "a:yes", "a:GB")
        await phone.sees("home.menu.text")


async def opens(phone: Phone, flow: str, *answers: str) -> None:
    """Open a flow by its link and answer by buttons."""
    await phone.types(f"/start go-{flow}")
    await phone.presses(*answers)


def hour(day: str) -> datetime:
    return datetime.fromisoformat(day).replace(tzinfo=UTC)


async def test_a_plan_is_said_put_off_said_again_and_done(town: Town) -> None:
    person = town.phones[0]
    async with town.day(THURSDAY):
        await greets(town, person)
        await opens(person, "plan_visit", "go:plan_visit.self", "a:gp", "a:2027-03-26", "a:09.00", "a:skipped", "a:yes")
        await person.sees("plan_visit.saved.text")
    async with town.day(hour("2027-03-26T09:00")):
        await person.sees("nudge.lock_screen.plan")
        await person.presses("n:snooze", "n:tomorrow")
    async with town.day(hour("2027-03-27T09:59")):
        await asyncio.sleep(0.2)
        assert person.told("nudge.lock_screen.plan") == 1
    async with town.day(hour("2027-03-27T10:00")):
        await person.sees("nudge.lock_screen.plan")
        await person.presses("n:done", "n:seen")
        await person.sees("nudge.after.seen")
    assert person.told("nudge.lock_screen.plan") == 2


async def test_what_comes_again_keeps_its_hour_over_the_change_of_the_clocks(town: Town) -> None:
    person = town.phones[0]
    async with town.day(THURSDAY):
        await greets(town, person)
        await opens(person, "remind_me")
        await person.types("Water the plants")
        await person.presses("a:day", "a:2027-03-26", "a:09.00", "a:never", "a:yes")
        await person.sees("remind_me.saved.text")
    for times, moment in enumerate(MORNINGS, 1):
        async with town.day(hour(moment) - timedelta(minutes=1)):
            await asyncio.sleep(0.2)
            assert person.told("nudge.lock_screen.own") == times - 1
        async with town.day(hour(moment)):
            await person.sees("nudge.lock_screen.own")
            await person.presses("n:done")
            await person.sees("nudge.after.done")
    assert person.told("nudge.lock_screen.own") == len(MORNINGS)


async def test_the_watch_asks_for_the_signs_a_week_later_by_summer_time(town: Town) -> None:
    person = town.phones[0]
    async with town.day(THURSDAY):
        await greets(town, person)
        await opens(person, "watch", "go:watch.self", "a:yes")
        await person.sees("watch.saved.text")
    async with town.day(hour("2027-04-01T08:54")):
        await asyncio.sleep(0.2)
        assert person.told("nudge.lock_screen.watch") == 0
    async with town.day(hour("2027-04-01T09:06")):
        await person.sees("nudge.lock_screen.watch")
        await person.presses("n:start")
        assert person.told("nudge.lock_screen.watch") == 1


async def test_a_tip_comes_on_its_day_and_an_announcement_to_who_agreed_to_news_and_both_once(town: Town) -> None:
    person, other = town.phones
    texts = {"en": "**Bone week.** Come and see.", "es": "**Semana del hueso.** Venga a ver."}
    async with town.day(THURSDAY):
        await greets(town, person, other)
        await opens(person, "caregiver_tips", "a:as_said")
        await person.sees("caregiver_tips.saved.text")
    async with town.day(hour("2027-03-26T10:06")):
        await person.sees("tips.lead")
        await person.presses("tip:not_for_us")
        await person.sees("tips.not_again")
    orders.hand_over(town.folder / "orders", Order("send", "week", Announcement("week", texts, date(2027, 4, 9))))
    async with town.day(hour("2027-03-27T12:00")):
        await until(lambda: came(person, texts) == 1)
    async with town.day(hour("2027-03-28T12:00")):
        await asyncio.sleep(0.3)
        assert (came(person, texts), came(other, texts), other.told("tips.lead")) == (1, 0, 0)
    async with town.day(hour("2027-03-30T09:06")):
        await person.sees("tips.lead")
        await person.presses("tip:stop")
        await person.sees("tips.stopped")
    async with town.day(hour("2027-04-02T12:00")):
        await asyncio.sleep(0.2)
        assert person.told("tips.lead") == 2


def came(phone: Phone, texts: dict[str, str]) -> int:
    words = texts[phone.language].split("**")[1]
    return sum(words in text for text in phone.heard())


async def test_who_helps_is_linked_and_gets_a_copy(town: Town) -> None:
    person, helper = town.phones
    async with town.day(THURSDAY):
        await greets(town, person, helper)
        await opens(person, "care_links", "a:invite")
        await person.types("Maria")
        await person.sees("care.invitation" if isinstance(person, TelegramPhone) else "care.invitation_page")
    async with town.day(THURSDAY + timedelta(hours=1)):
        await helper.types(f"/start join-{town.invitation(person)}")
        await helper.presses("a:yes")
        await helper.types("Ana")
        await person.presses("care:show", "care:confirm", "a:yes")
        await helper.sees("care.news.confirmed")
        await opens(person, "plan_visit", "go:plan_visit.self", "a:gp", "a:2027-03-26", "a:09.00", "a:skipped", "a:yes")
    async with town.day(hour("2027-03-26T09:00")):
        await person.sees("nudge.lock_screen.plan")
        await helper.sees("care.news.copy")
        await helper.presses("care:end")
        assert helper.told("care.news.copy") == 1

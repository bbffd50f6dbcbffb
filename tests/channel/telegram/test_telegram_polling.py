from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import sqlite3
import sys
import time
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path

import pytest
from tests.telegram_api import TOKEN, TelegramApi

from bonewise.channel.telegram.bot import TelegramBot, make_bot
from bonewise.channel.telegram.polling import Poller
from bonewise.channel.telegram.updates import KINDS
from bonewise.dialogue.event import Left, Press, Text
from bonewise.dialogue.received import Received

ROOT = Path(__file__).parents[3]


class Kept:
    """A receiver that keeps what it gets in memory; `hold` lets it wait, `fail` lets it fail so many times."""

    def __init__(self) -> None:
        self.batches: list[list[Received]] = []
        self.hold = asyncio.Event()
        self.hold.set()
        self.entered = asyncio.Event()
        self.fail = 0

    @property
    def events(self) -> list[object]:
        return [got.event for batch in self.batches for got in batch]

    async def receive(self, batch: Sequence[Received], channel: str) -> None:
        assert channel == "telegram"
        self.entered.set()
        await self.hold.wait()
        if self.fail:
            self.fail -= 1
            raise OSError("the disk is full")
        self.batches.append(list(batch))


@contextlib.asynccontextmanager
async def polling(bot: TelegramBot, kept: Kept) -> AsyncIterator[Poller]:
    poller = Poller(bot, kept, lambda: 0.0, wait=30)
    task = asyncio.create_task(poller.run())
    yield poller
    poller.stop()
    await asyncio.wait_for(task, 2)


async def until(holds: Callable[[], object], within: float = 5.0) -> None:
    async with asyncio.timeout(within):
        while not holds():  # noqa: ASYNC110  what is waited for happens on the other side of a wire
            await asyncio.sleep(0.01)


def waiting(api: TelegramApi) -> list[int]:
    return [update.id for update in api.state.updates.pending]


async def test_what_people_do_is_handed_over_in_the_order_of_the_update_ids(api: TelegramApi, bot: TelegramBot) -> None:
    kept, ann = Kept(), api.user(1, known=True)
    await bot.send_message(1, "old")
    async with polling(bot, kept) as poller:
        async with api.at_once():
            await ann.types("one")
            await ann.presses_old("s:x", ann.screen())
            await ann.types("two")
            await ann.blocks()
        await until(lambda: not waiting(api))
    assert kept.events == [Text("one"), Press("s:x", "1"), Text("two"), Left(back=False)]
    assert len(kept.batches) == 1
    assert poller.skipped == 0


async def test_the_kinds_of_updates_are_asked_for_by_name(api: TelegramApi, bot: TelegramBot) -> None:
    async with polling(bot, Kept()):
        await until(lambda: api.state.updates.allowed)
    assert set(api.state.updates.allowed) == set(KINDS) >= {"my_chat_member", "callback_query"}


async def test_an_update_that_is_nothing_for_us_is_counted_and_confirmed(api: TelegramApi, bot: TelegramBot) -> None:
    kept = Kept()
    await api.inject("something_of_2031", {"strange": True})
    await api.inject("message", {"chat": None})
    async with polling(bot, kept) as poller:
        await until(lambda: not waiting(api))
        await api.user(1).types("hello")
        await until(lambda: kept.events)
    assert kept.events == [Text("hello")]
    assert poller.skipped == 2


async def test_nothing_is_confirmed_while_it_is_not_committed(api: TelegramApi, bot: TelegramBot) -> None:
    kept = Kept()
    kept.hold.clear()
    await api.user(1).types("hello")
    async with polling(bot, kept):
        await kept.entered.wait()
        await asyncio.sleep(0.2)
        assert len(waiting(api)) == 1
        kept.hold.set()
        await until(lambda: not waiting(api))


async def test_what_could_not_be_committed_is_fetched_again(
    api: TelegramApi, bot: TelegramBot, caplog: pytest.LogCaptureFixture
) -> None:
    kept = Kept()
    kept.fail = 1
    await api.user(1).types("hello")
    async with polling(bot, kept):
        await until(lambda: kept.events)
    assert kept.events == [Text("hello")]
    assert "OSError" in caplog.text
    assert "hello" not in caplog.text


async def test_stop_ends_a_long_poll_at_once(api: TelegramApi, bot: TelegramBot) -> None:
    poller = Poller(bot, Kept(), lambda: 0.0, wait=30)
    task = asyncio.create_task(poller.run())
    await until(lambda: api.state.updates.allowed)
    began = time.monotonic()
    poller.stop()
    await task
    assert time.monotonic() - began < 0.5


async def test_stop_lets_the_commit_under_way_end(api: TelegramApi, bot: TelegramBot) -> None:
    kept = Kept()
    kept.hold.clear()
    await api.user(1).types("hello")
    poller = Poller(bot, kept, lambda: 0.0, wait=30)
    task = asyncio.create_task(poller.run())
    await kept.entered.wait()
    poller.stop()
    await asyncio.sleep(0.1)
    assert not task.done()
    kept.hold.set()
    await asyncio.wait_for(task, 2)
    assert kept.events == [Text("hello")]


async def test_a_stopped_poller_does_not_begin(api: TelegramApi, bot: TelegramBot) -> None:
    poller = Poller(bot, Kept(), lambda: 0.0)
    poller.stop()
    await poller.run()
    assert api.calls_of("getUpdates") == []


async def test_cancelling_ends_the_poll_as_well(api: TelegramApi, bot: TelegramBot) -> None:
    task = asyncio.create_task(Poller(bot, Kept(), lambda: 0.0, wait=30).run())
    await until(lambda: api.state.updates.allowed)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_a_webhook_that_was_left_over_is_deleted(
    api: TelegramApi, bot: TelegramBot, caplog: pytest.LogCaptureFixture
) -> None:
    await bot.set_webhook(f"{api.base_url}/nowhere")
    kept = Kept()
    async with polling(bot, kept):
        await until(lambda: api.calls_of("deleteWebhook"))
        await api.user(1).types("hello")
        await until(lambda: kept.events)
    assert "webhook" in caplog.text


async def test_a_second_poller_is_told_to_the_operator(
    api: TelegramApi, bot: TelegramBot, caplog: pytest.LogCaptureFixture
) -> None:
    async with polling(bot, Kept()):
        await until(lambda: api.state.updates.allowed)
        async with make_bot(TOKEN, api.base_url) as other:
            await other.raw_updates(None, 0, KINDS)
        await until(lambda: caplog.records)
        fetched = len(api.calls_of("getUpdates"))
        await asyncio.sleep(0.3)
        assert len(api.calls_of("getUpdates")) == fetched
    assert [record.levelno for record in caplog.records] == [logging.ERROR]
    assert "stop the other one" in caplog.text


async def test_a_webhook_set_by_somebody_else_is_told_to_the_operator(
    api: TelegramApi, bot: TelegramBot, caplog: pytest.LogCaptureFixture
) -> None:
    async with polling(bot, Kept()):
        await until(lambda: api.state.updates.allowed)
        await bot.set_webhook(f"{api.base_url}/nowhere")
        await until(lambda: caplog.records)
        await bot.delete_webhook()
    assert "a webhook was set" in caplog.text


async def test_a_refused_token_is_told_to_the_operator_and_not_hammered(
    api: TelegramApi, caplog: pytest.LogCaptureFixture
) -> None:
    bot = make_bot("999:wrong-token", api.base_url)
    async with polling(bot, Kept()):
        await until(lambda: caplog.records)
        await asyncio.sleep(0.2)
    await bot.shutdown()
    assert [record.levelno for record in caplog.records] == [logging.ERROR]
    assert "@BotFather" in caplog.text
    assert "wrong-token" not in caplog.text


@pytest.mark.parametrize("trouble", [{"status": 502, "html": True}, {"drop": "before"}, {"drop": "after"}])
async def test_trouble_on_the_way_is_waited_out_and_nothing_is_lost(
    api: TelegramApi, bot: TelegramBot, caplog: pytest.LogCaptureFixture, trouble: dict[str, object]
) -> None:
    api.fail_next("getUpdates", **trouble)
    kept = Kept()
    await api.user(1).types("hello")
    async with polling(bot, kept):
        await until(lambda: kept.events)
    assert kept.events == [Text("hello")]
    assert "cannot be reached" in caplog.text
    assert TOKEN not in caplog.text


async def test_too_many_requests_are_waited_out(api: TelegramApi, bot: TelegramBot) -> None:
    api.fail_next("getUpdates", retry_after=1)
    kept = Kept()
    await api.user(1).types("hello")
    began = time.monotonic()
    async with polling(bot, kept):
        await until(lambda: kept.events)
    assert time.monotonic() - began >= 1


async def test_polling_begins_when_telegram_can_be_reached_at_last() -> None:
    async with TelegramApi() as gone:
        address = gone.base_url
    bot, kept = make_bot(TOKEN, address), Kept()
    async with polling(bot, kept):
        await asyncio.sleep(0.2)
        async with TelegramApi(port=int(address.rpartition(":")[2])) as back:
            await back.user(1).types("hello")
            await until(lambda: kept.events)
    await bot.shutdown()
    assert kept.events == [Text("hello")]


async def process(api: TelegramApi, folder: Path, crash: str = "") -> asyncio.subprocess.Process:
    environment = {**os.environ, "BONEWISE_CRASH_AT": crash}
    command = (sys.executable, "-m", "tests.channel.telegram.polling_process", api.base_url, str(folder))
    return await asyncio.create_subprocess_exec(*command, cwd=ROOT, env=environment)


def written(folder: Path) -> list[str]:
    with contextlib.closing(sqlite3.connect(folder / "bonewise.db")) as store:
        return [key for (key,) in store.execute("SELECT dedup_key FROM inbox ORDER BY id")]


@pytest.mark.parametrize(
    ("crash", "kept_by_telegram", "kept_by_us"),
    [("received:1", True, False), ("before_ack:1", True, True), ("after_ack:1", False, True)],
)
async def test_a_killed_process_loses_nothing_and_keeps_nothing_twice(
    api: TelegramApi, tmp_path: Path, crash: str, kept_by_telegram: bool, kept_by_us: bool
) -> None:
    await api.user(1).types("hello")
    (update,) = waiting(api)
    killed = await process(api, tmp_path, crash)
    assert await asyncio.wait_for(killed.wait(), 20) == -signal.SIGKILL
    assert waiting(api) == ([update] if kept_by_telegram else [])
    assert written(tmp_path) == ([f"telegram:u{update}"] if kept_by_us else [])
    again = await process(api, tmp_path)
    await until(lambda: not waiting(api) and written(tmp_path), 20)
    again.kill()
    await again.wait()
    assert written(tmp_path) == [f"telegram:u{update}"]

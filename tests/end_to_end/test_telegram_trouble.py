"""What holds whether the bot fetches its updates or is pushed them, also when Telegram has a bad day."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from tests.end_to_end.on_telegram import TOKEN, free_port, on_telegram, on_webhook
from tests.end_to_end.process import Bot
from tests.telegram_api import TelegramApi
from tests.telegram_talk import greet, sees

Serve: TypeAlias = Callable[..., AbstractAsyncContextManager[Bot]]

DOWN = 180.0  # seconds; longer than Telegram keeps a press for a bot that is down
BACK = 95.0  # seconds between two tries at most, and a little
UNSURE: tuple[dict[str, Any], ...] = (
    {"status": 500},
    {"status": 502, "html": True},
    {"drop": "before"},
    {"drop": "after"},
    {"status": 504, "delay": 2},
)


def pushed(api: TelegramApi, folder: Path, **settings: Any) -> AbstractAsyncContextManager[Bot]:
    return on_webhook(api, folder, free_port(), **settings)


WAYS: dict[str, Serve] = {"fetched": on_telegram, "pushed": pushed}


@pytest.fixture(params=[on_telegram, pytest.param(pushed, marks=pytest.mark.long)], ids=WAYS)
def serve(request: pytest.FixtureRequest) -> Serve:
    """How updates come to the process."""
    way: Serve = request.param
    return way


def repeated(api: TelegramApi) -> int:
    """How many messages arrived that had arrived before."""
    texts = Counter(call.params["text"] for call in api.calls_of("sendMessage") if call.error is None)
    return texts.total() - len(texts)


@pytest.mark.long
@pytest.mark.timeout(2 * DOWN)
async def test_after_three_minutes_without_telegram_all_is_answered_once(tmp_path: Path) -> None:
    await asyncio.gather(*(outlast(serve, tmp_path / name) for name, serve in WAYS.items()))


async def outlast(serve: Serve, folder: Path) -> None:
    async with TelegramApi(TOKEN) as api, serve(api, folder) as bot:
        user = api.user(7, "Maria", "en")
        await greet(user)
        async with api.unreachable():
            await user.types("/privacy")
            await user.types("/language")
            await asyncio.sleep(DOWN)
        await bot.until(lambda: "Which language" in user.screen().text, BACK)
        assert [message.text[:7] for message in user.messages if message.from_bot][-2:] == ["We keep", "Which l"]
        assert repeated(api) == 0
        assert await bot.stop() == 0
    assert "Traceback" not in bot.said


@pytest.mark.long
@pytest.mark.parametrize("method", ["sendMessage", "answerCallbackQuery"])
async def test_whatever_happens_to_one_call_the_talk_goes_on(serve: Serve, method: str, tmp_path: Path) -> None:
    async with TelegramApi(TOKEN) as api, serve(api, tmp_path) as bot:
        for number, trouble in enumerate(UNSURE):
            user = api.user(100 + number, "Maria", "en")
            api.fail_next(method, **trouble)
            await greet(user)
        # What took effect and was not answered is sent once more; nobody can tell the others from it.
        lost_answers = sum(trouble.get("drop") == "after" for trouble in UNSURE)
        talks = [message.text for number in range(len(UNSURE)) for message in said_to(api, 100 + number)]
        assert len(talks) - len(UNSURE) * len(said_to(api, 100)) == (lost_answers if method == "sendMessage" else 0)
        assert api.faults == []
        assert await bot.stop() == 0
    assert "Traceback" not in bot.said


def said_to(api: TelegramApi, user: int) -> list[Any]:
    return [message for message in api.user(user).messages if message.from_bot]


async def test_an_update_that_comes_twice_is_answered_once(serve: Serve, tmp_path: Path) -> None:
    async with TelegramApi(TOKEN) as api, serve(api, tmp_path) as bot:
        user = api.user(7, "Maria", "en")
        api.repeat_next(2)
        await user.types("hi")
        await sees(user, "This is Bonewise")
        await bot.until(lambda: not api.state.updates.pending, 10)
        api.repeat_next(2)
        await user.presses("Start")
        await sees(user, "May we keep your answers?")
        await bot.until(lambda: not api.state.updates.pending, 10)
        await user.settled(0.5)
        assert repeated(api) == 0
        assert await bot.stop() == 0


@pytest.mark.long
async def test_a_bot_that_is_told_to_wait_waits_and_then_says_it_once(serve: Serve, tmp_path: Path) -> None:
    async with TelegramApi(TOKEN) as api, serve(api, tmp_path) as bot:
        user = api.user(7, "Maria", "en")
        api.fail_next("sendMessage", retry_after=3)
        began = time.monotonic()
        await greet(user)
        assert time.monotonic() - began > 3
        assert repeated(api) == 0
        assert await bot.stop() == 0
    assert "sendMessage: too many requests" in bot.said


@pytest.mark.long
async def test_a_token_that_is_withdrawn_is_told_and_what_was_to_be_said_is_said_later(tmp_path: Path) -> None:
    await asyncio.gather(*(outlast_refusal(serve, tmp_path / name) for name, serve in WAYS.items()))


async def outlast_refusal(serve: Serve, folder: Path) -> None:
    async with TelegramApi(TOKEN) as api, serve(api, folder) as bot:
        user = api.user(7, "Maria", "en")
        await greet(user)
        api.fail_next("sendMessage", status=401)
        await user.types("/privacy")
        await bot.logs("copy the token from @BotFather")
        await bot.until(lambda: "We keep what you tap" in user.screen().text, 75)
        assert repeated(api) == 0
        assert await bot.stop() == 0


async def test_a_question_in_another_chat_is_answered_and_not_kept(serve: Serve, tmp_path: Path) -> None:
    async with TelegramApi(TOKEN) as api, serve(api, tmp_path, log_level="DEBUG") as bot:
        user = api.user(7, "Maria", "en")
        answer = await user.sees_cards(await user.asks_inline("what is osteoporosis"))
        assert answer["results"][0]["title"] == "What are weak bones (osteoporosis)?"
        assert await bot.stop() == 0
    assert "osteoporosis" not in bot.said
    assert api.faults == []

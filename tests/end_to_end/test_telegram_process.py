"""The bot as a process of its own on Telegram: killed anywhere, stopped, refused, and quiet about everybody."""

from __future__ import annotations

import asyncio
import json
import signal
from collections import Counter
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from tests.end_to_end.on_telegram import TOKEN, beside_greeting, marked, on_telegram, sent, type_greeting
from tests.end_to_end.process import started
from tests.telegram_api import TelegramApi
from tests.telegram_talk import greet, sees

from bonewise.service.points import NAMES

ANOTHER = "654321:another-token-for-the-same-api"
ECHO = 'Bad Request: can\'t parse entities: Unsupported start tag "weather" at byte offset 5'
SHORT = {"before_commit": 2}
HITS = (1, 2, 3, 4)
PRIVATE, GROUPS = '{"type": "all_private_chats"}', '{"type": "all_group_chats"}'


def kills() -> list[object]:
    """Every point at each of its first hits; a few of them always, the others in the long checks."""
    return [
        pytest.param(point, hit, id=f"{point}:{hit}", marks=[] if SHORT.get(point) == hit else [pytest.mark.long])
        for point in NAMES
        for hit in HITS
    ]


@pytest.mark.parametrize(("point", "hit"), kills())
async def test_killed_at_any_point_it_loses_no_update_and_says_nothing_twice(
    point: str, hit: int, tmp_path: Path
) -> None:
    async with TelegramApi(TOKEN) as api:
        user = api.user(7, "Maria", "en")
        async with on_telegram(api, tmp_path, bonewise_crash_at=f"{point}:{hit}") as bot:
            greeting = asyncio.create_task(type_greeting(user))
            assert await bot.ended() == -signal.SIGKILL
        async with on_telegram(api, tmp_path) as bot:
            await greeting
            assert await bot.stop() == 0
        assert api.faults == []
        assert beside_greeting(sent(api)) == set()
        # Between the request and its own note of it nobody can know: that one message goes out again, and says so.
        twice = (sent(api) - Counter(set(sent(api)))).total()
        assert twice <= (1 if point == "written" else 0)
        assert twice <= marked(api) <= (1 if point in {"sending", "written"} else 0)


@pytest.mark.long
async def test_a_batch_of_many_people_outlives_a_kill(tmp_path: Path) -> None:
    async with TelegramApi(TOKEN) as api:
        people = [api.user(number, "Maria", "en") for number in range(7, 17)]
        async with on_telegram(api, tmp_path, bonewise_crash_at="before_commit:5") as bot:
            async with api.at_once():
                for user in people:
                    await user.types("hi")
            assert await bot.ended() == -signal.SIGKILL
        async with on_telegram(api, tmp_path):
            await asyncio.gather(*(sees(user, "This is Bonewise") for user in people))
        assert all(sum(message.from_bot for message in user.messages) == 1 for user in people)


@pytest.mark.long
async def test_a_stop_lets_the_message_on_its_way_arrive(tmp_path: Path) -> None:
    async with TelegramApi(TOKEN) as api:
        user = api.user(7, "Maria", "en")
        async with on_telegram(api, tmp_path) as bot:
            await user.types("hi")
            await sees(user, "This is Bonewise")
            api.fail_next("sendMessage", delay=1.5)
            await user.types("the moon is purple")
            await bot.until(lambda: len(api.calls_of("answerCallbackQuery", "getUpdates")) and not pending(api), 5)
            await asyncio.sleep(0.5)
            assert await bot.stop() == 0
        before = sent(api)
        async with on_telegram(api, tmp_path):
            await user.settled(0.5)
        assert sent(api) == before
        assert before.total() == 2


def pending(api: TelegramApi) -> list[Any]:
    return api.state.updates.pending


async def test_what_was_typed_while_it_was_down_is_answered_in_order(tmp_path: Path) -> None:
    async with TelegramApi(TOKEN) as api:
        user = api.user(7, "Maria", "en")
        async with on_telegram(api, tmp_path) as bot:
            await greet(user)
            assert await bot.stop() == 0
        await user.types("/privacy")
        await user.types("/language")
        async with on_telegram(api, tmp_path):
            await sees(user, "Which language would you like?")
        texts = [message.text for message in user.messages if message.from_bot]
        assert texts[-1].startswith("Which language would you like?")
        assert texts[-2].startswith("We keep what you tap and type")


async def test_somebody_whose_telegram_is_spanish_is_spoken_to_in_spanish(tmp_path: Path) -> None:
    async with TelegramApi(TOKEN) as api, on_telegram(api, tmp_path):
        user = api.user(7, "María", "es")
        await user.types("hola")
        await sees(user, "Esto es Bonewise")
        await user.presses("Empezar")
        await user.settled(0.3)
        await user.types("no puedo respirar")
        await sees(user, "Busque ayuda de emergencia ahora mismo.")
        assert api.faults == []


@pytest.mark.long
async def test_it_tells_telegram_its_commands_in_each_language_once(tmp_path: Path) -> None:
    async with TelegramApi(TOKEN) as api:
        for times in (1, 2):
            async with on_telegram(api, tmp_path) as bot:
                asked = partial(api.calls_of, "getMyShortDescription")
                await bot.until(lambda: len(asked()) == 2 * times, 10)  # noqa: B023 - it ends before
                await bot.until(lambda: ("short_description", "es") in api.state.descriptions, 10)
                assert await bot.stop() == 0
        assert {(PRIVATE, ""), (PRIVATE, "es"), (GROUPS, ""), (GROUPS, "es")} == set(api.state.commands)
        assert len(api.calls_of("setMyCommands")) == 4
        assert len(api.calls_of("setMyDescription", "setMyShortDescription")) == 4
        assert api.faults == []


@pytest.mark.long
async def test_it_answers_though_telegram_takes_no_commands(tmp_path: Path) -> None:
    async with TelegramApi(TOKEN) as api:
        api.fail_next("getMyCommands", delay=30)
        async with on_telegram(api, tmp_path) as bot:
            await api.user(7, "Maria", "en").types("hi")
            await sees(api.user(7), "This is Bonewise")
            assert await bot.stop() == 0


async def test_a_wrong_token_stops_the_start_with_what_to_do(tmp_path: Path) -> None:
    async with TelegramApi(ANOTHER) as api:
        async with started(tmp_path, token=TOKEN, api_base_url=api.base_url, log_level="DEBUG") as bot:
            assert await bot.ended() == 1
        assert "BOT_TOKEN: Telegram does not know this bot's token" in bot.said
        assert TOKEN.partition(":")[2] not in bot.said
        assert "Traceback" not in bot.said


@pytest.mark.long
async def test_a_token_that_is_withdrawn_is_told_and_nothing_is_lost_until_it_is_mended(tmp_path: Path) -> None:
    async with TelegramApi(TOKEN) as api:
        user = api.user(7, "Maria", "en")
        async with on_telegram(api, tmp_path) as bot:
            await bot.until(lambda: api.state.updates.allowed, 10)
            api.token = ANOTHER
            await user.types("hi")
            await bot.logs("Telegram does not know this bot's token (any more)")
            assert await bot.stop() == 0
        api.token = TOKEN
        async with on_telegram(api, tmp_path, ahead=61):
            await sees(user, "This is Bonewise")
        assert sent(api).total() == 1


@pytest.mark.long
async def test_another_process_on_the_same_bot_is_told_and_outlasted(tmp_path: Path) -> None:
    async with TelegramApi(TOKEN) as api:
        why = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
        api.fail_next("getUpdates", status=409, description=why)
        async with on_telegram(api, tmp_path) as bot:
            await bot.logs("another process fetches this bot's updates")
            await api.user(7, "Maria", "en").types("hi")
            assert "This is Bonewise" in (await api.user(7).next_message(15)).text


@pytest.mark.long
async def test_a_webhook_that_was_set_is_taken_away(tmp_path: Path) -> None:
    async with TelegramApi(TOKEN) as api:
        await api.webhook.set(f"{api.base_url}/nowhere", None, 1)
        async with on_telegram(api, tmp_path) as bot:
            await bot.logs("a webhook was set for this bot; it is deleted")
            await api.user(7, "Maria", "en").types("hi")
            await sees(api.user(7), "This is Bonewise")


async def test_it_waits_for_telegram_at_its_start(tmp_path: Path) -> None:
    async with TelegramApi(TOKEN) as api:
        api.fail_next("getMe", status=502, html=True)
        async with on_telegram(api, tmp_path) as bot:
            assert "Telegram cannot be reached" in bot.said
            assert bot.lines == ["Bonewise is open at https://t.me/bonewise_test_bot\n"]


async def test_it_can_be_stopped_while_it_waits_for_telegram(tmp_path: Path) -> None:
    async with started(tmp_path, token=TOKEN, api_base_url="http://127.0.0.1:9") as bot:
        await bot.logs("Telegram cannot be reached")
        assert await bot.stop() == 0
    assert TOKEN.partition(":")[2] not in bot.said
    assert "Traceback" not in bot.said


async def test_the_log_holds_no_token_name_or_word_at_its_finest(tmp_path: Path) -> None:
    async with TelegramApi(TOKEN) as api:
        user = api.user(7, "Marigold", "en")
        async with on_telegram(api, tmp_path, log_level="DEBUG") as bot:
            await greet(user)
            await user.types("what is the weather today")
            await sees(user, "That may be beyond this guide.")
            api.fail_next("sendMessage", status=400, description=ECHO)
            await user.types("can you write a poem")
            await sees(user, "That may be beyond this guide.")
            api.fail_next("sendMessage", status=403)
            await user.types("what time is it")
            await bot.logs("blocked by the user")
            assert await bot.stop() == 0
        assert "DEBUG" in bot.said
        for private in (TOKEN.partition(":")[2], "Marigold", "weather", "This is Bonewise", "United Kingdom"):
            assert private not in bot.said, [line for line in bot.said.splitlines() if private in line]
        assert json.dumps(bot.lines).count("t.me") == 1

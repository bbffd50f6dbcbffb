"""The bot as a process that updates are pushed to: killed anywhere, stopped, refused, and with the page beside it."""

from __future__ import annotations

import asyncio
import json
import signal
from collections import Counter
from pathlib import Path

import httpx
import pytest
from tests.end_to_end.on_telegram import (
    TOKEN,
    beside_greeting,
    free_port,
    marked,
    on_webhook,
    sent,
    type_greeting,
)
from tests.end_to_end.process import started
from tests.telegram_api import TelegramApi
from tests.telegram_talk import greet, sees

from bonewise.channel.telegram.webhook import secret_of
from bonewise.service.points import NAMES

HITS = (1, 2, 3)


@pytest.mark.long
@pytest.mark.parametrize("hit", HITS)
@pytest.mark.parametrize("point", NAMES)
async def test_killed_at_any_point_it_loses_no_update_and_says_nothing_twice(
    point: str, hit: int, tmp_path: Path
) -> None:
    port = free_port()
    async with TelegramApi(TOKEN) as api:
        user = api.user(7, "Maria", "en")
        async with on_webhook(api, tmp_path, port, bonewise_crash_at=f"{point}:{hit}") as bot:
            greeting = asyncio.create_task(type_greeting(user))
            assert await bot.ended() == -signal.SIGKILL
        async with on_webhook(api, tmp_path, port) as bot:
            await greeting
            assert await bot.stop() == 0
        assert api.faults == []
        assert api.state.updates.pending == []
        assert beside_greeting(sent(api)) == set()
        # Between the request and its own note of it nobody can know: that one message goes out again, and says so.
        twice = (sent(api) - Counter(set(sent(api)))).total()
        assert twice <= (1 if point == "written" else 0)
        assert twice <= marked(api) <= (1 if point in {"sending", "written"} else 0)


@pytest.mark.long
async def test_the_webhook_stays_while_it_is_down_and_what_comes_then_is_answered_in_order(tmp_path: Path) -> None:
    port = free_port()
    async with TelegramApi(TOKEN) as api:
        user = api.user(7, "Maria", "en")
        async with on_webhook(api, tmp_path, port) as bot:
            await greet(user)
            assert await bot.stop() == 0
        assert api.webhook.url == f"http://127.0.0.1:{port}/telegram"
        await user.types("/privacy")
        await user.types("/language")
        async with on_webhook(api, tmp_path, port):
            await sees(user, "Which language would you like?")
        texts = [message.text for message in user.messages if message.from_bot]
        assert texts[-1].startswith("Which language would you like?")
        assert texts[-2].startswith("We keep what you tap and type")
        assert [call.params["secret_token"] for call in api.calls_of("setWebhook")] == 2 * [secret_of(TOKEN)]
        assert api.calls_of("getUpdates", "deleteWebhook") == []


async def test_one_process_serves_the_page_too_and_says_that_it_is_ready(tmp_path: Path) -> None:
    async with (
        TelegramApi(TOKEN) as api,
        on_webhook(api, tmp_path, free_port(), webhook_secret="sixteen-letters-") as bot,
        httpx.AsyncClient(base_url=bot.address, headers={"Origin": bot.address}) as client,
    ):
        assert api.webhook.secret == "sixteen-letters-"
        assert [(await client.get(path)).status_code for path in ("/live", "/ready", "/")] == [200, 200, 200]
        assert (await client.post("/telegram", json={})).status_code == 403
        assert (await client.post("/open", json={"id": "0123456789"})).status_code == 202
        async with asyncio.timeout(10), client.stream("GET", "/stream") as stream:
            async for line in stream.aiter_lines():
                if "This is Bonewise" in line:
                    break
        await api.user(7, "Maria", "en").types("hi")
        await sees(api.user(7), "This is Bonewise")
        assert sent(api).total() == 1


async def test_an_address_that_telegram_does_not_take_stops_the_start(tmp_path: Path) -> None:
    async with TelegramApi(TOKEN) as api:
        why = "webhook can be set up only on ports 80, 88, 443 or 8443"
        api.fail_next("setWebhook", status=400, description=f"Bad Request: bad webhook: {why}")
        url = "https://bones.example:9/telegram"
        async with started(tmp_path, token=TOKEN, api_base_url=api.base_url, webhook_url=url) as bot:
            assert await bot.ended() == 1
        assert f"BOT_WEBHOOK_URL: Telegram does not take this address: Bad webhook: {why}" in bot.said
        assert "Traceback" not in bot.said
        assert bot.lines == []


async def test_an_address_that_the_page_has_itself_stops_the_start(tmp_path: Path) -> None:
    async with TelegramApi(TOKEN) as api:
        url = "https://bones.example/open"
        async with started(tmp_path, token=TOKEN, api_base_url=api.base_url, webhook_url=url) as bot:
            assert await bot.ended() == 1
        assert "BOT_WEBHOOK_URL: the chat page itself is at /open; name another path" in bot.said
        assert "Traceback" not in bot.said
        assert api.calls_of("setWebhook") == []


async def test_it_can_be_stopped_while_it_sets_the_webhook(tmp_path: Path) -> None:
    async with TelegramApi(TOKEN) as api:
        api.fail_next("setWebhook", status=502, html=True, times=100)
        url = f"http://127.0.0.1:{free_port()}/telegram"
        async with started(tmp_path, token=TOKEN, api_base_url=api.base_url, webhook_url=url) as bot:
            await bot.logs("Telegram cannot be reached")
            assert await bot.stop() == 0
        assert "Traceback" not in bot.said


@pytest.mark.long
async def test_the_log_holds_no_secret_name_or_word_at_its_finest(tmp_path: Path) -> None:
    async with TelegramApi(TOKEN) as api:
        user = api.user(7, "Marigold", "en")
        async with on_webhook(api, tmp_path, free_port(), log_level="DEBUG") as bot:
            await greet(user)
            await user.types("what is the weather today")
            await sees(user, "That may be beyond this guide.")
            assert await bot.stop() == 0
        assert "DEBUG" in bot.said
        for private in (TOKEN.partition(":")[2], secret_of(TOKEN), "Marigold", "weather", "This is Bonewise"):
            assert private not in bot.said, [line for line in bot.said.splitlines() if private in line]
        assert json.dumps(bot.lines).count("t.me") == 1

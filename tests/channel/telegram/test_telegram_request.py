import asyncio
import socket

import pytest
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, TimedOut
from tests.telegram_api import TOKEN, TelegramApi

from bonewise.channel.telegram import request
from bonewise.channel.telegram.bot import TelegramBot, make_bot
from bonewise.channel.telegram.request import AiohttpRequest, ConnectError, RateLimitError


async def test_a_call_and_its_answer_go_through(api: TelegramApi, bot: TelegramBot) -> None:
    ann = api.user(1, known=True)
    sent = await bot.send_message(1, "Grüße, आपका दिन 🦴 & <b>")
    assert ann.screen().text == sent.text == "Grüße, आपका दिन 🦴 & <b>"


async def test_nobody_at_the_port_means_surely_not_sent() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        bot = make_bot(TOKEN, f"http://127.0.0.1:{taken.getsockname()[1]}")
        with pytest.raises(ConnectError, match=r"127\.0\.0\.1"):
            await bot.initialize()
        await bot.shutdown()


async def test_an_unknown_host_means_surely_not_sent() -> None:
    bot = make_bot(TOKEN, "http://telegram.invalid")
    with pytest.raises(ConnectError, match=r"telegram\.invalid"):
        await bot.initialize()
    await bot.shutdown()


async def test_no_free_connection_in_time_means_surely_not_sent(
    api: TelegramApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(request, "CONNECT", 0.1)
    api.fail_next("getMe", delay=1.0)
    url = f"{api.base_url}/bot{TOKEN}/getMe"
    async with AiohttpRequest(1) as narrow:
        slow = asyncio.create_task(narrow.post(url))
        await asyncio.sleep(0.05)
        with pytest.raises(ConnectError):
            await narrow.post(url)
        await slow


async def test_a_bot_that_is_shut_down_sends_nothing(api: TelegramApi) -> None:
    bot = make_bot(TOKEN, api.base_url)
    await bot.initialize()
    await bot.shutdown()
    with pytest.raises(ConnectError, match="not initialized"):
        await bot.send_message(1, "x")


async def test_an_address_that_is_none_sends_nothing_and_does_not_show_it() -> None:
    bot = make_bot(TOKEN, "nonsense")
    with pytest.raises(ConnectError) as told:
        await bot.initialize()
    await bot.shutdown()
    assert TOKEN not in repr(told.value)


async def test_no_answer_in_time_leaves_open_what_became_of_the_call(
    api: TelegramApi, bot: TelegramBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(request, "CALL", 0.1)
    ann = api.user(1, known=True)
    api.fail_next("sendMessage", delay=0.4)
    with pytest.raises(TimedOut):
        await bot.send_message(1, "slow")
    assert (await ann.next_message()).text == "slow"


@pytest.mark.parametrize("drop", ["before", "after"])
async def test_a_cut_connection_leaves_open_what_became_of_the_call(
    api: TelegramApi, bot: TelegramBot, drop: str
) -> None:
    api.user(1, known=True)
    api.fail_next("sendMessage", drop=drop)
    with pytest.raises(NetworkError) as told:
        await bot.send_message(1, "cut")
    assert not isinstance(told.value, ConnectError | TimedOut)


async def test_a_gateway_page_instead_of_json_is_a_network_error(api: TelegramApi, bot: TelegramBot) -> None:
    api.fail_next("sendMessage", status=502, html=True)
    with pytest.raises(NetworkError) as told:
        await bot.send_message(1, "x")
    assert type(told.value) is NetworkError


@pytest.mark.parametrize(
    ("status", "error"), [(400, BadRequest), (401, InvalidToken), (403, Forbidden), (404, InvalidToken)]
)
async def test_a_refusal_comes_as_the_librarys_own_error(
    api: TelegramApi, bot: TelegramBot, status: int, error: type[Exception]
) -> None:
    api.fail_next("sendMessage", status=status)
    with pytest.raises(error):
        await bot.send_message(1, "x")


async def test_too_many_requests_say_how_long_to_wait(api: TelegramApi, bot: TelegramBot) -> None:
    api.fail_next("sendMessage", retry_after=7)
    with pytest.raises(RateLimitError) as told:
        await bot.send_message(1, "x")
    assert told.value.retry_after == 7


async def test_too_many_requests_of_a_gateway_wait_a_while(api: TelegramApi, bot: TelegramBot) -> None:
    api.fail_next("sendMessage", status=429, html=True)
    with pytest.raises(RateLimitError) as told:
        await bot.send_message(1, "x")
    assert told.value.retry_after == request.RETRY_AFTER

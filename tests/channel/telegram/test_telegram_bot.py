import logging
import traceback

import pytest
from telegram.error import InvalidToken, TelegramError
from tests.telegram_api import TOKEN, TelegramApi

from bonewise.channel.telegram.bot import TelegramBot, make_bot


async def test_neither_the_token_nor_a_message_is_ever_logged(
    api: TelegramApi, caplog: pytest.LogCaptureFixture
) -> None:
    api.user(1, "Annabel", known=True)
    with caplog.at_level(logging.DEBUG):
        logging.getLogger("telegram.Bot").setLevel(logging.DEBUG)
        async with make_bot(TOKEN, api.base_url) as bot:
            await bot.send_message(1, "a very private matter")
            for trouble in ({"status": 400}, {"status": 502, "html": True}, {"drop": "after"}, {"retry_after": 1}):
                api.fail_next("sendMessage", **trouble)
                with pytest.raises(TelegramError):
                    await bot.send_message(1, "a very private matter")
            await api.user(1).types("another private matter")
            assert len(await bot.raw_updates(None, 0, ("message",))) == 1
    logging.getLogger("telegram.Bot").setLevel(logging.NOTSET)
    for secret in (TOKEN, "local-test-token", "private matter", "Annabel"):
        assert secret not in caplog.text


async def test_the_token_is_in_no_error_and_no_picture_of_the_bot(api: TelegramApi) -> None:
    bot = make_bot("999:wrong-token", api.base_url)
    with pytest.raises(InvalidToken, match="@BotFather") as told:
        await bot.initialize()
    await bot.shutdown()
    shown = "".join(traceback.format_exception(told.value)) + repr(bot) + str(bot)
    assert "wrong-token" not in shown


async def test_updates_come_as_plain_data_even_of_a_kind_nobody_knows(api: TelegramApi, bot: TelegramBot) -> None:
    number = await api.inject("something_of_2031", {"strange": 1})
    assert await bot.raw_updates(None, 0, ()) == [{"update_id": number, "something_of_2031": {"strange": 1}}]


async def test_a_proxy_of_the_environment_is_used_but_where_it_is_told_not_to(
    api: TelegramApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", api.base_url)
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    async with make_bot(TOKEN, "http://telegram.invalid") as far:
        assert far.username == "bonewise_test_bot"
    async with make_bot(TOKEN, f"{api.base_url}/") as near:
        assert near.username == "bonewise_test_bot"

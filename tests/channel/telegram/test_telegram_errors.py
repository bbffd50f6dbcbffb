import logging
from datetime import timedelta

import pytest
from telegram import Bot
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from tests.telegram_api import TOKEN, TelegramApi

from bonewise.channel.telegram.errors import TOKEN_PAUSE, filed, seconds, send_error
from bonewise.channel.telegram.request import ConnectError, RateLimitError
from bonewise.service.transport import Ambiguous, NotSent, Refused, SendError


@pytest.mark.parametrize(
    ("error", "filed_as"),
    [
        (ConnectError("no route"), NotSent),
        (Conflict("two of us"), NotSent),
        (RateLimitError(3), NotSent),
        (InvalidToken("no"), NotSent),
        (Forbidden("Forbidden: bot was blocked by the user"), Refused),
        (BadRequest("chat not found"), Refused),
        (ChatMigrated(-2), Refused),
        (TimedOut(), Ambiguous),
        (NetworkError("ServerDisconnectedError"), Ambiguous),
        (TelegramError("Invalid server response"), Ambiguous),
    ],
)
def test_each_error_is_filed_by_what_became_of_the_message(error: TelegramError, filed_as: type[SendError]) -> None:
    assert type(send_error("sendMessage", error)) is filed_as


def test_only_a_person_who_does_not_want_us_is_gone() -> None:
    blocked = send_error("sendMessage", Forbidden("Forbidden: user is deactivated"))
    refused = send_error("sendMessage", BadRequest("Bad Request: chat not found"))
    assert isinstance(blocked, Refused)
    assert isinstance(refused, Refused)
    assert (blocked.gone, refused.gone) == (True, False)


def test_too_many_requests_stop_everyone_for_as_long_as_was_said() -> None:
    told = send_error("sendMessage", RateLimitError(17))
    assert isinstance(told, NotSent)
    assert (told.retry_after, told.everyone) == (17.0, True)


def test_a_refused_token_stops_everyone_and_tells_the_operator_what_to_do(caplog: pytest.LogCaptureFixture) -> None:
    told = send_error("sendMessage", InvalidToken("The token `123:secret` was rejected"))
    assert isinstance(told, NotSent)
    assert (told.retry_after, told.everyone) == (TOKEN_PAUSE, True)
    (record,) = caplog.records
    assert record.levelno == logging.ERROR
    assert "@BotFather" in record.getMessage()
    assert "secret" not in caplog.text + str(told)


def test_words_of_a_gateway_are_not_repeated_because_they_may_hold_the_address() -> None:
    page = NetworkError("Bad Gateway (502). Parsing the server response b'/bot123:secret/sendMessage' failed")
    assert str(send_error("sendMessage", page)) == "sendMessage: NetworkError"


def test_the_librarys_error_is_no_part_of_ours() -> None:
    with pytest.raises(Ambiguous) as told, filed("sendMessage"):
        raise TimedOut("secret")
    assert told.value.__cause__ is None
    assert told.value.__suppress_context__


@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
async def test_the_librarys_own_request_class_is_filed_the_same(api: TelegramApi) -> None:
    async with Bot(TOKEN, base_url=f"{api.base_url}/bot") as host:
        api.fail_next("sendMessage", retry_after=9)
        with pytest.raises(NotSent) as told, filed("sendMessage"):
            await host.send_message(1, "x")
        assert told.value.retry_after == 9.0
        api.fail_next("sendMessage", delay=0.3)
        with pytest.raises(Ambiguous), filed("sendMessage"):
            await host.send_message(1, "x", read_timeout=0.05)
    with pytest.raises(NotSent), filed("getMe"):
        await Bot(TOKEN, base_url="http://127.0.0.1:9/bot").initialize()


def test_seconds_are_read_from_either_kind_of_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    assert seconds(RetryAfter(timedelta(minutes=1))) == 60.0

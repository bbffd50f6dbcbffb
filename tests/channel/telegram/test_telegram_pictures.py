"""A page with a picture: the words are below it where they fit, and come in any case."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.telegram_api import Person, TelegramApi

from bonewise.channel.telegram.bot import TelegramBot
from bonewise.channel.telegram.render import LONGEST_CAPTION
from bonewise.channel.telegram.transport import TelegramTransport
from bonewise.dialogue.screen import Button, Screen
from bonewise.service.transport import NotSent, Refused, Transport

CONTENT = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40
HOME = ((Button("Home", press="go:home"),),)
PAGE = Screen(
    "**Two** systems & <b>", "en", buttons=HOME, role="page", picture="0a.png", picture_words="A bone <and> a nerve"
)
TEXT = Screen("Another page", "en", buttons=HOME, role="page")


@pytest.fixture
def ann(api: TelegramApi) -> Person:
    return api.user(1, "Ann", known=True)


@pytest.fixture
def transport(bot: TelegramBot, tmp_path: Path) -> Transport:
    (tmp_path / "two.png").write_bytes(CONTENT)
    return TelegramTransport(bot, {"0a.png": tmp_path / "two.png", "gone.png": tmp_path / "gone.png"})


def page(text: str) -> Screen:
    return Screen(text, "en", buttons=HOME, role="page", picture="0a.png", picture_words="A bone <and> a nerve")


def shown(ann: Person) -> list[tuple[str, str, list[str]]]:
    return [(message.kind, message.text, message.labels) for message in ann.messages]


async def test_the_words_are_below_the_picture(transport: Transport, ann: Person) -> None:
    message = await transport.send("1", PAGE, None, 1)
    [only] = ann.messages
    assert (only.kind, only.html, only.labels) == ("photo", "<b>Two</b> systems &amp; &lt;b&gt;", ["Home"])
    assert only.file is not None
    assert only.file.content == CONTENT
    assert message == str(only.id)


async def test_words_that_are_too_long_for_that_come_after_it_with_the_buttons(
    transport: Transport, ann: Person
) -> None:
    longest = "🦴" * (LONGEST_CAPTION // 2)
    await transport.send("1", page(longest), None, 1)
    assert shown(ann) == [("photo", longest, ["Home"])]
    message = await transport.send("1", page(longest + "x"), None, 2)
    assert shown(ann)[1:] == [("photo", "A bone <and> a nerve", []), ("text", longest + "x", ["Home"])]
    assert message == str(ann.messages[-1].id)


async def test_a_picture_that_has_arrived_is_not_sent_again_with_its_words(
    api: TelegramApi, transport: Transport, ann: Person
) -> None:
    long = page("🦴" * LONGEST_CAPTION)
    api.fail_next("sendMessage", retry_after=1)
    with pytest.raises(NotSent):
        await transport.send("1", long, None, 1)
    await transport.send("1", long, None, 1)
    assert [message.kind for message in ann.messages] == ["photo", "text"]


async def test_a_very_long_text_comes_whole_after_it(transport: Transport, ann: Person) -> None:
    await transport.send("1", page("word " * 2000), None, 1)
    assert [message.kind for message in ann.messages] == ["photo", "text", "text", "text"]
    assert [bool(message.labels) for message in ann.messages] == [False, False, False, True]


async def test_a_page_does_not_change_in_place_from_or_into_a_picture(transport: Transport, ann: Person) -> None:
    first = await transport.send("1", TEXT, None, 1)
    second = await transport.send("1", PAGE, first, 2)
    third = await transport.send("1", TEXT, second, 3)
    assert len({first, second, third}) == 3
    assert [message.kind for message in ann.messages] == ["text", "photo", "text"]
    assert await transport.send("1", TEXT, third, 4) == third


async def test_a_silent_page_is_silent_with_a_picture_too(transport: Transport, ann: Person) -> None:
    await transport.send("1", Screen("Psst", "en", silent=True, picture="0a.png"), None, 1)
    assert ann.screen().silent


@pytest.mark.parametrize("why", ["PHOTO_INVALID_DIMENSIONS", "IMAGE_PROCESS_FAILED", "can't parse entities: x"])
async def test_what_telegram_takes_for_no_picture_does_not_keep_the_words_back(
    api: TelegramApi, transport: Transport, ann: Person, why: str, caplog: pytest.LogCaptureFixture
) -> None:
    api.fail_next("sendPhoto", status=400, description=f"Bad Request: {why}")
    message = await transport.send("1", PAGE, None, 1)
    assert shown(ann) == [("text", "Two systems & <b>", ["Home"])]
    assert message == str(ann.screen().id)
    assert "sent without the picture" in caplog.text
    assert "systems" not in caplog.text


async def test_a_picture_that_is_gone_does_not_keep_the_words_back(
    transport: Transport, ann: Person, caplog: pytest.LogCaptureFixture
) -> None:
    for row, picture in enumerate(("gone.png", "of-an-older-start.png")):
        await transport.send("1", Screen("A page", "en", picture=picture), None, row)
    assert [message.kind for message in ann.messages] == ["text", "text"]
    assert [record.getMessage() for record in caplog.records] == [
        "picture gone.png cannot be read (FileNotFoundError): sent without it",
        "picture of-an-older-start.png cannot be read (KeyError): sent without it",
    ]


async def test_somebody_who_blocked_us_gets_no_picture_either(transport: Transport, ann: Person) -> None:
    await ann.blocks()
    with pytest.raises(Refused) as told:
        await transport.send("1", PAGE, None, 1)
    assert told.value.gone

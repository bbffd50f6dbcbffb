"""A file comes as a document, with the words below it."""

from __future__ import annotations

from tests.telegram_api import TelegramApi

from bonewise.channel.telegram.bot import TelegramBot
from bonewise.channel.telegram.render import LONGEST_CAPTION
from bonewise.channel.telegram.transport import TelegramTransport
from bonewise.dialogue.screen import Attachment, Button, Screen

CONTENT = "BEGIN:VCALENDAR\r\nSUMMARY:año\r\nEND:VCALENDAR\r\n"
FILE = Attachment("reminder.ics", CONTENT, "Add to calendar")
HOME = ((Button("Home", press="go:home"),),)


def with_file(text: str) -> Screen:
    return Screen(text, "en", buttons=HOME, file=FILE)


async def test_the_words_are_below_the_file(api: TelegramApi, bot: TelegramBot) -> None:
    ann = api.user(1, "Ann", known=True)
    message = await TelegramTransport(bot).send("1", with_file("**Here** it is & <b>"), None, 1)
    [only] = ann.messages
    assert (only.kind, only.html, only.labels) == ("document", "<b>Here</b> it is &amp; &lt;b&gt;", ["Home"])
    assert only.file is not None
    assert (only.file.filename, only.file.content) == ("reminder.ics", CONTENT.encode())
    assert message == str(only.id)


async def test_words_that_are_too_long_for_that_come_after_it(api: TelegramApi, bot: TelegramBot) -> None:
    ann = api.user(1, "Ann", known=True)
    long = "x" * (LONGEST_CAPTION + 1)
    await TelegramTransport(bot).send("1", with_file(long), None, 1)
    assert [(one.kind, one.text, one.labels) for one in ann.messages] == [
        ("document", "", []),
        ("text", long, ["Home"]),
    ]


async def test_a_file_that_telegram_does_not_want_is_left_out(api: TelegramApi, bot: TelegramBot) -> None:
    ann = api.user(1, "Ann", known=True)
    api.fail_next("sendDocument", status=400, description="Bad Request: wrong file")
    await TelegramTransport(bot).send("1", with_file("Here"), None, 1)
    assert [(one.kind, one.text) for one in ann.messages] == [("text", "Here")]


async def test_a_message_with_a_file_is_never_edited_in_place(api: TelegramApi, bot: TelegramBot) -> None:
    ann, transport = api.user(1, "Ann", known=True), TelegramTransport(bot)
    first = await transport.send("1", Screen("Before", "en"), None, 1)
    await transport.send("1", with_file("Here"), first, 2)
    assert [one.kind for one in ann.messages] == ["text", "document"]

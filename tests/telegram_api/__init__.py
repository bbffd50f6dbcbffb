"""A local Bot API over HTTP, strict about every call, with the people who talk to the bot.

async with TelegramApi(token="123456:test") as api:
    ann = api.user(1, "Ann", "en")
    await ann.types("/start")       # the bot polls api.base_url + "/bot" + token
    print((await ann.next_message()).text)
    assert not api.faults
"""

from tests.telegram_api.chats import Button, Chat, Message
from tests.telegram_api.person import Person
from tests.telegram_api.queries import Press
from tests.telegram_api.server import TOKEN, Call, Fault, TelegramApi

__all__ = ["TOKEN", "Button", "Call", "Chat", "Fault", "Message", "Person", "Press", "TelegramApi"]

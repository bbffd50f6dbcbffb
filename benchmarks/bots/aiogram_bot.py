"""How an aiogram bot reaches the local Bot API."""

import asyncio
import os

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer


def poll(dispatcher: Dispatcher) -> None:
    """Poll until the process is ended."""
    server = TelegramAPIServer.from_base(os.environ["BOT_API_BASE_URL"])
    bot = Bot(os.environ["BOT_TOKEN"], session=AiohttpSession(api=server))
    asyncio.run(dispatcher.start_polling(bot))

"""A bare echo with aiogram, which keeps nothing."""

from aiogram import Dispatcher
from aiogram.types import Message
from aiogram_bot import poll

dispatcher = Dispatcher()


@dispatcher.message()
async def echo(message: Message) -> None:
    """Say it back."""
    await message.answer(message.text)


poll(dispatcher)

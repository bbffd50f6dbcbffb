"""A bare echo with python-telegram-bot, which keeps nothing. The argument is how many updates are handled at once."""

import os
import sys

from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters


async def echo(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    """Say it back."""
    await update.message.reply_text(update.message.text)


at_once = int(sys.argv[1])
builder = Application.builder().token(os.environ["BOT_TOKEN"]).base_url(os.environ["BOT_API_BASE_URL"] + "/bot")
if at_once > 1:
    builder = builder.concurrent_updates(at_once).connection_pool_size(at_once)
application = builder.build()
application.add_handler(MessageHandler(filters.TEXT, echo))
application.run_polling()

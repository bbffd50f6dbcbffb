"""Three questions with python-telegram-bot's ConversationHandler, kept with PicklePersistence."""

import os
from pathlib import Path

from telegram import Update
from telegram.ext import (
    Application,
    CommandHandler,
    ContextTypes,
    ConversationHandler,
    MessageHandler,
    PicklePersistence,
    filters,
)

FIRST, SECOND, THIRD = range(3)


async def start(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> int:
    """Ask the first question."""
    await update.message.reply_text("First question?")
    return FIRST


async def first(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    """Keep the answer, ask the second."""
    context.user_data["first"] = update.message.text
    await update.message.reply_text("Second question?")
    return SECOND


async def second(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    """Keep the answer, ask the third."""
    context.user_data["second"] = update.message.text
    await update.message.reply_text("Third question?")
    return THIRD


async def third(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    """Keep the answer, and end."""
    context.user_data["third"] = update.message.text
    await update.message.reply_text("Thank you.")
    return ConversationHandler.END


application = (
    Application.builder()
    .token(os.environ["BOT_TOKEN"])
    .base_url(os.environ["BOT_API_BASE_URL"] + "/bot")
    .persistence(PicklePersistence(Path(os.environ["BOT_DATA_DIR"]) / "pickle"))
    .build()
)
application.add_handler(
    ConversationHandler(
        [CommandHandler("start", start)],
        {
            step: [MessageHandler(filters.TEXT, then)]
            for step, then in ((FIRST, first), (SECOND, second), (THIRD, third))
        },
        [],
        name="questions",
        persistent=True,
    )
)
application.run_polling()

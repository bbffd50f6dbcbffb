"""A bot with a start, a quiz and a menu of its own, and Bonewise beside them. See docs/plugin.md.

BOT_TOKEN=123456:ABC-DEF python docs/example_host.py          Bonewise receives: the full promise
BOT_TOKEN=123456:ABC-DEF python docs/example_host.py host     this program's Updater receives: the weaker one
"""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path
from typing import Any

from telegram import BotCommand, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import Application, CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bonewise import Action, Attached, Order, attach

HERE = Path(__file__).with_suffix("")
_log = logging.getLogger("example")


async def start(update: Update, context: Any) -> None:
    """This bot's own /start, with a button that opens a flow of Bonewise."""
    attached: Attached = context.bot_data["bonewise"]
    rows = [
        [InlineKeyboardButton("Quiz", callback_data="quiz:1")],
        [InlineKeyboardButton("Call me back", callback_data=attached.link("call_back"))],
    ]
    await update.effective_chat.send_message("This is the host.", reply_markup=InlineKeyboardMarkup(rows))


async def quiz(update: Update, context: Any) -> None:
    """This bot's own button."""
    await update.callback_query.answer()
    await update.effective_chat.send_message("How many bones has an adult?")


async def answer(update: Update, context: Any) -> None:
    """A text that is not for Bonewise."""
    await update.effective_chat.send_message(f"The host heard: {update.effective_message.text}")


async def call_back(order: Order) -> None:
    """Bonewise asked for the hour. The same number may come a second time after a kill."""
    _log.info("order %d: call at %s", order.number, order.answers["hour"])


async def ready(application: Any) -> None:
    """This bot's own commands."""
    await application.bot.set_my_commands([BotCommand("start", "What the host can do")])


def main(receive: str) -> None:
    """Serve until SIGTERM or SIGINT."""
    server = os.environ.get("BOT_API_BASE_URL", "https://api.telegram.org")
    builder = Application.builder().token(os.environ["BOT_TOKEN"]).base_url(f"{server}/bot")
    builder = builder.concurrent_updates(8).post_init(ready)
    application = (builder if receive == "host" else builder.updater(None)).build()
    application.add_handler(CommandHandler("start", start))
    application.add_handler(CallbackQueryHandler(quiz, "^quiz:"))
    application.add_handler(MessageHandler(filters.TEXT, answer))
    attached = attach(
        application,
        data_dir=Path(os.environ.get("BOT_DATA_DIR", "data")),
        flows=[HERE / "flows"],
        locales=[HERE / "locales"],
        actions={"call_back": Action({"hour": "time"}, call_back)},
        receive="host" if receive == "host" else "own",
        prefix="bw_",
    )
    application.bot_data["bonewise"] = attached
    if receive == "host":
        application.run_polling()
    else:
        attached.run()


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    logging.getLogger("httpx").setLevel(logging.WARNING)  # at INFO it logs addresses, which hold the token
    main(sys.argv[1] if len(sys.argv) > 1 else "own")

"""The Telegram channel.

    bot = make_bot(token)                    bot.py        a Bot that keeps quiet about its token
    transport = TelegramTransport(bot)       transport.py  implements service.transport.Transport
    poller = Poller(bot, receiver, jitter)   polling.py    fetches, hands over, and only then confirms
    await set_up(bot, catalog)               setup.py      commands and descriptions, per language

On the way in, `updates.received` turns one update of the Bot API into a `Received`. On the way out, `render.render`
turns a `Screen` into messages; `errors.send_error` files what can go wrong. All of it is Bot API 9.4 or older, but
for `<tg-time>` (9.5).
"""

"""The bot in somebody else's application: whose an update is, and what the host keeps."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from telegram import CallbackQuery, Chat, InlineKeyboardButton, InlineKeyboardMarkup, Message, Update, User
from telegram.ext import Application, CommandHandler, InvalidCallbackData

from bonewise import Action, AttachError, Order, attach
from tests.hosting import EXAMPLE, MODES, builder, hosted, serving
from tests.telegram_api import TelegramApi
from tests.telegram_talk import says, sees

FOLDER = EXAMPLE.with_suffix("")
HOST_SHORT = [pytest.param("host"), pytest.param("own", marks=pytest.mark.long)]
OWN_FLOW: dict[str, Any] = {"flows": [FOLDER / "flows"], "locales": [FOLDER / "locales"]}


async def nothing(_order: Order) -> None:
    return None


async def until(holds: Callable[[], object]) -> None:
    """Wait until a condition holds. Raises `TimeoutError`."""
    async with asyncio.timeout(5):
        while not holds():  # noqa: ASYNC110 - it tells nobody
            await asyncio.sleep(0.02)


def with_action(do: Any) -> dict[str, Any]:
    """The flow of the example, whose action is this."""
    return {**OWN_FLOW, "actions": {"call_back": Action({"hour": "time"}, do)}}


@pytest.mark.parametrize("receive", MODES)
async def test_a_text_goes_to_whom_the_person_turned_to_last_and_an_alarm_to_us(receive: str, tmp_path: Path) -> None:
    async with TelegramApi() as api:
        user = api.user(7, "Maria", "en")
        async with serving(hosted(builder(api, receive).build(), tmp_path, receive=receive), receive):
            await user.types("hello")
            await sees(user, "The host heard: hello")
            await user.types("/bw_start")
            await sees(user, "This is Bonewise")
            await user.types("Start")
            await sees(user, "May we keep your answers?")
            await user.types("/start")
            await sees(user, "This is the host.")
            await user.types("yes")
            await sees(user, "The host heard: yes")
            await user.types("I can't breathe")
            await sees(user, "Get emergency help now.")
        assert "The host heard: I can't breathe" not in [message.text for message in user.messages]
        assert api.faults == []


@pytest.mark.parametrize("receive", HOST_SHORT)
async def test_ours_is_answered_in_its_order_though_the_host_works_at_many_updates_at_once(
    receive: str, tmp_path: Path
) -> None:
    async with TelegramApi() as api:
        user = api.user(7, "Maria", "en")
        application = builder(api, receive).concurrent_updates(8).build()
        async with serving(hosted(application, tmp_path, receive=receive), receive):
            await user.types("/bw_privacy")
            await sees(user, "We keep what you tap")
            async with api.at_once():
                for number in range(8):
                    await user.types("/bw_language" if number % 2 else "/bw_privacy")
            for _ in range(8):
                await user.next_message(30)
        texts = [message.text for message in user.messages if message.from_bot][1:]
        assert [text.startswith("Which language") for text in texts] == [False, True] * 4


@pytest.mark.parametrize("receive", MODES)
async def test_the_host_works_at_as_many_updates_at_once_as_it_wants(receive: str, tmp_path: Path) -> None:
    both = asyncio.Barrier(2)

    async def meet(_update: Update, _context: object) -> None:
        await both.wait()

    async with TelegramApi() as api:
        application = builder(api, receive).concurrent_updates(2).build()
        application.add_handler(CommandHandler("meet", meet))
        host = hosted(application, tmp_path, receive=receive)
        async with serving(host, receive):
            for user in (api.user(7, "Maria", "en"), api.user(8, "Ann", "en")):
                await user.types("/meet")
            await until(lambda: both.n_waiting == 0 and len(host.given) == 2)


@pytest.mark.parametrize(
    ("held", "answered"), [(InvalidCallbackData("bw_go:privacy"), True), ({"of": "the host"}, False)]
)
async def test_buttons_that_hold_objects_hide_none_of_ours(held: Any, answered: bool, tmp_path: Path) -> None:
    """With `arbitrary_callback_data` the host's bot puts its own objects, or this error, in the place of the data."""
    async with TelegramApi() as api:
        person = User(7, "Maria", False)
        api.user(7, "Maria", "en", known=True)
        shown = Message(5, datetime.now(UTC), Chat(7, "private"))
        pressed = Update(1, callback_query=CallbackQuery("1", person, "x", message=shown, data=held))
        host = hosted(builder(api, "host").build(), tmp_path, receive="host")
        async with serving(host, "host"):
            await host.application.process_update(pressed)
            if answered:
                await sees(api.user(7), "We keep what you tap")
        assert host.given == ([] if answered else [pressed])


async def test_the_host_gets_every_other_kind_of_update_too(tmp_path: Path) -> None:
    async with TelegramApi() as api:
        user = api.user(7, "Maria", "en")
        host = hosted(builder(api, "own").build(), tmp_path)
        async with serving(host, "own"):
            await user.sends_voice()
            sender = {"id": 7, "is_bot": False, "first_name": "Maria"}
            await api.inject("inline_query", {"id": "1", "from": sender, "query": "a", "offset": ""})
            await api.inject("something_new", {"of": "the future"})
            await user.types("/other")
            await user.blocks()
            await until(lambda: len(host.given) == 5)
        kinds = ["message", "inline_query", "something_new", "message", "my_chat_member"]
        assert host.kinds() == kinds


async def test_our_own_get_no_further_and_ours_alone(tmp_path: Path) -> None:
    async with TelegramApi() as api:
        user = api.user(7, "Maria", "en")
        host = hosted(builder(api, "own").build(), tmp_path)
        async with serving(host, "own"):
            await user.types("/bw_start")
            await sees(user, "This is Bonewise")
            await says(user, "Start", "May we keep your answers?")
            await user.blocks()
            await until(lambda: host.given)
        assert host.kinds() == ["my_chat_member"]


async def test_a_group_gets_our_pages_by_our_commands_only(tmp_path: Path) -> None:
    async with TelegramApi() as api:
        user, group = api.user(7, "Maria", "en"), api.group(-5)
        host = hosted(builder(api, "own").build(), tmp_path)
        async with serving(host, "own"):
            await user.types("/learn", chat=group)
            await user.types("/bw_learn", chat=group)
            await until(lambda: any(message.from_bot for message in group.messages.values()))
        [page] = [message for message in group.messages.values() if message.from_bot]
        assert "What would you like to read?" in page.text
        assert [button.url for row in page.buttons for button in row][-1].endswith("?start=bw_go-check_menu")
        assert len(host.given) == 1


async def test_a_link_with_our_payload_opens_ours_through_the_hosts_start(tmp_path: Path) -> None:
    async with TelegramApi() as api:
        user = api.user(7, "Maria", "en")
        async with serving(hosted(builder(api, "own").build(), tmp_path), "own"):
            await user.types("/start go-privacy")
            await sees(user, "This is the host.")
            await user.types("/start bw_go-privacy")
            await sees(user, "We keep what you tap")


async def test_an_action_of_the_hosts_is_done_with_the_answers(tmp_path: Path) -> None:
    orders: list[Order] = []

    async def note(order: Order) -> None:
        orders.append(order)

    async with TelegramApi() as api:
        user = api.user(7, "Maria", "en", known=True)
        host = hosted(builder(api, "own").build(), tmp_path, **with_action(note))
        async with serving(host, "own"):
            button = InlineKeyboardButton("Call", callback_data=host.attached.link("call_back"))
            await host.application.bot.send_message(7, "Hello", reply_markup=InlineKeyboardMarkup([[button]]))
            await says(user, "Call", "At what time may we call you?")
            await user.types("10:30")
            await sees(user, "We will call you at")
        assert [(order.chat, order.answers) for order in orders] == [(7, {"hour": "10:30"})]


async def test_an_action_that_fails_is_tried_once_more_and_does_not_stop_the_talk(tmp_path: Path) -> None:
    numbers: list[int] = []

    async def fails(order: Order) -> None:
        numbers.append(order.number)
        raise RuntimeError

    async with TelegramApi() as api:
        user = api.user(7, "Maria", "en")
        async with serving(hosted(builder(api, "own").build(), tmp_path, **with_action(fails)), "own"):
            await user.types("/start bw_go-call_back")
            await sees(user, "At what time may we call you?")
            await user.types("10:30")
            await sees(user, "We will call you at")
        assert numbers == [numbers[0]] * 2


async def test_the_hosts_hooks_run_around_ours(tmp_path: Path) -> None:
    order: list[str] = []

    def hook(name: str) -> Any:
        async def run(_application: object) -> None:
            order.append(f"{name}, {'open' if (tmp_path / 'bonewise.db-wal').exists() else 'closed'}")

        return run

    async with TelegramApi() as api:
        made = builder(api, "own").post_init(hook("init")).post_stop(hook("stop")).post_shutdown(hook("shutdown"))
        async with serving(hosted(made.build(), tmp_path), "own"):
            await api.user(7).types("/bw_start")
            await sees(api.user(7), "This is Bonewise")
            order.append(f"talk, {'open' if (tmp_path / 'bonewise.db-wal').exists() else 'closed'}")
    assert order == ["init, closed", "talk, open", "stop, closed", "shutdown, closed"]


async def test_a_stop_lets_our_message_on_its_way_arrive(tmp_path: Path) -> None:
    async with TelegramApi() as api:
        user = api.user(7, "Maria", "en")
        async with serving(hosted(builder(api, "own").build(), tmp_path), "own"):
            api.fail_next("sendMessage", delay=1.5)
            await user.types("/bw_start")
            await until(lambda: not api.state.updates.pending)  # taken in, and confirmed to Telegram
            await asyncio.sleep(0.3)
        assert "This is Bonewise" in user.screen().text


async def test_a_web_server_of_the_hosts_hands_us_updates_one_by_one(tmp_path: Path) -> None:
    async with TelegramApi() as api:
        user = api.user(7, "Maria", "en", known=True)
        host = hosted(builder(api, "own").build(), tmp_path)
        async with host.application, host.attached:
            for number, text in enumerate(("/bw_start", "/start"), 1):
                await host.attached.take(typed(number, text))
            await sees(user, "This is Bonewise")
            assert [update.update_id for update in drained(host.application)] == [2]


def typed(number: int, text: str) -> dict[str, Any]:
    person = {"id": 7, "is_bot": False, "first_name": "Maria"}
    chat = {"id": 7, "type": "private", "first_name": "Maria"}
    return {
        "update_id": number,
        "message": {"message_id": number, "date": 1, "chat": chat, "from": person, "text": text},
    }


def drained(application: Application[Any, Any, Any, Any, Any, Any]) -> list[Any]:
    """What waits for the host."""
    return [application.update_queue.get_nowait() for _ in range(application.update_queue.qsize())]


async def test_an_update_before_the_start_says_how_to_start(tmp_path: Path) -> None:
    async with TelegramApi() as api:
        with pytest.raises(AttachError, match="was not started"):
            await hosted(builder(api, "own").build(), tmp_path).attached.take(typed(1, "/bw_start"))


@pytest.mark.parametrize(
    ("receive", "more", "why"),
    [
        ("host", {"receive": "own"}, "updater"),
        ("own", {"prefix": "Bw-"}, "prefix: 'Bw-'"),
        ("own", {"paid_rate": 30}, "paid_rate: write 31 to 970"),
        ("own", {"actions": {"remind": Action({}, nothing)}}, "`remind` is an action of the bot's own"),
        ("own", {"actions": {"book": Action({"day": "string"}, nothing)}}, "takes `day` as 'string'"),
        ("own", with_action(nothing) | {"locales": ()}, "call_back.yml:5:5: the text `call_back.hour.ask` is missing"),
    ],
)
async def test_what_stands_in_the_way_is_told_when_it_is_attached(
    receive: str, more: dict[str, Any], why: str, tmp_path: Path
) -> None:
    with pytest.raises(AttachError, match=why):
        attach(builder(TelegramApi(), receive).build(), data_dir=tmp_path, **more)


def test_importing_the_package_loads_nothing() -> None:
    code = "import bonewise, sys; sys.exit('telegram' in sys.modules or 'yaml' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0

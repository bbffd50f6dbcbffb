"""The local Bot API holds a bot to Telegram's rules, and lets a test be the person on the other side."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import timedelta

import aiohttp
import pytest
from aiohttp import web
from telegram import Bot, BotCommand, CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup, MenuButtonCommands
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter, TimedOut

from tests.telegram_api import TOKEN, Person, TelegramApi


@pytest.fixture
async def api() -> AsyncIterator[TelegramApi]:
    async with TelegramApi() as running:
        yield running


@pytest.fixture
async def bot(api: TelegramApi) -> AsyncIterator[Bot]:
    async with Bot(TOKEN, base_url=f"{api.base_url}/bot") as connected:
        yield connected


@pytest.fixture
def ann(api: TelegramApi) -> Person:
    return api.user(1, "Ann", "pt-br", known=True)


async def call(api: TelegramApi, method: str, *, token: str = TOKEN, **parameters: object) -> tuple[int, dict]:
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{api.base_url}/bot{token}/{method}", json=parameters) as answer,
    ):
        return answer.status, await answer.json()


def keyboard(*rows: list[InlineKeyboardButton]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(rows)


# Calls are checked


async def test_an_unknown_method_is_404_and_a_fault(api: TelegramApi) -> None:
    status, body = await call(api, "sendTelepathy")
    assert (status, body["description"]) == (404, "Not Found: method not found")
    assert [fault.method for fault in api.faults] == ["sendTelepathy"]


async def test_method_names_ignore_upper_and_lower_case(api: TelegramApi) -> None:
    assert (await call(api, "GETME"))[1]["result"]["is_bot"] is True
    assert api.calls[0].method == "getMe"


async def test_a_wrong_token_is_401(api: TelegramApi) -> None:
    assert await call(api, "getMe", token="1:no") == (
        401,
        {"ok": False, "error_code": 401, "description": "Unauthorized"},
    )
    with pytest.raises(InvalidToken):
        async with Bot("1:no", base_url=f"{api.base_url}/bot"):
            pass


@pytest.mark.parametrize(
    ("parameters", "word"),
    [
        ({"chat_id": 1, "text": "a", "colour": "red"}, "no parameter 'colour'"),
        ({"chat_id": 1}, "needs the parameter 'text'"),
        ({"chat_id": 1, "text": 5}, "text: must be String"),
        ({"chat_id": 1, "text": None}, "text: must be String"),
        ({"chat_id": 1, "text": "a", "protect_content": "maybe"}, "protect_content: must be Boolean"),
        ({"chat_id": 1, "text": "a", "reply_markup": {"inline_keyboard": [[{"txt": "a"}]]}}, "[0][0].text: missing"),
        ({"chat_id": 1, "text": "a", "reply_markup": '{"inline_keyboard": [[{"text": 1}]]}'}, "must be String, not 1"),
        ({"chat_id": 1, "text": "a", "reply_markup": {"inline_keyboard": [], "x": 1}}, "has no such field"),
        ({"chat_id": 1, "text": "a", "entities": [{"type": "bold", "offset": "0", "length": 1}]}, "offset: must be"),
    ],
)
async def test_ill_typed_parameters_are_400_and_a_fault(
    api: TelegramApi, ann: Person, parameters: dict, word: str
) -> None:
    status, body = await call(api, "sendMessage", **parameters)
    assert status == 400
    assert word in body["description"]
    assert [fault.description for fault in api.faults] == [body["description"]]
    assert ann.messages == []


async def test_query_form_multipart_and_json_are_all_read(api: TelegramApi, ann: Person) -> None:
    url = f"{api.base_url}/bot{TOKEN}/sendMessage"
    markup = json.dumps({"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]})
    form = {"chat_id": "1", "text": "hello", "reply_markup": markup}
    async with aiohttp.ClientSession() as session:
        await session.get(url, params=form)
        await session.post(url, data=form)
        with aiohttp.MultipartWriter("form-data") as parts:
            for name, value in form.items():
                parts.append(value).set_content_disposition("form-data", name=name)
            await session.post(url, data=parts)
        await session.post(url, json=form)
    assert [message.labels for message in ann.messages] == [["Go"]] * 4
    assert api.faults == []


async def test_a_broken_json_body_is_a_fault(api: TelegramApi) -> None:
    async with aiohttp.ClientSession(headers={"Content-Type": "application/json"}) as session:
        answer = await session.post(f"{api.base_url}/bot{TOKEN}/getMe", data="{")
        assert answer.status == 400
    assert api.faults


async def test_a_known_method_that_is_not_modelled_gets_a_minimal_result(api: TelegramApi, ann: Person) -> None:
    assert (await call(api, "getUserProfilePhotos", user_id=1))[1]["result"] == {"total_count": 1, "photos": []}
    assert (await call(api, "unpinAllChatMessages", chat_id=1))[1]["result"] is True
    assert (await call(api, "sendLocation", chat_id=1, latitude=1.5, longitude=2))[1]["result"]["chat"]["id"] == 1


# Texts


async def test_html_becomes_text_and_entities(bot: Bot, ann: Person) -> None:
    source = (
        '<b>Bold 😀</b> <i>a &lt; b</i>&nbsp;<a href="https://example.org">link</a> <a href="nowhere">dropped</a>\n'
        '<blockquote expandable>why</blockquote><pre><code class="language-x">c</code></pre>'
        '<tg-time unix="1700000000" format="wDT">noon</tg-time>'
    )
    sent = await bot.send_message(1, source, parse_mode="HTML")
    assert sent.text == "Bold 😀 a < b&nbsp;link dropped\nwhycnoon"
    assert [(str(entity.type), sent.parse_entity(entity)) for entity in sent.entities] == [
        ("bold", "Bold 😀"),
        ("italic", "a < b"),
        ("text_link", "link"),
        ("expandable_blockquote", "why"),
        ("pre", "c"),
        ("date_time", "noon"),
    ]
    assert ann.screen().html.startswith("<b>Bold 😀</b> <i>a &lt; b</i>&amp;nbsp;")


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("<b>é", 'Can\'t find end tag corresponding to start tag "b"'),
        ("é<p>x</p>", 'Unsupported start tag "p" at byte offset 2'),
        ("a <b", "Unclosed start tag at byte offset 2"),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<a href='x", 'Unclosed start tag "a" at byte offset 0'),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ('<a ="x">y</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
        ('<tg-time unix="soon">y</tg-time>', "Invalid date-time entity specified"),
    ],
)
async def test_bad_html_is_refused_in_telegrams_words(
    api: TelegramApi, bot: Bot, ann: Person, source: str, why: str
) -> None:
    status, body = await call(api, "sendMessage", chat_id=1, text=source, parse_mode="HTML")
    assert (status, body["description"]) == (400, f"Bad Request: can't parse entities: {why}")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "message text is empty"),
        (" \n ", "text must be non-empty"),
        ("😀" * 4097, "message is too long"),
        ("é" * 16385, "text is too long"),
    ],
)
async def test_texts_outside_the_limits_are_refused(api: TelegramApi, ann: Person, text: str, why: str) -> None:
    assert (await call(api, "sendMessage", chat_id=1, text=text))[1]["description"] == f"Bad Request: {why}"
    assert len(api.faults) == 1


async def test_the_limit_counts_code_points_after_parsing(bot: Bot, ann: Person) -> None:
    sent = await bot.send_message(1, "<b>" + "😀" * 4096 + "</b>", parse_mode="HTML")
    assert len(sent.text or "") == 4096


async def test_outer_blanks_are_trimmed_and_entities_follow(bot: Bot, ann: Person) -> None:
    sent = await bot.send_message(1, "\n  a<b>b </b>\n", parse_mode="HTML")
    assert (sent.text, sent.entities[0].offset, sent.entities[0].length) == ("ab", 1, 1)


# Buttons


@pytest.mark.parametrize(
    ("button", "why"),
    [
        ({"text": "a", "callback_data": "й" * 33}, "BUTTON_DATA_INVALID"),
        ({"text": "a", "callback_data": ""}, "BUTTON_DATA_INVALID"),
        ({"text": "a"}, "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"),
        (
            {"text": "a", "callback_data": "a", "url": "https://example.org"},
            "can't parse inline keyboard button: exactly one of the optional fields must be used, "
            "not url and callback_data",
        ),
        (
            {"text": "a", "url": "http://localhost"},
            "inline keyboard button URL 'http://localhost' is invalid: Wrong HTTP URL",
        ),
        ({"text": "a", "copy_text": {"text": "x" * 257}}, "BUTTON_COPY_TEXT_INVALID"),
        (
            {"text": "a", "callback_data": "a", "style": "green"},
            "can't parse keyboard button: invalid button style specified",
        ),
    ],
)
async def test_bad_buttons_are_refused(api: TelegramApi, ann: Person, button: dict, why: str) -> None:
    markup = {"inline_keyboard": [[button]]}
    status, body = await call(api, "sendMessage", chat_id=1, text="a", reply_markup=markup)
    assert (status, body["description"]) == (400, f"Bad Request: {why}")


@pytest.mark.parametrize("rows", [[9], [8] * 13, [1] * 101])
async def test_keyboards_that_are_too_big_are_refused(bot: Bot, ann: Person, rows: list[int]) -> None:
    grid = [[InlineKeyboardButton("a", callback_data="a")] * width for width in rows]
    with pytest.raises(BadRequest, match="Reply markup is too long"):
        await bot.send_message(1, "a", reply_markup=InlineKeyboardMarkup(grid))


async def test_a_markup_over_ten_kilobytes_is_refused(bot: Bot, ann: Person) -> None:
    grid = [[InlineKeyboardButton("a" * 120, callback_data="d" * 64)] for _ in range(60)]
    with pytest.raises(BadRequest, match="Reply markup is too long"):
        await bot.send_message(1, "a", reply_markup=InlineKeyboardMarkup(grid))


async def test_a_person_sees_styles_and_what_is_copied(bot: Bot, ann: Person) -> None:
    call_now = InlineKeyboardButton("Copy 112", copy_text=CopyTextButton("112"), style="danger")
    await bot.send_message(1, "Call", reply_markup=keyboard([call_now]))
    button = ann.screen().buttons[0][0]
    assert (button.copy, button.style) == ("112", "danger")
    with pytest.raises(LookupError, match="does not call the bot"):
        await ann.presses("Copy 112")


async def test_a_press_is_an_update_and_its_answer_reaches_the_person(bot: Bot, ann: Person) -> None:
    await bot.send_message(1, "Q", reply_markup=keyboard([InlineKeyboardButton("Yes", callback_data="a:1")]))
    press = await ann.presses("Yes")
    (update,) = await bot.get_updates()
    assert update.callback_query is not None
    assert (update.callback_query.data, update.callback_query.message.text) == ("a:1", "Q")  # type: ignore[union-attr]
    await update.callback_query.answer("Saved", show_alert=True)
    assert (await press.answered()).text == "Saved"
    assert press.alert


async def test_a_button_that_is_not_there_cannot_be_pressed(bot: Bot, ann: Person) -> None:
    await bot.send_message(1, "Q", reply_markup=keyboard([InlineKeyboardButton("Yes", callback_data="a:1")]))
    with pytest.raises(LookupError, match=r"there is no button 'No'; there are \[\['Yes'\]\]"):
        await ann.presses("No")


async def test_an_older_question_is_out_of_reach_unless_it_is_named(bot: Bot, ann: Person) -> None:
    await bot.send_message(1, "Q1", reply_markup=keyboard([InlineKeyboardButton("One", callback_data="1")]))
    await ann.types("hm")
    await bot.send_message(1, "Q2", reply_markup=keyboard([InlineKeyboardButton("Two", callback_data="2")]))
    with pytest.raises(LookupError):
        await ann.presses("One")
    old = next(message for message in ann.messages if message.text == "Q1")
    assert (await ann.presses("One", old)).button.data == "1"


async def test_late_and_long_answers_to_a_press_are_refused(api: TelegramApi, bot: Bot, ann: Person) -> None:
    await bot.send_message(1, "Q", reply_markup=keyboard([InlineKeyboardButton("Yes", callback_data="a")]))
    press = await ann.presses("Yes")
    with pytest.raises(BadRequest, match="Message_too_long"):
        await bot.answer_callback_query(press.id, "x" * 201)
    api.state.queries.expire()
    with pytest.raises(BadRequest, match="Query is too old and response timeout expired or query id is invalid"):
        await bot.answer_callback_query(press.id)
    assert len(api.faults) == 1


# Editing


async def test_edits_change_what_the_person_sees(bot: Bot, ann: Person) -> None:
    sent = await bot.send_message(1, "Q", reply_markup=keyboard([InlineKeyboardButton("Yes", callback_data="a")]))
    await ann.next_message()
    await bot.edit_message_text("Q: <b>yes</b>", 1, sent.message_id, parse_mode="HTML")
    changed = await ann.next_change()
    assert (changed.html, changed.labels, changed.edited) == ("Q: <b>yes</b>", [], True)
    with pytest.raises(BadRequest, match="Message is not modified"):
        await bot.edit_message_text("Q: <b>yes</b>", 1, sent.message_id, parse_mode="HTML")
    with pytest.raises(BadRequest, match="Message is not modified"):
        await bot.edit_message_reply_markup(1, sent.message_id)


async def test_what_cannot_be_edited(api: TelegramApi, bot: Bot, ann: Person) -> None:
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await bot.edit_message_text("x", 1, 999)
    typed = await ann.types("mine")
    with pytest.raises(BadRequest, match="Message can't be edited"):
        await bot.edit_message_text("x", 1, typed.id)
    file = await bot.send_document(1, b"%PDF", filename="summary.pdf", caption="For the doctor")
    with pytest.raises(BadRequest, match="There is no text in the message to edit"):
        await bot.edit_message_text("x", 1, file.message_id)
    assert api.faults == []


async def test_a_deleted_message_is_gone(bot: Bot, ann: Person) -> None:
    sent = await bot.send_message(1, "secret")
    await bot.delete_message(1, sent.message_id)
    assert ann.messages == []
    with pytest.raises(BadRequest, match="Message to delete not found"):
        await bot.delete_message(1, sent.message_id)


async def test_files_arrive_with_name_and_content(api: TelegramApi, bot: Bot, ann: Person) -> None:
    await bot.send_document(1, b"%PDF-1.7", filename="summary.pdf", caption="<b>For the doctor</b>", parse_mode="HTML")
    await bot.send_photo(1, b"png", caption="a picture")
    document, photo = ann.messages
    assert document.file is not None
    assert (document.file.filename, document.file.content) == ("summary.pdf", b"%PDF-1.7")
    assert (document.html, photo.kind) == ("<b>For the doctor</b>", "photo")
    assert api.faults == []


# Who may be written to


async def test_a_stranger_cannot_be_written_to_until_they_write(api: TelegramApi, bot: Bot) -> None:
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(404, "hello")
    bob = api.user(2, "Bob")
    with pytest.raises(Forbidden, match="can't initiate conversation"):
        await bot.send_message(2, "hello")
    await bob.types("/start")
    await bot.send_message(2, "hello")
    assert bob.screen().text == "hello"


async def test_blocking_refuses_calls_and_is_an_update(bot: Bot, ann: Person) -> None:
    await ann.blocks()
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(1, "hello")
    await ann.unblocks()
    await bot.send_message(1, "welcome back")
    updates = await bot.get_updates()
    assert [str(update.my_chat_member.new_chat_member.status) for update in updates if update.my_chat_member] == [
        "kicked",
        "member",
    ]


async def test_in_a_group_the_bot_gets_only_what_is_meant_for_it(api: TelegramApi, bot: Bot, ann: Person) -> None:
    family = api.group(-100500)
    for text in ("hello all", "/help@other_bot", "/start@bonewise_test_bot", "hi @bonewise_test_bot"):
        await ann.types(text, chat=family)
    texts = [update.message.text for update in await bot.get_updates() if update.message]
    assert texts == ["/start@bonewise_test_bot", "hi @bonewise_test_bot"]
    await bot.send_message(-100500, "in private, please")
    assert family.messages[max(family.messages)].text == "in private, please"


# Updates


async def test_updates_are_kept_until_they_are_confirmed(bot: Bot, ann: Person) -> None:
    await ann.types("/start x")
    await ann.types("two")
    first, second = await bot.get_updates()
    assert first.message is not None
    assert first.message.entities[0].type == "bot_command"
    assert first.message.from_user is not None
    assert first.message.from_user.language_code == "pt-br"
    assert [u.update_id for u in await bot.get_updates(limit=1)] == [first.update_id]
    assert [u.update_id for u in await bot.get_updates(offset=second.update_id)] == [second.update_id]
    assert await bot.get_updates(offset=second.update_id + 1) == ()


async def test_a_negative_offset_keeps_the_last_ones_only(bot: Bot, ann: Person) -> None:
    for text in "abc":
        await ann.types(text)
    assert [u.message.text for u in await bot.get_updates(offset=-1) if u.message] == ["c"]
    assert len(await bot.get_updates()) == 1


async def test_a_long_poll_waits_for_news(bot: Bot, ann: Person) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=5))
    await asyncio.sleep(0.1)
    assert not poll.done()
    await ann.types("now")
    assert len(await asyncio.wait_for(poll, 2)) == 1


async def test_two_pollers_conflict(api: TelegramApi, bot: Bot) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=5))
    await asyncio.sleep(0.1)
    second = await call(api, "getUpdates", timeout=0)
    with pytest.raises(Conflict, match=r"[Tt]erminated by other getUpdates request"):
        await first
    assert second[1]["result"] == []


async def test_only_wanted_kinds_of_updates_arrive(bot: Bot, ann: Person) -> None:
    await bot.get_updates(allowed_updates=["message"])
    typed = await ann.types("a")
    await ann.edits(typed, "b")
    await ann.blocks()
    assert [bool(update.message) for update in await bot.get_updates()] == [True]


async def test_pictures_voices_places_and_edits_arrive(bot: Bot, ann: Person) -> None:
    await ann.sends_photo("look")
    await ann.sends_voice()
    await ann.sends_sticker()
    await ann.sends_document()
    await ann.sends_location(59.9, 10.7)
    await ann.edits(await ann.types("one"), "two")
    updates = await bot.get_updates()
    messages = [update.message for update in updates if update.message]
    assert messages[0].photo
    assert messages[1].voice
    assert messages[2].sticker
    assert messages[3].document
    assert messages[4].location is not None
    assert messages[4].location.latitude == 59.9
    assert updates[-1].edited_message is not None
    assert updates[-1].edited_message.text == "two"


async def test_an_unknown_kind_of_update_can_be_injected(api: TelegramApi, bot: Bot) -> None:
    await api.inject("telepathy_message", {"thought": "x"})
    (update,) = await bot.get_updates()
    assert update.api_kwargs == {"telepathy_message": {"thought": "x"}}


async def test_an_update_can_come_twice_and_several_at_once(api: TelegramApi, bot: Bot, ann: Person) -> None:
    api.repeat_next()
    async with api.at_once():
        await ann.types("a")
        await ann.types("b")
        assert await bot.get_updates() == ()
    first, second = await bot.get_updates()
    again = await bot.get_updates(offset=second.update_id + 1)
    assert [update.update_id for update in again] == [first.update_id]
    assert await bot.get_updates(offset=second.update_id + 1) == ()


async def test_a_press_waits_no_longer_than_its_life(api: TelegramApi, bot: Bot, ann: Person) -> None:
    api.state.updates.callback_life = 0.05
    await bot.send_message(1, "Q", reply_markup=keyboard([InlineKeyboardButton("Yes", callback_data="a")]))
    await ann.presses("Yes")
    await asyncio.sleep(0.1)
    assert await bot.get_updates() == ()


# Webhook


class Receiver:
    """A bot's webhook: answers with the next of `answers`, then 200."""

    def __init__(self) -> None:
        self.got: list[tuple[dict, str | None]] = []
        self.answers: list[web.Response] = []
        self.slow = 0.0
        self.at_once = self.most = 0
        self.news = asyncio.Condition()

    async def take(self, request: web.Request) -> web.Response:
        self.at_once += 1
        self.most = max(self.most, self.at_once)
        await asyncio.sleep(self.slow)
        self.at_once -= 1
        self.got.append((await request.json(), request.headers.get("X-Telegram-Bot-Api-Secret-Token")))
        async with self.news:
            self.news.notify_all()
        return self.answers.pop(0) if self.answers else web.Response()

    async def has(self, count: int) -> None:
        async with asyncio.timeout(5), self.news:
            await self.news.wait_for(lambda: len(self.got) >= count)


@pytest.fixture
async def receiver(bot: Bot) -> AsyncIterator[Receiver]:
    receiving = Receiver()
    app = web.Application()
    app.router.add_post("/hook", receiving.take)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    await bot.set_webhook(f"http://127.0.0.1:{runner.addresses[0][1]}/hook", secret_token="s3cret")
    yield receiving
    await bot.delete_webhook()
    await runner.cleanup()


async def test_a_webhook_gets_updates_with_the_secret(receiver: Receiver, ann: Person, bot: Bot) -> None:
    await ann.types("hello")
    await receiver.has(1)
    assert (receiver.got[0][0]["message"]["text"], receiver.got[0][1]) == ("hello", "s3cret")
    with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
        await bot.get_updates()


async def test_a_webhook_is_asked_again_until_it_says_yes_and_keeps_the_order(
    receiver: Receiver, ann: Person, bot: Bot
) -> None:
    receiver.answers = [web.Response(status=500), web.Response(status=503, headers={"Retry-After": "0.1"})]
    await ann.types("a")
    await ann.types("b")
    await receiver.has(4)
    assert [update["message"]["text"] for update, _ in receiver.got] == ["a", "a", "a", "b"]
    info = await bot.get_webhook_info()
    assert info.last_error_message == "Wrong response from the webhook: 503 Service Unavailable"


async def test_messages_and_presses_of_one_person_travel_side_by_side(
    receiver: Receiver, ann: Person, bot: Bot
) -> None:
    receiver.slow = 0.2
    await bot.send_message(1, "Q", reply_markup=keyboard([InlineKeyboardButton("Yes", callback_data="a")]))
    await ann.presses("Yes")
    for text in "ab":
        await ann.types(text)
    await receiver.has(3)
    assert receiver.most == 2


async def test_a_webhook_can_answer_with_a_call(receiver: Receiver, ann: Person) -> None:
    receiver.answers = [web.json_response({"method": "sendMessage", "chat_id": 1, "text": "from the body"})]
    await ann.types("hello")
    assert (await ann.next_message()).text == "from the body"


async def test_a_webhook_needs_https_and_a_plain_secret(bot: Bot) -> None:
    with pytest.raises(BadRequest, match="an https url must be provided"):
        await bot.set_webhook("http://example.org/")
    with pytest.raises(BadRequest, match="unallowed characters"):
        await bot.set_webhook("https://example.org/", secret_token="a b")


# Settings of the bot


async def test_commands_have_limits_and_two_letter_languages(bot: Bot) -> None:
    commands = [BotCommand("start", "Begin")]
    await bot.set_my_commands(commands, language_code="pt")
    assert list(await bot.get_my_commands(language_code="pt")) == commands
    assert list(await bot.get_my_commands()) == []
    with pytest.raises(BadRequest, match="Invalid language code specified"):
        await bot.set_my_commands(commands, language_code="pt-br")
    with pytest.raises(BadRequest, match="Bot_command_invalid"):
        await bot.set_my_commands([BotCommand("Start", "Begin")])
    with pytest.raises(BadRequest, match="Bot_commands_too_much"):
        await bot.set_my_commands(commands * 101)


async def test_descriptions_and_the_menu_button_are_kept(api: TelegramApi, bot: Bot) -> None:
    await bot.set_my_description("long", language_code="es")
    await bot.set_my_short_description("short")
    await bot.set_chat_menu_button(menu_button=MenuButtonCommands())
    assert (await bot.get_my_description("es")).description == "long"
    assert (await bot.get_my_short_description()).short_description == "short"
    assert api.state.menu_buttons[None] == {"type": "commands"}
    with pytest.raises(BadRequest, match="too long"):
        await bot.set_my_description("x" * 513)
    with pytest.raises(BadRequest, match="too long"):
        await bot.set_my_short_description("x" * 121)


async def test_chat_actions_are_seen(bot: Bot, ann: Person) -> None:
    await bot.send_chat_action(1, "typing")
    assert ann.chat.actions == ["typing"]


# Trouble


async def test_a_flood_answer_says_how_long_to_wait(
    api: TelegramApi, bot: Bot, ann: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    api.fail_next("sendMessage", retry_after=7)
    with pytest.raises(RetryAfter) as flood:
        await bot.send_message(1, "a")
    assert flood.value.retry_after == timedelta(seconds=7)
    api.fail_next(retry_after=7)
    async with aiohttp.ClientSession() as session:
        answer = await session.get(f"{api.base_url}/bot{TOKEN}/getMe")
        assert (answer.status, answer.headers["Retry-After"]) == (429, "7")


async def test_a_call_can_be_dropped_before_or_after_it_took_effect(api: TelegramApi, bot: Bot, ann: Person) -> None:
    api.fail_next("sendMessage", drop="before")
    with pytest.raises(NetworkError):
        await bot.send_message(1, "lost")
    assert ann.messages == []
    api.fail_next("sendMessage", drop="after")
    with pytest.raises(NetworkError):
        await bot.send_message(1, "arrived")
    assert ann.screen().text == "arrived"


async def test_a_gateway_page_a_slow_answer_and_repeated_failures(api: TelegramApi, bot: Bot, ann: Person) -> None:
    api.fail_next("sendMessage", html=True)
    with pytest.raises(NetworkError):
        await bot.send_message(1, "a")
    api.fail_next("sendMessage", status=500, times=2)
    for _ in range(2):
        with pytest.raises(NetworkError):
            await bot.send_message(1, "a")
    api.fail_next("sendMessage", delay=0.5)
    with pytest.raises(TimedOut):
        await bot.send_message(1, "slow", read_timeout=0.1)
    assert (await ann.next_message()).text == "slow"
    assert [call.error for call in api.calls_of("sendMessage")] == [None]


async def test_planned_trouble_spares_the_poller_unless_it_is_named(api: TelegramApi, bot: Bot, ann: Person) -> None:
    api.fail_next(status=500)
    assert await bot.get_updates() == ()
    api.heal()
    await bot.send_message(1, "fine")


async def test_a_settled_chat_is_quiet(bot: Bot, ann: Person) -> None:
    async def later() -> None:
        for text in "ab":
            await asyncio.sleep(0.05)
            await bot.send_message(1, text)

    sending = asyncio.create_task(later())
    assert [message.text for message in await ann.settled(0.3)] == ["a", "b"]
    await sending


async def test_a_restarted_server_can_take_the_same_port() -> None:
    async with TelegramApi() as first:
        port = int(first.base_url.rpartition(":")[2])
    async with TelegramApi(port=port) as second:
        assert (await call(second, "getMe"))[0] == 200


async def test_the_log_keeps_every_call_with_its_time(api: TelegramApi, bot: Bot, ann: Person) -> None:
    await bot.send_message(1, "a", disable_notification=True)
    (logged,) = api.calls_of("sendMessage")
    assert logged.params == {"chat_id": 1, "text": "a", "disable_notification": True}
    assert logged.time > 0
    assert ann.screen().silent

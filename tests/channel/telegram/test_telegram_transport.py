import asyncio
import contextlib
import logging
from pathlib import Path

import pytest
from tests.telegram_api import TOKEN, Person, TelegramApi

from bonewise.channel.telegram import request
from bonewise.channel.telegram.bot import TelegramBot, make_bot
from bonewise.channel.telegram.transport import TelegramTransport
from bonewise.dialogue.screen import Attachment, Button, Screen, Strip
from bonewise.service.transport import Ambiguous, NotSent, Refused, SendError, Transport

YES = ((Button("Yes", press="a:s:1:0"), Button("Copy 112", copy="112", style="danger")),)
QUESTION = Screen("**Is it new?**", "en", buttons=YES, role="question")


@pytest.fixture
def ann(api: TelegramApi) -> Person:
    return api.user(1, "Ann", known=True)


@pytest.fixture
def transport(bot: TelegramBot) -> Transport:
    return TelegramTransport(bot)


async def test_a_screen_arrives_as_it_is_meant(transport: Transport, ann: Person) -> None:
    message = await transport.send("1", QUESTION, None, 1)
    shown = ann.screen()
    assert message == str(shown.id)
    assert shown.html == "<b>Is it new?</b>"
    assert [(b.label, b.data, b.copy, b.style) for b in shown.buttons[0]] == [
        ("Yes", "a:s:1:0", None, None),
        ("Copy 112", None, "112", "danger"),
    ]
    assert not shown.silent
    assert shown.arguments["link_preview_options"] == {"is_disabled": True}


async def test_a_silent_screen_makes_no_sound(transport: Transport, ann: Person) -> None:
    await transport.send("1", Screen("Psst", "en", silent=True), None, 1)
    assert ann.screen().silent


async def test_the_persons_own_words_are_not_said_again(transport: Transport, ann: Person) -> None:
    assert await transport.send("1", Screen("Yes", "en", role="said"), None, 1) is None
    assert ann.messages == []


async def test_a_long_text_comes_in_order_and_the_last_part_is_the_message(transport: Transport, ann: Person) -> None:
    text = "\n\n".join(f"{number} " + "🦴" * 1000 for number in range(4))
    message = await transport.send("1", Screen(text, "en", buttons=YES), None, 1)
    assert [shown.text[0] for shown in ann.messages] == ["0", "2"]
    assert [bool(shown.buttons) for shown in ann.messages] == [False, True]
    assert message == str(ann.messages[-1].id)


@pytest.mark.parametrize(("trouble", "why"), [({"retry_after": 1}, NotSent), ({"status": 502}, Ambiguous)])
async def test_what_has_arrived_of_a_long_text_is_not_sent_again_with_the_rest(
    api: TelegramApi, transport: Transport, ann: Person, trouble: dict[str, int], why: type[SendError]
) -> None:
    long = Screen("word " * 2000, "en")
    api.fail_next("sendMessage")
    api.fail_next("sendMessage", **trouble)
    with pytest.raises(why):
        await transport.send("1", long, None, 1)
    await transport.send("1", long, None, 1)
    once = [message.text for message in ann.messages]
    await transport.send("1", long, None, 2)
    assert [message.text for message in ann.messages] == once * 2
    assert len(once) == 3


async def test_a_page_changes_in_place(transport: Transport, ann: Person) -> None:
    message = await transport.send("1", QUESTION, None, 1)
    assert await transport.send("1", Screen("Another page", "en", role="page"), message, 2) == message
    assert [(shown.text, shown.buttons) for shown in ann.messages] == [("Another page", [])]


async def test_an_edit_that_changes_nothing_is_a_success(transport: Transport, ann: Person) -> None:
    message = await transport.send("1", QUESTION, None, 1)
    assert await transport.send("1", QUESTION, message, 2) == message
    assert len(ann.messages) == 1


async def test_a_page_whose_message_is_gone_is_sent_anew(transport: Transport, ann: Person) -> None:
    message = await transport.send("1", QUESTION, None, 1)
    ann.screen().deleted = True
    again = await transport.send("1", Screen("Page", "en", role="page"), message, 2)
    assert again == str(ann.screen().id) != message


@pytest.mark.parametrize("why", ["message can't be edited", "there is no text in the message to edit"])
async def test_a_message_that_cannot_be_edited_is_sent_anew(
    api: TelegramApi, transport: Transport, ann: Person, why: str
) -> None:
    message = await transport.send("1", QUESTION, None, 1)
    api.fail_next("editMessageText", status=400, description=f"Bad Request: {why}")
    assert await transport.send("1", Screen("Page", "en", role="page"), message, 2) != message


async def test_an_answered_question_that_is_gone_stays_gone(transport: Transport, ann: Person) -> None:
    message = await transport.send("1", QUESTION, None, 1)
    ann.screen().deleted = True
    assert await transport.send("1", Screen("Yes", "en", role="answered"), message, 2) is None
    assert ann.messages == []


async def test_strip_takes_the_buttons_and_leaves_the_text(transport: Transport, ann: Person) -> None:
    message = await transport.send("1", QUESTION, None, 1)
    for row in (2, 3):
        await transport.send("1", Strip("question"), message, row)
    assert (ann.screen().html, ann.screen().buttons) == ("<b>Is it new?</b>", [])


async def test_strip_of_a_message_that_is_gone_or_was_never_sent_is_nothing(
    api: TelegramApi, transport: Transport, ann: Person
) -> None:
    message = await transport.send("1", QUESTION, None, 1)
    ann.screen().deleted = True
    await transport.send("1", Strip("question"), message, 2)
    await transport.send("1", Strip("question"), None, 3)
    assert len(api.calls_of("editMessageReplyMarkup")) == 1


async def test_if_the_formatting_cannot_be_read_the_words_still_arrive(
    api: TelegramApi, transport: Transport, ann: Person, caplog: pytest.LogCaptureFixture
) -> None:
    broken = "Bad Request: can't parse entities: Unexpected end tag at byte offset 3"
    api.fail_next("sendMessage", status=400, description=broken)
    message = await transport.send("1", QUESTION, None, 1)
    assert (ann.screen().html, len(ann.screen().labels)) == ("Is it new?", 2)
    assert "byte offset 3" in caplog.text
    api.fail_next("editMessageText", status=400, description=broken)
    await transport.send("1", Screen("**Again** & <b>", "en"), message, 2)
    assert ann.screen().text == "Again & <b>"


@pytest.mark.parametrize(
    "trouble",
    [
        {"status": 500},
        {"status": 502, "html": True},
        {"status": 504},
        {"drop": "before"},
        {"drop": "after"},
    ],
)
async def test_nobody_knows_what_became_of_a_message_after_such_trouble(
    api: TelegramApi, transport: Transport, ann: Person, trouble: dict[str, object]
) -> None:
    api.fail_next("sendMessage", **trouble)
    with pytest.raises(Ambiguous):
        await transport.send("1", QUESTION, None, 1)


async def test_no_answer_in_time_is_ambiguous(
    api: TelegramApi, transport: Transport, ann: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(request, "CALL", 0.1)
    api.fail_next("sendMessage", delay=0.3)
    with pytest.raises(Ambiguous):
        await transport.send("1", QUESTION, None, 1)


async def test_without_a_server_nothing_was_sent() -> None:
    async with contextlib.AsyncExitStack() as stack:
        async with TelegramApi() as api:
            bot = await stack.enter_async_context(make_bot(TOKEN, api.base_url))
        await asyncio.sleep(0.05)  # until the closed connection is noticed
        with pytest.raises(NotSent) as told:
            await TelegramTransport(bot).send("1", QUESTION, None, 1)
    assert not told.value.everyone


async def test_too_many_requests_stop_all_chats(api: TelegramApi, transport: Transport, ann: Person) -> None:
    api.fail_next("sendMessage", retry_after=30)
    with pytest.raises(NotSent) as told:
        await transport.send("1", QUESTION, None, 1)
    assert (told.value.retry_after, told.value.everyone) == (30, True)


@pytest.mark.parametrize("status", [401, 404])
async def test_a_revoked_token_is_told_to_the_operator_and_nothing_is_lost(
    api: TelegramApi, transport: Transport, ann: Person, caplog: pytest.LogCaptureFixture, status: int
) -> None:
    api.fail_next("sendMessage", status=status)
    with pytest.raises(NotSent):
        await transport.send("1", QUESTION, None, 1)
    assert [record.levelno for record in caplog.records] == [logging.ERROR]
    assert "@BotFather" in caplog.text


async def test_a_person_who_blocked_us_is_gone(transport: Transport, ann: Person) -> None:
    await ann.blocks()
    with pytest.raises(Refused) as told:
        await transport.send("1", QUESTION, None, 1)
    assert told.value.gone


@pytest.mark.parametrize("why", ["user is deactivated", "bot was kicked from the group chat"])
async def test_a_closed_account_and_a_lost_group_are_gone(
    api: TelegramApi, transport: Transport, ann: Person, why: str
) -> None:
    api.fail_next("sendMessage", status=403, description=f"Forbidden: {why}")
    with pytest.raises(Refused) as told:
        await transport.send("1", QUESTION, None, 1)
    assert told.value.gone


async def test_any_other_refusal_is_logged_by_method_and_description_only(
    transport: Transport, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(Refused) as told:
        await transport.send("404", Screen("private words", "en"), None, 1)
    assert not told.value.gone
    (record,) = caplog.records
    assert record.getMessage() == "sendMessage was refused: Chat not found"


async def test_an_edit_of_somebody_who_blocked_us_is_refused(transport: Transport, ann: Person) -> None:
    message = await transport.send("1", QUESTION, None, 1)
    await ann.blocks()
    for output in (Screen("Page", "en"), Strip("question")):
        with pytest.raises(Refused) as told:
            await transport.send("1", output, message, 2)
        assert told.value.gone


async def test_a_screen_that_breaks_the_limits_never_reaches_telegram(
    api: TelegramApi, transport: Transport, ann: Person, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(Refused, match="64 bytes"):
        await transport.send("1", Screen("x", "en", buttons=((Button("x", press="g" * 65),),)), None, 1)
    assert "64 bytes" in caplog.text
    assert api.calls_of("sendMessage") == []


async def test_a_press_gets_its_notice(transport: Transport, ann: Person) -> None:
    await transport.send("1", QUESTION, None, 1)
    told, quiet = await ann.presses("Yes"), await ann.presses("Yes")
    await transport.acknowledge(told.id, "x" * 300)
    await transport.acknowledge(quiet.id, "")
    assert (await told.answered()).text == "x" * 200
    assert not (await quiet.answered()).text


async def test_acknowledging_and_waiting_never_fail(api: TelegramApi, transport: Transport, ann: Person) -> None:
    await transport.acknowledge("unknown", "")
    for trouble in ({"status": 403}, {"status": 502, "html": True}, {"drop": "after"}, {"retry_after": 1}):
        api.fail_next("answerCallbackQuery", **trouble)
        await transport.acknowledge("unknown", "x")
        api.fail_next("sendChatAction", **trouble)
        await transport.waiting("1")


async def test_waiting_shows_that_we_type(transport: Transport, ann: Person) -> None:
    await transport.waiting("1")
    assert ann.chat.actions == ["typing"]


@pytest.mark.parametrize("paid", [True, False])
async def test_only_what_may_cost_money_says_so(bot: TelegramBot, ann: Person, tmp_path: Path, paid: bool) -> None:
    (tmp_path / "back.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    transport = TelegramTransport(bot, {"back": tmp_path / "back.png"}, paid=paid)
    for row, screen in enumerate(
        (
            Screen("A tip", "en", kind="tip"),
            Screen("A tip", "en", kind="tip", picture="back"),
            Screen("A tip", "en", kind="tip", file=Attachment("visit.ics", "BEGIN:VCALENDAR", "Add to calendar")),
        )
    ):
        await transport.send("1", screen, None, row)
        assert ann.screen().arguments.get("allow_paid_broadcast", False) is paid


async def test_without_stars_a_paid_message_waits_and_the_operator_is_told(
    api: TelegramApi, bot: TelegramBot, ann: Person, caplog: pytest.LogCaptureFixture
) -> None:
    api.fail_next("sendMessage", status=400, description="Bad Request: BALANCE_TOO_LOW")
    with pytest.raises(NotSent) as told:
        await TelegramTransport(bot, paid=True).send("1", QUESTION, None, 1)
    assert (told.value.same_lane, told.value.everyone) == (True, False)
    assert "BOT_PAID_RATE" in caplog.text

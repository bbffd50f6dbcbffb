"""What nobody should send and somebody will: the bot answers, stays up, and mixes nobody up."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from tests.telegram_api import Person, TelegramApi
from tests.telegram_talk import PATIENCE, Clock, greet, says, sees, talking

from bonewise.service.flood import MOST

HELLO = "This is Bonewise"
BEYOND = "That may be beyond this guide."


async def still_talks(user: Person) -> None:
    """The bot goes on as if nothing had been."""
    await user.types("/privacy")
    await sees(user, "We keep what you tap and type")


def written(user: Person) -> int:
    return sum(message.from_bot for message in user.messages)


STRANGE: list[tuple[str, dict[str, Any]]] = [
    ("kind_of_tomorrow", {"what": "ever"}),
    ("poll", {"id": "1"}),
    ("inline_query", {"id": "1", "from": {"id": 7}, "query": "x"}),
    ("message", {}),
    ("message", {"chat": {"id": 7, "type": "private"}}),
    ("message", {"chat": {"id": "7", "type": "private"}, "from": {"id": 7}, "text": 5}),
    ("message", {"chat": {"id": 7, "type": "private"}, "from": {"id": 7, "first_name": 3}, "text": "x"}),
    ("message", {"chat": {"id": 7, "type": "private"}, "from": {"id": 7, "language_code": 3}, "text": "x"}),
    ("message", {"chat": {"id": 7, "type": "private"}, "from": {"id": 7, "language_code": "../en"}, "text": "x"}),
    ("message", {"chat": {"id": 7, "type": "private"}, "from": {"id": 7}, "text": "\ud800 half a letter"}),
    ("message", {"chat": {"id": 7, "type": "private"}, "from": {"id": 7}, "location": {"latitude": "x"}}),
    (
        "message",
        {"chat": {"id": 7, "type": "private"}, "from": {"id": 7}, "location": {"latitude": 1e999, "longitude": 0}},
    ),
    ("message", {"chat": {"id": 7, "type": "channel"}, "text": "x"}),
    ("callback_query", {"id": "1", "from": {"id": 7}}),
    ("callback_query", {"id": "1", "from": {"id": 7}, "inline_message_id": "1", "data": "go:home"}),
    ("my_chat_member", {"chat": {"id": 7, "type": "private"}, "from": {"id": 7}, "new_chat_member": {}}),
    ("edited_message", {"chat": {"id": 7, "type": "private"}, "text": "x"}),
]


async def test_strange_updates_stop_nothing(tmp_path: Path) -> None:
    async with TelegramApi() as api, talking(api, tmp_path):
        user = api.user(7, "Maria", "en")
        await greet(user)
        api.state.updates.allowed = []
        for kind, content in STRANGE:
            await api.inject(kind, content)
        await still_talks(user)
        assert api.faults == []


FORGED = ("", ":", "a:", "a:0:0:0", "go:nowhere", "go:", "card:x.y", "src:x", "a:x:y:z", "t:1", "o:1:2", "n:1:done")
ODD = ("n:x:y", "s:nothing", "zz:1", "☃", "a:" + "9" * 62, "a:\ud83d\ude00:1", "go:../home", "b:0:0", "c:0:0", "l:0:0")


async def test_forged_button_data_changes_nothing(tmp_path: Path) -> None:
    clock = Clock()
    async with TelegramApi() as api, talking(api, tmp_path, clock):
        user = api.user(7, "Maria", "en")
        await greet(user)
        await says(user, "Check a symptom", "What bothers you most?")
        await says(user, "Tingling, numb", "Who is this about?")
        await says(user, "Me", "First, signs")
        question = user.screen()
        for data in (*FORGED, *ODD):
            clock.ahead += 10
            press = await user.presses_old(data, question)
            await press.answered()
        await user.settled(0.2)
        await user.presses("None", question)
        await sees(user, "kinds of pain")
        assert api.faults == []


async def test_a_button_of_an_earlier_question_changes_nothing_and_says_so(tmp_path: Path) -> None:
    clock = Clock()
    async with TelegramApi() as api, talking(api, tmp_path, clock):
        user = api.user(7, "Maria", "en")
        await greet(user)
        await says(user, "Check a symptom", "What bothers you most?")
        await says(user, "Tingling, numb", "Who is this about?")
        await says(user, "Me", "First, signs")
        first = user.screen()
        none = first.button("None")
        assert none is not None
        assert none.data is not None
        await says(user, "None", "kinds of pain")
        question = user.screen()
        clock.ahead += 60
        press = await user.presses_old(none.data, first)
        await press.answered()
        assert press.text == "That one is answered already"
        await sees(user, "That button is from an earlier question. We changed nothing.")
        await user.presses("None", question)
        await sees(user, "Is the skin numb")


async def test_presses_that_come_too_fast_are_all_acknowledged(tmp_path: Path) -> None:
    async with TelegramApi() as api, talking(api, tmp_path):
        user = api.user(7, "Maria", "en")
        await greet(user)
        page = user.screen()
        known = len(api.calls_of("answerCallbackQuery"))
        presses = [await user.presses_old("go:home", page) for _ in range(2 * MOST)]
        for press in presses:
            await press.answered()
        await user.settled(0.3)
        assert len(api.calls_of("answerCallbackQuery")) == known + len(presses)


async def test_a_press_of_somebody_else_in_a_group_touches_nobodys_talk(tmp_path: Path) -> None:
    async with TelegramApi() as api, talking(api, tmp_path):
        maria, stranger = api.user(7, "Maria", "en"), api.user(8, "Joe", "en")
        await greet(maria)
        group = api.group(-100, "Family")
        await maria.types("/help@bonewise_test_bot", chat=group)
        await maria.settled(0.3)
        shown = next(message for message in group.messages.values() if message.from_bot)
        assert "We talk about health in private only" in shown.text
        before = written(maria)
        press = await stranger.presses_old("go:privacy_wipe", shown)
        await press.answered()
        await maria.settled(0.3)
        assert written(maria) == before
        assert written(stranger) == 0


NAMES = (
    "<b>Maria</b>",
    "&lt;Maria&amp;",
    "**Maria** _x_ [x](http://x.example)",
    "{name} {emergency_number}",
    "\u202eairaM\u2066",
    "\u200b\u200d",
    "a" * 64,
    "👩‍👩‍👧‍👦" * 9,
)


async def test_whatever_somebody_is_called_the_talk_is_the_same(tmp_path: Path) -> None:
    async with TelegramApi() as api, talking(api, tmp_path):
        people = [api.user(number, name, "en") for number, name in enumerate(NAMES, 7)]
        await asyncio.gather(*map(greet, people))
        assert api.faults == []
        texts = [[message.text for message in user.messages if message.from_bot] for user in people]
        assert all(seen == texts[0] for seen in texts)


TEXTS = ("😀" * 2048, "\u202e" * 4096, "<b>" * 1365, "x" * 4096, "a\u0300" * 2048, "\x00\x07", "**_[](", "{name}")


async def test_a_text_of_the_longest_or_oddest_kind_is_answered(tmp_path: Path) -> None:
    async with TelegramApi() as api, talking(api, tmp_path):
        people = [api.user(number, "Maria", "en") for number, _ in enumerate(TEXTS, 7)]
        await asyncio.gather(*map(greet, people))
        before = [written(user) for user in people]
        for user, text in zip(people, TEXTS, strict=True):
            await user.types(text)
        async with asyncio.timeout(PATIENCE):
            while any(written(user) == known for user, known in zip(people, before, strict=True)):  # noqa: ASYNC110 - nobody tells
                await asyncio.sleep(0.02)
        assert api.faults == []


async def test_photo_voice_sticker_and_file_are_answered_with_words(tmp_path: Path) -> None:
    async with TelegramApi() as api, talking(api, tmp_path):
        user = api.user(7, "Maria", "en")
        await greet(user)
        for send in (user.sends_photo, user.sends_voice, user.sends_sticker, user.sends_document):
            await send()
            await sees(user, "We can't see or hear that.")
        assert api.faults == []


async def test_words_below_a_photo_that_cannot_wait_are_heard(tmp_path: Path) -> None:
    async with TelegramApi() as api, talking(api, tmp_path):
        user = api.user(7, "Maria", "en")
        await greet(user)
        await user.sends_photo("my face has dropped and I cannot speak properly")
        await sees(user, "Get emergency help now.")


async def test_a_message_that_is_changed_later_is_told_of(tmp_path: Path) -> None:
    async with TelegramApi() as api, talking(api, tmp_path):
        user = api.user(7, "Maria", "en")
        await greet(user)
        message = await user.types("what is the weather today")
        await sees(user, BEYOND)
        await user.edits(message, "what is the weather tomorrow")
        await sees(user, "We saw that you changed a message.")


async def test_a_flood_is_cut_off_and_others_are_answered_meanwhile(tmp_path: Path) -> None:
    clock = Clock()
    async with TelegramApi() as api, talking(api, tmp_path, clock):
        loud, other = api.user(7, "Maria", "en"), api.user(8, "Joe", "en")
        await greet(loud)
        clock.ahead += 60
        before = written(loud)
        async with api.at_once():
            for number in range(200):
                await loud.types(f"purple {number}")
            await other.types("hi")
        await sees(other, HELLO)
        await loud.settled(0.5)
        assert 1 <= written(loud) - before <= 20 + 1  # and once whether words that nobody understood may be kept
        clock.ahead += 60
        await still_talks(loud)


async def test_words_that_cannot_wait_are_heard_in_the_middle_of_a_flood(tmp_path: Path) -> None:
    async with TelegramApi() as api, talking(api, tmp_path):
        user = api.user(7, "Maria", "en")
        await greet(user)
        async with api.at_once():
            for number in range(200):
                await user.types(f"purple {number}")
            await user.types("my face has dropped and I cannot speak properly")
        await sees(user, "Get emergency help now.")

"""The whole way on Telegram: from the first hello through the check to the nudge, over HTTP, across restarts."""

from __future__ import annotations

from pathlib import Path

from tests.telegram_api import TelegramApi
from tests.telegram_talk import Clock, greet, plan_call, says, sees, talking, until_noon


async def test_the_first_hello_leads_home_and_no_call_breaks_the_rules_of_the_bot_api(tmp_path: Path) -> None:
    async with TelegramApi() as api, talking(api, tmp_path):
        await greet(api.user(7, "Maria", "en"))
        assert api.faults == []


async def test_a_red_flag_brings_the_emergency_card_with_the_countrys_number(tmp_path: Path) -> None:
    async with TelegramApi() as api, talking(api, tmp_path):
        user = api.user(7, "Maria", "en")
        await greet(user)
        await says(user, "Check a symptom", "What bothers you most?")
        await says(user, "Tingling, numb", "Who is this about?")
        await says(user, "Me", "First, signs")
        await says(user, "2 Breathing", "Get emergency help now.")
        assert any("999" in message.text for message in user.messages if "Get emergency help" in message.text)
        assert api.faults == []


async def test_words_that_cannot_wait_win_at_any_place(tmp_path: Path) -> None:
    async with TelegramApi() as api, talking(api, tmp_path):
        user = api.user(7, "Maria", "en")
        await greet(user)
        await says(user, "Check a symptom", "What bothers you most?")
        await user.types("my face has dropped and I cannot speak properly")
        await sees(user, "Get emergency help now.")


async def test_a_planned_visit_is_said_at_its_time_even_if_the_bot_was_down(tmp_path: Path) -> None:
    clock = Clock()
    async with TelegramApi() as api:
        user = api.user(7, "Maria", "en")
        async with talking(api, tmp_path, clock):
            await greet(user)
            await plan_call(user)
        clock.ahead = until_noon(1)
        async with talking(api, tmp_path, clock):
            await sees(user, "You asked us to remind you to make a call.")
            await says(user, "Show me", "this is your plan")
            await says(user, "Done", "What happened?")
            await says(user, "I was seen", "You can come back")
        assert api.faults == []


async def test_a_check_goes_on_where_it_was_after_a_restart(tmp_path: Path) -> None:
    async with TelegramApi() as api:
        user = api.user(7, "Maria", "en")
        async with talking(api, tmp_path):
            await greet(user)
            await says(user, "Check a symptom", "What bothers you most?")
            await says(user, "Tingling, numb", "Who is this about?")
            await says(user, "Me", "First, signs")
        async with talking(api, tmp_path):
            await says(user, "None", "kinds of pain")


async def test_after_six_hours_the_gates_are_asked_again(tmp_path: Path) -> None:
    clock = Clock()
    async with TelegramApi() as api, talking(api, tmp_path, clock):
        user = api.user(7, "Maria", "en")
        await greet(user)
        await says(user, "Check a symptom", "What bothers you most?")
        await says(user, "Tingling, numb", "Who is this about?")
        await says(user, "Me", "First, signs")
        await says(user, "None", "kinds of pain")
        clock.ahead = 7 * 3600.0
        await says(user, "None", "Welcome back.")
        assert "First, signs" in user.screen().text


async def test_forget_wipes_the_database(tmp_path: Path) -> None:
    async with TelegramApi() as api:
        user = api.user(7, "Maria", "en")
        async with talking(api, tmp_path):
            await greet(user)
            await user.types("/forget")
            await sees(user, "Wipe all that we keep about you?")
            await says(user, "Yes, go on", "Last step.")
            await says(user, "Wipe it all", "It is wiped.")
            await user.types("hello")
            await sees(user, "This is Bonewise")


async def test_the_button_below_the_chat_calls_for_help_in_the_middle_of_a_question(tmp_path: Path) -> None:
    async with TelegramApi() as api, talking(api, tmp_path):
        user = api.user(7, "Maria", "en")
        await greet(user)
        await says(user, "Plan my visit", "Who is this about?")
        await says(user, "Me", "What is the visit for?")
        await says(user, "I need help now", "Get emergency help now.")
        await says(user, "This is not happening now", "What is the visit for?")
        assert api.faults == []

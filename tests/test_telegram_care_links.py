"""Two people on Telegram, over HTTP: invite, accept, confirm, a nudge is copied, and the end."""

from __future__ import annotations

import re
from pathlib import Path

from tests.telegram_api import TelegramApi
from tests.telegram_talk import Clock, greet, plan_call, says, sees, talking, until_noon


async def test_a_caregiver_is_linked_gets_a_copy_of_a_nudge_and_ends_it(tmp_path: Path) -> None:
    clock = Clock()
    async with TelegramApi() as api:
        maria, ana = api.user(7, "Maria", "en"), api.user(8, "Ana", "en")
        async with talking(api, tmp_path, clock):
            await greet(maria)
            await greet(ana)
            clock.ahead = until_noon(1)
            await says(maria, "Reminders", "You choose when we write")
            await says(maria, "Who is linked", "What would you like to do?")
            await says(maria, "Invite a helper", "What name")
            await maria.types("Mum")
            await sees(maria, "Send this to the one who helps you.")
            [payload] = re.findall(r"start=(join-[0-9a-f]{32})", maria.screen().text)
            await ana.types(f"/start {payload}")
            await sees(ana, "asks you to help")
            await says(ana, "Yes, I want to help", "What name shall they see?")
            await ana.types("Ana")
            await sees(ana, "Thank you.")
            await sees(maria, "Your invitation was answered.")
            await says(maria, "Show me", "said yes to your invitation")
            await says(maria, "Yes, link us", "May your helper get a copy")
            await says(maria, "Yes, send copies", "gets a copy of your reminders now")
            await sees(ana, "You are linked now.")
            await says(maria, "Home", "What would you like to do?")
            await plan_call(maria)
        clock.ahead = until_noon(2)
        async with talking(api, tmp_path, clock):
            await sees(maria, "You asked us to remind you to make a call.")
            await sees(ana, "Someone you help was reminded of something.")
            await says(ana, "Show me", "planned to make a call")
            await says(ana, "End this link", "The link is over.")
            await sees(maria, "is over.")
        assert api.faults == []

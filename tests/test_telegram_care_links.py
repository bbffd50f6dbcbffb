"""Two people on Telegram, over HTTP: invite, accept, confirm, a nudge is copied, and the end."""

from __future__ import annotations

from pathlib import Path

from tests.telegram_api import TelegramApi
from tests.telegram_talk import Clock, greet, link, plan_call, says, sees, talking, until_noon


async def test_a_caregiver_is_linked_gets_a_copy_of_a_nudge_and_ends_it(tmp_path: Path) -> None:
    clock = Clock()
    async with TelegramApi() as api:
        maria, ana = api.user(7, "Maria", "en"), api.user(8, "Ana", "en")
        async with talking(api, tmp_path, clock):
            await greet(maria)
            await greet(ana)
            clock.ahead = until_noon(1)
            await link(maria, ana)
            await plan_call(maria)
        clock.ahead = until_noon(2)
        async with talking(api, tmp_path, clock):
            await sees(maria, "You asked us to remind you to make a call.")
            await sees(ana, "Someone you help was reminded of something.")
            await says(ana, "Show me", "planned to make a call")
            await says(ana, "End this link", "The link is over.")
            await sees(maria, "is over.")
        assert api.faults == []

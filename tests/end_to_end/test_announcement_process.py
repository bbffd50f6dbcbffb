"""An announcement from the command to the chat, beside the running bot."""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.end_to_end.on_telegram import TOKEN, on_telegram
from tests.end_to_end.process import environment
from tests.telegram_api import TelegramApi
from tests.telegram_talk import greet, says, sees, until_noon


async def announce(api: TelegramApi, folder: Path, *arguments: str) -> str:
    """What the command says, or why it does not do it."""
    command = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bonewise", "announce", *arguments),
        env=environment(folder, token=TOKEN, api_base_url=api.base_url),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await command.communicate()
    assert b"Traceback" not in said
    return said.decode()


@pytest.mark.long
@pytest.mark.parametrize("paid", [{}, {"paid_rate": "100"}], ids=["free", "paid"])
async def test_who_agreed_to_news_gets_it_once_and_can_stop(tmp_path: Path, paid: dict[str, str]) -> None:
    file = tmp_path / "week.yml"
    last_day = datetime.now(UTC).date() + timedelta(days=9)
    file.write_text(f'id: week\ntexts: {{en: "**Bone week.** Come and see."}}\nuntil: {last_day}\n')
    async with TelegramApi(TOKEN) as api, on_telegram(api, tmp_path, ahead=until_noon(1), **paid) as bot:
        reader, other = api.user(7, "Maria", "en"), api.user(8, "Ana", "en")
        await asyncio.gather(greet(reader), greet(other))
        await says(reader, "For caregivers", "Caring for someone?")
        await says(reader, "Tips for me", "May we write to you with tips")
        await says(reader, "Yes, like that", "Saved.")
        assert "1 of 2 people get it" in await announce(api, tmp_path, str(file))
        assert "Handed over" in await announce(api, tmp_path, str(file), "--send")
        await sees(reader, "Bone week. Come and see.")
        await bot.logs("announcement week is done: sent 1, failed 0, unknown 0, skipped 0")
        listed = await announce(api, tmp_path, "--list")
        assert listed.startswith("week: done, begun ")
        assert "sent 1, failed 0" in listed
        assert "the id week was used" in await announce(api, tmp_path, str(file), "--send")
        await says(reader, "Stop tips", "Stopped.")
        assert not any("Bone week" in message.text for message in other.messages)
        flagged = [call.params["text"] for call in api.calls_of("sendMessage") if "allow_paid_broadcast" in call.params]
        assert [text.startswith("<b>Bone week.</b>") for text in flagged] == [True] * len(paid)

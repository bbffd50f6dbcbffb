"""Updates of a shared bot while the store cannot be written: in their order, and what is ours in the end."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from tests.channel.web.until import until
from tests.hosting import builder, hosted, serving
from tests.telegram_api import TelegramApi
from tests.telegram_talk import sees

from bonewise.channel.telegram import sharing
from bonewise.store.errors import StoreError

OWN_SHORT = [pytest.param("own"), pytest.param("host", marks=pytest.mark.long)]


@pytest.mark.parametrize("receive", OWN_SHORT)
async def test_what_cannot_be_written_down_is_tried_again_and_nothing_overtakes_it(
    receive: str, tmp_path: Path
) -> None:
    async with TelegramApi() as api:
        user = api.user(7, "Maria", "en")
        host = hosted(builder(api, receive).build(), tmp_path, receive=receive)
        async with serving(host, receive):
            await user.types("/bw_start")
            await sees(user, "This is Bonewise")
            rename(tmp_path, "inbox", "away")
            async with api.at_once():
                await user.types("/bw_privacy")
                await user.types("/start")
            await asyncio.sleep(0.4)
            assert host.given == []
            rename(tmp_path, "away", "inbox")
            await sees(user, "This is the host.")
            await user.settled(0.3)
        assert sum("We keep what you tap" in message.text for message in user.messages) == 1
        assert len(host.given) == 1


async def test_nothing_overtakes_it_though_the_host_works_at_many_updates_at_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with TelegramApi() as api:
        user = api.user(7, "Maria", "en")
        host = hosted(builder(api, "host").concurrent_updates(8).build(), tmp_path, receive="host")
        async with serving(host, "host"):
            await user.types("/bw_privacy")
            await sees(user, "We keep what you tap")
            rename(tmp_path, "inbox", "away")
            await user.types("/bw_language")
            await until(lambda: "cannot be written down yet" in caplog.text)
            rename(tmp_path, "away", "inbox")
            await user.types("/bw_privacy")
            await sees(user, "Which language")
            await sees(user, "We keep what you tap")


async def test_what_cannot_be_written_down_at_last_goes_to_the_hosts_handlers_with_the_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sharing, "INSISTS", 0.0)
    errors: list[Exception | None] = []

    async def note(_update: object, context: Any) -> None:
        errors.append(context.error)

    async with TelegramApi() as api:
        host = hosted(builder(api, "host").build(), tmp_path, receive="host")
        host.application.add_error_handler(note)
        async with serving(host, "host"):
            rename(tmp_path, "inbox", "away")
            await api.user(7, "Maria", "en").types("/bw_start")
            await until(lambda: host.given)
            rename(tmp_path, "away", "inbox")
        assert [type(error) for error in errors] == [StoreError]


def rename(folder: Path, old: str, new: str) -> None:
    """Break the database of a bot that runs, and mend it."""
    other = sqlite3.connect(folder / "bonewise.db", isolation_level=None)
    other.execute(f"ALTER TABLE {old} RENAME TO {new}")
    other.close()

"""A strict local Bot API, and a bot that talks to it over HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from tests.telegram_api import TOKEN, TelegramApi

from bonewise.channel.telegram.bot import TelegramBot, make_bot


@pytest.fixture
async def api() -> AsyncIterator[TelegramApi]:
    async with TelegramApi() as served:
        yield served
        assert not served.faults, served.faults


@pytest.fixture
async def bot(api: TelegramApi) -> AsyncIterator[TelegramBot]:
    async with make_bot(TOKEN, api.base_url) as made:
        yield made

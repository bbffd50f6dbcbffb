from __future__ import annotations

import os
from collections.abc import AsyncIterator

import pytest
from hypothesis import settings
from playwright.async_api import Browser

from tests.browser import chromium

# The same examples each time, so that a change is judged by what it changes; `long` looks for new ones, but not in CI.
settings.register_profile("short", max_examples=50, derandomize=True, deadline=None)
settings.register_profile("long", max_examples=1000, derandomize="CI" in os.environ, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "short"))


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as started:
        yield started

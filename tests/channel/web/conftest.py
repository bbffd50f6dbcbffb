from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from tests.channel.web.catalog import page_words
from tests.channel.web.running import Site, running

from bonewise.channel.web.words import PageWords


@pytest.fixture(scope="session")
def words() -> PageWords:
    return page_words()


@pytest.fixture
async def site(words: PageWords) -> AsyncIterator[Site]:
    async with running(words) as running_site:
        yield running_site

"""The rate of a channel: 30 a second is 30 a second, and a channel that says stop is left in peace."""

from __future__ import annotations

import pytest
from tests.store.filling import BOT, run

from bonewise.store import rate
from bonewise.store.errors import Conflict
from bonewise.store.sqlite import SqliteStore

CHANNEL = "telegram"
INTERVAL = 1 / 30


@pytest.fixture
async def channel(store: SqliteStore) -> SqliteStore:
    await store.commit([rate.ensure(BOT, CHANNEL)])
    return store


async def may(store: SqliteStore, now: float, interval: float = INTERVAL) -> bool:
    try:
        await store.commit([rate.take(BOT, CHANNEL, now, interval)])
    except Conflict:
        return False
    return True


async def test_no_second_has_more_than_thirty_and_asking_often_gets_all_of_them(channel: SqliteStore) -> None:
    taken = [now for now in (1000 + tick / 200 for tick in range(600)) if await may(channel, now)]
    assert 89 <= len(taken) <= 91
    assert all(sum(1 for other in taken if first <= other < first + 1) <= 31 for first in taken)


async def test_a_long_silence_saves_up_nothing(channel: SqliteStore) -> None:
    await may(channel, 1000)
    assert [await may(channel, 2000), await may(channel, 2000), await may(channel, 2000)] == [True, True, False]


async def test_without_an_interval_nothing_waits(channel: SqliteStore) -> None:
    assert all([await may(channel, 1000, 0) for _ in range(100)])


async def test_nobody_sends_before_a_block_is_over(channel: SqliteStore) -> None:
    await channel.commit([rate.block(BOT, CHANNEL, 1030)])
    assert [await may(channel, 1000), await may(channel, 1029.9), await may(channel, 1030)] == [False, False, True]


async def test_a_shorter_block_does_not_shorten_a_longer_one(channel: SqliteStore) -> None:
    for until in (1030, 1010):
        await channel.commit([rate.block(BOT, CHANNEL, until)])
    assert await run(channel, rate.state(BOT, CHANNEL)) == [{"open_at": 1030}]


async def test_the_state_says_when_the_next_is_allowed(channel: SqliteStore) -> None:
    await may(channel, 1000)
    await may(channel, 1000)
    [row] = await run(channel, rate.state(BOT, CHANNEL))
    assert not await may(channel, row["open_at"] - 0.001)
    assert await may(channel, row["open_at"])


async def test_making_sure_of_the_row_again_keeps_what_it_knows(channel: SqliteStore) -> None:
    await channel.commit([rate.block(BOT, CHANNEL, 1030)])
    await channel.commit([rate.ensure(BOT, CHANNEL)])
    assert not await may(channel, 1000)


async def test_another_channel_has_a_rate_of_its_own(channel: SqliteStore) -> None:
    await channel.commit([rate.block(BOT, CHANNEL, 1030), rate.ensure(BOT, "web")])
    await channel.commit([rate.take(BOT, "web", 1000, INTERVAL)])


async def test_a_clock_that_is_set_back_stops_nothing(channel: SqliteStore) -> None:
    await may(channel, 1006)
    assert [await may(channel, 1000), await may(channel, 1001)] == [True, True]

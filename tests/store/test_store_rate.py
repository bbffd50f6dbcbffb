"""The rate of a channel: 30 a second is 30 a second, and a channel that says stop is left in peace."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from tests.store.filling import BOT, run

from bonewise.service.pace import UNPACED, Pace, at_most
from bonewise.store import rate
from bonewise.store.errors import Conflict
from bonewise.store.sqlite import SqliteStore

CHANNEL = "telegram"
MOST = 30
PACE = at_most(MOST)


@pytest.fixture
async def channel(store: SqliteStore) -> SqliteStore:
    await store.commit([rate.ensure(BOT, CHANNEL)])
    return store


async def may(store: SqliteStore, now: float, pace: Pace = PACE) -> bool:
    try:
        await store.commit([rate.take(BOT, CHANNEL, now, pace.interval, pace.late)])
    except Conflict:
        return False
    return True


def most_in_a_second(taken: Sequence[float]) -> int:
    return max(sum(1 for other in taken if first <= other < first + 1) for first in taken)


@pytest.mark.parametrize("late", [0.0, PACE.late, 0.9 * PACE.interval])
async def test_no_second_has_more_than_thirty_however_late_one_comes(channel: SqliteStore, late: float) -> None:
    """After a silence of any length, too: what was not sent then is not saved up."""
    now, taken = 1000.0, list[float]()
    while len(taken) < 100:
        if await may(channel, now + late):
            taken.append(now + late)
        [row] = await run(channel, rate.state(BOT, CHANNEL))
        now = row["open_at"] + (5.0 if len(taken) == 50 else 0.0)
    assert most_in_a_second(taken) <= MOST


async def test_asking_every_five_milliseconds_gets_all_but_one_in_a_hundred(channel: SqliteStore) -> None:
    taken = [now for now in (1000 + tick / 200 for tick in range(600)) if await may(channel, now)]
    assert most_in_a_second(taken) <= MOST
    assert len(taken) >= 0.99 * MOST * 3


async def test_a_long_silence_saves_up_nothing(channel: SqliteStore) -> None:
    """Two at once would make the second that began before the silence one of 31."""
    await may(channel, 1000)
    assert [await may(channel, 2000), await may(channel, 2000)] == [True, False]


async def test_without_an_interval_nothing_waits(channel: SqliteStore) -> None:
    assert all([await may(channel, 1000, UNPACED) for _ in range(100)])


async def test_nobody_sends_before_a_block_is_over(channel: SqliteStore) -> None:
    await channel.commit([rate.block(BOT, CHANNEL, 1030)])
    assert [await may(channel, 1000), await may(channel, 1029.9), await may(channel, 1030)] == [False, False, True]


async def test_a_shorter_block_does_not_shorten_a_longer_one(channel: SqliteStore) -> None:
    for until in (1030, 1010):
        await channel.commit([rate.block(BOT, CHANNEL, until)])
    assert await run(channel, rate.state(BOT, CHANNEL)) == [{"open_at": 1030}]


async def test_the_state_says_when_the_next_is_allowed(channel: SqliteStore) -> None:
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
    await channel.commit([rate.take(BOT, "web", 1000, PACE.interval, PACE.late)])


async def test_a_clock_that_is_set_back_stops_nothing(channel: SqliteStore) -> None:
    await may(channel, 1006)
    assert [await may(channel, 1000), await may(channel, 1001)] == [True, True]

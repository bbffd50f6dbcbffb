"""The clock and the order of the simulation."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from pathlib import Path
from random import Random
from typing import Any

import pytest

from bonewise.store.base import Statement
from bonewise.store.sqlite import SqliteStore
from tests.simulation.virtual import Stuck, VirtualLoop, inline_sqlite


def run(work: Coroutine[Any, Any, Any], seed: int = 1) -> tuple[Any, float]:
    """What comes of it, and how much time has passed."""
    loop = VirtualLoop(Random(seed))
    try:
        return loop.run_until_complete(work), loop.time()
    finally:
        loop.close()


def test_a_year_passes_as_soon_as_everybody_waits_for_it() -> None:
    assert run(asyncio.sleep(365 * 86400.0))[1] == pytest.approx(365 * 86400.0)


def test_who_waits_for_what_never_happens_is_told_so() -> None:
    async def wait() -> None:
        await asyncio.get_running_loop().create_future()

    with pytest.raises(Stuck):
        run(wait())


def test_the_seed_decides_the_order_and_the_same_one_gives_the_same() -> None:
    async def race() -> str:
        order: list[str] = []

        async def one(name: str) -> None:
            await asyncio.sleep(0)
            order.append(name)

        await asyncio.gather(*map(one, "abcdef"))
        return "".join(order)

    orders = [run(race(), seed)[0] for seed in range(10)]
    assert orders == [run(race(), seed)[0] for seed in range(10)]
    assert len(set(orders)) > 5


def test_the_real_store_works_without_its_threads(tmp_path: Path) -> None:
    async def use() -> list[Any]:
        with inline_sqlite():
            store = await SqliteStore.open(tmp_path / "bonewise.db")
            await store.commit([Statement("CREATE TABLE hat (id INTEGER)"), Statement("INSERT INTO hat VALUES (1)")])
            rows = await store.load(Statement("SELECT id FROM hat"))
            await store.close()
            return rows

    assert run(use())[0] == [[{"id": 1}]]

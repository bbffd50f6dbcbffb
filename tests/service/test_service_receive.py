"""Events come in: each once, in their order, and confirmed only when they are written down."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.service.meddling import Meddling
from tests.service.serving import NAME, at_rest, serving, text, until

from bonewise.service import codec
from bonewise.service.flood import MOST
from bonewise.service.receive import TRIES
from bonewise.store.errors import Conflict, Locked

NAMES = "SELECT dedup_key FROM inbox ORDER BY id"


async def test_the_same_event_twice_is_answered_once(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        await served.receive(text("one", key="u1"))
        await served.receive(text("one", key="u1"), text("two", key="u2"), text("two", key="u2"))
        await served.sees("got one", "got two")
        await served.receive(text("two", key="u2"))
        await served.says("three")
        await served.sees("got one", "got two", "got three")
        assert await served.said() == ["one", "two", "three"]


async def test_a_lower_update_number_after_a_quiet_week_is_new(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        await served.receive(text("one", key="u900000001"))
        await served.sees("got one")
        served.forward(8 * 86400)
        await served.receive(text("two", key="u17"))
        await served.receive(text("three", key="u16"))
        await served.sees("got one", "got two", "got three")


async def test_a_key_is_known_for_two_days_at_least(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        await served.receive(text("one", key="u1"))
        await served.sees("got one")
        served.forward(47 * 3600)
        await served.service._tidy()
        await served.receive(text("one", key="u1"))
        await served.says("two")
        await served.sees("got one", "got two")


@given(st.lists(st.lists(st.integers(0, 12), max_size=8), max_size=6))
@settings(max_examples=15, deadline=None)
async def test_any_repetitions_in_any_order_are_known_by_their_keys(
    tmp_path_factory: pytest.TempPathFactory, batches: list[list[int]]
) -> None:
    async with at_rest(tmp_path_factory.mktemp("repeated")) as served:
        for batch in batches:
            await served.receive(*(text(f"{number}", address=f"p{number}", key=f"u{number}") for number in batch))
        first = list(dict.fromkeys(number for batch in batches for number in batch))
        assert [row["dedup_key"] for row in await served.rows(NAMES)] == [f"{NAME}:u{number}" for number in first]


async def test_the_same_key_on_another_channel_is_another_event(tmp_path: Path) -> None:
    async with at_rest(tmp_path) as served:
        await served.receive(text("one", key="u1"))
        await served.service.receive([text("one", key="u1")], "other")
        assert [row["dedup_key"] for row in await served.rows(NAMES)] == [f"{NAME}:u1", "other:u1"]


async def test_what_could_not_be_written_is_an_error_and_nothing_of_the_batch_is_kept(tmp_path: Path) -> None:
    async with at_rest(tmp_path, wrap=Meddling) as served:
        store: Any = served.context.store
        store.before("INSERT INTO inbox", refuse)
        with pytest.raises(Locked):
            await served.receive(text("one"), text("two", "b"))
        assert await served.rows("SELECT 1 FROM person UNION ALL SELECT 1 FROM inbox") == []


async def refuse(_store: object) -> None:
    raise Locked("the file is locked")


async def test_a_batch_that_comes_again_after_an_error_is_kept_whole(tmp_path: Path) -> None:
    async with at_rest(tmp_path, wrap=Meddling) as served:
        store: Any = served.context.store
        batch = [text(f"{number}") for number in range(MOST - 5)]
        store.before("INSERT INTO inbox", refuse, times=3)
        for _ in range(3):
            with pytest.raises(Locked):
                await served.receive(*batch)
        await served.receive(*batch)
        assert len(await served.rows(NAMES)) == len(batch)


async def test_two_batches_of_a_stranger_at_once_make_one_person(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        await asyncio.gather(*(served.receive(text(f"{number}")) for number in range(8)))
        await until(lambda: len(served.channel.sent) == 8)
        assert len(await served.rows("SELECT id FROM person")) == 1
        assert await served.said() == [f"{number}" for number in range(8)]


async def test_somebody_who_is_deleted_meanwhile_is_a_stranger_and_still_heard(tmp_path: Path) -> None:
    async with serving(tmp_path, wrap=Meddling) as served:
        store: Any = served.context.store
        await served.says("one")
        await served.sees("got one")
        store.before_do("INSERT INTO inbox", "DELETE FROM person")
        await served.says("two")
        await served.sees("got one", "got two")
        assert await served.said() == ["two"]


async def test_a_person_who_is_deleted_again_and_again_ends_in_an_error(tmp_path: Path) -> None:
    async with at_rest(tmp_path, wrap=Meddling) as served:
        store: Any = served.context.store
        await served.says("one")
        store.before_do("INSERT INTO inbox", "UPDATE person SET id = hex(randomblob(8))", times=TRIES)
        with pytest.raises(Conflict):
            await served.says("two")


async def test_numbers_grow_in_the_order_of_arrival_also_when_the_clock_is_set_back(tmp_path: Path) -> None:
    async with at_rest(tmp_path) as served:
        await served.receive(text("one", key="u1"))
        served.clock.forward(-3600)
        await served.receive(text("two", key="u2"))
        assert [row["dedup_key"] for row in await served.rows(NAMES)] == [f"{NAME}:u1", f"{NAME}:u2"]
    async with at_rest(tmp_path) as served:
        served.clock.forward(-7200)
        await served.receive(text("three", key="u3"))
        assert [row["dedup_key"] for row in await served.rows(NAMES)][-1] == f"{NAME}:u3"


async def test_what_is_written_down_opens_only_under_the_persons_key(tmp_path: Path) -> None:
    async with at_rest(tmp_path) as served:
        said = text("planted words", name="Planted Name")
        await served.receive(said)
        [row] = await served.rows(
            "SELECT inbox.id, inbox.sealed, person_id, wrapped_key FROM inbox JOIN person ON person.id = person_id"
        )
        assert b"lanted" not in row["sealed"]
        key = served.context.vault.key(row["person_id"], row["wrapped_key"])
        assert codec.load_received(key.open(f"inbox:{row['id']}", row["sealed"])) == said


async def test_an_empty_batch_changes_nothing(tmp_path: Path) -> None:
    async with at_rest(tmp_path) as served:
        await served.receive()
        assert await served.rows(NAMES) == []

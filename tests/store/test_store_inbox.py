"""Events: known by their keys, leased in a person's order, settled only by who leases them."""

from __future__ import annotations

import pytest
from tests.store.filling import BOT, column, events_of, people_of, read, run

from bonewise.store import inbox
from bonewise.store.base import Row
from bonewise.store.errors import Conflict
from bonewise.store.inbox import FORGOTTEN_AFTER, NewEvent
from bonewise.store.people import delete
from bonewise.store.sqlite import SqliteStore

FOREVER = 1e12


async def claim(store: SqliteStore, owner: str = "me", most: int = 10, until: float = FOREVER) -> list[Row]:
    return sorted(await run(store, inbox.claim(BOT, owner, 0, until, most)), key=lambda row: row["id"])


async def claimed(store: SqliteStore, most: int = 10) -> list[int]:
    return [row["id"] for row in await claim(store, most=most)]


async def test_an_event_with_a_known_key_is_not_added_again(store: SqliteStore) -> None:
    await people_of(store, "a")
    await events_of(store, (1, "a"))
    await store.commit([inbox.insert(BOT, NewEvent(2, "a", "key 1", 0, b"again"))])
    assert await read(store, "SELECT id, sealed FROM inbox") == [{"id": 1, "sealed": b"event"}]


async def test_the_same_key_for_another_bot_is_another_event(store: SqliteStore) -> None:
    await people_of(store, "a")
    await events_of(store, (1, "a"))
    await store.commit([inbox.insert("other bot", NewEvent(2, "a", "key 1", 0, b"other"))])
    assert await column(store, "SELECT id FROM inbox ORDER BY id") == [1, 2]


async def test_an_event_of_nobody_is_a_conflict(store: SqliteStore) -> None:
    with pytest.raises(Conflict):
        await events_of(store, (1, "nobody"))


async def test_the_oldest_of_each_person_is_leased_and_no_other(store: SqliteStore) -> None:
    await people_of(store, "a", "b", "c")
    await events_of(store, (1, "a"), (2, "b"), (3, "a"), (4, "c"), (5, "b"))
    assert await claimed(store) == [1, 2, 4]
    assert await claimed(store) == []


async def test_the_next_follows_when_the_one_before_is_settled(store: SqliteStore) -> None:
    await people_of(store, "a")
    await events_of(store, (1, "a"), (2, "a"))
    await claim(store)
    await store.commit([inbox.finish(1, "me")])
    assert await claimed(store) == [2]


async def test_no_more_are_leased_than_asked_for_the_oldest_first(store: SqliteStore) -> None:
    await people_of(store, "a", "b", "c")
    await events_of(store, (3, "a"), (1, "b"), (2, "c"))
    assert await claimed(store, most=2) == [1, 2]


async def test_the_events_of_another_bot_are_left_alone(store: SqliteStore) -> None:
    await people_of(store, "a")
    await store.commit([inbox.insert("other bot", NewEvent(1, "a", "key", 0, b""))])
    assert await claimed(store) == []


async def test_a_settled_event_keeps_its_key_and_loses_its_content(store: SqliteStore) -> None:
    await people_of(store, "a")
    await events_of(store, (1, "a"))
    await claim(store)
    await store.commit([inbox.finish(1, "me")])
    assert await read(store, "SELECT state, dedup_key, owner, sealed FROM inbox") == [
        {"state": "done", "dedup_key": "key 1", "owner": None, "sealed": None}
    ]


@pytest.mark.parametrize("settle", [inbox.finish, lambda row, owner: inbox.fail(row, owner, "pending")])
async def test_only_who_leases_an_event_can_settle_it(store: SqliteStore, settle: type[inbox.Statement]) -> None:
    await people_of(store, "a")
    await events_of(store, (1, "a"))
    for owner in ("me", "other"):
        with pytest.raises(Conflict):
            await store.commit([settle(1, owner)])
        await claim(store, "me")
    await store.commit([settle(1, "me")])
    with pytest.raises(Conflict):
        await store.commit([settle(1, "me")])


async def test_failed_attempts_are_counted(store: SqliteStore) -> None:
    await people_of(store, "a")
    await events_of(store, (1, "a"))
    for attempts in range(3):
        [row] = await claim(store)
        assert row["attempts"] == attempts
        await store.commit([inbox.fail(1, "me", "pending")])
    await claim(store)
    await store.commit([inbox.fail(1, "me", "poison")])
    assert await claimed(store) == []


async def test_one_that_is_set_aside_does_not_hold_up_the_next(store: SqliteStore) -> None:
    await people_of(store, "a")
    await events_of(store, (1, "a"), (2, "a"))
    await claim(store)
    await store.commit([inbox.fail(1, "me", "poison")])
    assert await claimed(store) == [2]


async def test_leases_of_others_are_taken_back_once_they_are_over(store: SqliteStore) -> None:
    await people_of(store, "a", "b", "c")
    await events_of(store, (1, "a"), (2, "b"), (3, "c"))
    await claim(store, "dead", most=1, until=100)
    await claim(store, "alive", most=1, until=200)
    await claim(store, "me", most=1, until=50)
    await store.commit([inbox.take_back(BOT, "me", 150)])
    assert await column(store, "SELECT state FROM inbox ORDER BY id") == ["pending", "leased", "leased"]


async def test_who_stops_gives_back_what_is_leased(store: SqliteStore) -> None:
    await people_of(store, "a", "b", "c")
    await events_of(store, (1, "a"), (2, "b"), (3, "c"))
    await claim(store, "other", most=1)
    await claim(store, "me", most=2)
    await store.commit([inbox.finish(3, "me"), inbox.release("me")])
    assert await column(store, "SELECT state FROM inbox ORDER BY id") == ["leased", "pending", "done"]


async def test_keys_are_kept_for_two_days_and_open_events_for_ever(store: SqliteStore) -> None:
    await people_of(store, "a", "b")
    await events_of(store, (1, "a"), (2, "b"), at=1000)
    await events_of(store, (3, "a"), at=1000)
    await claim(store)
    await store.commit([inbox.finish(1, "me"), inbox.fail(2, "me", "poison")])
    await store.commit([inbox.forget(BOT, 1000 + FORGOTTEN_AFTER)])
    assert await column(store, "SELECT id FROM inbox ORDER BY id") == [1, 2, 3]
    await store.commit([inbox.forget(BOT, 1001 + FORGOTTEN_AFTER)])
    assert await column(store, "SELECT id FROM inbox ORDER BY id") == [3]


async def test_with_a_person_all_their_events_go(store: SqliteStore) -> None:
    await people_of(store, "a", "b")
    await events_of(store, (1, "a"), (2, "b"))
    await store.commit([delete("a")])
    assert await column(store, "SELECT id FROM inbox") == [2]


async def test_a_remembered_key_is_known_and_is_no_event(store: SqliteStore) -> None:
    await people_of(store, "a")
    await store.commit([inbox.remember(BOT, 1, "a", "key 1", 0)])
    await store.commit([inbox.insert(BOT, NewEvent(2, "a", "key 1", 0, b""))])
    assert await column(store, "SELECT id FROM inbox") == [1]
    assert await claimed(store) == []


async def test_the_highest_number_counts_both_boxes(store: SqliteStore) -> None:
    assert await run(store, inbox.highest()) == [{"id": None}]
    await people_of(store, "a")
    await events_of(store, (7, "a"))
    assert await run(store, inbox.highest()) == [{"id": 7}]


@pytest.mark.parametrize(
    ("statement", "index"),
    [
        (inbox.claim(BOT, "me", 0, 1, 8), "inbox_pending"),
        (inbox.forget(BOT, FOREVER), "inbox_over"),
        (delete("a"), ""),
    ],
)
async def test_no_statement_reads_the_whole_table(store: SqliteStore, statement: inbox.Statement, index: str) -> None:
    plan = await run(store, inbox.Statement(f"EXPLAIN QUERY PLAN {statement.sql}", statement.args))
    steps = " ".join(row["detail"] for row in plan)
    assert index in steps
    assert "SCAN" not in steps

"""People: one at each address, changed by versions, deleted whole."""

from __future__ import annotations

import pytest
from tests.store.filling import BOT, column, events_of, messages_of, people_of, run

from bonewise.store import people, reminders
from bonewise.store.errors import Conflict
from bonewise.store.people import NewPerson
from bonewise.store.sqlite import SqliteStore


async def test_a_person_is_found_by_id_and_by_address(store: SqliteStore) -> None:
    await people_of(store, "a")
    assert await run(store, people.one("a")) == [
        {
            "id": "a",
            "channel": "telegram",
            "address": "a",
            "wrapped_key": b"key",
            "sealed": b"person",
            "version": 0,
            "sealed_session": b"session",
        }
    ]
    found = [{"id": "a", "address": "a", "wrapped_key": b"key"}]
    assert await run(store, people.at_address(BOT, "telegram", "a")) == found
    assert await run(store, people.at_address(BOT, "web", "a")) == []
    assert await run(store, people.some(BOT, 3)) == [{"id": "a", "wrapped_key": b"key"}]
    assert await run(store, people.some(BOT, 0)) == []
    assert await run(store, people.some("other bot", 3)) == []


async def test_two_people_at_one_address_are_a_conflict_that_leaves_the_first(store: SqliteStore) -> None:
    await people_of(store, "a")
    with pytest.raises(Conflict):
        await store.commit(people.insert(BOT, NewPerson("b", "telegram", "a", b"", b"", b"", 0)))
    assert await column(store, "SELECT person_id FROM session") == ["a"]


async def test_one_address_on_two_channels_is_two_people(store: SqliteStore) -> None:
    await people_of(store, "a")
    await store.commit(people.insert(BOT, NewPerson("b", "web", "a", b"", b"", b"", 0)))
    assert await column(store, "SELECT id FROM person ORDER BY id") == ["a", "b"]


async def test_of_two_who_read_the_same_version_only_one_saves(store: SqliteStore) -> None:
    await people_of(store, "a")
    await store.commit(people.save("a", b"new", b"new session", 0, 5.0))
    with pytest.raises(Conflict) as raised:
        await store.commit(people.save("a", b"stale", b"stale", 0, 6.0))
    assert raised.value.index == 0
    [row] = await run(store, people.one("a"))
    assert (row["sealed"], row["sealed_session"], row["version"]) == (b"new", b"new session", 1)


async def test_a_person_goes_with_all_their_rows_and_no_others(store: SqliteStore) -> None:
    await people_of(store, "a", "b")
    await events_of(store, (1, "a"), (2, "b"))
    await messages_of(store, (3, "a", "reply"), (4, "b", "reply"))
    for person in ("a", "b"):
        await store.commit([reminders.save(BOT, person, "r", "pending", 0, b"")])
    await store.commit([people.delete("a")])
    left = await column(
        store,
        "SELECT person_id FROM session UNION ALL SELECT person_id FROM inbox "
        "UNION ALL SELECT person_id FROM outbox UNION ALL SELECT person_id FROM reminder",
    )
    assert left == ["b"] * 4
    with pytest.raises(Conflict):
        await store.commit([people.delete("a")])


async def test_a_chat_is_not_held_up_by_a_clock_that_was_set_back(store: SqliteStore) -> None:
    await people_of(store, "a")
    await store.commit([people.pace("a", 1016.0, 1.0, 10.0)])
    await store.commit([people.pace("a", 1000.0, 1.0, 10.0)])
    assert await column(store, "SELECT paced_at FROM person") == [1001.0]


async def test_each_message_uses_up_the_time_of_its_chat(store: SqliteStore) -> None:
    await people_of(store, "a")
    for now, paced in [(100.0, 101.0), (100.5, 102.0), (100.5, 103.0), (200.0, 201.0)]:
        await store.commit([people.pace("a", now, 1.0, 10.0)])
        assert await column(store, "SELECT paced_at FROM person") == [paced]

"""Reminders: found when due, moved on once, changed in place."""

from __future__ import annotations

import pytest
from tests.store.filling import BOT, column, people_of, read, run

from bonewise.store import reminders
from bonewise.store.base import Statement
from bonewise.store.errors import Conflict
from bonewise.store.sqlite import SqliteStore


async def plan(store: SqliteStore, person: str, name: str, due: float, state: str = "pending") -> None:
    await store.commit([reminders.save(BOT, person, name, state, due, b"sealed")])


async def due(store: SqliteStore, now: float, most: int = 10) -> list[str]:
    return [row["id"] for row in await run(store, reminders.due(BOT, now, most))]


async def test_due_is_what_waits_and_whose_moment_has_come_the_longest_first(store: SqliteStore) -> None:
    await people_of(store, "a", "b")
    await plan(store, "a", "late", 50.0)
    await plan(store, "b", "now", 100.0)
    await plan(store, "a", "later", 100.5)
    await plan(store, "a", "said", 10.0, "shown")
    await store.commit([reminders.save("other bot", "a", "other", "pending", 1.0, b"")])
    assert await due(store, 100.0) == ["late", "now"]
    assert await due(store, 100.0, most=1) == ["late"]


async def test_the_next_moment_is_that_of_what_waits(store: SqliteStore) -> None:
    await people_of(store, "a")
    assert await run(store, reminders.next_due(BOT)) == [{"due_at": None}]
    await plan(store, "a", "said", 10.0, "shown")
    await plan(store, "a", "later", 200.0)
    await plan(store, "a", "sooner", 100.25)
    assert await run(store, reminders.next_due(BOT)) == [{"due_at": 100.25}]


async def test_a_reminder_is_moved_on_once(store: SqliteStore) -> None:
    await people_of(store, "a")
    await plan(store, "a", "r", 100.1)
    await store.commit([reminders.move("a", "r", 100.1, "queued")])
    with pytest.raises(Conflict):
        await store.commit([reminders.move("a", "r", 100.1, "queued")])


async def test_one_that_was_planned_for_another_time_meanwhile_is_not_moved_on(store: SqliteStore) -> None:
    await people_of(store, "a")
    await plan(store, "a", "r", 100.0)
    await plan(store, "a", "r", 200.0)
    with pytest.raises(Conflict):
        await store.commit([reminders.move("a", "r", 100.0, "queued")])
    assert await read(store, "SELECT due_at, state FROM reminder") == [{"due_at": 200.0, "state": "pending"}]


async def test_reminders_of_two_people_may_have_the_same_name(store: SqliteStore) -> None:
    await people_of(store, "a", "b")
    await plan(store, "a", "r", 1.0)
    await plan(store, "b", "r", 2.0)
    await store.commit([reminders.delete("a", "r")])
    assert await column(store, "SELECT person_id FROM reminder") == ["b"]
    assert [row["id"] for row in await run(store, reminders.of("b"))] == ["r"]


async def test_deleting_what_is_not_there_is_no_error(store: SqliteStore) -> None:
    await store.commit([reminders.delete("nobody", "nothing")])


async def test_finding_what_is_due_reads_only_that(store: SqliteStore) -> None:
    for statement in (reminders.due(BOT, 1.0, 100), reminders.next_due(BOT)):
        plan_of = await run(store, Statement(f"EXPLAIN QUERY PLAN {statement.sql}", statement.args))
        steps = " ".join(row["detail"] for row in plan_of)
        assert "reminder_due" in steps
        assert "SCAN" not in steps

"""Transactions: in the order of the calls, whole or not at all, and each on its own."""

from __future__ import annotations

import asyncio
import sqlite3
from collections import deque

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.store.filling import column

from bonewise.store.base import Statement, Store
from bonewise.store.errors import Conflict, StoreError
from bonewise.store.sqlite import SqliteStore
from bonewise.store.units import SHARED, Unit, Units


@pytest.fixture
async def notes(store: SqliteStore) -> Store:
    await store.commit([Statement("CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT)")])
    return store


def add(number: int | None, text: str = "", affects: int | None = None) -> Statement:
    return Statement("INSERT INTO note (id, text) VALUES ($1, $2)", (number, text), affects)


def change(number: int, text: str, affects: int | None = None) -> Statement:
    return Statement("UPDATE note SET text = $2 WHERE id = $1", (number, text), affects)


async def texts(store: Store) -> list[str]:
    return await column(store, "SELECT text FROM note ORDER BY id")


async def test_transactions_run_in_the_order_of_the_calls(notes: Store) -> None:
    await asyncio.gather(*(notes.commit([add(None, str(number))]) for number in range(3 * SHARED)))
    assert await texts(notes) == [str(number) for number in range(3 * SHARED)]


async def test_each_gets_the_outcomes_of_its_own_statements(notes: Store) -> None:
    insert = Statement("INSERT INTO note (text) VALUES ($1), ($1) RETURNING text", ("a",))
    [outcome], [other] = await asyncio.gather(notes.commit([insert]), notes.commit([add(9, "b")]))
    assert outcome.rows == [{"text": "a"}, {"text": "a"}]
    assert (outcome.changed, other.rows, other.changed) == (2, [], 1)


async def test_an_argument_may_be_used_twice_and_ten_are_told_apart(notes: Store) -> None:
    picks = Statement("SELECT $10 AS ten, $1 AS one, $10 AS again", tuple(range(1, 11)))
    assert await notes.load(picks) == [[{"ten": 10, "one": 1, "again": 10}]]


async def test_another_number_of_rows_rolls_the_whole_unit_back_and_names_the_statement(notes: Store) -> None:
    await notes.commit([add(1, "before")])
    with pytest.raises(Conflict, match=r"statement 2 .* changed 0 rows instead of 1: load again") as raised:
        await notes.commit([add(2), change(1, "after", affects=1), change(7, "nobody", affects=1)])
    assert raised.value.index == 2
    assert await texts(notes) == ["before"]


async def test_a_broken_rule_of_the_schema_is_a_conflict_too(notes: Store) -> None:
    with pytest.raises(Conflict, match=r"statement 1 .* breaks a rule of the schema") as raised:
        await notes.commit([add(1), add(1)])
    assert raised.value.index == 1
    assert await texts(notes) == []


async def test_rows_that_are_returned_count_as_affected(notes: Store) -> None:
    await notes.commit([add(1, "x")])
    await notes.commit([Statement("SELECT id FROM note WHERE id = $1", (1,), affects=1)])
    with pytest.raises(Conflict):
        await notes.commit([Statement("SELECT id FROM note WHERE id = $1", (2,), affects=1)])


async def test_one_that_fails_takes_no_other_along(notes: Store) -> None:
    outcomes = await asyncio.gather(
        notes.commit([add(1, "first")]),
        notes.commit([add(2, "lost"), add(1, "doubled")]),
        notes.commit([Statement("SELECT nonsense")]),
        notes.commit([add(3, "last")]),
        return_exceptions=True,
    )
    assert [type(outcome).__name__ for outcome in outcomes] == ["list", "Conflict", "StoreError", "list"]
    assert await texts(notes) == ["first", "last"]


async def test_a_rule_checked_at_the_end_of_the_transaction_fails_only_who_broke_it(notes: Store) -> None:
    await notes.commit(
        [Statement("CREATE TABLE tag (note INTEGER REFERENCES note (id) DEFERRABLE INITIALLY DEFERRED)")]
    )
    tag = Statement("INSERT INTO tag (note) VALUES ($1)", (99,))
    outcomes = await asyncio.gather(
        notes.commit([add(1, "first")]),
        notes.commit([add(2, "lost"), tag]),
        notes.commit([add(3, "last")]),
        return_exceptions=True,
    )
    assert [type(outcome).__name__ for outcome in outcomes] == ["list", "StoreError", "list"]
    assert await texts(notes) == ["first", "last"]


async def test_an_argument_that_cannot_be_stored_fails_only_its_own_unit(notes: Store) -> None:
    outcomes = await asyncio.gather(
        notes.commit([add(1, "\ud800")]), notes.commit([add(2, "sound")]), return_exceptions=True
    )
    assert isinstance(outcomes[0], UnicodeEncodeError)
    assert await texts(notes) == ["sound"]


async def test_who_stops_waiting_disturbs_nobody(notes: Store) -> None:
    task = asyncio.create_task(notes.commit([add(1, "left alone")]))
    await asyncio.sleep(0)
    task.cancel()
    await notes.commit([add(2, "after")])
    assert await texts(notes) == ["left alone", "after"]


async def test_a_load_sees_all_queries_at_the_same_moment(notes: Store) -> None:
    await notes.commit([add(1, "0")])
    read = Statement("SELECT text FROM note WHERE id = 1")

    async def write() -> None:
        for number in range(60):
            await notes.commit([change(1, str(number))])

    writing = asyncio.create_task(write())
    while not writing.done():
        first, second, third = await notes.load(read, read, read)
        assert first == second == third
    await writing


def test_a_unit_that_was_never_run_is_an_error() -> None:
    with pytest.raises(StoreError, match="was not run"):
        Unit([]).result()


def refusing(*words: str) -> Units:
    """A connection that may not do some of BEGIN, COMMIT, ROLLBACK and SAVEPOINT."""
    connection = sqlite3.connect(
        ":memory:", isolation_level=None, factory=lambda *a, **k: Units(*a, waiting=deque(), begin="BEGIN", **k)
    )
    connection.execute("CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT)")

    def judge(_code: int, word: str | None, *_more: str | None) -> int:
        return sqlite3.SQLITE_DENY if word in words else sqlite3.SQLITE_OK

    connection.set_authorizer(judge)
    assert isinstance(connection, Units)
    return connection


@pytest.mark.parametrize("words", [("BEGIN",), ("COMMIT",), ("COMMIT", "ROLLBACK")])
def test_nobody_is_told_of_success_when_the_transaction_itself_fails(words: tuple[str, ...]) -> None:
    connection = refusing(*words)
    units = [Unit([add(1)]), Unit([add(2)])]
    connection._waiting.extend(units)
    for _ in units:
        try:
            connection.commit()
        except sqlite3.Error:
            continue
    for unit in units:
        with pytest.raises((StoreError, sqlite3.Error)):
            unit.result()
    connection.close()


Steps = st.lists(
    st.lists(st.tuples(st.integers(0, 4), st.sampled_from(["add", "change"])), min_size=1, max_size=4),
    min_size=1,
    max_size=12,
)


def expected(steps: list[list[tuple[int, str]]]) -> dict[int, str]:
    """The table after units that run one after the other, of which those in conflict leave nothing."""
    kept: dict[int, str] = {}
    for number, unit in enumerate(steps):
        draft = dict(kept)
        for key, what in unit:
            if (key in draft) == (what == "add"):
                break
            draft[key] = f"{number}"
        else:
            kept = draft
    return kept


@given(Steps)
@settings(max_examples=60, deadline=None)
def test_sharing_a_transaction_never_shows(steps: list[list[tuple[int, str]]]) -> None:
    connection = refusing()
    units = [
        Unit([(add if what == "add" else change)(key, f"{number}", affects=1) for key, what in unit])
        for number, unit in enumerate(steps)
    ]
    connection._waiting.extend(units)
    connection.commit()
    rows = dict(connection.execute("SELECT id, text FROM note").fetchall())
    connection.close()
    assert rows == expected(steps)

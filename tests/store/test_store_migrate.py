"""The schema is brought up to date once, whole or not at all, and never back."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.store.filling import column, people_of

from bonewise.store import migrate
from bonewise.store.base import Statement
from bonewise.store.errors import StoreError, TooNew, TwoScripts
from bonewise.store.sqlite import SqliteStore

TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
RELEASED = migrate._scripts()
NEWEST = max(RELEASED)


async def test_a_new_file_gets_the_whole_schema_and_its_number(store: SqliteStore) -> None:
    talk = ["inbox", "outbox", "person", "rate", "reminder", "schema_version", "session"]
    assert await column(store, TABLES) == [
        "announcement",
        "care_link",
        *talk,
        "unknown_count",
        "unknown_text",
        "zone_rules",
    ]
    assert await column(store, "SELECT version FROM schema_version") == [NEWEST]


async def test_again_changes_nothing(store: SqliteStore) -> None:
    await people_of(store, "a")
    before = await column(store, "SELECT sql FROM sqlite_master ORDER BY name")
    await migrate.migrate(store)
    assert await column(store, "SELECT sql FROM sqlite_master ORDER BY name") == before
    assert await column(store, "SELECT version FROM schema_version") == [NEWEST]
    assert await column(store, "SELECT id FROM person") == ["a"]


async def test_a_database_of_a_newer_release_is_refused_and_left_as_it_is(path: Path, store: SqliteStore) -> None:
    await store.commit([Statement("UPDATE schema_version SET version = 900")])
    await store.close()
    with pytest.raises(TooNew, match=f"has schema 900, this release knows {NEWEST}: install the release that wrote it"):
        await SqliteStore.open(path)
    with pytest.raises(TooNew):
        await SqliteStore.open(path)


def scripts(*more: str) -> dict[int, str]:
    return {**RELEASED, **{NEWEST + number: text for number, text in enumerate(more, 1)}}


async def test_only_what_is_missing_is_applied(store: SqliteStore, monkeypatch: pytest.MonkeyPatch) -> None:
    await people_of(store, "a")
    monkeypatch.setattr(migrate, "_scripts", lambda: scripts("ALTER TABLE person ADD COLUMN hat TEXT;"))
    await migrate.migrate(store)
    await migrate.migrate(store)
    assert await column(store, "SELECT hat FROM person") == [None]
    assert await column(store, "SELECT version FROM schema_version") == [NEWEST + 1]


async def test_a_script_that_fails_leaves_nothing_of_itself(
    store: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    half = "CREATE TABLE hat (id TEXT);\nINSERT INTO nowhere VALUES (1);"
    monkeypatch.setattr(migrate, "_scripts", lambda: scripts("CREATE TABLE coat (id TEXT);", half))
    with pytest.raises(StoreError, match="nowhere"):
        await migrate.migrate(store)
    assert {"coat", "hat"} & set(await column(store, TABLES)) == {"coat"}
    assert await column(store, "SELECT version FROM schema_version") == [NEWEST + 1]


def test_a_semicolon_ends_a_statement_only_at_the_end_of_a_line() -> None:
    script = (
        "-- a comment; with a semicolon\nCREATE TABLE a (\n    b TEXT DEFAULT 'x;y'\n);\n\n-- another;\nCREATE INDEX c;"
    )
    assert [one.sql for one in migrate._statements(script)] == [
        "CREATE TABLE a (\n    b TEXT DEFAULT 'x;y'\n)",
        "CREATE INDEX c",
    ]


def test_two_scripts_of_the_same_number_are_refused_and_nothing_is_applied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("001_start.sql", "002_hat.sql", "002_coat.sql", "notes.txt"):
        (tmp_path / name).write_text("")
    monkeypatch.setattr(migrate, "_folder", lambda: tmp_path)
    with pytest.raises(TwoScripts, match=r"002_hat\.sql and 002_coat\.sql .* same number.* next free number"):
        migrate._scripts()


def test_the_scripts_are_numbered_from_one_without_a_gap() -> None:
    assert sorted(RELEASED) == list(range(1, NEWEST + 1))

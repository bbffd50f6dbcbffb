"""The database file: who may open it, what is told when it cannot be used, and that nothing deleted stays in it."""

# ruff: noqa: ASYNC240 - a test may wait for its disk

from __future__ import annotations

import asyncio
import logging
import os
import sqlite3
import stat
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager, suppress
from pathlib import Path

import pytest
from tests.store.filling import BOT, column, events_of, people_of

from bonewise.store import inbox, people
from bonewise.store.base import Statement
from bonewise.store.errors import Damaged, Full, InUse, Locked, ReadOnly, StoreError
from bonewise.store.sqlite import SqliteStore, _has_wal_reset_bug

HOLD = """
import asyncio, sys
from pathlib import Path
from bonewise.store.sqlite import SqliteStore
async def hold():
    store = await SqliteStore.open(Path(sys.argv[1]))
    print("open", flush=True)
    await asyncio.Event().wait()
asyncio.run(hold())
"""
NOBODY = 65534
PAGE = 4096


@contextmanager
def holding(path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process has the database open."""
    with subprocess.Popen([sys.executable, "-c", HOLD, str(path)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        try:
            yield process
        finally:
            process.kill()


@asynccontextmanager
async def opened(path: Path, patience: float = 0.2) -> AsyncIterator[SqliteStore]:
    store = await SqliteStore.open(path, patience)
    try:
        yield store
    finally:
        await store.close()


@pytest.fixture
async def folder(tmp_path: Path) -> AsyncIterator[Path]:
    """A folder that anybody can reach, used without the rights of root."""
    await load_all_modules(tmp_path)
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        root = os.geteuid() == 0
        if root:
            os.chown(folder, NOBODY, NOBODY)
            os.seteuid(NOBODY)
        try:
            yield folder
        finally:
            if root:
                os.seteuid(0)
            folder.chmod(0o700)


async def load_all_modules(folder: Path) -> None:
    """Those that Python loads late may be out of reach without the rights of root."""
    async with opened(folder / "first.db"):
        with suppress(ReadOnly):
            await SqliteStore.open(folder / "missing" / "second.db")


async def test_a_second_process_is_refused_and_told_what_to_do(path: Path) -> None:
    with holding(path), pytest.raises(InUse, match=r"bonewise\.db: another process .* Stop it, or give .* own data"):
        await SqliteStore.open(path)


async def test_a_killed_process_leaves_no_lock(path: Path) -> None:
    with holding(path) as process:
        process.kill()
        process.wait()
        async with opened(path) as store:
            assert await column(store, "SELECT 1") == [1]


async def test_a_second_opening_in_the_same_process_is_refused_too_and_does_not_free_the_first(path: Path) -> None:
    async with opened(path):
        for _ in range(2):
            with pytest.raises(InUse):
                await SqliteStore.open(path)


async def test_a_closed_store_can_be_opened_again_with_all_that_was_committed(path: Path) -> None:
    async with opened(path) as store:
        await people_of(store, "a", "b")
    async with opened(path) as store:
        assert await column(store, "SELECT id FROM person ORDER BY id") == ["a", "b"]


async def test_a_folder_with_any_letters_in_its_name_will_do(tmp_path: Path) -> None:
    folder = tmp_path / "100% ?mode=ro#ä 🦴"
    folder.mkdir()
    async with opened(folder / "bone?wise.db") as store:
        await people_of(store, "a")
    assert (folder / "bone?wise.db").stat().st_size > 0


async def test_only_the_owner_can_read_the_files(path: Path) -> None:
    async with opened(path) as store:
        await people_of(store, "a")
        modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in path.parent.glob("*.db*")}
    assert [modes[f"bonewise.db{end}"] for end in ("", "-wal", "-shm")] == [0o600] * 3


async def test_every_commit_is_flushed_and_foreign_keys_hold(store: SqliteStore) -> None:
    pragmas = ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
    values = [(await store.commit([Statement(f"PRAGMA {name}")]))[0].rows[0][name] for name in pragmas]
    assert values == ["wal", 2, 1, 1]


async def test_only_one_connection_can_write(store: SqliteStore) -> None:
    await people_of(store, "a")
    with pytest.raises(ReadOnly):
        await store.load(Statement("DELETE FROM person"))
    assert await column(store, "SELECT id FROM person") == ["a"]


async def test_a_file_that_another_program_writes_to_is_locked_and_usable_again_afterwards(
    store: SqliteStore, path: Path
) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Locked, match=r"another program writes to the file. End it"):
            await people_of(store, "a")
        assert await column(store, "SELECT id FROM person") == []
    await people_of(store, "a")
    assert await column(store, "SELECT id FROM person") == ["a"]


async def test_a_short_lock_is_waited_for(path: Path) -> None:
    async with opened(path, patience=5) as store:
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            adding = asyncio.create_task(people_of(store, "a"))
            await asyncio.sleep(0.05)
            assert not adding.done()
            other.execute("COMMIT")
            await adding


async def allow(store: SqliteStore, pages: int) -> None:
    """Let the file grow by so many pages and no further, as on a full disk."""
    [[row]] = await store.load(Statement("PRAGMA page_count"))
    await store.commit([Statement(f"PRAGMA max_page_count = {row['page_count'] + pages}")])


def event(row: int, size: int) -> Statement:
    return inbox.insert(BOT, inbox.NewEvent(row, "a", f"key {row}", 0, bytes(size)))


async def test_without_space_nothing_of_the_commit_is_kept_and_room_mends_it(store: SqliteStore) -> None:
    await people_of(store, "a")
    await allow(store, 4)
    with pytest.raises(Full, match=r"no space is left. Make room on the disk"):
        await store.commit([event(1, 10), event(2, 10 * PAGE)])
    assert await column(store, "SELECT id FROM inbox") == []
    await allow(store, 100)
    await store.commit([event(1, 10), event(2, 10 * PAGE)])
    assert await column(store, "SELECT id FROM inbox") == [1, 2]


async def test_without_space_for_one_the_others_are_kept(store: SqliteStore) -> None:
    await people_of(store, "a")
    await allow(store, 4)
    outcomes = await asyncio.gather(
        store.commit([event(1, 10)]),
        store.commit([event(2, 10 * PAGE)]),
        store.commit([event(3, 10)]),
        return_exceptions=True,
    )
    assert [type(outcome).__name__ for outcome in outcomes] == ["list", "Full", "list"]
    assert await column(store, "SELECT id FROM inbox ORDER BY id") == [1, 3]


async def test_something_else_than_a_database_is_told_apart_and_left_as_it_is(path: Path) -> None:
    path.write_bytes(b"these are my notes\n" * 1000)
    with pytest.raises(Damaged, match=r"the file is not a database. Name another file"):
        await SqliteStore.open(path)
    assert path.read_bytes() == b"these are my notes\n" * 1000


async def test_a_damaged_file_is_told_with_what_to_do(path: Path) -> None:
    async with opened(path) as store:
        await people_of(store, "a")
        [root] = await column(store, "SELECT rootpage FROM sqlite_master WHERE name = 'person'")
    with path.open("r+b") as file:
        file.seek((root - 1) * PAGE)
        file.write(b"\xff" * PAGE)
    async with opened(path) as store:
        with pytest.raises(Damaged, match=r"the database is damaged. Stop, keep the file, and restore the last backup"):
            await store.load(people.one("a"))
        with pytest.raises(Damaged):
            await people_of(store, "b")


async def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ReadOnly, match=r"the file cannot be opened. Make its folder, writable for this user"):
        await SqliteStore.open(tmp_path / "missing" / "bonewise.db")


async def test_a_folder_that_cannot_be_written_is_told(folder: Path) -> None:
    folder.chmod(0o500)
    with pytest.raises(ReadOnly, match="Make its folder, writable for this user"):
        await SqliteStore.open(folder / "bonewise.db")


async def test_a_file_that_cannot_be_written_is_told_and_stays_as_it_is(folder: Path) -> None:
    path = folder / "bonewise.db"
    async with opened(path) as store:
        await people_of(store, "a")
    path.chmod(0o400)
    before = path.read_bytes()
    async with opened(path) as store:
        with pytest.raises(ReadOnly, match=r"cannot be written. Give this user write access to it and its folder"):
            await people_of(store, "b")
    assert path.read_bytes() == before


async def test_a_failed_opening_leaves_nothing_open(path: Path) -> None:
    path.write_bytes(b"no database" * 1000)
    with pytest.raises(Damaged):
        await SqliteStore.open(path)
    path.unlink()
    async with opened(path):
        assert path.exists()


def bytes_in(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.iterdir())


async def test_what_was_deleted_is_gone_from_all_files_after_a_purge(store: SqliteStore, path: Path) -> None:
    await people_of(store, "planted-address")
    await events_of(store, (1, "planted-address"))
    assert b"planted-address" in bytes_in(path.parent)
    await store.commit([people.delete("planted-address")])
    await store.purge()
    assert b"planted-address" not in bytes_in(path.parent)


async def test_a_purge_that_a_reader_holds_up_is_an_error_and_can_be_repeated(store: SqliteStore, path: Path) -> None:
    await people_of(store, "planted-address")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN")
        other.execute("SELECT * FROM person").fetchall()
        await store.commit([people.delete("planted-address")])
        with pytest.raises(Locked):
            await store.purge()
    await store.purge()
    assert b"planted-address" not in bytes_in(path.parent)


async def test_what_waits_when_the_store_is_closed_is_still_done(path: Path) -> None:
    store = await SqliteStore.open(path)
    adding = [asyncio.create_task(people_of(store, f"{number}")) for number in range(20)]
    await asyncio.sleep(0)
    await store.close()
    await asyncio.gather(*adding)
    async with opened(path) as again:
        assert len(await column(again, "SELECT id FROM person")) == 20


@pytest.mark.parametrize(
    ("version", "affected"),
    [
        ((3, 6, 23), False),
        ((3, 7, 0), True),
        ((3, 40, 1), True),
        ((3, 44, 5), True),
        ((3, 44, 6), False),
        ((3, 45, 0), True),
        ((3, 50, 6), True),
        ((3, 50, 7), False),
        ((3, 51, 2), True),
        ((3, 51, 3), False),
        ((3, 54, 1), False),
    ],
)
def test_the_versions_with_the_wal_reset_bug_are_known(version: tuple[int, int, int], affected: bool) -> None:
    assert _has_wal_reset_bug(version) is affected


async def test_the_version_is_logged_at_start(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "bonewise.store"):
        async with opened(path):
            assert f"SQLite {sqlite3.sqlite_version}" in caplog.text


async def test_an_unknown_error_is_a_store_error_with_the_path(store: SqliteStore) -> None:
    with pytest.raises(StoreError, match=r"bonewise\.db: .*nonsense"):
        await store.load(Statement("SELECT nonsense"))

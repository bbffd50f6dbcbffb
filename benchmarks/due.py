"""Finding and claiming what is due among millions of reminders: `python -m benchmarks.due [millions]`.

The real store, its real schema and the scheduler's own round on one SQLite file; beside it the same search without the
index, and the same rows moved by one bare statement.
"""

from __future__ import annotations

import asyncio
import resource
import secrets
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median, quantiles

from benchmarks.report import machine
from bonewise.service.context import Context
from bonewise.service.scheduler import Scheduler
from bonewise.store import reminders
from bonewise.store.sqlite import SqliteStore
from bonewise.store.vault import KEY_BYTES, Vault

BOT = "bench"
NOW = 1_795_000_000.0
OF_ONE = 50  # reminders of a person, the most there can be
DUE = 20_000
SEALED = bytes(150)  # as long as a plan without a note
LOOKUPS = 200


async def main(millions: float) -> None:
    """Fill a file, measure, and print a table."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.db"
        vault = Vault(secrets.token_bytes(KEY_BYTES))
        await (await SqliteStore.open(path)).close()  # makes the schema
        _fill(path, vault, int(millions * 1e6))
        store = await SqliteStore.open(path)
        try:
            lookups = [await _timed(store) for _ in range(LOOKUPS)]
            claims = await _claim_all(Context(store, vault, BOT, lambda: NOW))
        finally:
            await store.close()
        bare, scan = _bare(path)
    p99 = quantiles(lookups, n=100)[98]
    _say(
        machine(),
        f"{millions:g} million reminders, {DUE} of them due",
        "| what | figure | beside it |",
        "| --- | ---: | --- |",
        f"| the 100 that are due first | p50 {median(lookups) * 1e3:.2f} ms, p99 {p99 * 1e3:.2f} ms "
        f"| {scan * 1e3:.0f} ms without the index, {scan / median(lookups):.0f} x |",
        f"| claimed, each with its event in the inbox | {claims:.0f}/s "
        f"| {bare:.0f}/s by one bare UPDATE, {claims / bare:.2f} x |",
        f"| memory | {_peak_memory() / 1e6:.0f} MB | |",
    )


def _fill(path: Path, vault: Vault, count: int) -> None:
    """People and reminders: `DUE` are due at `NOW`, the others fall due in the year after it."""
    raw = sqlite3.connect(path)
    raw.execute("PRAGMA synchronous = OFF")
    raw.executemany(
        "INSERT INTO person (id, bot_id, shard, channel, address, wrapped_key, sealed, created_at) "
        "VALUES (?, ?, 0, 'telegram', ?, ?, x'00', 0)",
        ((f"p{n}", BOT, str(n), vault.new_key(f"p{n}")[1]) for n in range(-(-count // OF_ONE))),
    )
    raw.executemany(
        "INSERT INTO reminder (person_id, id, bot_id, shard, state, due_at, sealed) "
        "VALUES (?, ?, ?, 0, 'pending', ?, ?)",
        _rows(count),
    )
    raw.commit()
    raw.execute("ANALYZE")
    raw.close()


def _rows(count: int) -> Iterator[tuple[object, ...]]:
    step = 365 * 86400 / count
    for n in range(count):
        due = NOW - DUE + n if n < DUE else NOW + n * step
        yield f"p{n % (-(-count // OF_ONE))}", f"{n:012x}", BOT, due, SEALED


async def _timed(store: SqliteStore) -> float:
    begun = time.perf_counter()
    await store.load(reminders.due(BOT, NOW, 100), reminders.next_due(BOT))
    return time.perf_counter() - begun


async def _claim_all(context: Context) -> float:
    """Reminders a second that become events."""
    scheduler = Scheduler(context, lambda: None, lambda: None)
    begun = time.perf_counter()
    while await scheduler._round() == 0:
        pass
    return DUE / (time.perf_counter() - begun)


def _bare(path: Path) -> tuple[float, float]:
    """Rows a second of one statement that moves them all, and seconds of a search without the index."""
    raw = sqlite3.connect(path)
    begun = time.perf_counter()
    raw.execute("UPDATE reminder SET state = 'pending' WHERE state = 'queued'")
    raw.commit()
    bare = DUE / (time.perf_counter() - begun)
    raw.execute("DROP INDEX reminder_due")
    begun = time.perf_counter()
    raw.execute(
        "SELECT id FROM reminder WHERE bot_id = ? AND state = 'pending' AND due_at <= ? ORDER BY due_at LIMIT 100",
        (BOT, NOW),
    ).fetchall()
    scan = time.perf_counter() - begun
    raw.close()
    return bare, scan


def _peak_memory() -> int:
    """Bytes that the process ever held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _say(*lines: str) -> None:
    sys.stdout.write("\n".join(lines) + "\n")


asyncio.run(main(float(sys.argv[1]) if len(sys.argv) > 1 else 10))

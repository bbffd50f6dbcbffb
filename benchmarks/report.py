"""The figures as tables of Markdown, ratios first."""

from __future__ import annotations

import os
import platform
import sqlite3
import tempfile
import time
from collections.abc import Iterator, Mapping
from statistics import median

from benchmarks.contestants import CONCURRENT, SEQUENTIAL, Contestant
from benchmarks.measure import Figures

_HEAD = (
    "| bot | updates/s | x sequential | x 16 at once | processor ms per update | x sequential | calls per update "
    "| p50 ms | p99 ms | start s | memory MB |"
)


def table(middles: Mapping[Contestant, Figures]) -> Iterator[str]:
    """A line for each bot. Times x: of the same run, more than 1 is faster or cheaper than python-telegram-bot's."""
    yield _HEAD
    yield "| --- |" + " ---: |" * (_HEAD.count("|") - 2)
    one, many = middles[SEQUENTIAL], middles[CONCURRENT]
    for contestant, found in middles.items():
        cells = (
            contestant.name,
            f"{found.rate:.0f}",
            f"{found.rate / one.rate:.2f}",
            f"{found.rate / many.rate:.2f}",
            f"{found.work * 1e3:.2f}",
            f"{one.work / found.work:.2f}",
            f"{found.calls:.2f}",
            f"{found.p50 * 1e3:.1f}",
            f"{found.p99 * 1e3:.1f}",
            f"{found.start:.2f}",
            f"{found.memory / 1e6:.0f}",
        )
        yield f"| {' | '.join(cells)} |"


def pure(costs: Mapping[str, float]) -> Iterator[str]:
    """A line for each pure function."""
    yield "| pure part | processor µs |"
    yield "| --- | ---: |"
    for name, seconds in costs.items():
        yield f"| {name} | {seconds * 1e6:.0f} |"


def machine() -> str:
    """What it ran on, and how busy that was with other work."""
    return (
        f"{os.cpu_count()} cores ({platform.machine()}), Python {platform.python_version()}, "
        f"SQLite {sqlite3.sqlite_version}, a flush to disk {_flush() * 1e6:.0f} µs, load {os.getloadavg()[0]:.1f}"
    )


def _flush() -> float:
    with tempfile.TemporaryFile() as file:
        return median(_flushed(file.fileno()) for _ in range(100))


def _flushed(file: int) -> float:
    os.write(file, bytes(4096))
    start = time.perf_counter()
    os.fdatasync(file)
    return time.perf_counter() - start

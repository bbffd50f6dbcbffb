"""The figures as tables of Markdown, ratios first."""

from __future__ import annotations

import os
import platform
import sqlite3
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from statistics import median

from benchmarks.contestants import CONCURRENT, SEQUENTIAL, Contestant
from benchmarks.measure import Figures

_HEAD = (
    "| bot | updates/s | x sequential | x 16 at once | processor ms per update | x sequential | calls per update "
    "| p50 ms | p99 ms | start s | memory MB |"
)


def table(found: Mapping[Contestant, Sequence[Figures]]) -> Iterator[str]:
    """A line for each bot, of medians; so is "x", taken round by round, more than 1 where python-telegram-bot lags."""
    yield _HEAD
    yield "| --- |" + " ---: |" * (_HEAD.count("|") - 2)
    one, many = found[SEQUENTIAL], found[CONCURRENT]
    for contestant, rounds in found.items():
        middle = Figures(*(median(values) for values in zip(*rounds, strict=True)))
        cells = (
            contestant.name,
            f"{middle.rate:.0f}",
            f"{_times(rounds, one):.2f}",
            f"{_times(rounds, many):.2f}",
            f"{middle.work * 1e3:.2f}",
            f"{median(other.work / own.work for own, other in zip(rounds, one, strict=True)):.2f}",
            f"{middle.calls:.2f}",
            f"{middle.p50 * 1e3:.1f}",
            f"{middle.p99 * 1e3:.1f}",
            f"{middle.start:.2f}",
            f"{middle.memory / 1e6:.0f}",
        )
        yield f"| {' | '.join(cells)} |"


def _times(rounds: Sequence[Figures], others: Sequence[Figures]) -> float:
    return median(own.rate / other.rate for own, other in zip(rounds, others, strict=True))


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

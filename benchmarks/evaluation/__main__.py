"""Prints the tables."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from benchmarks.evaluation import alarms, topics
from benchmarks.evaluation.held_out import LANGUAGES, PARTS
from bonewise.matching.alarm import AlarmBook
from bonewise.matching.embedding import is_installed
from bonewise.matching.matcher import Matcher

Figures = Mapping[str, float]
_MEBIBYTE = 2**20


def main(parts: list[str]) -> None:
    """Evaluate these parts of the held-out questions."""
    _hear("patterns", alarms.patterns, parts)
    _hear("patterns and words", alarms.by_words, parts)
    if is_installed():
        _hear("patterns, words and meaning", alarms.by_meaning, parts)
    _evaluate("letters", topics.by_letters, parts)
    if is_installed():
        _evaluate("meaning", topics.by_meaning, parts)
    else:
        _lines(["by meaning: not measured, as the extra [semantic] is not installed here"])


def _hear(name: str, made: Callable[[], AlarmBook], parts: list[str]) -> None:
    before = _memory()
    book = made()
    book.learn()
    _lines(["", f"alarms by {name}: {_memory() - before:.0f} MiB more memory"])
    for part in parts:
        figures = {tag: {**alarms.shares(book, part, tag), **alarms.milliseconds(book, part, tag)} for tag in LANGUAGES}
        _table(f"{part}: alarms by {name}", figures)
        if part.startswith("dev"):
            _lines(f"{tag} {fault}" for tag in LANGUAGES for fault in alarms.faults(book, part, tag))


def _evaluate(name: str, made: Callable[[], Matcher], parts: list[str]) -> None:
    before = _memory()
    matcher = made()
    matcher.match("")
    _lines([f"by {name}: {_memory() - before:.0f} MiB more memory"])
    for part in parts:
        asked = {tag: topics.asked(matcher, part, tag) for tag in LANGUAGES}
        figures = {tag: {**topics.shares(found), **topics.milliseconds(found)} for tag, found in asked.items()}
        _table(f"{part}: topics by {name}", figures)
        for tag, found in asked.items():
            _lines(f"{tag} {wanted} taken for {other}: {n}" for wanted, other, n in topics.confusions(found) if n > 1)


def _memory() -> float:
    """The resident memory of this process in MiB, or 0 where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / _MEBIBYTE


def _table(title: str, columns: Mapping[str, Figures]) -> None:
    _lines(["", f"{title:36}" + "".join(f"{tag:>8}" for tag in columns)])
    _lines(f"{row:36}" + "".join(f"{column[row]:8.2f}" for column in columns.values()) for row in columns["en"])


def _lines(lines: Iterable[str]) -> None:
    for line in lines:
        sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main(sys.argv[1:] or list(PARTS))

"""Which files under a directory of locales hold texts of the catalog."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

NOT_PARTS = frozenset({"state", "alarm", "alarm_examples", "matching", "typed", "when"})
"""Folders of other rooms' tables: review states, alarm patterns and examples, phrasings, common words, words of typed
times."""


def part_files(directory: Path) -> Iterator[Path]:
    """The files `<part>/<tag>.yml`, in a fixed order; a part may be a folder in a folder."""
    for path in sorted(directory.rglob("*.yml")):
        part = path.relative_to(directory).parent.parts
        if part and part[0] not in NOT_PARTS:
            yield path

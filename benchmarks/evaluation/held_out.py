"""Reads the held-out questions."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bonewise.strict_yaml import load, plain

HELD_OUT = Path(__file__).parents[2] / "tests" / "matching" / "held_out"
PARTS = ("dev", "test", "dev2", "test2")
LANGUAGES = ("en", "es")


def topics(part: str, tag: str) -> dict[str, list[str]]:
    """The questions of each topic in a language."""
    read: Any = plain(load(HELD_OUT / part / f"topics_{tag}.yml"))
    return {topic: [str(text) for text in texts] for topic, texts in read[tag].items()}


def alarms(part: str, tag: str) -> Any:
    """`must_hear` by sign, `look_alikes` and `ordinary` messages in a language."""
    return plain(load(HELD_OUT / part / f"alarms_{tag}.yml"))


def share(holds: Iterable[bool]) -> float:
    """Which part of them holds, 0 to 1."""
    every = list(holds)
    return sum(every) / len(every)

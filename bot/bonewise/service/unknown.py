"""Typed questions that were not understood: their numbers, and the words of those that may be kept."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TypeAlias

from bonewise.dialogue.person import Person, Turn
from bonewise.service.context import Context
from bonewise.service.people import Known
from bonewise.store import unknown
from bonewise.store.base import Row, Statement
from bonewise.store.errors import SealBroken
from bonewise.store.vault import Vault

Read: TypeAlias = Callable[[Statement], list[Row]]


@dataclass(frozen=True, slots=True)
class Kept:
    """A text that was kept, by the day (YYYY-MM-DD, UTC)."""

    day: str
    language: str
    text: str


def keep(context: Context, known: Known, turn: Turn) -> Iterator[Statement]:
    """Count what a turn did not understand, and keep words that may be kept. Who takes their yes back has none kept."""
    if _agreed(known.person) and not _agreed(turn.person):
        yield unknown.drop(known.person.id)
    for one in turn.unknown:
        now = context.clock()
        yield unknown.count(context.bot, _day(now).isoformat(), one.language, one.what, one.topic)
        if one.text is not None:
            row = context.ids.next(now)
            words = json.dumps({"language": one.language, "text": one.text}).encode()
            yield from unknown.keep(context.bot, known.person.id, row, now, known.key.seal(f"unknown:{row}", words))


def forget_unknown(bot: str, now: float) -> list[Statement]:
    """Delete what is too old or too much."""
    oldest = _day(now) - timedelta(days=unknown.COUNTS_FOR_DAYS)
    return unknown.forget(bot, now, oldest.isoformat())


def kept(read: Read, vault: Vault, bot: str) -> Iterator[Kept]:
    """The words that are kept, newest first; what cannot be opened is left out. Raises `StoreError`."""
    for row in read(unknown.texts(bot)):
        try:
            key = vault.key(row["person_id"], row["wrapped_key"])
            words = json.loads(key.open(f"unknown:{row['id']}", row["sealed"]))
        except (SealBroken, ValueError):
            continue
        yield Kept(_day(row["kept_at"]).isoformat(), words["language"], words["text"])


def _agreed(person: Person) -> bool:
    return person.keeps_questions is not None and person.keeps_questions.day is not None


def _day(moment: float) -> date:
    return datetime.fromtimestamp(moment, UTC).date()

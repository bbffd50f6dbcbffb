"""Who would get an announcement: counted, without a word about anybody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from bonewise.dialogue.announcing import Announcement, wants_news
from bonewise.dialogue.person import Person
from bonewise.dialogue.speaker import Speaker
from bonewise.dialogue.traits import clock_of
from bonewise.dialogue.world import World
from bonewise.i18n.tags import canonical
from bonewise.service import codec
from bonewise.store import announcements
from bonewise.store.base import Row, Statement
from bonewise.store.errors import SealBroken
from bonewise.store.vault import Vault

AT_ONCE = 1000  # people read at a time
PAGE = "web"

Read: TypeAlias = Callable[[Statement], list[Row]]


@dataclass(slots=True)
class Audience:
    """How many are known, have tips without news, and cannot be read; and who gets it, by language and clock."""

    known: int = 0
    tips_only: int = 0
    damaged: int = 0
    languages: Counter[tuple[str, str]] = field(default_factory=Counter)  # the person's own, and the text's
    clocks: Counter[str] = field(default_factory=Counter)  # of those in a chat
    at_the_page: int = 0  # they get it when they come back to it

    @property
    def people(self) -> int:
        """How many get it."""
        return sum(self.languages.values())


def audience(read: Read, vault: Vault, bot: str, world: World, announcement: Announcement) -> Audience:
    """Count them. Raises `StoreError`."""
    found = Audience()
    for row in _everybody(read, bot, announcement):
        found.known += 1
        try:
            key = vault.key(row["id"], row["wrapped_key"])
            _count(found, codec.load_person(key.open("person", row["sealed"])), world, announcement)
        except (SealBroken, codec.DamagedRow):
            found.damaged += 1
    return found


def _everybody(read: Read, bot: str, announcement: Announcement) -> Iterator[Row]:
    reached = ""
    while rows := read(announcements.people(bot, announcement.id, reached, float("inf"), AT_ONCE)):
        yield from rows
        reached = rows[-1]["id"]


def _count(found: Audience, person: Person, world: World, announcement: Announcement) -> None:
    if not wants_news(person):
        found.tips_only += person.tips is not None and person.tips.is_on
        return
    own = canonical(person.language or person.hinted or "") or "und"
    text = next(tag for tag in Speaker.chain(world, person) if tag in announcement.texts)
    found.languages[own, text] += 1
    if person.channel == PAGE:
        found.at_the_page += 1
    else:
        found.clocks[clock_of(person)] += 1

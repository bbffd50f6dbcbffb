"""Drawing in one language alone, without falling back to English, and noting each text that is said."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import datetime

from bonewise.dialogue.person import Person
from bonewise.dialogue.screen import Screen
from bonewise.dialogue.speaker import Speaker
from bonewise.dialogue.talk import Draw, Talk
from bonewise.dialogue.world import World
from bonewise.flow.model import Mark
from bonewise.i18n.words import MissingText, MissingValue, needed_key

Play = Callable[[Talk], None]
_GAP = "…"


@dataclass(frozen=True, slots=True)
class Scene:
    """One turn to be rehearsed, and what of a flow it shows.

    `shows`: what leads to it, by its name (`name_of`). `messages`: in how many each of its screens may be sent.
    `same`: scenes of which this is the same look alike, whatever flow they belong to.
    """

    flow: str
    at: str
    mark: Mark
    about: str  # self | other
    person: Person
    now: datetime
    play: Play
    shows: str = ""
    messages: int = 1
    same: Hashable = None


@dataclass
class Noted:
    """What was said while a scene was played: the texts by their keys, and what was missing."""

    said: dict[str, str] = field(default_factory=dict)
    missing: list[MissingText | MissingValue] = field(default_factory=list)


class _NotingSpeaker(Speaker):
    """Notes what it says, and goes on where a text cannot be said, so that all faults are found at once."""

    def __init__(self, talk: Rehearsal) -> None:
        super().__init__(talk.world, talk.person, talk.tag, talk.now)
        self._noted = talk.noted

    def say(self, key: str, *, other: bool = False, **values: object) -> str:
        return self._note(key, other, lambda: super(_NotingSpeaker, self).say(key, other=other, **values))

    def words_of(self, key: str, fallback: str | None = None, *, other: bool = False) -> object:
        found = key if fallback is None or self.has(key) else fallback
        return self.own(self._note(found, other, lambda: super(_NotingSpeaker, self).say(found, other=other)))

    def _note(self, key: str, other: bool, say: Callable[[], str]) -> str:
        try:
            text = say()
        except (MissingText, MissingValue) as error:
            self._noted.missing.append(error)
            return _GAP
        self._noted.said[needed_key(self.world.catalog, self.tag, key, other)] = text
        return text


class Rehearsal(Talk):
    """A turn in one language."""

    def __init__(self, world: World, scene: Scene, tag: str) -> None:
        super().__init__(world, scene.person, scene.now, "")
        self.tag = tag
        self.noted = Noted()

    @property
    def languages(self) -> tuple[str, ...]:
        return (self.tag,)

    def drawn(self, draw: Draw) -> Screen:
        return draw(_NotingSpeaker(self))

    @property
    def screens(self) -> list[Screen]:
        """What would be shown."""
        return [output for output in self.turn().screens if isinstance(output, Screen)]

"""An operator's announcement: who is to get it, and how it looks."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from bonewise.dialogue import data
from bonewise.dialogue.layout import rows
from bonewise.dialogue.person import Person
from bonewise.dialogue.screen import Screen
from bonewise.dialogue.speaker import Speaker
from bonewise.dialogue.talk import Talk
from bonewise.dialogue.world import World
from bonewise.i18n.words import MissingText

KIND = "announcement"


@dataclass(frozen=True, slots=True)
class Announcement:
    """What is said to all who want news: `texts` by language, in light Markdown, `until` the last day."""

    id: str
    texts: Mapping[str, str]
    until: date

    @property
    def hash(self) -> str:
        """Tells one text from another under the same id."""
        whole = json.dumps([self.id, dict(self.texts), self.until.isoformat()], sort_keys=True)
        return hashlib.sha256(whole.encode()).hexdigest()


def wants_news(person: Person) -> bool:
    """Whether they agreed to news, and can be written to. A break from tips is one from news as well."""
    tips = person.tips
    return tips is not None and tips.is_on and tips.news and person.messages and not person.gone


def draw_announcement(world: World, announcement: Announcement, person: Person, now: datetime) -> Screen:
    """The message in the person's best language that the announcement has. A lock screen may show it."""

    def draw(speaker: Speaker) -> Screen:
        text = announcement.texts.get(speaker.tag)
        if text is None:
            raise MissingText(f"the announcement in {speaker.tag}")
        stop = speaker.button("tips.stop", data.of_tip(KIND, "stop"))
        return speaker.screen(text, rows([stop]), role="nudge", kind="tip")

    return Talk(world, person, now, "").drawn(draw)

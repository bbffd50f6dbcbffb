"""The words of one language for one person: a text's key goes in, the text with everything filled in comes out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time
from functools import cached_property
from typing import Any

from bonewise.dialogue.person import Person
from bonewise.dialogue.screen import MOMENT, Button, Screen
from bonewise.dialogue.traits import clock_of
from bonewise.dialogue.world import World
from bonewise.i18n import format as formats
from bonewise.i18n.markup import plain
from bonewise.i18n.negotiate import chain, rtl
from bonewise.i18n.words import Phone, Worded, Words
from bonewise.scheduling.recurrence import local_now

PLACE_WORDS = ("emergency_number", "urgent_line", "crisis_line", "primary_care", "ed_word")


class Speaker:
    """Says texts in one language. Raises `MissingText` for a text that this language does not have."""

    def __init__(self, world: World, person: Person, tag: str, now: datetime) -> None:
        self.world = world
        self.person = person
        self.tag = tag
        self.now = now
        self._words = Words(world.catalog, (tag,))

    @staticmethod
    def chain(world: World, person: Person) -> tuple[str, ...]:
        """The languages to try for this person, best first."""
        return tuple(chain(person.language, person.hinted, world.catalog.languages))

    def in_language(self, tag: str) -> Speaker:
        """The same in another language."""
        return Speaker(self.world, self.person, tag, self.now)

    def say(self, key: str, *, other: bool = False, **values: object) -> str:
        """The text under a key; its variant for somebody else if `other` and there is one."""
        return self._words.say(key, other=other, **{**self._standing, **values})

    def words_of(self, key: str, fallback: str | None = None, *, other: bool = False) -> object:
        """A text that fills in a placeholder of another one; `fallback` is the key to use if there is none."""
        return self._words.words(key if fallback is None or self.has(key) else fallback, other=other, **self._standing)

    def own(self, text: str) -> Worded:
        """A text that is in this language already, to fill in a placeholder without an isolate."""
        return Worded(text, self.tag)

    def has(self, key: str) -> bool:
        """Whether this language has the text."""
        return self._words.has(key)

    def screen(self, text: str, buttons: tuple[tuple[Button, ...], ...] = (), **more: object) -> Screen:
        """A screen in this language. Labels come out as plain text: a button shows no Markdown."""
        plainly = tuple(tuple(replace(button, label=plain(button.label)) for button in row) for row in buttons)
        help_now = plain(self.say("emergency.link"))
        return Screen(text=text, lang=self.tag, rtl=rtl(self.tag), buttons=plainly, help=help_now, **more)  # type: ignore[arg-type]

    def button(self, key: str, press: str, style: str = "plain") -> Button:
        """A button whose label stands under a key."""
        return Button(label=self.say(key), press=press, style=style)

    def day(self, day: datetime) -> str:
        """A day in words, such as "Tuesday, 1 December"."""
        return formats.day(day.date(), self.tag)

    def moment(self, moment: datetime) -> str:
        """A moment in the person's own time, day and hour in words."""
        local = local_now(moment, clock_of(self.person))
        return formats.moment(local, self.tag)

    def short_moment(self, moment: datetime) -> str:
        """The same, short enough for a button."""
        return formats.short_moment(local_now(moment, clock_of(self.person)), self.tag)

    def native(self, moment: datetime) -> Worded:
        """The same, marked so that a channel may show it in the words of the reader's own app (`Screen.moment`)."""
        return self.own(f"{MOMENT}{self.moment(moment)}{MOMENT}")

    def place_word(self, word: str) -> Phone | Worded:
        """What fills in one of `PLACE_WORDS` in the person's country, or where the country is not known."""
        country = self.world.countries.get(self.person.country or "")
        if country is None:
            return self._words.words(f"places.default.{word}")
        if word == "emergency_number":
            return Phone(country.emergency)
        numbers = {"urgent_number": country.urgent, "crisis_number": country.crisis, "emergency": country.emergency}
        phones: dict[str, Any] = {name: Phone(number) for name, number in numbers.items() if number}
        own = f"places.{country.code}.{word}"
        return self._words.words(own if self.has(own) else f"places.default.{word}", **phones)

    @cached_property
    def emergency_number(self) -> str | None:
        """The number as it is dialled, or None while the country is not known."""
        country = self.world.countries.get(self.person.country or "")
        return country.emergency if country else None

    @cached_property
    def crisis_number(self) -> str | None:
        """The crisis line as it is dialled, where it is known."""
        country = self.world.countries.get(self.person.country or "")
        return country.crisis if country else None

    @property
    def _tip_times(self) -> Worded:
        """When tips come: "Tuesday and Friday, 10:00"; nothing where none are wanted."""
        tips = self.person.tips
        return self.own(formats.weekdays_and_hour(tips.days, time.fromisoformat(tips.hour), self.tag) if tips else "")

    @cached_property
    def _standing(self) -> Mapping[str, Any]:
        values: dict[str, Any] = {word: self.place_word(word) for word in PLACE_WORDS}
        values["tip_times"] = self._tip_times
        values["inviter"] = self.person.invitation.name if self.person.invitation else ""
        values["name"] = self.person.name or ""
        values["report_to"] = self.world.report_to or self._words.say("ui.report.nobody")
        return values

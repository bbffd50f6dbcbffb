"""The longest words that a text can be filled in with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from bonewise.dialogue.choices import alone
from bonewise.dialogue.person import Person
from bonewise.dialogue.providers import PROVIDERS
from bonewise.dialogue.speaker import PLACE_WORDS, Speaker
from bonewise.dialogue.wording import wording
from bonewise.dialogue.world import World
from bonewise.flow.model import SKIPPED, Ask, Date, Many, Number, One, Place, Text, Time, Value
from bonewise.i18n import format as formats
from bonewise.i18n.entry import Entry
from bonewise.i18n.markup import length
from bonewise.i18n.values import written
from bonewise.scheduling.recurrence import next_workday

WIDEST = "\U00010400"  # a letter of two UTF-16 units, which is the most that a letter has
NAME = WIDEST * 64  # as long as Telegram lets a name be
_YEAR = [date(2028, 1, 1) + timedelta(days=days) for days in range(366)]
"""Each weekday falls on a day of two digits in each month, so that one year has the longest day of a language."""
_HOURS = ("00:00", "10:00", "12:00", "22:00")
_NOON = 12


def units(text: str) -> int:
    """The length of a light Markdown text, as Telegram's apps count it."""
    return length(text).units


def with_longest_places(world: World, tag: str) -> World:
    """The same world, where each word that differs by country is the longest of all countries, for everybody.

    It is put in place of the word for an unknown country, so it holds for a person who has chosen none.
    """
    entries = dict(world.catalog.entries.get(tag, {}))
    for word in PLACE_WORDS:
        key = f"places.default.{word}"
        if key in entries:
            entries[key] = Entry(max(place_words(world, tag, word), key=units), entries[key].mark)
    return replace(world, catalog=replace(world.catalog, entries={**world.catalog.entries, tag: entries}))


def place_words(world: World, tag: str, word: str) -> Iterator[str]:
    """How a word reads in each country, the unknown one first."""
    for country in (None, *world.countries):
        person = Person("", "telegram", country=country)
        yield written(Speaker(world, person, tag, _at(_YEAR[0])).place_word(word), tag)


def longest_day(tag: str, days: Iterable[date] = ()) -> date:
    """The day whose name is the longest."""
    return max(days or _YEAR, key=lambda day: len(formats.day(day, tag)))


def longest_moments(tag: str) -> tuple[datetime, ...]:
    """Moments at which today, tomorrow or the next workday have the longest name."""
    day = longest_day(tag)
    eve = timedelta(days=1)
    workday = longest_day(tag, [day for day in _YEAR if next_workday(day - eve) == day])
    return tuple(dict.fromkeys(_at(when) for when in (day, day - eve, workday - 2 * eve)))


def _at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, _NOON, tzinfo=UTC)


def longest_answer(speaker: Speaker, ask: Ask) -> Value:
    """The answer that reads the longest."""
    return max(_answers(speaker, ask), key=lambda value: units(wording(speaker, ask, value)))


def _answers(speaker: Speaker, ask: Ask) -> list[Value]:
    skipped: list[Value] = [SKIPPED] if ask.skip else []
    return [*_of_kind(speaker, ask), *skipped]


def _of_kind(speaker: Speaker, ask: Ask) -> list[Value]:
    match ask.kind:
        case One(provider=str() as provider):
            return [row.id for row in PROVIDERS[provider](speaker)] or [""]
        case One(options):
            return list(options)
        case Many(options):
            together = tuple(option for option in options if not alone(option))
            return [together, *((option,) for option in options if alone(option))]
        case Number(low, high):
            return [low, high, low + 0.125, high - 0.125]
        case Date():
            return [longest_day(speaker.tag).isoformat()]
        case Time():
            return list(_HOURS)
        case Text(most):
            return [WIDEST * most]
        case Place():
            return list(formats.countries(speaker.tag))

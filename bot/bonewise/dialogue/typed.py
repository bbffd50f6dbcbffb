"""A typed answer: the label, its number, its first word, "yes", a number word, a day or a time counts as the tap.

Words that add nothing may stand beside it ("yes, it is"), and one of several names in a label or line will do. What is
not clearly one of the options is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, time

from bonewise.dialogue.choices import Choice, alone, is_too_far, today
from bonewise.dialogue.common_words import NO, YES
from bonewise.dialogue.folding import EDGES, fold
from bonewise.dialogue.places_in_words import number_of, place_in_words
from bonewise.dialogue.speaker import Speaker
from bonewise.dialogue.towns import zone_of_town
from bonewise.dialogue.typed_words import THUMBS, common_word, is_and, listed, read_loosely, without_fillers
from bonewise.flow.model import SKIPPED, UNSURE, Ask, Date, Many, Number, One, Place, Text, Time, Value
from bonewise.i18n import format as formats
from bonewise.scheduling.when import parse_day, parse_time

_COMMAS = re.compile(r"[,;+&/\n、，；،؛]")
_NUMBERED = re.compile(r"(\d{1,2})[.):]? (.+)", re.DOTALL)
_PARTS = re.compile(r"[,;+&/\n、،؛]|\s+")
_NEXT_TO_DIGIT = re.compile(r"(?<=\d)(?=[^\W\d_])|(?<=[^\W\d_])(?=\d)")


def read_answer(speaker: Speaker, ask: Ask, options: tuple[Choice, ...], text: str) -> Value | None:
    """The answer that a person typed, or None if it is not clear which one is meant."""
    match ask.kind:
        case Text(most):
            if ask.skip and fold(text) in {fold(options[-1].label), *listed(speaker, SKIPPED)}:
                return SKIPPED
            return text.strip() if 0 < len(text.strip()) <= most else None
        case Number(low, high):
            return _number(speaker, text, low, high)
        case Date():
            day = parse_day(text, today(speaker), speaker.world.when(speaker.tag))
            if isinstance(day, date):
                return day.isoformat() if today(speaker) <= day and not is_too_far(speaker, ask.kind, day) else None
            return read_choice(speaker, options, text)
        case Time():
            hour = parse_time(text, speaker.world.when(speaker.tag))
            return hour.isoformat("minutes") if isinstance(hour, time) else _time_choice(speaker, options, text)
        case Place():
            return _country(speaker, text) or read_choice(speaker, options, text)
        case Many():
            return _many(speaker, options, text)
        case One(provider="my_zones"):
            return read_choice(speaker, options, text) or zone_of_town(speaker, text)
    return read_option(speaker, options, text)


def _time_choice(speaker: Speaker, options: tuple[Choice, ...], text: str) -> Value | None:
    found = read_choice(speaker, options, text)
    return found.replace(".", ":") if found else None


def read_choice(speaker: Speaker, options: tuple[Choice, ...], text: str) -> str | None:
    """The choice that a person typed: its label, number or first word, or a common word for it."""
    said = fold(text)
    if not said and "?" not in text:
        return None  # a lone "?" says "not sure"; nothing at all, or dots, say nothing
    by_label = {fold(choice.label): choice.value for choice in options}
    if said in by_label:
        return by_label[said]
    number = number_of(speaker, said)
    if number is not None:
        return options[number - 1].value if 1 <= number <= len(options) else None
    word = _by_number_and_label(said, options) or common_word(speaker, said, options)
    if word is None and said in {*listed(speaker, "yes"), *listed(speaker, "no")}:
        return None  # a plain "no" is not the first word of "No sé"
    return word or _by_start(said, by_label) or read_loosely(speaker, options, said)


def read_option(speaker: Speaker, options: tuple[Choice, ...], text: str) -> str | None:
    """The same where nothing but the options can be meant: also by its place in words, or a thumb for a plain yes."""
    found = read_choice(speaker, options, text)
    if found is not None:
        return found
    said = fold(text)
    place = place_in_words(speaker, said)
    if place is not None:
        return options[place - 1].value if 1 <= place <= len(options) else None
    return YES if said in THUMBS and _is_plain_yes_or_no(options) else None


def _is_plain_yes_or_no(options: tuple[Choice, ...]) -> bool:
    values = {choice.value for choice in options}
    return {YES, NO} <= values <= {YES, NO, UNSURE, SKIPPED}


def _by_number_and_label(said: str, options: tuple[Choice, ...]) -> str | None:
    """A label as it stands on a button of a numbered list."""
    numbered = _NUMBERED.fullmatch(said)
    place = int(numbered[1]) if numbered else 0
    found = options[place - 1 : place]
    return found[0].value if numbered and found and fold(found[0].label) == numbered[2] else None


def _by_start(said: str, by_label: dict[str, str]) -> str | None:
    starting = {value for label, value in by_label.items() if said and _first_word(label) == said}
    return starting.pop() if len(starting) == 1 else None


def _first_word(label: str) -> str:
    return label.partition(" ")[0].strip(EDGES)


def _many(speaker: Speaker, options: tuple[Choice, ...], text: str) -> Value | None:
    whole = read_option(speaker, options, text)
    if whole is not None:
        return (whole,)
    for parts in _ways_to_part(speaker, text):
        found = [read_option(speaker, options, part) for part in parts]
        if found and not any(value is None or alone(value) for value in found):
            return tuple(choice.value for choice in options if choice.value in found)
    return None


def _ways_to_part(speaker: Speaker, text: str) -> Iterator[list[str]]:
    """The parts between commas and "and"; or the words, all or none of them numbers: "one hand" names no first one."""
    for spaced in (text, _NEXT_TO_DIGIT.sub(" ", text)):
        yield _listed_parts(speaker, spaced)
        words = _words(speaker, spaced)
        numbers = [number_of(speaker, word) is not None for word in words]
        if all(numbers) or not any(numbers):
            yield words


def _listed_parts(speaker: Speaker, text: str) -> list[str]:
    marked = (", " if is_and(speaker, fold(word)) else word for word in text.split(" "))
    return [part for part in _COMMAS.split(" ".join(marked)) if fold(part)]


def _words(speaker: Speaker, text: str) -> list[str]:
    return [part for part in _PARTS.split(fold(text)) if part and not is_and(speaker, part)]


def _number(speaker: Speaker, text: str, low: float, high: float) -> Value | None:
    said = without_fillers(speaker, fold(text)).replace(",", ".")
    words = listed(speaker, "numbers")
    if said in words:
        return words.index(said)
    if re.fullmatch(r"\d{1,6}(\.\d{1,3})?", said) is None:
        return None
    value = float(said)
    return (int(value) if value.is_integer() else value) if low <= value <= high else None


def _country(speaker: Speaker, text: str) -> str | None:
    said = fold(text)
    for tag in dict.fromkeys((speaker.tag, "en")):
        names = {fold(name): code for code, name in formats.countries(tag).items()}
        if said in names:
            return names[said]
    code = said.upper()
    return code if code in speaker.world.countries else {"UK": "GB"}.get(code)

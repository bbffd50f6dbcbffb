"""What can fill in a placeholder, and how it becomes harmless light Markdown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from bonewise.i18n import format as formats
from bonewise.i18n import markup
from bonewise.i18n.bidi import isolated, left_to_right


@dataclass(frozen=True, slots=True)
class Phone:
    """A telephone number as it is dialled: digits, spaces and `()./-*#` after an optional `+` or `*`."""

    number: str


@dataclass(frozen=True, slots=True)
class Worded:
    """A text of the catalog, filled in already: its own markup holds."""

    text: str
    language: str


def written(value: object, language: str) -> str:
    """The value as light Markdown in a language, in an isolate of its own.

    A text shows letter for letter and can format nothing; a number, day, time or moment is put in words; a
    `Worded` of the same language stands as it is. Raises `TypeError` for anything else, `ValueError` for a bad number.
    """
    match value:
        case Worded():
            return value.text if value.language == language else _isolated_lines(value.text)
        case Phone():
            return left_to_right(markup.phone(value.number))
        case str():
            return isolated(markup.escape(value))
        case bool():
            raise TypeError("a truth value has no words")
        case _:
            return isolated(markup.escape(_formatted(value, language)))


def _formatted(value: object, language: str) -> str:
    match value:
        case int() | float():
            return formats.number(value, language)
        case datetime():
            return formats.moment(value, language)
        case date():
            return formats.day(value, language)
        case time():
            return formats.hour(value, language)
    raise TypeError(f"a placeholder cannot be filled with a {type(value).__name__}")


def _isolated_lines(text: str) -> str:
    """Isolates end with their paragraph (UAX 9, rule P1), so each line gets its own."""
    return "\n".join(isolated(line) for line in text.split("\n"))

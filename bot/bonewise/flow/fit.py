"""Which values can answer a question, and the one form in which each is kept."""

from __future__ import annotations

import re
from datetime import date

from bonewise.flow.model import (
    NONE,
    SKIPPED,
    UNSURE,
    Ask,
    Date,
    Many,
    Number,
    One,
    Place,
    Text,
    Time,
    Value,
)

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_HOUR = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:/+-]{0,63}")


def fits(ask: Ask, value: object) -> bool:
    """Whether the value can answer the question. Days are checked for their form, not against today."""
    return canonical(ask, value) is not None


def canonical(ask: Ask, value: object) -> Value | None:
    """The value as it is kept (the options of a `many` in declared order), or None if it does not fit."""
    if ask.skip and isinstance(value, str) and value == SKIPPED:
        return SKIPPED
    match ask.kind:
        case Number() as number:
            return _number(number, value)
        case Many() as many:
            return _many(many, value)
        case kind:
            return value if isinstance(value, str) and _word(kind, value) else None


def _number(number: Number, value: object) -> Value | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return value if number.min <= value <= number.max else None  # false for what is not a number, too


def _many(many: Many, value: object) -> Value | None:
    if not isinstance(value, tuple | list) or not all(isinstance(option, str) for option in value):
        return None
    chosen = frozenset(value)
    alone = len(chosen) == 1 or not chosen & {NONE, UNSURE}
    if not chosen or not alone or not chosen.issubset(many.options):
        return None
    return tuple(option for option in many.options if option in chosen)


def _word(kind: One | Date | Time | Text | Place, value: str) -> bool:
    match kind:
        case One(options, provider=None):
            return value in options
        case One() | Place():
            return _ID.fullmatch(value) is not None
        case Date():
            return _is_day(value)
        case Time():
            return _HOUR.fullmatch(value) is not None
        case Text(most):
            return 0 < len(value) <= most
    return False


def _is_day(value: str) -> bool:
    if not _DAY.fullmatch(value):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True

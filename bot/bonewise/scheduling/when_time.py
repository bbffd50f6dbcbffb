"""Typed times of day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time
from typing import NamedTuple

from bonewise.scheduling.unclear import Reason, Unclear
from bonewise.scheduling.when_tokens import COMPOUND, NUMBER, Token, Tokens
from bonewise.scheduling.when_words import PARTS

_HOUR = 60
_HALF_DAY = 12 * _HOUR
_DAY = 2 * _HALF_DAY
_NIGHTLY = range(1, 7)
"""Hours that mean the afternoon as often as the night when nothing else is said."""

_HOURS: dict[str, frozenset[int]] = {
    "am": frozenset(range(12)),
    "pm": frozenset(range(12, 24)),
    "dawn": frozenset(range(7)),
    "morning": frozenset(range(1, 12)),
    "midday": frozenset(range(12, 16)),
    "afternoon": frozenset(range(12, 21)),
    "evening": frozenset(range(16, 24)),
    "night": frozenset({*range(5), *range(18, 24)}),
}
"""The hours, of 24, that each word for a part of the day can go with."""

_OFFERED = {
    "dawn": (6, 7),
    "morning": (9, 10, 11),
    "midday": (12, 13, 14),
    "afternoon": (14, 15, 16),
    "evening": (18, 19, 20),
    "night": (19, 20),
}


class _Clock(NamedTuple):
    """What a clock shows, in minutes. `whole` if the hours are surely of 24; else the dial has 12."""

    minutes: int
    whole: bool = False


def read_time(tokens: Tokens) -> time | Unclear:
    """The time that the tokens name."""
    kinds = {token.kind for token in tokens}
    if "vague" in kinds:
        return Unclear(Reason.VAGUE)
    parts = [_part_of(token) for token in tokens if token.kind in {"part", "am", "pm"}]
    rest = _bare(tokens)
    if not rest:
        return _only_part(parts)
    clock = _clock(rest)
    return clock if isinstance(clock, Unclear) else _resolved(clock, parts)


def _part_of(token: Token) -> str:
    return PARTS[token.value] if token.kind == "part" else token.kind


def _bare(tokens: Tokens) -> Tokens:
    """The tokens that say what the clock shows."""
    dropped = {"part", "am", "pm", "oclock"}
    before_part = {place for place, token in enumerate(tokens[1:]) if token.kind == "part"}
    rest = [
        token
        for place, token in enumerate(tokens)
        if token.kind not in dropped and not (token.kind == "this" and place in before_part)
    ]
    while rest and rest[0].kind in {"at", "article"}:
        rest = rest[1:]
    return tuple(rest)


def _only_part(parts: list[str]) -> Unclear:
    if len(parts) == 1 and parts[0] in _OFFERED:
        return Unclear(Reason.VAGUE, tuple(time(hour) for hour in _OFFERED[parts[0]]))
    return Unclear(Reason.NOT_UNDERSTOOD)


def _clock(tokens: Tokens) -> _Clock | Unclear:
    shape = tuple("minutes" if token.kind in {"half", "quarter"} else token.kind for token in tokens)
    read = _SHAPES.get(shape)
    clock = read(tokens) if read else None
    return Unclear(Reason.NOT_UNDERSTOOD) if clock is None else clock


def _number(tokens: Tokens) -> _Clock | Unclear | None:
    typed = tokens[0].typed
    if len(typed) == 4:
        return _shown(typed[:2], typed[2:])
    return _shown(typed or str(tokens[0].value), "00") if len(typed) < 3 else None


def _compound(tokens: Tokens) -> _Clock | Unclear | None:
    typed = tokens[0].typed
    hours, _, minutes = typed.replace(".", ":").partition(":")
    return _shown(hours, minutes) if hours.isdigit() and minutes.isdigit() and len(minutes) == 2 else None


def _pair(tokens: Tokens) -> _Clock | Unclear | None:
    hours, minutes = tokens
    typed = minutes.typed or str(minutes.value)
    return _shown(hours.typed or str(hours.value), typed) if len(typed) == 2 else None


def _shown(hours: str, minutes: str) -> _Clock | Unclear:
    if int(hours) > 23 or int(minutes) > 59:
        return Unclear(Reason.IMPOSSIBLE)
    whole = int(hours) > 12 or (len(hours) == 2 and hours[0] == "0") or int(hours) == 0
    return _Clock(int(hours) * _HOUR + int(minutes), whole)


def _turned(hour: Token, minutes: int) -> _Clock | Unclear:
    """So many minutes after (or before) the hour on a dial of 12."""
    if not 1 <= hour.value <= 12 or not 0 < abs(minutes) < _HOUR:
        return Unclear(Reason.IMPOSSIBLE)
    shown = (hour.value * _HOUR + minutes) % _HALF_DAY
    return _Clock(shown if shown >= _HOUR else shown + _HALF_DAY)


def _minutes(token: Token) -> int:
    return {"half": 30, "quarter": 15}.get(token.kind, token.value)


def _past(tokens: Tokens) -> _Clock | Unclear | None:
    return _turned(tokens[2], _minutes(tokens[0]))


def _to(tokens: Tokens) -> _Clock | Unclear | None:
    return None if tokens[0].kind == "half" else _turned(tokens[2], -_minutes(tokens[0]))


def _plus(tokens: Tokens) -> _Clock | Unclear | None:
    return _turned(tokens[0], _minutes(tokens[2]))


def _less(tokens: Tokens) -> _Clock | Unclear | None:
    return None if tokens[2].kind == "half" else _turned(tokens[0], -_minutes(tokens[2]))


def _noon(tokens: Tokens) -> _Clock | Unclear | None:
    return _Clock(_HALF_DAY, whole=True) if tokens[0].kind != NUMBER or tokens[0].value == 12 else None


def _midnight(tokens: Tokens) -> _Clock | Unclear | None:
    return _Clock(0, whole=True) if tokens[0].kind != NUMBER or tokens[0].value == 12 else None


_Read = Callable[[Tokens], _Clock | Unclear | None]
_SHAPES: dict[tuple[str, ...], _Read] = {
    (NUMBER,): _number,
    (NUMBER, NUMBER): _pair,
    (COMPOUND,): _compound,
    ("minutes", "past", NUMBER): _past,
    (NUMBER, "past", NUMBER): _past,
    ("minutes", "to", NUMBER): _to,
    (NUMBER, "to", NUMBER): _to,
    (NUMBER, "plus", "minutes"): _plus,
    (NUMBER, "plus", NUMBER): _plus,
    (NUMBER, "less", "minutes"): _less,
    (NUMBER, "less", NUMBER): _less,
    ("noon",): _noon,
    (NUMBER, "noon"): _noon,
    ("midnight",): _midnight,
    (NUMBER, "midnight"): _midnight,
}


def _resolved(clock: _Clock, parts: list[str]) -> time | Unclear:
    if not parts:
        return _plain(clock)
    dial = _dial(clock)
    fitting = [minutes for minutes in dial if all(minutes // _HOUR in _HOURS[part] for part in parts)]
    taken_for_noon = clock.minutes // _HOUR == 12 and "am" in parts
    if len(dial) == 2 and (taken_for_noon or not fitting):
        return Unclear(Reason.AMBIGUOUS, tuple(map(_time, dial)))
    return _time(fitting[0]) if fitting else Unclear(Reason.CONTRADICTION)


def _plain(clock: _Clock) -> time | Unclear:
    if not clock.whole and clock.minutes // _HOUR in _NIGHTLY:
        return Unclear(Reason.AMBIGUOUS, tuple(map(_time, _dial(clock))))
    return _time(clock.minutes)


def _dial(clock: _Clock) -> list[int]:
    """The minutes of the day at which a clock shows this."""
    hour = clock.minutes // _HOUR
    if hour > 12 or hour == 0:
        return [clock.minutes % _DAY]
    first = clock.minutes % _HALF_DAY
    return [first, first + _HALF_DAY]


def _time(minutes: int) -> time:
    return time(*divmod(minutes, _HOUR))

"""Which languages a person is shown, best first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from babel.core import get_global

from bonewise.i18n.tags import SOURCE, canonical, locale_of, maximal

_ROOT = "root"


def chain(chosen: str | None, hinted: str | None, served: Iterable[str]) -> tuple[str, ...]:
    """The served languages to try for a person: what they chose, what their app says, English last.

    Each is followed by its region-free form, its CLDR parents and its siblings of the same script. Another script
    never stands in (`zh-Hant` is not read by who reads `zh-Hans`), nor another language.
    """
    return _chain(chosen, hinted, tuple(served))


@lru_cache(1024)
def _chain(chosen: str | None, hinted: str | None, tags: tuple[str, ...]) -> tuple[str, ...]:
    ordered = [tag for code in (chosen, hinted) if code for tag in _alike(code, tags)]
    if SOURCE in ordered:  # English has every text, so nothing after it is ever reached
        ordered = ordered[: ordered.index(SOURCE)]
    return tuple(dict.fromkeys([*ordered, SOURCE]))


@cache
def rtl(tag: str) -> bool:
    """Whether the language is written from right to left."""
    return bool(locale_of(tag).text_direction == "rtl")


def name_of(tag: str) -> str:
    """The language's name in the language itself, for a list to choose from."""
    name = str(locale_of(tag).get_display_name() or tag)
    return name[:1].upper() + name[1:]


def _alike(code: str, served: tuple[str, ...]) -> list[str]:
    """The served tags of the same language and script, the nearest first."""
    wanted = canonical(code)
    if wanted is None:
        return []
    nearest = list(_ancestry(wanted))
    same = [tag for tag in served if maximal(tag)[:2] == maximal(wanted)[:2]]
    return sorted(same, key=lambda tag: nearest.index(tag) if tag in nearest else len(nearest))


def _ancestry(tag: str) -> Iterator[str]:
    """The tag, its CLDR parents (UTS 35, parent locales), and the same with the likely script spelled out."""
    full = maximal(tag)
    for begin in (tag, "-".join(part for part in full if part)):
        current = begin
        while current and current != _ROOT:
            yield current
            parent = get_global("parent_exceptions").get(current.replace("-", "_"))
            current = parent.replace("_", "-") if parent else current.rpartition("-")[0]

"""Language tags (BCP 47) and what CLDR knows of them."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from babel.core import Locale, UnknownLocaleError, get_global

SOURCE = "en"
"""The language that every text is written in first."""


_ALIASES = {**get_global("language_aliases"), "no": "nb"}
_NONE = frozenset({"und", "root", "mul", "zxx"})


class Subtags(NamedTuple):
    """The parts of a tag with the likely script and region filled in."""

    language: str
    script: str
    region: str


def canonical(code: str) -> str | None:
    """The tag as BCP 47 writes it (`pt-BR`, `zh-Hant`), or None for what is no tag of a language that CLDR knows.

    Case, underscores and old names (`iw` for `he`) are understood; variants and extensions are dropped.
    """
    parts = [part for part in code.replace("_", "-").split("-") if part]
    if not parts or not parts[0].isascii() or parts[0].lower() in _NONE:
        return None
    language = parts[0].lower()
    kept = [_ALIASES.get(language, language), *_script_and_region(parts[1:])]
    tag = "-".join(kept)
    return tag if is_known(tag) else None


@cache
def locale_of(tag: str) -> Locale:
    """Babel's locale of a tag, the nearest one that it has. Raises `ValueError` for no tag or an unknown language."""
    subtags = tag.split("-")
    while subtags:
        try:
            return Locale.parse("-".join(subtags), sep="-")
        except UnknownLocaleError:
            subtags.pop()
    raise ValueError(f"no language is known by the tag {tag!r}")


@cache
def maximal(tag: str) -> Subtags:
    """The tag's parts with the likely ones added (CLDR, likely subtags): `zh-TW` is Chinese, `Hant`, `TW`.

    A part that CLDR cannot tell is empty.
    """
    parts = tag.split("-")
    script = next((part for part in parts[1:] if len(part) == 4), "")
    region = next((part for part in parts[1:] if len(part) != 4), "")
    likely = _likely(parts[0], script, region)
    return Subtags(parts[0], script or likely.script, region or likely.region)


def is_known(tag: str) -> bool:
    """Whether CLDR knows the tag's language."""
    try:
        locale_of(tag)
    except ValueError:
        return False
    return True


def _script_and_region(parts: list[str]) -> list[str]:
    script = next((part.title() for part in parts if len(part) == 4 and part.isalpha()), "")
    region = next((part.upper() for part in parts if _is_region(part)), "")
    return [part for part in (script, region) if part]


def _is_region(part: str) -> bool:
    return part.isascii() and ((len(part) == 2 and part.isalpha()) or (len(part) == 3 and part.isdecimal()))


def _likely(language: str, script: str, region: str) -> Subtags:
    table = get_global("likely_subtags")
    for asked in ((language, script, region), (language, region), (language, script), (language,)):
        if full := table.get("_".join(part for part in asked if part)):
            return Subtags(*full.split("_")[:3])
    return Subtags(language, "", "")

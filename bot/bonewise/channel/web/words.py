"""The page's own words, from the catalog: the texts under `page`."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bonewise.i18n.catalog import Catalog
from bonewise.i18n.markup import plain
from bonewise.i18n.negotiate import chain, rtl
from bonewise.i18n.tags import SOURCE
from bonewise.i18n.words import Phone, Words

_MOST = 500  # letters of a header that are read
_RANGE = re.compile(r"([A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*)(?:\s*;\s*q=([01](?:\.\d{1,3})?))?(?:\s*,|\s*$)")

KEYS = (
    "title",
    "help",
    "talk",
    "you_said",
    "type",
    "send",
    "wait",
    "wait_long",
    "offline",
    "rest",
    "not_taken",
    "no_cookie",
    "no_script",
    "why",
    "sources",
    "copied",
    "size_1",
    "size_2",
    "size_3",
    "language",
    "privacy",
    "wipe",
    "shared",
    "shared_help",
)


class PageWords:
    """Says the page's words in the languages that have all of them."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self.languages = tuple(
            tag for tag in catalog.languages if all(catalog.has(tag, f"page.{key}") for key in (*KEYS, "call"))
        )

    def all(self, tag: str) -> Mapping[str, str]:
        """All words but the label of a call, with `lang` and `dir`, in the best language for this tag."""
        best = self.best(tag)
        words = Words(self._catalog, (best, SOURCE))
        number = words.words("places.default.emergency_number")
        texts = {key: plain(words.say(f"page.{key}", emergency_number=number)) for key in KEYS}
        return texts | {"lang": best, "dir": "rtl" if rtl(best) else "ltr"}

    def call(self, tag: str, number: str) -> str:
        """The label of a button that calls a number."""
        return plain(Words(self._catalog, (self.best(tag), SOURCE)).say("page.call", number=Phone(number)))

    def best(self, wanted: str) -> str:
        """The language that fits best; `wanted` is a BCP-47 tag."""
        return next(iter(chain(None, wanted, self.languages)), SOURCE)

    def negotiate(self, header: str) -> str:
        """The best language for an `Accept-Language` header (RFC 9110, 12.5.4)."""
        return next((tag for wanted in _preferred(header) if _same(wanted, tag := self.best(wanted))), SOURCE)


def _same(tag: str, other: str) -> bool:
    return tag.split("-")[0].lower() == other.split("-")[0].lower()


def _preferred(header: str) -> list[str]:
    """The tags of the header, the most wanted first."""
    found = ((float(match[2] or 1), match[1]) for match in _RANGE.finditer(header[:_MOST]))
    return [tag for weight, tag in sorted(found, key=lambda pair: -pair[0]) if weight]

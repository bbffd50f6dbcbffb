"""Saying texts: a key goes in, the text of the language comes out, filled in and still light Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bonewise.i18n.bidi import begun_rtl
from bonewise.i18n.catalog import Catalog
from bonewise.i18n.catalog_check import COUNT
from bonewise.i18n.entry import OTHER, Plural
from bonewise.i18n.negotiate import rtl
from bonewise.i18n.tags import SOURCE, locale_of
from bonewise.i18n.template import Hole, parse
from bonewise.i18n.values import Phone as Phone
from bonewise.i18n.values import Worded as Worded
from bonewise.i18n.values import written

ABOUT_OTHER = "@other"
"""What a key ends in whose text is about somebody else."""


class MissingText(LookupError):  # noqa: N818
    """No language of the chain has a text under this key (`key`, empty where it is one of several)."""

    def __init__(self, message: str, key: str = "") -> None:
        self.key = key
        super().__init__(message)


class MissingValue(LookupError):  # noqa: N818
    """The text `key` has a placeholder, `name`, that nothing was given for."""

    def __init__(self, key: str, name: str) -> None:
        self.key, self.name = key, name
        super().__init__(f"{key} needs a value for {{{name}}}")


class Words:
    """The texts of a chain of languages, for one screen of one text.

    A screen of several texts must be of one language throughout: give it a chain of one, from `choose_language`
    or by trying languages until no `MissingText` is raised.
    """

    def __init__(self, catalog: Catalog, chain: Sequence[str]) -> None:
        self._catalog = catalog
        self._chain = tuple(chain)

    @property
    def language(self) -> str:
        """The first language of the chain."""
        return self._chain[0]

    def has(self, key: str, *, other: bool = False) -> bool:
        """Whether there is such a text at all: in this chain or in English. To say it may still be `MissingText`."""
        return any(self._catalog.has(tag, needed_key(self._catalog, tag, key, other)) for tag in (*self._chain, SOURCE))

    def say(self, key: str, *, other: bool = False, **values: object) -> str:
        """The text in the first language of the chain that has it.

        `other` asks for the variant about somebody else, if there is one. A plural goes by the value of `count`.
        Values may be text, numbers, days, times, moments, `Phone` or `Worded`; what no placeholder names is ignored.
        Raises `MissingText` and `MissingValue`.
        """
        return self.words(key, other=other, **values).text

    def words(self, key: str, *, other: bool = False, **values: object) -> Worded:
        """As `say`, to fill in a placeholder of another text without losing its markup."""
        needed = key
        for tag in self._chain:
            needed = needed_key(self._catalog, tag, key, other)
            if self._catalog.has(tag, needed):
                return Worded(self._filled(tag, needed, values), tag)
        raise MissingText(f"{key} in {', '.join(self._chain)}", needed)

    def _filled(self, tag: str, key: str, values: dict[str, object]) -> str:
        text = self._catalog.text(tag, key)
        if isinstance(text, Plural):
            text = _form(text, tag, _value(COUNT, key, values))
        pieces = parse(text)
        said = "".join(
            written(_value(piece.name, key, values), tag) if isinstance(piece, Hole) else piece for piece in pieces
        )
        return begun_rtl(said) if rtl(tag) else said


def needed_key(catalog: Catalog, tag: str, key: str, other: bool) -> str:
    """The key to look up in a language: the variant about somebody else if it is asked for and English, or the
    language itself, has it."""
    variant = key + ABOUT_OTHER
    has_variant = other and (catalog.has(SOURCE, variant) or catalog.has(tag, variant))
    return variant if has_variant else key


def choose_language(catalog: Catalog, chain: Iterable[str], keys: Iterable[str], *, other: bool = False) -> str:
    """The first language of the chain that has all texts of a screen. Raises `MissingText` if none has."""
    asked = tuple(keys)
    for tag in chain:
        if all(catalog.has(tag, needed_key(catalog, tag, key, other)) for key in asked):
            return tag
    raise MissingText(f"no language has all of {', '.join(asked)}")


def _value(name: str, key: str, values: dict[str, object]) -> object:
    try:
        return values[name]
    except KeyError:
        raise MissingValue(key, name) from None


def _form(plural: Plural, tag: str, count: object) -> str:
    if isinstance(count, bool) or not isinstance(count, int | float):
        raise TypeError(f"the count of a plural must be a number, not a {type(count).__name__}")
    category = locale_of(tag).plural_form(count)
    return plural.forms.get(category, plural.forms[OTHER])

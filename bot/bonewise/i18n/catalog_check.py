"""Whether translations have the placeholders of their English text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bonewise.i18n.entry import OTHER, Entry, Plural
from bonewise.i18n.tags import SOURCE
from bonewise.i18n.template import holes
from bonewise.strict_yaml import Diagnostic

COUNT = "count"
"""The placeholder that a plural depends on."""


def check_translations(entries: Mapping[str, Mapping[str, Entry]]) -> Iterator[Diagnostic]:
    """One fault for every text, of every language, whose placeholders are not those of English.

    Plural forms other than `other` may leave the count out ("one day").
    """
    source = entries.get(SOURCE, {})
    for tag, texts in entries.items():
        for key, entry in texts.items():
            original = source.get(key) or source.get(key.removesuffix("@other"))
            yield from _check(tag, key, entry, original or entry)


def _check(tag: str, key: str, entry: Entry, source: Entry) -> Iterator[Diagnostic]:
    wanted = holes(_forms(source)[OTHER])
    for form, text in _forms(entry).items():
        found = holes(text) | (wanted & {COUNT} if form != OTHER else frozenset())
        if found != wanted:
            name = f"{key}.{form}" if isinstance(entry.text, Plural) else key
            yield Diagnostic(entry.mark, f"`{name}` in {tag}: {_difference(found, wanted)}")


def _forms(entry: Entry) -> Mapping[str, str]:
    if isinstance(entry.text, str):
        return {OTHER: entry.text}
    return {OTHER: "", **entry.text.forms}


def _difference(found: frozenset[str], wanted: frozenset[str]) -> str:
    missing = [f"{{{name}}}" for name in sorted(wanted - found)]
    extra = [f"{{{name}}}" for name in sorted(found - wanted)]
    said = [f"add {' '.join(missing)}"] * bool(missing) + [f"take out {' '.join(extra)}"] * bool(extra)
    return f"{'; '.join(said)}, so that the placeholders are those of the English text"

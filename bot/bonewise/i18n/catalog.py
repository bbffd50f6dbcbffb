"""All texts of all languages, by key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from bonewise.i18n.catalog_check import check_translations
from bonewise.i18n.catalog_files import part_files
from bonewise.i18n.catalog_read import read_part
from bonewise.i18n.entry import Entry, Plural
from bonewise.i18n.tags import SOURCE
from bonewise.strict_yaml import Diagnostic, Mark

Text: TypeAlias = str | Plural


class CatalogError(Exception):
    """The locale files have faults; all that were found, in order of place."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(sorted(diagnostics))
        super().__init__("\n".join(map(str, self.diagnostics)))


@dataclass(frozen=True, slots=True)
class Catalog:
    """The texts by language and key. Made by `load_catalog`."""

    entries: Mapping[str, Mapping[str, Entry]] = field(default_factory=dict)

    @property
    def languages(self) -> tuple[str, ...]:
        """The tags of all languages that have a text: English first, the others in order of their letters."""
        return tuple(sorted(self.entries, key=lambda tag: (tag != SOURCE, tag)))

    def has(self, tag: str, key: str) -> bool:
        """Whether the language has the text."""
        return key in self.entries.get(tag, ())

    def text(self, tag: str, key: str) -> Text:
        """The text, or its plural forms. Raises `KeyError` if the language does not have it."""
        return self.entries[tag][key].text

    def keys(self, tag: str) -> tuple[str, ...]:
        """All keys of a language, in the order of the files."""
        return tuple(self.entries.get(tag, ()))

    def mark(self, tag: str, key: str) -> Mark:
        """Where the text stands. Raises `KeyError` if the language does not have it."""
        return self.entries[tag][key].mark


def load_catalog(directories: Sequence[Path]) -> Catalog:
    """Read `<directory>/<part>/<tag>.yml` of all directories; a later one overlays the earlier ones text by text.

    Raises `CatalogError` with every fault found, and `OSError` if a file cannot be read.
    """
    faults: list[Diagnostic] = []
    merged: dict[str, dict[str, Entry]] = {}
    for directory in directories:
        for tag, entries in _read_directory(directory, faults).items():
            merged.setdefault(tag, {}).update(entries)
    faults.extend(check_translations(merged))
    if faults:
        raise CatalogError(faults)
    return Catalog(merged)


def _read_directory(directory: Path, faults: list[Diagnostic]) -> dict[str, dict[str, Entry]]:
    found: dict[str, dict[str, Entry]] = {}
    for path in part_files(directory):
        texts = found.setdefault(path.stem, {})
        for key, entry in read_part(path, faults):
            if key in texts:
                faults.append(Diagnostic(entry.mark, f"`{key}` stands a second time, first at {texts[key].mark}"))
            else:
                texts[key] = entry
    return {tag: texts for tag, texts in found.items() if texts}

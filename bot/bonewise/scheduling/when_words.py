"""The words of typed days and times, per language: `locales/when/<tag>.yml`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from bonewise.scheduling.when_tokens import NUMBER, Phrases, Token, Tokens, split, words_of
from bonewise.strict_yaml import Diagnostic, Item, Mapping, Mark, Node, Scalar, StrictYamlError, load
from bonewise.strict_yaml import Sequence as Listed

PARTS = ("dawn", "morning", "midday", "afternoon", "evening", "night")
UNITS = ("day", "week", "fortnight", "month")
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_DAYS = {"yesterday": -1, "today": 0, "tomorrow": 1, "after_tomorrow": 2}
_CLOCK = ("am", "pm", "noon", "midnight", "half", "quarter", "oclock")
_LINKS = ("in", "from_now", "ago", "next", "this", "past", "to", "plus", "less", "at", "article", "nth")


def _numbered(kind: str, names: Iterable[str], first: int = 0) -> dict[str, Tokens]:
    return {name: (Token(kind, value),) for value, name in enumerate(names, first)}


_SECTIONS: dict[str, dict[str, Tokens]] = {
    "day": {
        **{name: (Token("day", days),) for name, days in _DAYS.items()},
        "this_morning": (Token("this"), Token("part", PARTS.index("morning"))),
        "tonight": (Token("this"), Token("part", PARTS.index("night"))),
    },
    "weekday": _numbered("weekday", _WEEKDAYS),
    "month": _numbered("month", _MONTHS, 1),
    "number": {str(value): (Token(NUMBER, value),) for value in range(1, 60)},
    "unit": _numbered("unit", UNITS),
    "part": _numbered("part", PARTS),
    "clock": {name: (Token(name),) for name in _CLOCK},
    "link": {name: (Token(name),) for name in _LINKS},
    "other": {name: (Token(name),) for name in ("vague", "filler")},
}
"""What a table can give words for: section, meaning, and the tokens that the meaning stands for."""


class WhenWordsError(Exception):
    """A table of words has faults; all that were found, in order of place."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(sorted(diagnostics))
        super().__init__("\n".join(map(str, self.diagnostics)))


@dataclass(frozen=True, slots=True)
class WhenWords:
    """The phrases of one language, and what each means."""

    phrases: Phrases = field(default_factory=dict)

    def tokens(self, text: str) -> Tokens:
        """A typed text in tokens, without words that mean nothing for a day or time."""
        return tuple(token for token in split(text, self.phrases) if token.kind != "filler")


def load_when(directories: Sequence[Path]) -> dict[str, WhenWords]:
    """The tables `<directory>/when/<tag>.yml` by tag; a later directory's table replaces an earlier one's.

    Raises `WhenWordsError`, and `OSError` if a file cannot be read.
    """
    faults: list[Diagnostic] = []
    paths = {path.stem: path for directory in directories for path in sorted((directory / "when").glob("*.yml"))}
    tables = {tag: _read(path, faults) for tag, path in paths.items()}
    if faults:
        raise WhenWordsError(faults)
    return tables


def _read(path: Path, faults: list[Diagnostic]) -> WhenWords:
    try:
        root = load(path)
    except StrictYamlError as error:
        faults.extend(error.diagnostics)
        return WhenWords()
    table = root.get(path.stem) if isinstance(root, Mapping) else None
    if table is None:
        faults.append(Diagnostic(root.mark, f"the file must have one first key, `{path.stem}:`, as its name says"))
        return WhenWords()
    return _Table(faults).words(table)


@dataclass(slots=True)
class _Table:
    faults: list[Diagnostic]
    phrases: dict[tuple[str, ...], Tokens] = field(default_factory=dict)

    def words(self, table: Node) -> WhenWords:
        for section in self._known(table, _SECTIONS):
            meanings = _SECTIONS[section.key]
            for meaning in self._known(section.value, meanings):
                for phrase in self._texts(meaning):
                    self._add(phrase, meanings[meaning.key])
        return WhenWords(self.phrases)

    def _known(self, node: Node, names: Iterable[str]) -> Iterator[Item]:
        if not isinstance(node, Mapping):
            self._fault(node.mark, f"a mapping must stand here, with some of the keys {', '.join(names)}")
            return
        known = list(names)
        for item in node:
            if item.key in known:
                yield item
            else:
                near = get_close_matches(item.key, known, 1)
                meant = f"did you mean `{near[0]}`?" if near else f"known are {', '.join(known)}"
                self._fault(item.mark, f"the key `{item.key}` is not known; {meant}")

    def _texts(self, meaning: Item) -> Iterator[Scalar]:
        if not isinstance(meaning.value, Listed):
            self._fault(meaning.value.mark, f"`{meaning.key}` must be a list of words in double quotes")
            return
        for node in meaning.value:
            if isinstance(node, Scalar) and isinstance(node.value, str) and words_of(node.value):
                yield node
            else:
                self._fault(node.mark, f"a word of `{meaning.key}` must be a text in double quotes")

    def _add(self, phrase: Scalar, tokens: Tokens) -> None:
        words = words_of(str(phrase.value))
        if self.phrases.setdefault(words, tokens) != tokens:
            self._fault(phrase.mark, f"`{phrase.value}` has another meaning above; leave out what can mean two things")

    def _fault(self, mark: Mark, message: str) -> None:
        self.faults.append(Diagnostic(mark, message))

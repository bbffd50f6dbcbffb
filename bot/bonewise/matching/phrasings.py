"""Loads `locales/matching/<tag>.yml`: how people ask about each topic. No translations, and no parity of keys.

en:
  link_direct:
    - "can osteoporosis cause neuropathy"
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bonewise.matching.alarm_file import did_you_mean
from bonewise.matching.folding import fold
from bonewise.strict_yaml import Diagnostic, Item, Mapping, Mark, Node, Scalar, StrictYamlError, load
from bonewise.strict_yaml import Sequence as Listed

LONGEST = 300
"""Characters of a text that are looked at: a question says in its beginning what it is about."""

_WORD = re.compile(r"[\w\u0900-\u0dff\u0e00-\u0e7f]+")


def normalised(text: str) -> str:
    """The words of a text as phrasings are compared: folded, without punctuation."""
    return " ".join(_WORD.findall(fold(text[:LONGEST])))


@dataclass(frozen=True, slots=True)
class Phrasing:
    """One way to ask about a topic."""

    topic: str
    text: str
    mark: Mark


def load_phrasings(directories: Sequence[Path], topics: Collection[str] | None = None) -> tuple[Phrasing, ...]:
    """The phrasings of all languages in these directories (`locales/matching`), of these topics or of any.

    A phrasing that stands under two topics is a fault. Raises `StrictYamlError` with every fault, and `OSError`.
    """
    faults: list[Diagnostic] = []
    paths = [path for directory in directories for path in sorted(directory.glob("*.yml"))]
    found = tuple(phrasing for path in paths for phrasing in _language(load(path), path.stem, topics, faults))
    _find_twice(found, faults)
    if faults:
        raise StrictYamlError(faults)
    return found


def _language(root: Node, tag: str, topics: Collection[str] | None, faults: list[Diagnostic]) -> Iterator[Phrasing]:
    body = root.get(tag) if isinstance(root, Mapping) else None
    if not isinstance(body, Mapping):
        faults.append(Diagnostic(root.mark, f"expected `{tag}:` with the phrasings of each topic"))
        return
    for item in body:
        if topics is not None and item.key not in topics:
            faults.append(Diagnostic(item.mark, f"unknown topic `{item.key}`{did_you_mean(item.key, topics)}"))
        yield from _phrasings(item, faults)


def _phrasings(item: Item, faults: list[Diagnostic]) -> Iterator[Phrasing]:
    if not isinstance(item.value, Listed):
        faults.append(Diagnostic(item.value.mark, f"`{item.key}` must be a list of phrasings"))
        return
    for node in item.value:
        if isinstance(node, Scalar) and isinstance(node.value, str) and normalised(node.value):
            yield Phrasing(item.key, node.value, node.mark)
        else:
            faults.append(Diagnostic(node.mark, "a phrasing must be a text with a word in it; put it in quotes"))


def _find_twice(phrasings: Sequence[Phrasing], faults: list[Diagnostic]) -> None:
    seen: dict[str, Phrasing] = {}
    for phrasing in phrasings:
        other = seen.setdefault(normalised(phrasing.text), phrasing)
        if other.topic != phrasing.topic:
            faults.append(Diagnostic(phrasing.mark, f"stands under `{other.topic}` too ({other.mark}); keep one"))

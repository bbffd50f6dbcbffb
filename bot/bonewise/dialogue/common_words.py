"""Common words for an answer in many languages ("نعم", "sí"): `locales/typed/<tag>.yml`.

They count in whatever language the talk is, also for languages that are not served. A word that means one thing in one
language and another in the next one stands in neither.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

from bonewise.dialogue.folding import fold
from bonewise.flow.model import NONE, UNSURE
from bonewise.strict_yaml import Diagnostic, Item, Node, Scalar, StrictYamlError, load
from bonewise.strict_yaml import Mapping as Table
from bonewise.strict_yaml import Sequence as Listed

YES, NO = "yes", "no"
MEANINGS = (YES, NO, UNSURE, NONE)
AND = "and"  # stands between two answers
_KEYS = (*MEANINGS, AND)

CommonWords: TypeAlias = Mapping[str, str]
"""What each word means, by the folded word."""


def load_common_words(directories: Sequence[Path]) -> CommonWords:
    """The words of `<directory>/typed/<tag>.yml`. Raises `StrictYamlError` with every fault, and `OSError`."""
    faults: list[Diagnostic] = []
    found: dict[str, str] = {}
    for path in (path for directory in directories for path in sorted((directory / "typed").glob("*.yml"))):
        for meaning, word in _words(path, faults):
            said = fold(str(word.value))
            if found.setdefault(said, meaning) != meaning:
                faults.append(Diagnostic(word.mark, f"`{word.value}` means `{found[said]}` elsewhere; keep neither"))
    if faults:
        raise StrictYamlError(faults)
    return found


def _words(path: Path, faults: list[Diagnostic]) -> Iterator[tuple[str, Scalar]]:
    root = load(path)
    table = root.get(path.stem) if isinstance(root, Table) else None
    if not isinstance(table, Table):
        faults.append(Diagnostic(root.mark, f"expected `{path.stem}:` with words for {', '.join(_KEYS)}"))
        return
    for item in table:
        yield from ((item.key, word) for word in _listed(item, faults))


def _listed(item: Item, faults: list[Diagnostic]) -> Iterator[Scalar]:
    if item.key not in _KEYS:
        faults.append(Diagnostic(item.mark, f"unknown key `{item.key}`; it must be one of {', '.join(_KEYS)}"))
    elif not isinstance(item.value, Listed) or not all(map(_is_word, item.value)):
        faults.append(Diagnostic(item.value.mark, f"`{item.key}` must be a list of words in quotes"))
    else:
        yield from (word for word in item.value if isinstance(word, Scalar))


def _is_word(node: Node) -> bool:
    return isinstance(node, Scalar) and isinstance(node.value, str) and bool(fold(node.value))

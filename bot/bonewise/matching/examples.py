"""Examples to learn from: lines, each under its label, in the files of the matching."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from bonewise.matching.folding import fold
from bonewise.strict_yaml import Diagnostic, Item, Mapping, Mark, Node, Scalar, StrictYamlError, load
from bonewise.strict_yaml import Sequence as Listed

LONGEST = 300
"""Characters of a text that are looked at: a question says in its beginning what it is about."""

_WORD = re.compile(r"[\w\u0900-\u0dff\u0e00-\u0e7f]+")


@dataclass(frozen=True, slots=True)
class Example:
    """A line, and its label: the topic that it asks about, or what it tells."""

    label: str
    text: str
    mark: Mark


OfLanguage: TypeAlias = Callable[[Node, str, list[Diagnostic]], Iterator[Example]]
"""The examples of a file: of what is in it and its language, with a list for the faults."""


def read_examples(directories: Sequence[Path], of_language: OfLanguage) -> tuple[Example, ...]:
    """The examples of every `<tag>.yml` in these directories. A line with two labels is a fault.

    Raises `StrictYamlError` with every fault, and `OSError`.
    """
    faults: list[Diagnostic] = []
    paths = [path for directory in directories for path in sorted(directory.glob("*.yml"))]
    found = tuple(example for path in paths for example in of_language(load(path), path.stem, faults))
    _find_twice(found, faults)
    if faults:
        raise StrictYamlError(faults)
    return found


def normalised(text: str) -> str:
    """The words of a text as examples are compared: folded, without punctuation."""
    return " ".join(_WORD.findall(fold(text[:LONGEST])))


def of_language(root: Node, tag: str, faults: list[Diagnostic]) -> tuple[Item, ...]:
    """What stands under the language's tag, which is the only key at the top of its file."""
    top = items(root, faults)
    own = next((item for item in top if item.key == tag), None)
    if isinstance(root, Mapping) and own is None:
        faults.append(Diagnostic(root.mark, f"expected `{tag}:`, as the file is called"))
    elif own is not None:
        unread = "`{}` is read by nobody; this file is for `{}`"
        faults.extend(Diagnostic(item.mark, unread.format(item.key, tag)) for item in top if item is not own)
    return items(own.value, faults) if own is not None else ()


def examples_in(item: Item, label: str, faults: list[Diagnostic]) -> Iterator[Example]:
    """The lines of a list. What is no list of texts with words is a fault."""
    if not isinstance(item.value, Listed):
        faults.append(Diagnostic(item.value.mark, f"`{item.key}` must be a list of lines"))
        return
    for node in item.value:
        if isinstance(node, Scalar) and isinstance(node.value, str) and normalised(node.value):
            yield Example(label, node.value, node.mark)
        else:
            faults.append(Diagnostic(node.mark, "must be a text with a word in it; put it in quotes"))


def _find_twice(examples: Sequence[Example], faults: list[Diagnostic]) -> None:
    seen: dict[str, Example] = {}
    for example in examples:
        other = seen.setdefault(normalised(example.text), example)
        if other.label != example.label:
            faults.append(Diagnostic(example.mark, f"stands under `{other.label}` too ({other.mark}); keep one"))


def items(node: Node | None, faults: list[Diagnostic]) -> tuple[Item, ...]:
    """What stands in a mapping; nothing where there is none."""
    if isinstance(node, Mapping):
        return node.items
    if node is not None:
        faults.append(Diagnostic(node.mark, "must be a mapping (`key: value`)"))
    return ()


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The end of a message: the known word that is nearest, or all of a few."""
    choice = sorted(known)
    near = difflib.get_close_matches(word, choice, 1)
    return f"; did you mean `{near[0]}`?" if near else f"; known are {', '.join(choice[:12])}"

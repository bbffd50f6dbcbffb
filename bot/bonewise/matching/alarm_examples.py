"""Loads `locales/alarm_examples/<tag>.yml`: how people tell of an emergency, and lines that only sound like it.

en:
  emergency:
    stroke: ["my words come out like soup"]
  crisis:
    ending_life: ["I would rather not wake up tomorrow"]
  no_alarm:
    stroke: ["what are the signs of a stroke"]

The names of the second level are for the reader only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bonewise.matching.alarm_file import did_you_mean
from bonewise.matching.phrasings import normalised
from bonewise.strict_yaml import Diagnostic, Item, Mapping, Mark, Node, Scalar, StrictYamlError, load
from bonewise.strict_yaml import Sequence as Listed

NO_ALARM = "no_alarm"
LABELS = ("emergency", "crisis", NO_ALARM)


@dataclass(frozen=True, slots=True)
class Example:
    """A line, and what it tells: one of `LABELS`."""

    label: str
    text: str
    mark: Mark


def load_examples(directories: Sequence[Path]) -> tuple[Example, ...]:
    """The examples of all languages in these directories. A line with two labels is a fault.

    Raises `StrictYamlError` with every fault, and `OSError`.
    """
    faults: list[Diagnostic] = []
    paths = [path for directory in directories for path in sorted(directory.glob("*.yml"))]
    found = tuple(example for path in paths for example in _language(load(path), path.stem, faults))
    _find_twice(found, faults)
    if faults:
        raise StrictYamlError(faults)
    return found


def _language(root: Node, tag: str, faults: list[Diagnostic]) -> Iterator[Example]:
    for label in _items(root.get(tag) if isinstance(root, Mapping) else root, faults):
        if label.key not in LABELS:
            faults.append(Diagnostic(label.mark, f"unknown key `{label.key}`{did_you_mean(label.key, LABELS)}"))
        for theme in _items(label.value, faults):
            yield from _lines(theme, label.key, faults)


def _lines(theme: Item, label: str, faults: list[Diagnostic]) -> Iterator[Example]:
    if not isinstance(theme.value, Listed):
        faults.append(Diagnostic(theme.value.mark, f"`{theme.key}` must be a list of lines"))
        return
    for node in theme.value:
        if isinstance(node, Scalar) and isinstance(node.value, str) and normalised(node.value):
            yield Example(label, node.value, node.mark)
        else:
            faults.append(Diagnostic(node.mark, "must be a text with a word in it; put it in quotes"))


def _items(node: Node | None, faults: list[Diagnostic]) -> tuple[Item, ...]:
    if isinstance(node, Mapping):
        return node.items
    if node is not None:
        faults.append(Diagnostic(node.mark, "must be a mapping (`key: value`)"))
    return ()


def _find_twice(examples: Sequence[Example], faults: list[Diagnostic]) -> None:
    seen: dict[str, Example] = {}
    for example in examples:
        other = seen.setdefault(normalised(example.text), example)
        if other.label != example.label:
            faults.append(Diagnostic(example.mark, f"stands under `{other.label}` too ({other.mark}); keep one"))

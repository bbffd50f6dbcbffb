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
from pathlib import Path

from bonewise.matching.examples import Example, did_you_mean, examples_in, items, of_language, read_examples
from bonewise.strict_yaml import Diagnostic, Node

NO_ALARM = "no_alarm"
LABELS = ("emergency", "crisis", NO_ALARM)


def load_examples(directories: Sequence[Path]) -> tuple[Example, ...]:
    """The examples of all languages in these directories. A line with two labels is a fault.

    Raises `StrictYamlError` with every fault, and `OSError`.
    """
    return read_examples(directories, _language)


def _language(root: Node, tag: str, faults: list[Diagnostic]) -> Iterator[Example]:
    for label in of_language(root, tag, faults):
        if label.key not in LABELS:
            faults.append(Diagnostic(label.mark, f"unknown key `{label.key}`{did_you_mean(label.key, LABELS)}"))
        for theme in items(label.value, faults):
            yield from examples_in(theme, label.key, faults)

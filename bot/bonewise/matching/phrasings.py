"""Loads `locales/matching/<tag>.yml`: how people ask about each topic. No translations, and no parity of keys.

en:
  link_direct:
    - "can osteoporosis cause neuropathy"
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import partial
from pathlib import Path

from bonewise.matching.examples import Example, did_you_mean, examples_in, of_language, read_examples
from bonewise.strict_yaml import Diagnostic, Node


def load_phrasings(directories: Sequence[Path], topics: Collection[str] | None = None) -> tuple[Example, ...]:
    """The phrasings of all languages in these directories (`locales/matching`), of these topics or of any.

    A phrasing that stands under two topics is a fault. Raises `StrictYamlError` with every fault, and `OSError`.
    """
    return read_examples(directories, partial(_language, topics))


def _language(topics: Collection[str] | None, root: Node, tag: str, faults: list[Diagnostic]) -> Iterator[Example]:
    for item in of_language(root, tag, faults):
        if topics is not None and item.key not in topics:
            faults.append(Diagnostic(item.mark, f"unknown topic `{item.key}`{did_you_mean(item.key, topics)}"))
        yield from examples_in(item, item.key, faults)

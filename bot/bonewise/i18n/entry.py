"""One text of one language as it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from bonewise.strict_yaml import Mark

OTHER = "other"
CATEGORIES = frozenset({"zero", "one", "two", "few", "many", OTHER})
"""The plural categories of CLDR (UTS 35, part 3)."""


@dataclass(frozen=True, slots=True)
class Plural:
    """A text that depends on a number: its forms by CLDR plural category. `other` is always there."""

    forms: Mapping[str, str]


class Entry(NamedTuple):
    """A text, and where it stands."""

    text: str | Plural
    mark: Mark

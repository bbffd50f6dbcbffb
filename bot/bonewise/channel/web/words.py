"""The page's own words, by language, from the catalog."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

Words: TypeAlias = Callable[[str], Mapping[str, str]]
"""The page's texts in a language: the keys are those under `page` in locales/page."""

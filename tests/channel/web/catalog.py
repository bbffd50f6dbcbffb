"""The page's words as the bot has them."""

from __future__ import annotations

from pathlib import Path

from bonewise.channel.web.words import PageWords
from bonewise.i18n.catalog import load_catalog

LOCALES = Path(__file__).parents[3] / "locales"


def page_words() -> PageWords:
    return PageWords(load_catalog([LOCALES]))

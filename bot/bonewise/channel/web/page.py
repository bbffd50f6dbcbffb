"""The page as it is first served: the template with the words of the reader's language."""

from __future__ import annotations

import json
from collections.abc import Mapping
from html import escape
from importlib.resources import files
from string import Template

_TEMPLATE = Template((files("bonewise.channel.web") / "static" / "page.html").read_text("utf-8"))

SIZES = ("1", "2", "3")
"""The text sizes: 20, 24 and 30 px where the browser's own is 16 px."""


def fill_page(words: Mapping[str, str], *, size: str, shared: bool) -> str:
    """The page's HTML. `size` is one of `SIZES`; `shared` ticks "This is a shared computer"."""
    texts = {key: escape(text) for key, text in words.items()}
    return _TEMPLATE.substitute(
        texts,
        size=size,
        size_words=texts[f"size_{size}"],
        shared_state=" checked" if shared else "",
        words=escape(json.dumps(dict(words), ensure_ascii=False)),
    )

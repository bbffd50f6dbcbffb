"""Texts with holes: `{name}` is a placeholder, `{{` and `}}` are literal braces. Nothing else may stand in braces."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple, TypeAlias

_TOKEN = re.compile(r"\{\{|\}\}|\{([a-z_][a-z0-9_]*)\}|[{}]")


class Hole(NamedTuple):
    """A placeholder."""

    name: str


Template: TypeAlias = tuple[str | Hole, ...]


class TemplateError(ValueError):
    """Something else than a placeholder stands in braces."""


@lru_cache(maxsize=8192)
def parse(text: str) -> Template:
    """The literal pieces and the holes, in order. Raises `TemplateError`."""
    return tuple(_pieces(text))


def holes(text: str) -> frozenset[str]:
    """The names of the placeholders. Raises `TemplateError`."""
    return frozenset(piece.name for piece in parse(text) if isinstance(piece, Hole))


def _pieces(text: str) -> Iterator[str | Hole]:
    end = 0
    for token in _TOKEN.finditer(text):
        if token[0] in "{}":
            raise TemplateError(
                f"`{text[token.start() : token.start() + 20]}`: write a placeholder as {{name}} "
                "with small letters, digits and _, and a literal brace twice"
            )
        if before := text[end : token.start()]:
            yield before
        yield Hole(token[1]) if token[1] else token[0][0]
        end = token.end()
    if rest := text[end:]:
        yield rest

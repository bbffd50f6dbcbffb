"""Finding a text of the catalog in what was said, without looking at its wording."""

from __future__ import annotations

import re

from bonewise.dialogue.world import World
from bonewise.i18n.entry import Plural
from bonewise.i18n.template import Hole, parse


def stands_in(world: World, language: str, key: str, text: str) -> int | None:
    """Where the words under a key stand in a text, whatever fills their placeholders."""
    words = world.catalog.text(language, key)
    forms = list(words.forms.values()) if isinstance(words, Plural) else [words]
    found = [match.start() for form in forms if (match := re.search(_pattern(form), text, re.DOTALL))]
    return min(found, default=None)


def _pattern(words: str) -> str:
    return "".join(".+?" if isinstance(piece, Hole) else re.escape(piece) for piece in parse(words))

"""Which of the served languages a text is clearly in, told by the words that only one of them uses.

The words are learnt from the language's own texts, so a new language needs no list.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from bonewise.i18n.catalog import Catalog

LEAST = 2  # different words of one language's own; one can be a name, or borrowed
_TEXTS = 600  # of a language that are looked at: enough for the words that it cannot do without
_OFTEN = 3  # texts with a word that is the language's own; fewer may be a slip
_SELDOM = 20  # times as often in the language as in any other, which may quote a word of it
_MOST_CHARACTERS = 300
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\u0e00-\u0e7f]|[^\W\d_]+")  # each sign where no blanks are


class Spoken:
    """Tells languages apart. Pure once it is made."""

    def __init__(self, texts: Mapping[str, Iterable[str]]) -> None:
        """`texts` are some texts of each language."""
        counts = {tag: Counter(word for text in some for word in set(_words(text))) for tag, some in texts.items()}
        self._own = {
            word: tag
            for tag, words in counts.items()
            for word, times in words.items()
            if times >= _OFTEN and all(_SELDOM * others[word] < times for o, others in counts.items() if o != tag)
        }

    @classmethod
    def of(cls, catalog: Catalog) -> Spoken:
        """Learnt from the texts that are served."""
        return cls({tag: list(_some(catalog, tag)) for tag in catalog.languages})

    def language(self, text: str) -> str | None:
        """The language of a text, or None if it is not clear. A mix of languages is in none."""
        found = {word: self._own[word] for word in _words(text[:_MOST_CHARACTERS]) if word in self._own}
        tags = set(found.values())
        return tags.pop() if len(tags) == 1 and len(found) >= LEAST else None


def _some(catalog: Catalog, tag: str) -> Iterator[str]:
    keys = catalog.keys(tag)
    for key in keys[:: max(1, len(keys) // _TEXTS)]:
        text = catalog.text(tag, key)
        yield from (text,) if isinstance(text, str) else text.forms.values()


def _words(text: str) -> list[str]:
    flat = "".join(c for c in unicodedata.normalize("NFKD", text) if unicodedata.category(c) != "Mn")
    return _WORD.findall(flat.casefold())

"""Which of the served languages a text is clearly in, told by the words that only one of them uses.

A neighbour that is not served shares such words (`que`, `la`), but the words between them are unknown then, and speak
against it. All is learnt from the language's own texts, so a new language needs no list.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from bonewise.i18n.catalog import Catalog

LEAST = 2  # different words of one language's own; one can be a name, or borrowed
AGAINST = 2  # a language's own words that one unknown word outweighs
_OFTEN = 3  # texts with a word that is the language's own; fewer may be a slip
_ONE_OF = 165  # or of so many texts one has the word: a language cannot do without its own
_SELDOM = 20  # times as often in the language as in any other, which may quote a word of it
_MOST_CHARACTERS = 300
_HOLE = re.compile(r"\{[^}]*\}")
_WORD = re.compile(  # each sign where no blanks are
    r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\u0e00-\u0e7f]|(?:[^\W\d_]|[\u0300-\u036f\u064b-\u065f\u0900-\u0dff])+"
)


@dataclass(frozen=True, slots=True)
class _Learnt:
    own: Mapping[str, str]  # the language of each folded word that only one uses
    known: Mapping[str, frozenset[str]]  # all words of a language, as they are written and folded


class Spoken:
    """Tells languages apart. Pure: the same text, the same language."""

    def __init__(self, texts: Mapping[str, Iterable[str]]) -> None:
        """`texts` are texts of each language."""
        self._texts = {tag: tuple(some) for tag, some in texts.items()}

    @classmethod
    def of(cls, catalog: Catalog) -> Spoken:
        """Learnt from the texts that are served."""
        return cls({tag: _all(catalog, tag) for tag in catalog.languages})

    def language(self, text: str) -> str | None:
        """The language of a text, or None if it is not clear. A mix of languages is in none."""
        words = set(_words(text[:_MOST_CHARACTERS]))
        tags = {self._learnt.own[_folded(word)] for word in words if _folded(word) in self._learnt.own}
        return next((tag for tag in tags if self._is_clear(words, tag)), None) if len(tags) == 1 else None

    def _is_clear(self, words: set[str], tag: str) -> bool:
        known = words & self._learnt.known[tag]
        own = {_folded(word) for word in known} & self._learnt.own.keys()
        return len(own) >= LEAST and len(own) > AGAINST * len(words - known)

    @cached_property
    def _learnt(self) -> _Learnt:
        """Made at the first text: the start does not wait for it."""
        counts = {tag: _counted(texts) for tag, texts in self._texts.items()}
        own = {
            word: tag
            for tag, words in counts.items()
            for word, times in words.items()
            if times >= max(_OFTEN, len(self._texts[tag]) / _ONE_OF)
            and all(_SELDOM * others[word] < times for o, others in counts.items() if o != tag)
        }
        return _Learnt(own, {tag: _vocabulary(texts) for tag, texts in self._texts.items()})


def _all(catalog: Catalog, tag: str) -> Iterator[str]:
    for key in catalog.keys(tag):
        text = catalog.text(tag, key)
        yield from (text,) if isinstance(text, str) else text.forms.values()


def _counted(texts: Iterable[str]) -> Counter[str]:
    """In how many of the texts each word stands."""
    return Counter(word for text in texts for word in set(map(_folded, _words(text))))


def _vocabulary(texts: Iterable[str]) -> frozenset[str]:
    """The words of these texts, and the same without accents: who types leaves them out, and seldom adds one."""
    written = {word for text in texts for word in _words(text)}
    return frozenset(written | set(map(_folded, written)))


def _words(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFKC", _HOLE.sub(" ", text)).casefold())


def _folded(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", word) if unicodedata.category(c) != "Mn")

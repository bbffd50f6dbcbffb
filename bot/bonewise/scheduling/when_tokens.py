"""A typed day or time in pieces that mean something, whatever the language."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import NamedTuple, TypeAlias

LONGEST = 100  # characters; longer texts are no days or times
UNKNOWN = "unknown"
NUMBER = "number"
COMPOUND = "compound"
"""Numbers written together: `9:30`, `3/12`, `2026-12-03`."""

_LETTERS = r"[^\W\d_]"
_PIECE = re.compile(
    rf"(?P<compound>\d{{1,8}}(?:[:/.-]\d{{1,8}})+(?!\d))"
    rf"|(?P<number>\d{{1,8}}(?!\d))"
    rf"|(?P<word>{_LETTERS}+)"
    rf"|(?P<unknown>(?<=\d)\s*[,;.]\s+(?=\d)|(?<=\d)\s*[,;]\s*(?=\d)|-(?!{_LETTERS})|(?<!{_LETTERS})-"
    rf"|[^\s\w.,;:!?¡¿()\"-]|\d+)"
)
_APOSTROPHES = str.maketrans("", "", "'’ʼ`´")


class Token(NamedTuple):
    """A piece: what kind it is, its value, and the letters or digits it was typed with."""

    kind: str
    value: int = 0
    typed: str = ""


Tokens: TypeAlias = tuple[Token, ...]
Phrases: TypeAlias = Mapping[tuple[str, ...], Tokens]


def fold(text: str) -> str:
    """The text without differences of case, accent, width, digits and invisible characters."""
    wide = unicodedata.normalize("NFKC", text.translate(_APOSTROPHES)).casefold()
    parts = unicodedata.normalize("NFD", wide)
    return unicodedata.normalize("NFC", "".join(_folded(character) for character in parts))


def split(text: str, phrases: Phrases) -> Tokens:
    """The tokens of a text; of several phrases that fit, the longest is taken."""
    if len(text) > LONGEST:
        return (Token(UNKNOWN),)
    return tuple(_tokens(list(_PIECE.finditer(fold(text))), phrases))


def words_of(text: str) -> tuple[str, ...]:
    """The words of a phrase, as they are looked up."""
    return tuple(match[0] for match in _PIECE.finditer(fold(text)))


def _folded(character: str) -> str:
    if "\u0300" <= character <= "\u036f" or unicodedata.category(character) == "Cf":
        return ""
    digit = unicodedata.decimal(character, None)
    return character if digit is None else str(digit)


def _tokens(pieces: list[re.Match[str]], phrases: Phrases) -> Iterator[Token]:
    longest = max(map(len, phrases), default=1)
    place = 0
    while place < len(pieces):
        piece = pieces[place]
        if piece.lastgroup != "word":
            yield _of_digits(piece)
            place += 1
            continue
        taken, tokens = _phrase([match[0] for match in pieces[place : place + longest]], phrases)
        yield from tokens
        place += taken


def _phrase(words: list[str], phrases: Phrases) -> tuple[int, Tokens]:
    for length in range(len(words), 0, -1):
        if found := phrases.get(tuple(words[:length])):
            return length, found
    return 1, (Token(UNKNOWN, typed=words[0]),)


def _of_digits(piece: re.Match[str]) -> Token:
    kind = str(piece.lastgroup)
    return Token(kind, int(piece[0]) if kind == NUMBER else 0, piece[0])

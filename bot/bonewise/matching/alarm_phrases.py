"""Whether the alarm patterns of a language do what its own phrases say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from bonewise.matching.alarm import NOTHING, AlarmBook, Heard
from bonewise.matching.alarm_file import KINDS, STRENGTHS, Language, Sign, Written
from bonewise.strict_yaml import Diagnostic

Wanted: TypeAlias = tuple[str, str]
"""A strength and a kind: hard, emergency."""

WANTED: tuple[Wanted, ...] = tuple((strength, kind) for kind in KINDS for strength in STRENGTHS)
"""What every language must be able to hear."""


def unheard(languages: Iterable[Language]) -> list[Wanted]:
    """What no `must_hit` phrase of these files shows to be heard by the patterns of its own file."""
    shown = {
        (strength, sign.kind)
        for language in languages
        for sign, strength, _, heard in _tried(language)
        if (heard.strength, heard.kind) == (strength, sign.kind)
    }
    return [one for one in WANTED if one not in shown]


def broken_phrases(languages: Iterable[Language]) -> Iterator[Diagnostic]:
    """The phrases that the patterns of their own file hear otherwise than they must."""
    for language in languages:
        for sign, strength, phrase, heard in _tried(language):
            if (heard.strength, heard.kind) != (strength, sign.kind):
                must = f"must be heard as {strength} {sign.kind}, and is heard as {_said(heard)}"
                yield Diagnostic(phrase.mark, f"`{phrase.text}` {must}; mend the patterns of `{sign.id}`, or move it")
        book = AlarmBook([language])
        for phrase in (phrase for sign in language.signs for phrase in sign.must_not_hit):
            if (heard := book.hear(phrase.text)) != NOTHING:
                must = f"must not be heard, and is heard as {_said(heard)}"
                yield Diagnostic(phrase.mark, f"`{phrase.text}` {must}; narrow the patterns of `{heard.sign}`")


def _tried(language: Language) -> Iterator[tuple[Sign, str, Written, Heard]]:
    """Each phrase that must be heard, how strongly, and what is heard in it."""
    book = AlarmBook([language])
    for sign in language.signs:
        for strength in STRENGTHS:
            for phrase in sign.must_hit[strength]:
                yield sign, strength, phrase, book.hear(phrase.text)


def _said(heard: Heard) -> str:
    return f"{heard.strength} {heard.kind}" if heard != NOTHING else "nothing"

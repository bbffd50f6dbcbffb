"""The files of the alarm layer: `<tag>.yml` with word groups, guards and signs.

en:
  guards: {negations: ["no", not, never], …}
  words: {cannot: [cant, cannot], breathe: [breathe, breath*]}
  signs:
    breathing:
      kind: emergency
      hard: [cannot > breathe]
      must_hit: {hard: ["I can't breathe"]}
      must_not_hit: ["I can breathe"]
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from bonewise import strict_yaml
from bonewise.matching.examples import did_you_mean, items
from bonewise.matching.groups import ANY, YEAR
from bonewise.matching.guards import NAMES
from bonewise.matching.words import split
from bonewise.strict_yaml import Diagnostic, Item, Mark, Node, Scalar, Sequence, StrictYamlError

KINDS: tuple[Literal["emergency", "crisis"], ...] = ("emergency", "crisis")
STRENGTHS: tuple[Literal["hard", "soft"], ...] = ("hard", "soft")
_LANGUAGE_KEYS = ("guards", "words", "signs")
_SIGN_KEYS = ("kind", "hard", "soft", "alone_hard", "alone_soft", "must_hit", "must_not_hit")


@dataclass(frozen=True, slots=True)
class Written:
    """A text of the file, and where it stands."""

    text: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign as it is written: its patterns and its phrases, by strength."""

    id: str
    kind: Literal["emergency", "crisis"]
    patterns: dict[str, list[Written]]
    alone: dict[str, list[Written]]
    must_hit: dict[str, list[Written]]
    must_not_hit: list[Written]


@dataclass(frozen=True, slots=True)
class Language:
    """One file."""

    tag: str
    groups: dict[str, list[tuple[str, ...]]]  # guard and word groups: the folded words of each phrase
    signs: list[Sign]


def read(path: Path) -> Language:
    """Read one file. Raises `StrictYamlError` with every fault, and `OSError` if it cannot be read."""
    faults: list[Diagnostic] = []
    language = _language(strict_yaml.load(path), path.stem, faults)
    if faults:
        raise StrictYamlError(faults)
    return language


def _language(root: Node, tag: str, faults: list[Diagnostic]) -> Language:
    body = _mapping(dict.fromkeys((tag,)), root, faults).get(tag)
    parts = _mapping(dict.fromkeys(_LANGUAGE_KEYS), body, faults)
    guards = _mapping(dict.fromkeys(NAMES), parts.get("guards"), faults)
    groups = {name: _phrases(guards.get(name), faults) for name in NAMES}
    for item in items(parts.get("words"), faults):
        if item.key in NAMES:
            faults.append(Diagnostic(item.mark, f"`{item.key}` is the name of a guard; give the group another name"))
        groups[item.key] = _phrases(item.value, faults)
    return Language(tag, groups, [_sign(item, faults) for item in items(parts.get("signs"), faults)])


def _sign(item: Item, faults: list[Diagnostic]) -> Sign:
    keys = _mapping(dict.fromkeys(_SIGN_KEYS), item.value, faults)
    hits = _mapping(dict.fromkeys(STRENGTHS), keys.get("must_hit"), faults)
    return Sign(
        id=item.key,
        kind=_kind(keys.get("kind"), item.mark, faults),
        patterns={strength: _texts(keys.get(strength), faults) for strength in STRENGTHS},
        alone={strength: _texts(keys.get(f"alone_{strength}"), faults) for strength in STRENGTHS},
        must_hit={strength: _texts(hits.get(strength), faults) for strength in STRENGTHS},
        must_not_hit=_texts(keys.get("must_not_hit"), faults),
    )


def _kind(node: Node | None, mark: Mark, faults: list[Diagnostic]) -> Literal["emergency", "crisis"]:
    for kind in KINDS:
        if isinstance(node, Scalar) and node.value == kind:
            return kind
    faults.append(Diagnostic(node.mark if node else mark, "`kind` must be emergency or crisis"))
    return KINDS[0]


def _phrases(node: Node | None, faults: list[Diagnostic]) -> list[tuple[str, ...]]:
    phrases = []
    for written in _texts(node, faults):
        words = tuple(folded_words(written.text))
        if not words:
            faults.append(Diagnostic(written.mark, f"`{written.text}` has no word in it"))
        phrases.append(words)
    return phrases


def folded_words(phrase: str) -> list[str]:
    """The words of a phrase as they are compared; `*`, `<any>` and `<year>` stay."""
    folded: list[str] = []
    for word in phrase.split():
        folded += _folded(word)
    return folded


@cache
def _folded(word: str) -> list[str]:
    parts = [word] if word in (ANY, YEAR) else split(word).words
    return [*parts[:-1], parts[-1] + "*"] if parts and word.endswith("*") else parts


def _mapping(known: dict[str, None], node: Node | None, faults: list[Diagnostic]) -> dict[str, Node]:
    found: dict[str, Node] = {}
    for item in items(node, faults):
        if item.key in known:
            found[item.key] = item.value
        else:
            faults.append(Diagnostic(item.mark, f"unknown key `{item.key}`{did_you_mean(item.key, known)}"))
    return found


def _texts(node: Node | None, faults: list[Diagnostic]) -> list[Written]:
    if node is None:
        return []
    if not isinstance(node, Sequence):
        faults.append(Diagnostic(node.mark, "must be a list of texts"))
        return []
    for item in node:
        if not (isinstance(item, Scalar) and isinstance(item.value, str)):
            faults.append(Diagnostic(item.mark, "must be a text; put it in quotes"))
    return [Written(item.value, item.mark) for item in node if isinstance(item, Scalar) and isinstance(item.value, str)]

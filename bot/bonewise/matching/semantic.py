"""A matcher that goes by meaning: a softmax over vectors of the phrasings (the extra `[semantic]`).

It answers at once where it is sure. Learning takes half a minute, so what was learnt is kept in a file.
"""

from __future__ import annotations

import hashlib
import logging
import zipfile
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from bonewise.matching.matcher import Bars, Exact, Match, judged
from bonewise.matching.phrasings import LONGEST, Phrasing, normalised

log = logging.getLogger(__name__)

BARS = Bars(answer=0.5, offer=0.15)
VERSION = 1
"""Goes up when the model or the way of learning changes, so that what was learnt before is not used."""

_STEPS = 300
_RATE = 20.0
_MOMENTUM = 0.9
_SHRINKAGE = 3e-5
"""Found on the held-out questions: ten times as much answers half as many at once, and top-3 stays within a point."""

Embed = Callable[[str], Any]


@dataclass(frozen=True, slots=True)
class Learnt:
    """A softmax: scores are (vector - mean, to length 1) times `weights` plus `bias`."""

    topics: tuple[str, ...]
    mean: Any
    weights: Any
    bias: Any

    def ranked(self, vector: Any) -> list[tuple[str, float]]:
        """The topics with their probabilities, best first."""
        scores = _centred(vector[np.newaxis], self.mean)[0] @ self.weights + self.bias
        chances = np.exp(scores - scores.max())
        chances /= chances.sum()
        return [(self.topics[at], float(chances[at])) for at in np.argsort(-chances, kind="stable")]


class SemanticMatcher:
    """Matches by meaning."""

    def __init__(self, phrasings: Sequence[Phrasing], learnt: Learnt, embed: Embed) -> None:
        self._exact = Exact(phrasings)
        self._learnt = learnt
        self._embed = embed

    def match(self, text: str) -> Match:
        """What this text is about. Looks at its first characters only, as its time grows faster than the text."""
        whole = text[:LONGEST].encode(errors="replace").decode()  # half a surrogate pair is no character
        seen = " ".join(whole.replace("\0", " ").split())
        ranked = self._learnt.ranked(self._embed(seen)) if normalised(seen) else []
        return self._exact.first(text, ranked) or judged(ranked, BARS)


def learnt_from(phrasings: Sequence[Phrasing], embed: Embed, folder: Path) -> Learnt:
    """What is to be learnt from these phrasings, kept in a file of this folder if that can be written."""
    file = folder / f"matching-{_digest(phrasings)}.npz"
    learnt = _kept(file)
    if learnt is None:
        log.info("learning %d phrasings, once: about half a minute", len(phrasings))
        learnt = learn([phrasing.topic for phrasing in phrasings], [embed(phrasing.text) for phrasing in phrasings])
        _keep(learnt, file)
    return learnt


def _kept(file: Path) -> Learnt | None:
    try:
        with file.open("rb") as opened, np.load(opened) as kept:
            return Learnt(tuple(map(str, kept["topics"])), kept["mean"], kept["weights"], kept["bias"])
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile, zlib.error) as error:
        log.warning("%s cannot be read (%s), so the phrasings are learnt again", file, type(error).__name__)
        return None


def _keep(learnt: Learnt, file: Path) -> None:
    half = file.with_suffix(".half.npz")
    topics = np.array(learnt.topics)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        np.savez(half, topics=topics, mean=learnt.mean, weights=learnt.weights, bias=learnt.bias)
        half.replace(file)
    except OSError as error:
        log.warning("%s cannot be written (%s), so the next start learns again", file, error.strerror)


def _digest(phrasings: Sequence[Phrasing]) -> str:
    lines = sorted(f"{phrasing.topic}\t{phrasing.text}" for phrasing in phrasings)
    return hashlib.sha256("\n".join([str(VERSION), *lines]).encode()).hexdigest()[:16]


def learn(topics: Sequence[str], vectors: Sequence[Any]) -> Learnt:
    """Fit the softmax by descent with momentum; the same phrasings make the same weights."""
    names = sorted(set(topics))
    mean = np.mean(vectors, axis=0, dtype=np.float32)
    inputs = _centred(np.array(vectors, dtype=np.float32), mean)
    wanted = np.eye(len(names), dtype=np.float32)[[names.index(topic) for topic in topics]]
    weights = np.zeros((inputs.shape[1], len(names)), dtype=np.float32)
    bias = np.zeros(len(names), dtype=np.float32)
    pace, bias_pace = np.zeros_like(weights), np.zeros_like(bias)
    for _ in range(_STEPS):
        ahead, bias_ahead = weights + _MOMENTUM * pace, bias + _MOMENTUM * bias_pace
        missed = (_softmax(inputs @ ahead + bias_ahead) - wanted) / len(wanted)
        pace = _MOMENTUM * pace - _RATE * (inputs.T @ missed + _SHRINKAGE * ahead)
        bias_pace = _MOMENTUM * bias_pace - _RATE * missed.sum(axis=0)
        weights, bias = weights + pace, bias + bias_pace
    return Learnt(tuple(names), mean, weights, bias)


def _centred(vectors: Any, mean: Any) -> Any:
    apart = vectors - mean
    return apart / np.maximum(np.linalg.norm(apart, axis=1, keepdims=True), 1e-9)


def _softmax(scores: Any) -> Any:
    chances = np.exp(scores - scores.max(axis=1, keepdims=True))
    return chances / chances.sum(axis=1, keepdims=True)

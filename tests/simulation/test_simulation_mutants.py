"""A fault that somebody could write is found by the simulation. What finds none, shows nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from tests.simulation.mutants import MUTANTS
from tests.simulation.town import Town

SEEDS = 20


@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.parametrize(
    ("mutant", "reason"), MUTANTS.items(), ids=lambda value: getattr(value, "__name__", "for_its_reason")
)
def test_the_simulation_finds_the_fault(
    tmp_path: Path, mutant: Callable[[], AbstractContextManager[None]], reason: str
) -> None:
    for seed in range(1, SEEDS + 1):
        folder = tmp_path / f"{seed}"
        folder.mkdir()
        with mutant():
            faults = Town(folder, seed, days=10, until=reason).run().faults
        found = next((fault for fault in faults if re.search(f": {reason}", fault)), None)
        if found is not None:
            print(f"seed {seed}: {found}")  # noqa: T201
            return
    pytest.fail(f"{SEEDS} seeds have not found it")

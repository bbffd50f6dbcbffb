"""A fault that somebody could write is found by the simulation. What finds none, shows nothing."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from tests.simulation.mutants import MUTANTS
from tests.simulation.town import Town

SEEDS = 20


@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.__name__)
def test_the_simulation_finds_the_fault(tmp_path: Path, mutant: Callable[[], AbstractContextManager[None]]) -> None:
    logging.getLogger("bonewise").setLevel(logging.CRITICAL)
    for seed in range(1, SEEDS + 1):
        folder = tmp_path / f"{seed}"
        folder.mkdir()
        with mutant():
            faults = Town(folder, seed, days=10, until_fault=True).run().faults
        if faults:
            print(f"seed {seed}: {faults[0]}")  # noqa: T201
            return
    pytest.fail(f"{SEEDS} seeds have not found it")

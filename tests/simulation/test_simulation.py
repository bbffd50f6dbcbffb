"""The whole bot lives through weeks in which everything goes wrong, and breaks no promise."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.simulation.town import Outcomes, Town

DAYS = 10.0
YEAR = 365.0


def run(folder: Path, seed: int, days: float = DAYS, *, alone: bool = False, paid: bool = False) -> Outcomes:
    """One run; shows what it came to."""
    start = time.perf_counter()
    outcomes = Town(folder, seed, days=days, alone=alone, paid=paid).run()
    minutes = (time.perf_counter() - start) / 60
    print(  # noqa: T201
        f"seed {seed}: {outcomes.days / 30:.1f} months, {outcomes.kills} kills, {outcomes.messages} messages "
        f"({dict(outcomes.ends)}), {outcomes.days / 30 / minutes:.0f} months a minute"
    )
    return outcomes


@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.long) for seed in (2, 3))])
def test_two_processes_lose_nothing_double_nothing_and_wake_nobody(tmp_path: Path, seed: int) -> None:
    assert run(tmp_path, seed).faults == ()


def test_one_process_at_a_time_does_so_too(tmp_path: Path) -> None:
    assert run(tmp_path, 4, alone=True).faults == ()


@pytest.mark.long
def test_with_a_lane_for_tips_that_is_paid_for_they_do_so_too_and_nothing_else_is_paid_for(tmp_path: Path) -> None:
    assert run(tmp_path, 6, days=20, paid=True).faults == ()


def test_a_seed_replays_to_the_last_event(tmp_path: Path) -> None:
    traces = set()
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        traces.add(run(tmp_path / name, 5, days=3).trace)
    assert len(traces) == 1


@pytest.mark.long
def test_all_kinds_of_ends_come_about(tmp_path: Path) -> None:
    """Otherwise it would show nothing. In one run of weeks a kind can be missing by chance."""
    ends = set()
    for seed in (13, 14):
        (tmp_path / f"{seed}").mkdir()
        ends |= set(run(tmp_path / f"{seed}", seed, days=20).ends)
    assert {"sent", "failed", "unknown", "dropped", "missed"} <= ends


@pytest.mark.long
@pytest.mark.soak
@pytest.mark.timeout(3000)
@pytest.mark.parametrize(("seed", "alone"), [(100, False), (101, True)])
def test_a_year(tmp_path: Path, seed: int, alone: bool) -> None:
    assert run(tmp_path, seed, YEAR, alone=alone).faults == ()


@pytest.mark.long
@pytest.mark.soak
@pytest.mark.parametrize("seed", range(1000, 1020))
def test_twenty_other_seeds(tmp_path: Path, seed: int) -> None:
    assert run(tmp_path, seed).faults == ()

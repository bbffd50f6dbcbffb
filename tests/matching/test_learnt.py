"""What is learnt from examples."""

from __future__ import annotations

from typing import Any

import pytest

np = pytest.importorskip("numpy", reason="belongs to the extra [semantic]")

from bonewise.matching.learnt import fit  # noqa: E402 - needs numpy

RANDOM = np.random.default_rng(7)
CENTRES = {label: RANDOM.normal(size=24) for label in ("a", "b", "c")}


def near(label: str, count: int) -> Any:
    rows = CENTRES[label] + 0.3 * RANDOM.normal(size=(count, 24))
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def test_a_vector_gets_the_label_of_the_examples_around_it() -> None:
    learnt = fit(["a"] * 9 + ["b"] * 9 + ["c"] * 9, np.concatenate([near(label, 9) for label in CENTRES]))
    for label in CENTRES:
        for vector in near(label, 20):
            ranked = learnt.ranked(vector)
            assert ranked[0][0] == label
            assert sum(chance for _, chance in ranked) == pytest.approx(1)
            assert [chance for _, chance in ranked] == sorted((chance for _, chance in ranked), reverse=True)


def test_examples_that_are_all_the_same_say_nothing_and_break_nothing() -> None:
    learnt = fit(["a", "b"], np.ones((2, 4), dtype=np.float32))
    assert [round(chance, 6) for _, chance in learnt.ranked(np.ones(4, dtype=np.float32))] == [0.5, 0.5]

"""How much a text leans towards an alarm by its meaning; a stand-in for the model turns words into vectors."""

from __future__ import annotations

import math

import pytest

np = pytest.importorskip("numpy", reason="belongs to the extra [semantic]")

from tests.matching.test_semantic import embed  # noqa: E402

from bonewise.matching.alarm_examples import NO_ALARM  # noqa: E402 - needs numpy
from bonewise.matching.alarm_odds import AlarmOdds  # noqa: E402
from bonewise.matching.learnt import fit  # noqa: E402

SAID = {
    "emergency": ["my arm hangs down", "her arm hangs down", "his arm hangs"],
    "crisis": ["want to end it", "end it all", "i want an end"],
    NO_ALARM: ["what is calcium", "how much calcium", "calcium in milk", "milk or cheese"],
}
LABELS = [label for label, texts in SAID.items() for _ in texts]
ODDS = AlarmOdds(fit(LABELS, np.array([embed(text) for texts in SAID.values() for text in texts])), embed)


@pytest.mark.parametrize("text", ["the arm hangs down", "want to end it all"])
def test_what_is_like_an_alarm_leans_towards_one(text: str) -> None:
    assert ODDS(text) > 1


@pytest.mark.parametrize("text", ["how much milk", "", "???", "\0"])
def test_what_is_not_or_has_no_word_leans_away(text: str) -> None:
    assert ODDS(text) < -1


def test_it_stays_within_bounds() -> None:
    assert all(math.isfinite(ODDS(text)) for texts in SAID.values() for text in texts)

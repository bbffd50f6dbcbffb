"""The held-out questions: what the matcher of letters must reach in each language to be of use."""

from __future__ import annotations

import pytest
from benchmarks.matching import asked, matcher_named, shares

LETTERS = matcher_named("ngrams")
LEAST = {"en": 0.70, "es": 0.75}


@pytest.mark.parametrize("tag", sorted(LEAST))
def test_the_right_topic_is_among_three_and_nothing_is_answered_at_once(tag: str) -> None:
    found = shares(asked(LETTERS, tag))
    assert found["top-3"] >= LEAST[tag]
    assert found["answered wrong"] == found["off-topic answered"] == 0
    assert found["off-topic offered"] <= 0.4

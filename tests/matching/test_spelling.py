"""One slip in a word that the patterns know is forgiven; a different word stays what it is."""

from __future__ import annotations

import pytest

from bonewise.matching.spelling import Spelling

SPELLING = Spelling(["breathe", "chest", "ambulance", "breath", "fell", "swallow"])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("chesst", "chest"),
        ("breeathe", "breathe"),
        ("brethe", "breathe"),
        ("ambulence", "ambulance"),
        ("ambluance", "ambulance"),
        ("ambulancce", "ambulance"),
        ("swalow", "swallow"),
        ("breast", "breast"),
        ("feel", "feel"),
        ("balance", "balance"),
        ("chess", "chess"),
        ("fell", "fell"),
    ],
)
def test_repair(typed: str, meant: str) -> None:
    assert SPELLING.repaired(typed) == meant

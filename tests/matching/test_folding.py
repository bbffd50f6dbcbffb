"""Folding takes away what does not change the meaning, and keeps what does."""

from __future__ import annotations

import pytest

from bonewise.matching.folding import MOST_CHARACTERS, fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("CAN'T", "cant"),
        ("Mum’s speech", "mum speech"),
        ("él está aquí, ¿no?", "el esta aqui, ¿no?"),
        ("ＡＢＣ１２", "abc12"),
        ("٣ و ۴ व ५", "3 و 4 व 5"),
        ("الأم إلى مدرسة", "الام الي مدرسه"),
        ("हिंदी", "हिंदी"),
        ("a\u200bb\u202ec\ufeff", "abc"),
        ("S.O.S.", "sos."),
        ("🆘", " sos "),
        ("Straße", "strasse"),
    ],
)
def test_folding(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_a_very_long_text_is_cut() -> None:
    assert len(fold("a" * (MOST_CHARACTERS + 1))) == MOST_CHARACTERS

"""A long message is cut into sentences, and a long sentence into runs of words that overlap."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bonewise.matching.alarm_pieces import LONG, pieces


def test_a_short_message_has_no_pieces() -> None:
    assert pieces("My foot is cold. It is white.") == []
    assert pieces("") == []


@pytest.mark.parametrize("end", [". ", "! ", "? ", ".\n", "… ", "؟ ", "। "])
def test_a_long_message_is_cut_into_its_sentences(end: str) -> None:
    sentences = [
        "the garden keeps me busy all summer long",
        "we had soup",
        "my daughter comes on Sundays with both boys and a dog",
    ]
    assert pieces(end.join(sentences)) == [s + end.strip() for s in sentences[:-1]] + sentences[-1:]


def test_a_piece_of_two_words_tells_nothing() -> None:
    assert pieces("Good morning. " + "word " * LONG) == [" ".join(["word"] * LONG)]


@given(st.lists(st.sampled_from(["a", "b.", "c"]), max_size=200).map(" ".join))
def test_every_run_of_half_a_piece_is_whole_in_one(text: str) -> None:
    found = pieces(text)
    assert all(3 <= len(piece.split()) <= LONG + LONG // 4 for piece in found)
    for sentence in text.replace("b.", "b.\n").split("\n") if found else []:
        words = sentence.split()
        halves = [" ".join(words[at : at + LONG // 2]) for at in range(len(words) - LONG // 2 + 1)]
        assert all(any(half in piece for piece in found) for half in halves)

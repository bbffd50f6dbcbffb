"""Directions: what people type cannot turn the text round it."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from bonewise.i18n.bidi import begun_rtl, isolated, left_to_right, tame

TURNING = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI", "B"}


def test_controls_of_direction_and_control_characters_go() -> None:
    assert tame("a\u202eb\u2066c\u200fd\x00e\ud800f\ufeffg") == "abcdefg"


def test_line_breaks_become_spaces() -> None:
    assert tame("a\nb\r\nc\u2028d\te\x85f") == "a b  c d e f"


def test_joiners_of_emoji_and_scripts_stay() -> None:
    text = "👩\u200d🦼 می\u200cخواهم 🏴\U000e0067\U000e0062"
    assert tame(text) == text


@given(st.text())
def test_nothing_that_is_left_can_turn_or_break_a_line(text: str) -> None:
    left = tame(text)
    assert not {unicodedata.bidirectional(letter) for letter in left} & TURNING
    assert len(left.splitlines()) <= 1
    assert left.encode().decode() == left


def test_an_empty_text_needs_no_isolate() -> None:
    assert isolated("") == ""
    assert isolated("a") == "\u2068a\u2069"
    assert left_to_right("1") == "\u20661\u2069"


def test_a_right_to_left_line_that_begins_otherwise_gets_a_mark() -> None:
    assert (
        begun_rtl("مرحبا\nDXA فحص\n\u2068Anna\u2069 مرحبا\n\n1.\n👣")
        == "مرحبا\n\u200fDXA فحص\n\u2068Anna\u2069 مرحبا\n\n\u200f1.\n\u200f👣"
    )


def test_marking_twice_changes_nothing() -> None:
    once = begun_rtl("DXA\n12")
    assert begun_rtl(once) == once

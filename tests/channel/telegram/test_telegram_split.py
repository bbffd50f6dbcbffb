from hypothesis import given
from hypothesis import strategies as st

from bonewise.channel.telegram.split import split_text


def fits(text: str) -> bool:
    return len(text) <= 10


def test_a_text_that_fits_stays_whole() -> None:
    assert split_text("a\n\nb c", fits) == ["a\n\nb c"]


def test_the_widest_border_is_cut_and_neighbours_stay_together() -> None:
    assert split_text("one\n\ntwo\n\nthree four", fits) == ["one\n\ntwo", "three four"]


def test_a_long_paragraph_is_cut_between_lines_and_a_long_line_between_words() -> None:
    assert split_text("aaaa\nbbbb\ncccc", fits) == ["aaaa\nbbbb", "cccc"]
    assert split_text("aaaa bbbb cccc", fits) == ["aaaa bbbb", "cccc"]


def test_a_word_without_end_is_cut_anywhere() -> None:
    pieces = split_text("x" * 35, fits)
    assert "".join(pieces) == "x" * 35
    assert all(map(fits, pieces))


@given(st.text(st.sampled_from("ab \n"), max_size=80))
def test_every_piece_fits_and_no_letter_is_lost(text: str) -> None:
    pieces = split_text(text, fits)
    assert all(map(fits, pieces))
    assert "".join("".join(pieces).split()) == "".join(text.split())

"""The linear classifier tells rows apart, and always in the same way."""

from __future__ import annotations

from bonewise.matching.linear import Linear, fit, length_of

SIZES = [1.0, 1.0, 1.0, 4.0]
ROWS = [[0], [0, 2], [1], [1, 2], [0, 3], [1, 3]]
WANTED = [True, True, False, False, True, False]


def fitted() -> Linear:
    return fit(ROWS, [length_of(row, SIZES) for row in ROWS], WANTED, SIZES)


def test_rows_are_on_the_side_they_were_learnt_for() -> None:
    learnt = fitted()
    assert [learnt.margin(row, length_of(row, SIZES)) > 0 for row in ROWS] == WANTED


def test_what_stands_on_both_sides_says_little() -> None:
    pulls = fitted().pulls
    assert abs(pulls[2]) < min(pulls[0], -pulls[1]) / 2


def test_the_same_rows_make_the_same_pulls() -> None:
    assert fitted() == fitted()


def test_nothing_can_be_learnt_from_nothing() -> None:
    assert fit([], [], [], SIZES).margin([0], 1.0) == 0


def test_an_empty_row_has_a_length() -> None:
    assert length_of([], SIZES) == 1
    assert length_of([0, 3], SIZES) == 5**0.5

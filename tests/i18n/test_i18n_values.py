"""What fills in a placeholder."""

from datetime import date, datetime, time

import pytest

from bonewise.i18n.values import Phone, Worded, written


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Ana", "\u2068Ana\u2069"),
        ("**A_b**", "\u2068\\*\\*A\\_b\\*\\*\u2069"),
        ("", ""),
        (3, "\u20683\u2069"),
        (date(2026, 12, 1), "\u2068Tuesday, 1 December\u2069"),
        (time(9, 5), "\u206809:05\u2069"),
        (datetime(2026, 12, 1, 9, 5), "\u2068Tuesday, 1 December, 09:05\u2069"),  # noqa: DTZ001
        (Phone("112"), "\u2066<tel:112>\u2069"),
        (Worded("**bold**", "en"), "**bold**"),
        (Worded("**negrita**\n_y_", "es"), "\u2068**negrita**\u2069\n\u2068_y_\u2069"),
    ],
)
def test_a_value_is_written_in_an_isolate(value: object, expected: str) -> None:
    assert written(value, "en") == expected


@pytest.mark.parametrize("value", [None, True, ["a"], b"a"])
def test_what_has_no_words_is_an_error(value: object) -> None:
    with pytest.raises(TypeError):
        written(value, "en")


def test_a_phone_must_be_a_number() -> None:
    with pytest.raises(ValueError, match="not a telephone number"):
        written(Phone("**112**"), "en")

import pytest

from bonewise.channel.telegram.names import clean_name


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Ann", "Ann"),
        ("  Ann \n Lee ", "Ann Lee"),
        ("\u202eAnn\u2069", "Ann"),
        ("\u200f\u061cAnn", "Ann"),
        ("An\x00n\u2028B", "Ann B"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👩\u200d⚕️", "👩\u200d⚕️"),
        ("<b>Ann", "<b>Ann"),
        ("x" * 65, "x" * 64),
        ("x" * 63 + " y", "x" * 63),
    ],
)
def test_a_name_loses_what_could_disturb_our_sentences_and_keeps_its_letters(name: str, shown: str) -> None:
    assert clean_name(name) == shown


@pytest.mark.parametrize("name", [None, "", "  ", "\u202e\u2067", "\n\x07"])
def test_a_name_of_which_nothing_is_left_is_no_name(name: str | None) -> None:
    assert clean_name(name) is None

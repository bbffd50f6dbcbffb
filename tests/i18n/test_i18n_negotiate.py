"""Which languages a person is shown."""

import pytest

from bonewise.i18n.negotiate import chain, name_of, rtl

SERVED = ("en", "es", "pt-BR", "pt-PT", "zh-Hans", "zh-Hant", "he", "sr")


@pytest.mark.parametrize(
    ("hinted", "expected"),
    [
        ("es", ("es", "en")),
        ("es-MX", ("es", "en")),
        ("pt-br", ("pt-BR", "pt-PT", "en")),
        ("pt-AO", ("pt-PT", "pt-BR", "en")),
        ("zh-TW", ("zh-Hant", "en")),
        ("zh-HK", ("zh-Hant", "en")),
        ("zh", ("zh-Hans", "en")),
        ("zh-hans-sg", ("zh-Hans", "en")),
        ("iw", ("he", "en")),
        ("en_GB", ("en",)),
        ("de", ("en",)),
        ("xx", ("en",)),
        ("", ("en",)),
        (None, ("en",)),
    ],
)
def test_the_nearest_served_language_comes_first_and_english_last(
    hinted: str | None, expected: tuple[str, ...]
) -> None:
    assert chain(None, hinted, SERVED) == expected


def test_another_script_never_stands_in() -> None:
    assert chain(None, "zh-TW", ("zh", "zh-Hans")) == ("en",)
    assert chain(None, "zh-Hans", ("zh-Hant",)) == ("en",)
    assert chain(None, "sr-Latn", SERVED) == ("en",)


def test_the_chosen_language_goes_before_the_apps() -> None:
    assert chain("es", "he", SERVED) == ("es", "he", "en")


def test_who_chose_english_gets_english_alone() -> None:
    assert chain("en", "es", SERVED) == ("en",)


def test_right_to_left() -> None:
    assert rtl("ar")
    assert rtl("fa")
    assert not rtl("es")


def test_a_language_is_named_in_itself() -> None:
    assert [name_of(tag) for tag in ("en", "es", "pt-BR", "he")] == [
        "English",
        "Español",
        "Português (Brasil)",
        "עברית",
    ]

"""Language tags in all the spellings that apps send."""

import pytest

from bonewise.i18n.tags import canonical, locale_of, maximal


@pytest.mark.parametrize(
    ("code", "tag"),
    [
        ("en", "en"),
        ("EN", "en"),
        ("pt-br", "pt-BR"),
        ("zh-hans", "zh-Hans"),
        ("en_GB", "en-GB"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("es-419", "es-419"),
        ("iw", "he"),
        ("no", "nb"),
        ("de-DE-x-private", "de-DE"),
    ],
)
def test_a_code_is_written_as_bcp_47_writes_it(code: str, tag: str) -> None:
    assert canonical(code) == tag


@pytest.mark.parametrize("code", ["", "-", "und-x", "xx", "x" * 5000, "é", "../en", "en\n", "1"])
def test_what_is_no_known_language_is_none(code: str) -> None:
    assert canonical(code) is None


def test_likely_script_and_region_are_filled_in() -> None:
    assert maximal("zh-TW") == ("zh", "Hant", "TW")
    assert maximal("zh") == ("zh", "Hans", "CN")
    assert maximal("sr-Latn") == ("sr", "Latn", "RS")


def test_a_tag_that_babel_lacks_gets_its_nearest_locale() -> None:
    assert str(locale_of("es-AQ")) == "es"
    with pytest.raises(ValueError, match="xx"):
        locale_of("xx")

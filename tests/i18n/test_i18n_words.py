"""Saying texts in the languages of a person."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bonewise.i18n.catalog import Catalog, load_catalog
from bonewise.i18n.entry import Entry
from bonewise.i18n.markup import plain, spans
from bonewise.i18n.words import MissingText, MissingValue, Phone, Words, choose_language
from bonewise.strict_yaml import Mark

EN = """en:
  hello: "**Hello {name}.** Call {number}."
  sign: "**{what}** now"
  do: "Do it"
  do@other: "Have them do it"
  plain: "Plain"
  days: {one: "One day", other: "{count} days"}
  only_en: "English only"
  braces: "{{name}}"
"""
ES = """es:
  hello: "**Hola, {name}.** Llame al {number}."
  do: "Hágalo"
  plain: "Simple"
  plain@other: "Simple, para otro"
  days: {one: "Un día", other: "{count} días"}
"""
AR = """ar:
  hello: "{name} {number} **مرحبا**"
  days: {zero: "صفر", one: "واحد", two: "اثنان", few: "{count} أيام", many: "{count} يوما", other: "{count} يوم"}
  plain: "DXA فحص"
"""


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    folder: Path = tmp_path_factory.mktemp("locales")
    (folder / "ui").mkdir()
    for tag, text in (("en", EN), ("es", ES), ("ar", AR)):
        (folder / "ui" / f"{tag}.yml").write_text(text, encoding="utf-8")
    return load_catalog([folder])


def test_placeholders_are_filled_in_and_isolated(catalog: Catalog) -> None:
    said = Words(catalog, ("es", "en")).say("hello", name="Ana_B", number=Phone("112"), unused=object())
    assert said == "**Hola, \u2068Ana\\_B\u2069.** Llame al \u2066<tel:112>\u2069."


def test_values_are_not_read_as_templates(catalog: Catalog) -> None:
    said = Words(catalog, ("en",)).say("sign", what="{name} {{")
    assert plain(said) == "\u2068{name} {{\u2069 now"


def test_double_braces_stand_for_one(catalog: Catalog) -> None:
    assert Words(catalog, ("en",)).say("braces") == "{name}"


def test_a_missing_value_is_an_error_that_names_it(catalog: Catalog) -> None:
    with pytest.raises(MissingValue, match=r"hello needs a value for \{number\}"):
        Words(catalog, ("en",)).say("hello", name="Ana")


@pytest.mark.parametrize(
    ("tag", "count", "expected"),
    [
        ("en", 1, "One day"),
        ("en", 0, "\u20680\u2069 days"),
        ("es", 1, "Un día"),
        ("ar", 0, "صفر"),
        ("ar", 2, "اثنان"),
        ("ar", 3, "\u200f\u20683\u2069 أيام"),
    ],
)
def test_the_plural_form_goes_by_the_count(catalog: Catalog, tag: str, count: int, expected: str) -> None:
    assert Words(catalog, (tag,)).say("days", count=count).removeprefix("\u200f") == expected.removeprefix("\u200f")


def test_a_plural_needs_a_count_that_is_a_number(catalog: Catalog) -> None:
    with pytest.raises(MissingValue, match="count"):
        Words(catalog, ("en",)).say("days")
    with pytest.raises(TypeError, match="count"):
        Words(catalog, ("en",)).say("days", count="1")


def test_the_first_language_that_has_the_text_says_it(catalog: Catalog) -> None:
    words = Words(catalog, ("es", "en"))
    assert (words.say("plain"), words.say("only_en")) == ("Simple", "English only")
    with pytest.raises(MissingText, match="only_en in es"):
        Words(catalog, ("es",)).say("only_en")


def test_about_somebody_else_the_variant_is_said_where_there_is_one(catalog: Catalog) -> None:
    english = Words(catalog, ("en",))
    assert (english.say("do", other=True), english.say("do")) == ("Have them do it", "Do it")
    assert english.say("plain", other=True) == "Plain"
    assert Words(catalog, ("es",)).say("plain", other=True) == "Simple, para otro"


def test_a_text_about_me_never_stands_in_for_one_about_somebody_else(catalog: Catalog) -> None:
    assert Words(catalog, ("es", "en")).say("do", other=True) == "Have them do it"


def test_a_screen_is_in_the_first_language_that_has_all_of_it(catalog: Catalog) -> None:
    assert choose_language(catalog, ("es", "en"), ["plain", "do"]) == "es"
    assert choose_language(catalog, ("es", "en"), ["plain", "only_en"]) == "en"
    assert choose_language(catalog, ("es", "en"), ["plain", "do"], other=True) == "en"
    with pytest.raises(MissingText, match="nothing"):
        choose_language(catalog, ("es", "en"), ["nothing"])


def test_whether_there_is_a_text_goes_by_english_too(catalog: Catalog) -> None:
    spanish = Words(catalog, ("es",))
    assert spanish.has("only_en")
    assert not spanish.has("nothing")


def test_a_text_of_the_catalog_keeps_its_markup_inside_another(catalog: Catalog) -> None:
    words = Words(catalog, ("en",))
    inner = words.words("hello", name="Ana", number=Phone("112"))
    assert inner.language == "en"
    assert words.say("sign", what=words.words("do")) == "**Do it** now"
    assert words.say("sign", what="**x**") == "**\u2068\\*\\*x\\*\\*\u2069** now"
    assert any(span.phone for span in spans(words.say("sign", what=inner)))


def test_a_text_of_another_language_is_isolated(catalog: Catalog) -> None:
    inner = Words(catalog, ("es",)).words("do")
    assert Words(catalog, ("en",)).say("sign", what=inner) == "**\u2068Hágalo\u2069** now"


def test_a_right_to_left_text_that_begins_with_latin_letters_is_marked(catalog: Catalog) -> None:
    assert Words(catalog, ("ar",)).say("plain") == "\u200fDXA فحص"
    assert Words(catalog, ("ar",)).say("hello", name="Ana", number=1).startswith("\u2068Ana")


@given(st.text(max_size=80))
def test_no_name_changes_the_looks_of_a_text(name: str) -> None:
    catalog = _one_text("**Hello {name}.** _Now_ <tel:112>")
    filled = spans(Words(catalog, ("en",)).say("t", name=name))
    assert [span[1:] for span in filled] == [span[1:] for span in spans("**Hello x.** _Now_ <tel:112>")]


def _one_text(text: str) -> Catalog:

    return Catalog({"en": {"t": Entry(text, Mark("t", 1, 1))}})

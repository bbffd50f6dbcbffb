"""Which language a text is clearly in."""

from __future__ import annotations

from pathlib import Path

import pytest

from bonewise.content import load_world
from bonewise.i18n.spoken import Spoken
from bonewise.settings import Settings
from bonewise.strict_yaml import load, plain

ROOT = Path(__file__).parents[2]
SHIPPED = load_world(Settings()).spoken
LEAST_TOLD = 0.59  # of the phrasings; many are a single word, or one of both languages
LEAST_TOLD_OF_TEXTS = 0.7
TEXTS = plain(load(Path(__file__).with_name("spoken_texts.yml")))
assert isinstance(TEXTS, dict)
SERVED = ("en", "es")
ELSEWHERE = [(tag, text) for tag, texts in TEXTS.items() if tag not in SERVED for text in texts]


@pytest.mark.parametrize("tag", ["en", "es"])
def test_of_all_phrasings_none_is_taken_for_the_other_language(tag: str) -> None:
    read = plain(load(ROOT / "locales" / "matching" / f"{tag}.yml"))
    assert isinstance(read, dict)
    told = [SHIPPED.language(text) for texts in read[tag].values() for text in texts]
    assert set(told) == {tag, None}
    assert told.count(tag) > LEAST_TOLD * len(told)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("¿qué es esto, por favor?", "es"),
        ("que es esto por favor", "es"),
        ("what is this please", "en"),
        ("what", None),
        ("osteoporosis", None),
        ("what is this por favor", None),
        ("", None),
        ("🦴" * 4096, None),
        ("12345", None),
        ("\u202egnihton", None),
        ("qué es esto " * 5000, "es"),
    ],
)
def test_a_text_is_in_a_language_only_where_that_is_clear(text: str, language: str | None) -> None:
    assert SHIPPED.language(text) == language


def test_another_script_is_told_by_its_words() -> None:
    spoken = Spoken({"en": ["what is this"] * 3, "ar": ["ما هذا الشيء"] * 3, "zh": ["这是什么"] * 3})
    assert spoken.language("ما هذا") == "ar"
    assert spoken.language("什么") == "zh"


def test_a_word_that_another_language_only_quotes_still_tells() -> None:
    spoken = Spoken({"en": ["bone scan"] * 60, "es": ["los huesos", "la bone scan", "los huesos", "los huesos"]})
    assert spoken.language("bone scan") == "en"


def test_which_texts_are_told_does_not_hang_on_the_place_of_a_text_among_the_others() -> None:
    catalog = load_world(Settings()).catalog
    texts = {tag: [str(catalog.text(tag, key)) for key in catalog.keys(tag)] for tag in SERVED}
    for more in range(1, 4):
        shifted = Spoken({tag: ["-"] * more + some for tag, some in texts.items()})
        assert shifted.language("qué es la osteoporosis por favor") == "es"


@pytest.mark.parametrize(("tag", "text"), ELSEWHERE)
def test_a_text_in_a_language_that_is_not_served_and_a_name_are_in_none(tag: str, text: str) -> None:
    assert SHIPPED.language(text) is None


@pytest.mark.parametrize("tag", SERVED)
def test_most_ordinary_texts_are_in_their_language_and_none_in_another(tag: str) -> None:
    told = [SHIPPED.language(text) for text in TEXTS[tag]]
    assert len(told) >= 40
    assert set(told) <= {tag, None}
    assert told.count(tag) > LEAST_TOLD_OF_TEXTS * len(told)


def test_a_served_language_is_told_from_one_that_shares_its_short_words() -> None:
    spoken = Spoken({"es": ["que es la casa", "la casa es mi casa", "mi casa que es la de mi padre"]})
    assert spoken.language("que es la casa") == "es"
    assert spoken.language("que la maison est la mienne") is None


def test_accents_may_be_left_out_and_not_put_in() -> None:
    spoken = Spoken({"es": ["o sí que está mal"] * 3})
    assert spoken.language("si que esta mal") == "es"
    assert spoken.language("que é mal") is None

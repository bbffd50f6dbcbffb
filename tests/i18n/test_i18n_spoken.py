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
LEAST_TOLD = 0.6  # of the phrasings; many are a single word, or one of both languages


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

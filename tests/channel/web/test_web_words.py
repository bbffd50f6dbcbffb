"""The page's own words: all there in each language, and the right language for the reader."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.channel.web.catalog import LOCALES

from bonewise.channel.web.words import KEYS, PageWords

_STATIC = Path(__file__).parents[3] / "bot" / "bonewise" / "channel" / "web" / "static"


@pytest.mark.parametrize("tag", ["en", "es"])
def test_the_file_has_the_words_that_the_page_uses_and_no_others(tag: str) -> None:
    keys = re.findall(r"^    (\w+):", (LOCALES / "page" / f"{tag}.yml").read_text("utf-8"), re.MULTILINE)
    assert sorted(keys) == sorted([*KEYS, "call"])


def test_every_word_in_the_page_and_its_scripts_is_known() -> None:
    page = (_STATIC / "page.html").read_text("utf-8")
    used = set(re.findall(r'data-word(?:-label)?="(\w+)"', page)) - {"size_"}
    for script in _STATIC.glob("*.js"):
        used |= set(re.findall(r'\bword\("(\w+)"\)', script.read_text("utf-8")))
    assert len(used) > 10
    assert used <= set(KEYS)


@pytest.mark.parametrize(
    ("header", "tag"),
    [
        ("es-MX,es;q=0.9,en;q=0.8", "es"),
        ("en-GB", "en"),
        ("en;q=0.2, es;q=0.7", "es"),
        ("xx, es;q=0.1", "es"),
        ("es;q=0", "en"),
        ("", "en"),
        ("*", "en"),
        (";;;,,,q=", "en"),
        ("es" + "x" * 5000, "en"),
    ],
)
def test_the_reader_gets_the_language_that_the_browser_wants(words: PageWords, header: str, tag: str) -> None:
    assert words.negotiate(header) == tag


def test_no_mark_of_markup_reaches_the_page(words: PageWords) -> None:
    for tag in words.languages:
        assert not [text for text in words.all(tag).values() if re.search(r"[{}<>*]", text)]


def test_offline_words_name_whom_to_call(words: PageWords) -> None:
    assert "112" in words.all("en")["offline"]
    assert "112" in words.all("es")["no_script"]

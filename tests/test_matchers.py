"""Nobody waits for the learning: letters answer until it is done, and for good if it fails."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any, TypeAlias

import pytest

from bonewise import by_meaning
from bonewise.content import folders, load_world
from bonewise.matchers import Learner, learnt_matcher, matcher_in
from bonewise.matching.embedding import Embedder, is_installed
from bonewise.matching.matcher import Matcher
from bonewise.matching.ngrams import NgramMatcher
from bonewise.settings import Settings

QUESTION = "what is osteoporosis"


Model: TypeAlias = Callable[[Callable[[str], Any]], None]


def topic(matcher: Matcher) -> str:
    return matcher.match(QUESTION).topics[0]


@pytest.fixture
def words(tmp_path: Path) -> Path:
    """A folder of locales with a few phrasings."""
    folder = tmp_path / "locales" / "matching"
    folder.mkdir(parents=True)
    (folder / "en.yml").write_text(
        'en:\n  what_is_osteoporosis: ["what is osteoporosis", "explain weak bones"]\n'
        '  b12: ["vitamin b12 and nerves", "lack of b12"]\n'
    )
    return folder.parent


Make = Callable[[], Matcher]


@pytest.fixture
def model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Model:
    """Nothing was learnt before, and this reads the phrasings in the model's place."""

    def reads(embed: Callable[[str], Any]) -> None:
        monkeypatch.setattr(by_meaning, "INSTALLED", tmp_path / "installed")
        monkeypatch.setattr(by_meaning, "shared_embedder", lambda: embed)

    return reads


@pytest.mark.skipif(not is_installed(), reason="without the extra [semantic]")
def test_letters_answer_until_the_phrasings_are_learnt(words: Path, tmp_path: Path, model: Model) -> None:
    embed, may_end = Embedder(), Event()
    model(lambda text: embed(text) if may_end.wait() else None)
    learner = matcher_in([words], load_world(Settings()).topics, tmp_path)
    assert isinstance(learner, Learner)
    assert isinstance(learner.matcher, NgramMatcher)
    assert topic(learner) == "what_is_osteoporosis"
    may_end.set()
    assert not isinstance(learner.learnt(), NgramMatcher)
    assert topic(learner) == "what_is_osteoporosis"


@pytest.mark.skipif(not is_installed(), reason="without the extra [semantic]")
def test_letters_go_on_where_the_learning_fails(
    words: Path, tmp_path: Path, model: Model, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(_text: str) -> Any:
        raise MemoryError

    model(fails)
    learner = matcher_in([words], load_world(Settings()).topics, tmp_path)
    assert isinstance(learner, Learner)
    assert isinstance(learner.learnt(), NgramMatcher)
    assert topic(learner) == "what_is_osteoporosis"
    assert "matched by letters: the examples could not be learnt" in caplog.text


@pytest.mark.skipif(not is_installed(), reason="without the extra [semantic]")
def test_what_was_learnt_in_the_build_or_before_needs_no_learning(
    words: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(by_meaning, "INSTALLED", tmp_path / "installed")
    topics = load_world(Settings()).topics
    make: Make = lambda: matcher_in([words], topics, tmp_path / "data")  # noqa: E731 - made three times
    first = make()
    assert isinstance(first, Learner)
    assert topic(first.learnt()) == topic(make()) == "what_is_osteoporosis"
    assert not isinstance(make(), Learner)
    (tmp_path / "data").rename(tmp_path / "installed")
    assert not isinstance(make(), Learner)


def test_a_command_waits_for_what_it_asks() -> None:
    assert not isinstance(learnt_matcher(Settings(), load_world(Settings()).topics), Learner)


@pytest.mark.long
def test_a_start_names_how_it_matches(words: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "bonewise"):
        made = matcher_in([*folders("locales"), words], load_world(Settings()).topics, tmp_path)
        if isinstance(made, Learner):
            made.learnt()
    assert "typed questions are matched by" in caplog.text

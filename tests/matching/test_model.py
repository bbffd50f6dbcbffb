"""The real model, where it is installed, which in CI it is."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor

import pytest
from benchmarks.evaluation.held_out import LANGUAGES
from benchmarks.evaluation.topics import asked, by_meaning, shares
from tests.dialogue.test_dialogue_strange_texts import STRANGE

from bonewise.matching.embedding import Embedder, is_installed
from bonewise.matching.examples import LONGEST
from bonewise.matching.matcher import Matcher

pytestmark = pytest.mark.skipif(not is_installed() and "CI" not in os.environ, reason="without the extra [semantic]")


@pytest.fixture(scope="module")
def embed() -> Embedder:
    return Embedder()


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return by_meaning()


def test_the_same_question_in_two_languages_lies_nearer_than_another(embed: Embedder) -> None:
    asked, same, other = map(embed, ("do weak bones hurt", "¿duelen los huesos débiles?", "what is the weather today"))
    assert asked @ same > asked @ other
    assert asked @ asked == pytest.approx(1, abs=1e-3)


def test_case_and_blanks_say_nothing_and_the_end_of_a_long_text_is_not_looked_at(embed: Embedder) -> None:
    text = "why do my feet tingle " * 20
    assert (embed("  WHY do\tmy feet tingle\n") == embed("why do my feet tingle")).all()
    assert (embed(text) == embed(text[:LONGEST] + "😀" * 100)).all()


def test_several_threads_read_at_once_what_one_reads_alone(embed: Embedder) -> None:
    texts = [f"my foot hurts since day {number}" for number in range(40)]
    alone = [embed(text) for text in texts]
    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(embed, texts))
    assert all((one == other).all() for one, other in zip(alone, together, strict=True))


@pytest.mark.parametrize("text", STRANGE.values(), ids=STRANGE)
def test_a_strange_text_is_matched_and_breaks_nothing(matcher: Matcher, text: str) -> None:
    match = matcher.match(text)
    assert match.band in {"answer", "offer", "unknown"}
    assert match.topics or match.band == "unknown"


@pytest.mark.long
@pytest.mark.parametrize("tag", LANGUAGES)
@pytest.mark.parametrize("part", ["dev", "dev2"])
def test_questions_of_strangers_are_found(matcher: Matcher, part: str, tag: str) -> None:
    found = shares(asked(matcher, part, tag))
    assert found["top-3"] >= 0.94
    assert found["answered at once, wrong"] <= 0.05
    assert found["off-topic answered"] <= 0.05

"""The matcher that looks at letters only: it offers, and answers at once only what is a phrasing word for word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.dialogue.conversation import MATCHER

from bonewise.matching.examples import Example, normalised
from bonewise.matching.ngrams import NgramMatcher
from bonewise.strict_yaml import Mark

HERE = Mark("here", 1, 1)
SMALL = NgramMatcher(
    [Example(topic, text, HERE) for topic, text in (("bones", "what are weak bones"), ("feet", "why do feet tingle"))]
)


@pytest.mark.parametrize("text", ["What are weak bones?", "  WHAT are  weak bónes", "what are weak bones!!"])
def test_a_phrasing_word_for_word_is_answered_at_once(text: str) -> None:
    match = SMALL.match(text)
    assert (match.band, match.topics, match.score) == ("answer", ("bones", "feet"), 1.0)


@pytest.mark.parametrize("text", ["so what are the weak bones", "waht are weak bones", "weak bones"])
def test_anything_else_is_offered_only(text: str) -> None:
    match = SMALL.match(text)
    assert (match.band, match.topics[0]) == ("offer", "bones")


@pytest.mark.parametrize("text", ["", "???", "5", "骨", "zzzz"])
def test_a_text_that_is_like_nothing_is_unknown(text: str) -> None:
    assert SMALL.match(text).band == "unknown"


def test_without_phrasings_everything_is_unknown() -> None:
    assert NgramMatcher([]).match("what").topics == ()


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("can osteoporosis really cause neuropathy in feet", "link_direct"),
        ("what is the cauda equina", "cauda_equina_info"),
        ("la diabetes me daña los nervios", "diabetes"),
        ("densitometria", "diagnosis_tests_bone"),
        ("kyfosis", "kyphosis"),
    ],
)
def test_the_shipped_phrasings_lead_to_their_topic(text: str, topic: str) -> None:
    assert topic in MATCHER.match(text).topics[:3]


@pytest.mark.parametrize("text", ["tell me a joke please", "what is the weather like", "receta de arroz"])
def test_what_is_out_of_scope_is_never_offered(text: str) -> None:
    assert MATCHER.match(text).band == "unknown"


@given(st.text(max_size=400))
def test_no_text_breaks_it_and_all_topics_are_ranked(text: str) -> None:
    match = SMALL.match(text)
    assert sorted(match.topics) == ["bones", "feet"]
    assert 0.0 <= match.score <= 1.0 + 1e-9
    assert (match.band == "answer") == (normalised(text) in {"what are weak bones", "why do feet tingle"})

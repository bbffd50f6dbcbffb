"""The held-out questions: what the matcher of letters must reach in each language to be of use."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest
from benchmarks.evaluation import held_out
from benchmarks.evaluation.alarms import alarms, look_alikes, ordinary
from benchmarks.evaluation.topics import asked, by_letters, shares

from bonewise.content import folders, load_alarms, load_world
from bonewise.dialogue.topics import COURTESY
from bonewise.matching.alarm_examples import load_examples
from bonewise.matching.examples import normalised
from bonewise.matching.phrasings import load_phrasings
from bonewise.settings import Settings

LETTERS = by_letters()
LEAST = {"en": 0.85, "es": 0.85}


@pytest.mark.parametrize("tag", sorted(LEAST))
def test_the_right_topic_is_among_three_and_nothing_is_answered_at_once(tag: str) -> None:
    found = shares(asked(LETTERS, "dev2", tag))
    assert found["top-3"] >= LEAST[tag]
    assert found["answered at once, wrong"] == found["off-topic answered"] == 0
    assert found["off-topic offered"] <= 0.2


@pytest.mark.parametrize("part", held_out.PARTS)
@pytest.mark.parametrize("tag", held_out.LANGUAGES)
def test_no_held_out_question_is_a_phrasing_and_no_topic_goes_unasked(part: str, tag: str) -> None:
    topics = load_world(Settings()).topics
    known = {
        normalised(one.text) for one in load_phrasings([folder / "matching" for folder in folders("locales")], topics)
    }
    questions = held_out.topics(part, tag)
    assert set(questions) == set(topics) - {COURTESY}  # a greeting asks nothing
    assert not known & {normalised(text) for texts in questions.values() for text in texts}


@pytest.mark.parametrize("tag", held_out.LANGUAGES)
def test_no_message_stands_in_two_parts(tag: str) -> None:
    parts = [{normalised(text) for text in _messages(part, tag)} for part in held_out.PARTS]
    assert not any(one & other for one, other in combinations(parts, 2))


def _messages(part: str, tag: str) -> list[str]:
    return [*alarms(part, tag), *look_alikes(part, tag), *ordinary(part, tag)]


@pytest.mark.parametrize("part", ["test", "test2"])
@pytest.mark.parametrize("tag", held_out.LANGUAGES)
def test_no_message_of_a_test_part_is_a_phrase_of_the_alarm_layer(part: str, tag: str) -> None:
    signs = [sign for language in load_alarms(Settings()).languages for sign in language.signs]
    hits = [written for sign in signs for phrases in sign.must_hit.values() for written in phrases]
    known = {normalised(w.text) for w in [*hits, *(w for sign in signs for w in sign.must_not_hit)]}
    assert not known & {normalised(text) for text in [*alarms(part, tag), *look_alikes(part, tag)]}


@pytest.mark.parametrize("part", held_out.PARTS)
@pytest.mark.parametrize("tag", held_out.LANGUAGES)
def test_no_message_is_an_example_of_the_classifier(part: str, tag: str) -> None:
    examples = load_examples([folder / "alarm_examples" for folder in folders("locales")])
    known = {normalised(example.text) for example in examples if Path(example.mark.file).stem == tag}
    assert not known & {normalised(text) for text in _messages(part, tag)}

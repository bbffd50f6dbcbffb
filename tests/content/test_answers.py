"""The answers to typed questions: which topics there are, and what each answer consists of, in each language."""

from __future__ import annotations

import re

import pytest

from bonewise.dialogue import event as e
from bonewise.dialogue.screen import Screen
from bonewise.i18n.markup import plain
from tests.content import reading
from tests.content.texts import without_marks
from tests.dialogue.conversation import WORLD, Conversation
from tests.dialogue.rules import buttons_of

_LISTED = """
link_direct link_how_indirect difference_terms what_is_osteoporosis risk_causes_osteoporosis symptoms_osteoporosis
pain_bone height_loss kyphosis compression_fracture_what compression_fracture_nerves symptoms_nerve_compression
sciatica_radiculopathy spinal_stenosis hand_arm_numbness what_is_neuropathy symptoms_neuropathy causes_neuropathy
diabetes b12 alcohol chemo_neuropathy thyroid restless_legs foot_care diagnosis_tests_bone diagnosis_tests_nerve
treatment_osteoporosis treatment_neuropathy medicines_side_effects steroids exercise diet_calcium_vitd prevention
falls pain_relief prognosis who_to_see when_to_see_doctor emergency_signs cauda_equina_info caregiver_help
"""
ANSWERED = frozenset(_LISTED.split())
NO_ANSWER = frozenset({"personal_symptom_check", "drug_dose", "bot_identity", "courtesy", "out_of_scope"})
WITHOUT_SOURCE = {"caregiver_help", "bot_identity", "out_of_scope"}
"""Ways to pages that have sources, and what this guide says of itself."""

HARDEST = 8  # reading grade
LANGUAGES = ("en", "es")
SHOWN = sorted((ANSWERED | NO_ANSWER) - {"personal_symptom_check", "courtesy"})
each_answer = pytest.mark.parametrize("topic", SHOWN)
in_each_language = pytest.mark.parametrize("tag", LANGUAGES)
AMOUNT = re.compile(
    r"\d[\d.,]*\s?(?:mg|mcg|µg|ug|g|ml|iu|ui|drops?|gotas|tablets?|tabletas|pastillas)\b", re.IGNORECASE
)


def answer(topic: str, tag: str) -> Screen:
    """The answer as it is shown when the topic is chosen."""
    talk = Conversation(language=tag)
    talk.does(e.Press(f"q:{topic}"))
    [screen] = talk.new
    return screen


def presses(screen: Screen) -> list[str]:
    return [button.press or "" for button in buttons_of(screen)]


def test_every_topic_of_the_list_is_there_and_no_other() -> None:
    assert set(WORLD.topics) == ANSWERED | NO_ANSWER


@in_each_language
@each_answer
def test_an_answer_begins_with_the_question_it_answers(topic: str, tag: str) -> None:
    question = WORLD.catalog.text(tag, f"topics.{topic}.question")
    assert isinstance(question, str)
    assert question.endswith("?")
    screen = answer(topic, tag)
    assert screen.lang == tag
    assert plain(screen.text).startswith(f"{question}\n")
    assert len(plain(screen.text)) > len(question) + 80  # the answer stands below


@in_each_language
@each_answer
def test_an_answer_tells_where_it_comes_from(topic: str, tag: str) -> None:
    assert (answer(topic, tag).folded is None) == (topic in WITHOUT_SOURCE)


@in_each_language
@each_answer
def test_an_answer_has_next_questions_the_check_that_fits_and_a_way_out(topic: str, tag: str) -> None:
    pressed = presses(answer(topic, tag))
    known = WORLD.topics[topic]
    following = [press for press in pressed if press.removeprefix("q:").removeprefix("go:") in known.next]
    assert 2 <= len(following) == len(known.next) <= 3
    assert known.check is None or f"go:{known.check}" in pressed
    assert [press for press in pressed if press.startswith("not:")] == [f"not:{topic}:-"]


@in_each_language
def test_next_questions_lead_on_and_not_back_to_the_same_page(tag: str) -> None:
    for topic in WORLD.topics.values():
        pages = [WORLD.topics[name].page if name in WORLD.topics else name for name in topic.next]
        assert len({*pages, topic.page}) == len(pages) + 1 or topic.id in WITHOUT_SOURCE


@each_answer
def test_an_answer_reads_easily(topic: str) -> None:
    text = without_marks(plain(answer(topic, "en").text))
    assert round(reading.grade(text), 1) <= HARDEST


@in_each_language
@each_answer
def test_no_answer_names_an_amount_of_a_medicine(topic: str, tag: str) -> None:
    assert AMOUNT.search(answer(topic, tag).text) is None


def test_an_answer_about_a_dose_names_who_knows_it() -> None:
    text = answer("drug_dose", "en").text
    assert "pharmacist" in text
    assert "doctor" in text

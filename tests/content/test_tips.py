"""The tips for caregivers: all forty, each with its words in every language, short enough for a lock screen."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from bonewise.dialogue.person import Subscription
from bonewise.flow.tip import LONGEST_TIP
from bonewise.i18n import format as formats
from bonewise.i18n.template import holes
from tests.content.texts import FLOWS, read
from tests.dialogue.conversation import WORLD

NUMBERS = re.compile(r"\d+(?:[.,]\d+)?")
LANGUAGES = WORLD.catalog.languages


def text(tag: str, tip: str) -> str:
    found = WORLD.catalog.text(tag, f"tips.text.{tip}")
    assert isinstance(found, str)
    return found


def test_there_are_forty_and_four_of_them_tell_the_signs_of_an_emergency() -> None:
    assert list(WORLD.flows.tips) == [f"T{number}" for number in range(1, 41)]
    assert [tip.id for tip in WORLD.flows.tips.values() if tip.is_emergency] == ["T1", "T2", "T3", "T4"]


@pytest.mark.parametrize("tag", LANGUAGES)
def test_a_tip_is_short_in_every_language(tag: str) -> None:
    assert {tip: len(text(tag, tip)) for tip in WORLD.flows.tips if len(text(tag, tip)) > LONGEST_TIP} == {}


@pytest.mark.parametrize("tag", LANGUAGES)
def test_a_translation_says_the_same_numbers_and_leaves_nobody_without_one_to_call(tag: str) -> None:
    for tip in WORLD.flows.tips:
        told, meant = text(tag, tip), text("en", tip)
        assert sorted(NUMBERS.findall(told)) == sorted(NUMBERS.findall(meant)), tip
        assert holes(told) == holes(meant), tip


def test_every_tip_rests_on_sources_that_exist() -> None:
    known = set(read(FLOWS / "sources.yml")["sources"])
    assert all(set(tip.sources) <= known and tip.sources for tip in WORLD.flows.tips.values())


@pytest.mark.parametrize("tag", LANGUAGES)
def test_what_is_agreed_to_is_what_comes_unless_chosen_otherwise(tag: str) -> None:
    said = WORLD.catalog.text(tag, "caregiver_tips.agree.ask")
    assert isinstance(said, str)
    usual = Subscription()
    days = [formats.weekday(date(2026, 11, 23) + timedelta(days=day), tag) for day in usual.days]  # from a Monday on
    assert [word for word in (*days, usual.hour) if word not in said] == []
    assert usual.topics == ()

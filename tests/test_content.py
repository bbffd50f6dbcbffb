"""Flows and words as they are shipped, and an operator's own over them."""

from __future__ import annotations

from bonewise.content import faults_of, load_alarms, load_world
from bonewise.settings import Settings


def test_everything_that_is_shipped_loads_without_a_fault() -> None:
    assert list(faults_of(Settings())) == []


def test_the_shipped_alarm_words_are_heard() -> None:
    assert load_alarms(Settings()).hear("I can't breathe").strength == "hard"
    assert load_alarms(Settings()).hear("no puedo respirar").strength == "hard"


def test_english_and_spanish_are_served() -> None:
    assert {"en", "es"} <= set(load_world(Settings()).catalog.languages)


def test_spanish_is_complete() -> None:
    catalog = load_world(Settings()).catalog
    assert [key for key in catalog.keys("en") if not catalog.has("es", key)] == []

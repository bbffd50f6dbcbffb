"""An announcement: who gets it, in which language, and what can be pressed under it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from bonewise.dialogue import event as e
from bonewise.dialogue.announcing import KIND, Announcement, draw_announcement, wants_news
from bonewise.dialogue.delivering import Look, Unasked, look
from bonewise.dialogue.person import Person, Subscription
from bonewise.dialogue.tip_actions import NEWS_NAMED
from bonewise.scheduling.recurrence import to_utc
from tests.dialogue.conversation import KNOWN, WEDNESDAY, WORLD, Conversation

TIPS = Subscription(agreed="2026-11-25", news=True)
READER = Person("p", "telegram", language="en", zone="Europe/Madrid", tips=TIPS)
NEWS = Announcement("week", {"en": "**Bone week.** Read more.", "es": "**Semana del hueso.**"}, date(2026, 11, 27))


def said(now: datetime = WEDNESDAY) -> Unasked:
    return Unasked(KIND, now, now, NEWS.until)


@pytest.mark.parametrize(
    ("tips", "wants"),
    [
        (TIPS, True),
        (None, False),
        (replace(TIPS, agreed=None), False),
        (replace(TIPS, paused=True), False),
        (Subscription(agreed="2026-11-25"), False),
    ],
)
def test_only_who_agreed_to_news_gets_any(tips: Subscription | None, wants: bool) -> None:
    assert wants_news(replace(READER, tips=tips)) is wants


@pytest.mark.parametrize("tag", WORLD.catalog.languages)
def test_what_is_agreed_to_names_the_news(tag: str) -> None:
    assert WORLD.flows.flows["caregiver_tips"].version >= NEWS_NAMED
    words = {"en": "news of this bot", "es": "novedades de este bot"}
    said = WORLD.catalog.text(tag, "caregiver_tips.agree.ask")
    assert isinstance(said, str)
    assert words[tag] in said


@pytest.mark.parametrize("change", [{"messages": False}, {"gone": True}])
def test_who_does_not_want_to_be_written_to_gets_none(change: dict[str, Any]) -> None:
    assert not wants_news(replace(READER, **change))


def agreed(*answers: str) -> Conversation:
    talk = Conversation({**KNOWN, "zone": "Europe/Madrid"})
    talk.does(e.Press("go:caregiver_tips"))
    for step, answer in zip(("agree", "about", "news", "rhythm", "hour"), answers, strict=False):
        talk.answers(step, answer)
    return talk


@pytest.mark.parametrize(
    ("answers", "wants"),
    [
        (("as_said",), True),
        (("choose", "all", "yes", "daily", "10.00"), True),
        (("choose", "all", "no", "daily", "10.00"), False),
    ],
)
def test_news_are_agreed_to_with_the_tips_or_left_out(answers: tuple[str, ...], wants: bool) -> None:
    talk = agreed(*answers)
    assert talk.person.tips is not None
    assert talk.person.tips.is_on
    assert wants_news(talk.person) is wants


def test_news_alone_can_be_stopped_and_begun_again() -> None:
    talk = agreed("as_said")
    for answer in ("no", "yes"):
        talk.does(e.Press("go:caregiver_tips"))
        talk.answers("what", "news")
        talk.answers("news", answer)
        assert talk.person.tips is not None
        assert talk.person.tips.is_on
        assert wants_news(talk.person) is (answer == "yes")


@pytest.mark.parametrize(("language", "tag"), [("en", "en"), ("es", "es"), ("es-MX", "es"), ("fr", "en"), (None, "en")])
def test_it_comes_in_the_best_language_that_it_has(language: str | None, tag: str) -> None:
    screen = draw_announcement(WORLD, NEWS, replace(READER, language=language), WEDNESDAY)
    assert (screen.lang, screen.text, screen.kind) == (tag, NEWS.texts[tag], "tip")


def test_without_a_text_in_their_language_it_comes_in_english_throughout() -> None:
    only = replace(NEWS, texts={"en": NEWS.texts["en"]})
    screen = draw_announcement(WORLD, only, replace(READER, language="es"), WEDNESDAY)
    assert [screen.lang, *(one.label for row in screen.buttons for one in row)] == ["en", "Stop tips"]


def test_it_can_be_stopped_from_and_then_no_more_comes() -> None:
    talk = Conversation({**KNOWN, "tips": TIPS, "zone": "Europe/Madrid"})
    screen = draw_announcement(WORLD, NEWS, talk.person, talk.now)
    [[stop]] = screen.buttons
    talk.does(e.Press(stop.press or ""))
    assert not wants_news(talk.person)


@pytest.mark.parametrize(
    ("local", "found"),
    [
        ("2026-11-25T20:59", "now"),
        ("2026-11-25T21:00", "later"),
        ("2026-11-27T07:59", "later"),
        ("2026-11-27T20:59", "now"),
        ("2026-11-28T00:00", "skipped"),
    ],
)
def test_it_is_looked_at_by_the_persons_clock_until_its_last_day(local: str, found: str) -> None:
    now = to_utc(datetime.fromisoformat(local), "Europe/Madrid")
    assert look(READER, said(), now).what == found


def test_on_the_day_of_a_crisis_it_waits_for_the_next_morning() -> None:
    upset = replace(READER, crisis=WEDNESDAY)
    assert look(upset, said(), WEDNESDAY) == Look("later", datetime(2026, 11, 26, 7, 0, tzinfo=UTC))


def test_who_stopped_tips_meanwhile_gets_none() -> None:
    assert look(replace(READER, tips=None), said(), WEDNESDAY) == Look("dropped")


def test_one_text_is_told_from_another_and_the_order_of_languages_does_not_matter() -> None:
    turned = replace(NEWS, texts=dict(reversed(NEWS.texts.items())))
    assert turned.hash == NEWS.hash
    assert replace(NEWS, texts={"en": "x"}).hash != NEWS.hash

"""What the alarm layer is asked about, and what comes of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bonewise.binding import understand
from bonewise.content import load_alarms, load_world
from bonewise.dialogue.event import Command, Event, Group, Press, Text, Unreadable
from bonewise.matchers import learnt_matcher
from bonewise.settings import Settings

ALARMS = load_alarms(Settings())
MATCHER = learnt_matcher(Settings(), load_world(Settings()).topics)
HARD, SOFT, CALM = "I can't breathe", "my legs feel weak", "my foot tingles"


def heard(event: Event) -> object:
    return getattr(understand(ALARMS, MATCHER, event), "alarm", None)


def test_a_text_is_marked_with_what_is_heard_in_it() -> None:
    assert [heard(Text(words)) for words in (HARD, SOFT, CALM)] == ["hard", "soft", "none"]


@pytest.mark.parametrize("words", [HARD, SOFT])
@pytest.mark.parametrize("command", ["check", "help", "start", "no_such_command"])
def test_what_follows_a_command_and_tells_of_an_alarm_is_a_text(command: str, words: str) -> None:
    assert understand(ALARMS, MATCHER, Command(command, words)) == understand(ALARMS, MATCHER, Text(words))


def test_a_command_that_tells_of_no_alarm_stays_a_command() -> None:
    for calm in (Command("check", CALM), Command("check")):
        assert understand(ALARMS, MATCHER, calm) == calm


@pytest.mark.parametrize("payload", ["go-weakness", "go-bone_pain", "care-weak-legs", "weakness"])
def test_the_payload_of_a_deep_link_is_never_asked_about(payload: str) -> None:
    assert ALARMS.hear("weak-legs").strength == "soft"
    assert understand(ALARMS, MATCHER, Command("start", payload)) == Command("start", payload)


def test_what_follows_ask_is_a_question_with_all_that_is_known_of_a_text() -> None:
    for words in (HARD, SOFT, CALM, "what is osteoporosis"):
        said = understand(ALARMS, MATCHER, Text(words))
        assert isinstance(said, Text)
        assert understand(ALARMS, MATCHER, Command("ask", words)) == replace(said, question=True)
    assert understand(ALARMS, MATCHER, Command("ask")) == Command("ask")


def test_the_words_of_a_changed_message_are_the_persons_own() -> None:
    assert [heard(Unreadable("edited", words)) for words in (HARD, SOFT, CALM)] == ["hard", "soft", "none"]


def test_the_words_of_a_message_that_was_sent_on_are_somebody_elses() -> None:
    assert [heard(Unreadable("forward", words)) for words in (HARD, SOFT, CALM)] == ["soft", "soft", "none"]


@pytest.mark.parametrize("kind", ["edited", "forward"])
@pytest.mark.parametrize("words", [HARD, SOFT, CALM, ""])
def test_what_is_no_answer_never_becomes_one(kind: str, words: str) -> None:
    event = understand(ALARMS, MATCHER, Unreadable(kind, words))
    assert isinstance(event, Unreadable)
    assert (event.kind, event.text) == (kind, words)


@pytest.mark.parametrize("event", [Press(HARD), Group(HARD)])
def test_a_press_and_a_group_are_left_as_they_are(event: Event) -> None:
    assert understand(ALARMS, MATCHER, event) == event


def test_a_text_is_marked_with_what_it_is_about() -> None:
    event = understand(ALARMS, MATCHER, Text("what is osteoporosis"))
    assert isinstance(event, Text)
    assert (event.band, event.topics[0]) == ("answer", "what_is_osteoporosis")


def test_what_cannot_wait_is_about_nothing_else() -> None:
    event = understand(ALARMS, MATCHER, Text(f"what is osteoporosis? {HARD}"))
    assert isinstance(event, Text)
    assert (event.alarm, event.band, event.topics) == ("hard", "unknown", ())


def test_what_is_out_of_scope_is_no_second_choice() -> None:
    for words in ("my ears", "hello there", "what is the joke about bones"):
        event = understand(ALARMS, MATCHER, Text(words))
        assert isinstance(event, Text)
        assert "out_of_scope" not in event.topics[1:]

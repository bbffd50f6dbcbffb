"""What is written into a row is read back as it was, by this release and the next; a damaged row is told apart."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bonewise.dialogue.delivering import Unasked
from bonewise.dialogue.event import Event, Text, Unreadable
from bonewise.dialogue.person import CareLink, Person, Reminder, Session
from bonewise.dialogue.received import Received
from bonewise.dialogue.screen import Output, Screen
from bonewise.scheduling.rule import EVERY, MOST_TIMES, MOST_WEEKS, Rule
from bonewise.service import codec
from bonewise.service.codec import DamagedRow

MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
st.register_type_strategy(str, st.text(st.characters(exclude_categories=["Cs"]), max_size=20))
st.register_type_strategy(float, st.floats(allow_nan=False, allow_infinity=False))
st.register_type_strategy(datetime, MOMENTS)
st.register_type_strategy(Mapping, lambda kind: st.dictionaries(*map(st.from_type, get_args(kind)), max_size=2))
st.register_type_strategy(
    Rule,
    st.builds(
        Rule,
        st.sampled_from(EVERY),
        st.dates(),
        st.integers(1, MOST_WEEKS),
        st.none() | st.dates(),
        st.none() | st.integers(1, MOST_TIMES),
    ),
)

SESSIONS = st.from_type(Session)
PEOPLE = st.from_type(Person).map(lambda person: replace(person, sessions=(), reminders=(), care_links=()))
EVENTS = st.one_of(*(st.from_type(kind) for kind in get_args(Event)))
OUTPUTS = st.one_of(*(st.from_type(kind) for kind in get_args(Output)))


@given(st.builds(Received, event=EVENTS))
def test_an_event_is_read_back_as_it_was(received: Received) -> None:
    assert codec.load_received(codec.dump_received(received)) == received


@given(OUTPUTS, st.none() | st.from_type(Unasked))
def test_a_message_is_read_back_as_it_was(output: Output, unasked: Unasked | None) -> None:
    data = codec.dump_output(output, unasked)
    assert codec.load_message(data) == (output, unasked)
    assert codec.load_output(data) == output


@given(PEOPLE)
@settings(max_examples=40, deadline=None)
def test_a_person_is_read_back_as_they_were(person: Person) -> None:
    assert codec.load_person(codec.dump_person(person)) == person


@given(st.lists(SESSIONS, max_size=3).map(tuple))
@settings(max_examples=40, deadline=None)
def test_sessions_are_read_back_as_they_were_down_to_the_type_of_each_answer(sessions: tuple[Session, ...]) -> None:
    loaded = codec.load_sessions(codec.dump_sessions(sessions))
    assert loaded == sessions
    assert [[type(one.value) for one in session.answers] for session in loaded] == [
        [type(one.value) for one in session.answers] for session in sessions
    ]


@given(st.from_type(Reminder))
def test_a_reminder_is_read_back_as_it_was(reminder: Reminder) -> None:
    assert codec.load_reminder(codec.dump_reminder(reminder)) == reminder


@given(st.from_type(CareLink))
def test_a_link_is_read_back_as_it_was(link: CareLink) -> None:
    assert codec.load_care_link(codec.dump_care_link(link)) == link


def test_sessions_and_reminders_are_not_written_with_the_person() -> None:
    now = datetime.now(UTC)
    person = Person(
        "p", "web", sessions=(Session("s", "planted", 1, now, now),), reminders=(Reminder("planted", "plan", now),)
    )
    assert b"planted" not in codec.dump_person(person)


def test_half_a_letter_does_not_stop_a_row() -> None:
    received = codec.load_received(codec.dump_received(Received("k", "a", Text("x\ud83d"))))
    assert received.event == Text("x?")


def changed(data: bytes, **fields: Any) -> bytes:
    """As another release would have written it."""
    whole = json.loads(data)
    whole.update(fields)
    return json.dumps({name: value for name, value in whole.items() if value != "gone"}).encode()


def test_a_field_that_is_new_has_its_default_in_an_older_row() -> None:
    data = codec.dump_output(Screen("hi", "en", moment=5))
    assert codec.load_output(changed(data, moment="gone", silent="gone")) == Screen("hi", "en")
    received = Received("k", "a", Text("hi"), said="hi")
    assert codec.load_received(changed(codec.dump_received(received), said="gone")) == replace(received, said=None)
    older = changed(codec.dump_received(received), event={"is": "Unreadable", "kind": "edited"})
    assert codec.load_received(older) == replace(received, event=Unreadable("edited"))
    unmatched = changed(codec.dump_received(received), event={"is": "Text", "text": "hi", "alarm": "none"})
    assert codec.load_received(unmatched) == received


def test_a_field_that_is_gone_is_passed_over_in_an_older_row() -> None:
    assert codec.load_output(changed(codec.dump_output(Screen("hi", "en")), sparkle=True)) == Screen("hi", "en")
    assert codec.load_person(changed(codec.dump_person(Person("p", "web")), hat=1)) == Person("p", "web")


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"null", b"[]", b"5", b'"planted"', b"\xff\xfe", b'{"is":"planted"}', b'{"is":"Screen"}', b"[" * 9999],
)
def test_a_damaged_row_is_told_apart_without_a_word_of_it(data: bytes) -> None:
    for load in (
        codec.load_received,
        codec.load_output,
        codec.load_person,
        codec.load_reminder,
        lambda data: codec.load_sessions(b"{" + data),
    ):
        with pytest.raises(DamagedRow) as raised:
            load(data)
        assert raised.value.__cause__ is None
        assert "planted" not in str(raised.value)


def test_an_event_of_an_unknown_kind_is_damaged() -> None:
    data = json.dumps({"key": "k", "address": "a", "event": {"is": "Dance"}}).encode()
    with pytest.raises(DamagedRow, match="the row of a event cannot be read"):
        codec.load_received(data)

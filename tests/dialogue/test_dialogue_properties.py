"""What holds of every talk, whatever is pressed, typed, forged or falls due, and in whichever order."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bonewise.dialogue import data
from bonewise.dialogue import event as e
from bonewise.dialogue.person import Person
from bonewise.dialogue.react import apology, react
from bonewise.dialogue.screen import Screen
from tests.dialogue.conversation import KNOWN, READER, STRANGER, WEDNESDAY, WORLD, Conversation
from tests.dialogue.rules import buttons_of, check_screen

calm = settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
    deadline=None,
)

LONG = "🦴" * 1024  # 4 KB
NASTY = (
    "",
    " \n\t",
    LONG,
    "\u202e\u2066abc\u2069",
    "**_<tel:112>_** {name} \\",
    "<b>&amp;</b>\x00\ud800",
    "９",
    "٣",
    "-1",
    "9999-12-31",
    "0001-01-01",
    "31 feb",
    "1e400",
    "in 99999999999999999999 days",
)
WORDS = ("1", "2", "yes", "no", "not sure", "none", "skip", "back", "menu", "stop", "tomorrow", "9:30", "Spain", "hi")
COMMANDS = ("start", "home", "help", "check", "remind", "language", "forget", "forget_now", "stop", "emergency", "?")
OWN = (
    "resume",
    "check",
    "change",
    "restart",
    "crisis",
    "not_now",
    "wipe",
    "wipe_now",
    "keep",
    "save_first",
    "messages_on",
    "x",
)
RESULT = ("summary", "share", "sources", "mistake", "x")
NUDGE = ("show", "done", "not_yet", "snooze", "stop", "tomorrow", "pick", "worse", "afraid", "no_help_yet", "x")
VALUES = (
    "none",
    "unsure",
    "yes",
    "pressed",
    "same",
    "change",
    "keep",
    "skipped",
    "stroke",
    "9999-12-31",
    "09.00",
    "1.5",
)
ABOUT = tuple(f"{flow}.{whom}" for flow in ("tingling", "plan_visit") for whom in ("self", "other", "someone"))
ZONES = (None, "Europe/Madrid", "Mars/Olympus")

texts = st.sampled_from([*NASTY, *WORDS]) | st.text(max_size=60)
steps = st.tuples(
    st.sampled_from(["press"] * 12 + ["old", "text", "text", "alarm", "command", "forge", "due", "other"]),
    st.integers(0, 10**6),
    texts,
    st.sampled_from([5, 5, 5, 1, 1200, 8 * 3600, 40 * 86400]),
)
people = st.builds(
    lambda known, more, language: ({**known, **more}, language),
    st.sampled_from([STRANGER, READER, KNOWN]),
    st.fixed_dictionaries(
        {
            "channel": st.sampled_from(["telegram", "web"]),
            "country": st.sampled_from([None, "GB", "US", "ES", "ZZ", "IR"]),
            "adult": st.sampled_from([None, True, False]),
        }
    ),
    st.sampled_from(["en", "es", "ar", "xx", None]),
)


def pick(of: list[str] | tuple[str, ...], number: int) -> str:
    return of[number % len(of)]


def act(talk: Conversation, step: tuple[str, int, str, int]) -> None:
    """One thing happens. Every rule of a turn is checked by the conversation itself."""
    kind, number, text, pause = step
    talk.does(event(talk, kind, number, text), pause=timedelta(seconds=pause))


def event(talk: Conversation, kind: str, number: int, text: str) -> e.Event:
    """The event of one step; a number picks among what there is."""
    shown = [button.press for screen in talk.chat for button in buttons_of(screen) if button.press]
    match kind:
        case "press" if shown:
            recent = shown[-10:] if number % 5 else shown
            return e.Press(pick(recent, number), str(len(talk.chat) - 1))
        case "old" if talk.ever:
            return e.Press(pick([button.press or "s:resume" for button in talk.ever], number))
        case "alarm":
            strength, which = (("hard", "emergency"), ("hard", "crisis"), ("soft", "crisis"), ("soft", None))[
                number % 4
            ]
            return e.Text(text, strength, which, (None, "breathing", "nonsense")[number % 3])
        case "command":
            return e.Command(pick(COMMANDS, number), ("", "go-tingling", "go-home", text)[number % 4])
        case "forge":
            return e.Press(forged(talk, number, text))
        case "due":
            return e.Due(pick([*(one.id for one in talk.person.reminders), "gone"], number))
        case "other":
            others = (e.Unreadable("voice"), e.Position(0.0, 0.0), e.Left(bool(number % 2)))
            heard = e.Unreadable(("edited", "forward")[number % 2], text, ("none", "soft", "hard")[number // 6 % 3])
            return (*others, heard, e.Opened(ZONES[number % 3]), e.Group(text))[number % 6]
    return e.Text(text)


def forged(talk: Conversation, number: int, text: str) -> str:
    """Button data that nobody showed, near enough to be taken for real."""
    session, seq = ("x", 0) if not talk.person.sessions else (talk.session.id, talk.session.seq)
    result = talk.person.results[-1].ended.id if talk.person.results else "x"
    reminder = talk.person.reminders[-1].id if talk.person.reminders else "x"
    rest = number // 8
    return (
        data.of_question(pick("atdcbl", rest), session, seq, pick(VALUES, rest) if rest % 6 < 2 else None),
        data.of_result(result, pick(RESULT, rest)),
        data.of_reminder(reminder, pick(NUDGE, rest)),
        data.own(pick(OWN, rest)),
        data.go(pick([*WORLD.flows.flows, *ABOUT, "emergency", "x"], rest)),
        data.card("tingling", pick([card.id for card in WORLD.flows.flows["tingling"].cards], rest)),
        data.sources(pick([*WORLD.flows.flows], rest)),
        text,
    )[number % 8]


@calm
@given(people, st.lists(steps, max_size=40))
def test_no_order_of_events_breaks_a_talk(
    person: tuple[dict[str, object], str], what: list[tuple[str, int, str, int]]
) -> None:
    known, language = person
    talk = Conversation(known, language=language)
    for step in what:
        act(talk, step)


@calm
@given(people, st.lists(st.tuples(st.just("press"), st.integers(0, 10**6), st.just(""), st.just(5)), max_size=60))
def test_whoever_presses_what_is_shown_is_never_told_that_it_is_old(
    person: tuple[dict[str, object], str], what: list[tuple[str, int, str, int]]
) -> None:
    known, language = person
    talk = Conversation(known, language=language)
    talk.commands("start")
    for _, number, _, _ in what:
        newest = [b.press for b in buttons_of(talk.chat[-1]) if b.press]
        if newest:
            talk.does(e.Press(pick(newest, number), str(len(talk.chat) - 1)))
            assert talk.turn.toast == ""


@calm
@given(people, st.lists(steps, max_size=15), steps)
def test_the_same_event_at_the_same_moment_makes_the_same_turn(
    person: tuple[dict[str, object], str], before: list[tuple[str, int, str, int]], step: tuple[str, int, str, int]
) -> None:
    known, language = person
    talk = Conversation(known, language=language)
    for one in before:
        act(talk, one)
    kind, number, text, _ = step
    happens = event(talk, kind, number, text)
    first = react(talk.world, talk.person, happens, talk.now, 7)
    assert react(talk.world, talk.person, happens, talk.now, 7) == first


STOPS = (
    (("life.signs", ("breathing",)),),
    (("life.signs", "unsure"), ("life.signs", "unsure")),
    (("life.signs", "none"), ("life.pains", "unsure"), ("life.pains", "unsure")),
    (
        *(("life.signs", "none"), ("life.pains", "none")),
        *(("spine_nerves.saddle", "yes"), ("spine_nerves.saddle_new", "unsure")),
    ),
    (
        *(("life.signs", "none"), ("life.pains", "none"), ("spine_nerves.saddle", "unsure")),
        *(("spine_nerves.saddle", "unsure"), ("spine_nerves.bladder", "unsure"), ("spine_nerves.bladder", "unsure")),
    ),
)
soon = st.tuples(st.sampled_from(["press"] * 9 + ["text", "old", "forge"]), st.integers(0, 10**6), texts, st.just(5))


@calm
@given(st.sampled_from(STOPS), st.lists(soon, max_size=30))
def test_no_emergency_is_taken_back_without_a_confirmation_that_keeps_what_was_said(
    answers: tuple[tuple[str, str | tuple[str, ...]], ...], what: list[tuple[str, int, str, int]]
) -> None:
    talk = Conversation()
    talk.does(e.Press("go:tingling.self"))
    for step, value in answers:
        talk.answers(step, value)
    stopped = talk.result.ended.id
    talk.presses("o:mistake")
    for one in what:
        act(talk, one)
        ended = [result.ended for result in talk.person.results if not result.level.stops]
        left = [session for session in talk.person.sessions if session.left]
        assert all(session.corrected for session in (*ended, *left) if session.id == stopped)


@calm
@given(st.sampled_from(["self", "other"]), st.lists(st.integers(0, 10**6), max_size=60))
def test_on_the_way_forward_the_number_never_goes_back_nor_past_its_total(about: str, numbers: list[int]) -> None:
    talk = Conversation({**KNOWN, "adult": None})
    talk.does(e.Press(f"go:tingling.{about}"))
    last = 0
    for number in numbers:
        if not talk.person.sessions:
            break
        assert last <= talk.state.number <= talk.state.total
        last = talk.state.number
        answers = [b.press for b in buttons_of(talk.chat[-1]) if b.press and b.press[0] in "atd"]
        talk.does(e.Press(pick(answers, number)))


@given(st.text(max_size=90) | st.binary(max_size=90).map(lambda raw: raw.decode("latin-1")))
def test_button_data_is_read_or_refused(text: str) -> None:
    read = data.parse(text)
    assert read is None or len(text) <= data.LIMIT


@pytest.mark.parametrize("language", [None, "en", "es", "fa", "nonsense"])
def test_the_apology_can_always_be_said(language: str | None) -> None:
    screen = apology(WORLD, Person("p", "telegram", language=language), WEDNESDAY)
    check_screen(screen)
    assert isinstance(screen, Screen)

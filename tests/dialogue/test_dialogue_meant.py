"""What is asked outside of a flow can be answered in words, and never by them is the question of a flow answered."""

from __future__ import annotations

import copy

import pytest

from bonewise.binding import understand
from bonewise.dialogue import event as e
from bonewise.dialogue.common_words import MEANINGS
from bonewise.dialogue.person import Person
from bonewise.dialogue.react import react
from bonewise.dialogue.speaker import Speaker
from bonewise.dialogue.typed_words import listed
from bonewise.flow.model import Ask, Text
from bonewise.service import codec
from tests.dialogue.conversation import ALARMS, MATCHER, WEDNESDAY, WORLD, Conversation
from tests.dialogue.rules import buttons_of
from tests.dialogue.test_dialogue_alarm_everywhere import ASKING, steps_on_the_way
from tests.dialogue.test_dialogue_typed_words import LANGUAGES, tables

SOFT = e.Text("qqq", "soft", "emergency")
HARD = e.Text("qqq", "hard", "emergency", "breathing")
CRISIS = e.Text("qqq", "hard", "crisis", "no_way_out")
NUMBERS = ("1", "2", "7", "two", "1 and 3", "1, 2", "٢", "about 3", "(2)")
OF_NOW = ("now", "right now", "just now", "it is happening now", "yes it is happening now", "está pasando ahora")
NOT_NOW = ("not now", "no, not right now", "no only asking", "only asking", "no está pasando", "solo pregunto")


def words(meaning: str) -> list[str]:
    """What means this in every language; not a letter, which is no word in another one."""
    own = [w for tag in LANGUAGES for w in listed(Speaker(WORLD, Person("p", "telegram"), tag, WEDNESDAY), meaning)]
    return sorted({*own, *(word for _, means, word in tables() if means == meaning)} - {"", "s", "y", "n"})


ALL = [*(word for meaning in MEANINGS for word in words(meaning)), *NUMBERS, *OF_NOW, *NOT_NOW, "?", "YES!", "no..."]


def after(talk: Conversation, *events: e.Event) -> Conversation:
    """The conversation as it goes on with these, which leaves the other one as it is."""
    other = copy.copy(talk)
    other.chat, other.ever = list(talk.chat), list(talk.ever)
    for event in events:
        other.does(event)
    return other


def typed(text: str) -> e.Event:
    return understand(ALARMS, MATCHER, e.Text(text))


def presses(talk: Conversation) -> set[str | None]:
    """What can be pressed on the new screens."""
    return {button.press for screen in talk.new for button in buttons_of(screen)}


@pytest.mark.parametrize("flow", ASKING)
@pytest.mark.parametrize(
    "alarm",
    [
        pytest.param(SOFT, id="soft"),
        pytest.param(HARD, id="hard", marks=pytest.mark.long),
        pytest.param(CRISIS, id="crisis", marks=pytest.mark.long),
    ],
)
def test_no_yes_no_or_number_after_a_card_or_its_question_answers_the_question_of_a_flow(
    flow: str, alarm: e.Text
) -> None:
    """At each question some of all the words, so that all of them take their turn."""
    for place, (talk, step) in enumerate(steps_on_the_way(flow)):
        if alarm is SOFT and isinstance(talk.state.open, Ask) and isinstance(talk.state.open.kind, Text):
            continue  # takes the words that rang, and asks the next question
        asked = after(talk, alarm)
        answers = asked.session.answers
        for text in ALL[place % 7 :: 7]:
            event = typed(text)
            turn = react(asked.world, asked.person, event, asked.now, 1)
            assert turn.person.sessions[-1].answers == answers, (step, text)


@pytest.mark.parametrize("text", [*words("yes"), *words("unsure"), *OF_NOW, "It is happening now", "1", "?"])
@pytest.mark.parametrize("to", ["tingling.self", None])
def test_yes_and_not_sure_bring_the_card_when_it_was_asked_if_it_is_happening_now(text: str, to: str | None) -> None:
    talk = Conversation()
    if to:
        talk.does(e.Press(f"go:{to}"))
    talk.does(SOFT)
    talk.types(text)
    assert [screen.role for screen in talk.new] == ["emergency"]
    assert "s:crisis" in presses(talk)


@pytest.mark.parametrize("text", [*words("no"), *NOT_NOW, "No, only asking", "2"])
def test_no_goes_on_with_the_open_question_and_leaves_it_open(text: str) -> None:
    talk = Conversation()
    talk.does(e.Press("go:tingling.self"))
    talk.does(SOFT)
    talk.types(text)
    assert [screen.role for screen in talk.new] == ["question"]
    assert (talk.step, talk.session.answers) == ("life.signs", ())


@pytest.mark.parametrize("text", ["yes", "ok", "not sure", "sí", "now"])
@pytest.mark.parametrize(("card", "own"), [(HARD, "s:crisis"), (CRISIS, "s:ask_to_come")])
def test_yes_and_not_sure_below_a_card_bring_the_same_card(text: str, card: e.Text, own: str) -> None:
    talk = Conversation()
    talk.does(card)
    talk.types(text)
    assert own in presses(talk)


@pytest.mark.parametrize("text", ["no", "not now", "this is not happening now", "No, this is not happening now"])
def test_no_below_a_card_takes_it_as_not_happening(text: str) -> None:
    talk = Conversation()
    talk.does(e.Press("go:tingling.self"))
    talk.does(HARD)
    talk.types(text)
    assert (talk.step, [screen.role for screen in talk.new]) == ("life.signs", ["question"])
    assert not any(reminder.kind == "check_in" for reminder in talk.person.reminders)


@pytest.mark.parametrize("text", ["yes", "ok", "no", "none", "not sure", "2"])
def test_after_a_check_has_ended_in_a_card_a_word_brings_it_again_and_takes_nothing_back(text: str) -> None:
    talk = Conversation()
    talk.does(e.Press("go:tingling.self"))
    talk.answers("life.signs", ("breathing",))
    talk.types(text)
    assert "o:" in " ".join(press or "" for press in presses(talk))
    assert [screen.role for screen in talk.new] == ["emergency"]
    assert talk.result.level.stops


@pytest.mark.parametrize("between", [e.Unreadable("sticker"), e.Due("gone"), e.Opened(), e.Position(0.0, 0.0)])
def test_what_the_person_did_not_say_in_words_leaves_the_question_of_the_alarm_open(between: e.Event) -> None:
    talk = Conversation()
    talk.does(e.Press("go:tingling.self"))
    talk.does(SOFT)
    talk.does(between)
    talk.types("no")
    assert talk.session.answers == ()


def test_words_below_a_card_leave_it_open() -> None:
    talk = Conversation()
    talk.does(e.Press("go:tingling.self"))
    talk.does(HARD)
    talk.types("I'm alone")
    talk.types("ok")
    assert "s:alone" in presses(talk)


def test_other_words_are_no_answer_to_the_alarm() -> None:
    talk = Conversation()
    talk.does(SOFT)
    talk.does(e.Press("go:tingling.self"))
    talk.types("2")
    assert talk.result.level.stops, "the number of a sign, which ends the check"


def test_a_hard_alarm_wins_over_what_was_asked() -> None:
    talk = Conversation()
    talk.commands("forget")
    talk.does(e.Text("yes", "hard", "emergency", "breathing"))
    assert [screen.role for screen in talk.new] == ["emergency"]


def test_a_word_that_rings_softly_is_still_the_answer_to_what_was_asked() -> None:
    talk = Conversation()
    talk.does(SOFT)
    talk.does(e.Text("It is happening now", "soft", "emergency"))
    assert "s:crisis" in presses(talk)


def test_nothing_that_was_typed_is_kept_with_what_was_asked() -> None:
    talk = Conversation()
    for text in ("my planted word", "vitamin planted", "planted"):
        talk.types(text)
    assert b"planted" not in codec.dump_person(talk.person)

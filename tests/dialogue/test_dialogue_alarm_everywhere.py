"""Words of an emergency are heard at every kind of step of every flow, and no other answer's label sounds like them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle

import pytest

from bonewise.binding import hear
from bonewise.dialogue import event as e
from bonewise.dialogue.person import Person, Session
from bonewise.dialogue.react import react
from bonewise.dialogue.screen import Screen
from bonewise.dialogue.traits import EXCLUSIVE
from bonewise.dialogue.wording import option_key
from bonewise.flow.evaluate import Known, holds
from bonewise.flow.model import Ask, Date, Flow, Level, Many, Number, One, Place, Text, Time
from bonewise.i18n.markup import plain
from bonewise.proof.compiled import Compiled
from bonewise.proof.on_the_way import OTHER
from bonewise.proof.prove import explore
from tests.dialogue.calm import SHARED
from tests.dialogue.conversation import ALARMS, KNOWN, STRANGER, WEDNESDAY, WORLD, Conversation

PHRASES = ("I can't breathe", "No puedo respirar")
SIGNS = [(language.tag, sign) for language in ALARMS.languages for sign in language.signs]
EVERY = {
    (tag, strength): [hit.text for t, sign in SIGNS if t == tag for hit in sign.must_hit[strength]]
    for tag in {tag for tag, _ in SIGNS}
    for strength in ("hard", "soft")
}
OF_NOW = {Level.EMERGENCY, Level.CRISIS}
TYPED = {Date: "tomorrow", Time: "9:00", Place: "Spain", Text: "the clinic", Number: "3"}
FIRST = {"start", "consent_first"}  # for somebody new
ASKING = sorted(name for name, flow in WORLD.flows.flows.items() if flow.kind != "page")


def steps_on_the_way(flow: str) -> Iterator[tuple[Conversation, str]]:
    """The conversation at each question of a flow, each answered when the next is asked for."""
    talk = Conversation(STRANGER if flow in FIRST else KNOWN)
    talk.does(e.Press(f"go:{flow}.self" if len(WORLD.flows.flows[flow].about) > 1 else f"go:{flow}"))
    seen: list[str] = []
    while talk.person.sessions and (step := talk.step) is not None and step not in seen:
        seen.append(step)
        yield talk, step
        if talk.person.sessions:  # what was typed may have been an answer that ends the check
            answer(talk)


def answer(talk: Conversation) -> None:
    """Some answer to the open question, so that the flow goes on."""
    step = talk.state.open
    kind = step.kind if isinstance(step, Ask) else None
    if isinstance(kind, One | Many) and isinstance(step, Ask) and kind.options:
        first = (kind.options[0],) if isinstance(kind, Many) else kind.options[-1]
        talk.answers(step.id, SHARED.get(step.id, "none" if "none" in kind.options else first))
    elif type(kind) in TYPED:
        talk.types(TYPED[type(kind)])
    else:
        talk.presses("a")


@pytest.mark.parametrize("flow", ASKING)
def test_words_of_an_emergency_bring_the_card_at_every_question_which_stays_open(flow: str) -> None:
    for talk, step in steps_on_the_way(flow):
        for phrase in PHRASES:
            talk.types(phrase)
            assert [screen.role for screen in talk.new] == ["emergency"], step
            assert talk.step == step


@pytest.mark.parametrize("flow", ASKING)
@pytest.mark.parametrize(("tag", "strength"), sorted(EVERY))
def test_a_phrase_that_must_be_heard_wins_at_every_question_in_every_language(
    flow: str, tag: str, strength: str
) -> None:
    """At each question another phrase of the language's alarm file: it is looked at before the question is."""
    phrases = cycle(EVERY[tag, strength][ASKING.index(flow) :])
    for talk, step in steps_on_the_way(flow):
        text = next(phrases)
        talk.types(text)
        assert talk.new[0].role == "emergency", (step, text)
        assert strength == "soft" or talk.step == step, text


@pytest.mark.parametrize("flow", ASKING)
@pytest.mark.parametrize("tag", sorted({tag for tag, _ in EVERY}))
@pytest.mark.parametrize("strength", ["hard", pytest.param("soft", marks=pytest.mark.long)])
def test_a_phrase_that_must_be_heard_wins_in_every_state_that_the_prover_finds(
    flow: str, tag: str, strength: str
) -> None:
    """In each state another phrase of the language's alarm file; after a hard one what was answered stays."""
    phrases = cycle([hear(ALARMS, e.Text(text)) for text in EVERY[tag, strength]])
    for session in sessions_in_every_state(WORLD.flows.flows[flow]):
        person = Person("p1", channel="telegram", language="en", sessions=(session,), **KNOWN)  # type: ignore[arg-type]
        event = next(phrases)
        turn = react(WORLD, person, event, WEDNESDAY, 1)
        first = turn.screens[0]
        assert isinstance(first, Screen)
        assert first.role == "emergency", (event, session.answers)
        assert strength == "soft" or [one.answers for one in turn.person.sessions] == [session.answers], event


def sessions_in_every_state(flow: Flow) -> Iterator[Session]:
    """A session for each state of a flow in which something is asked, by the shortest conversation to it."""
    graph, _ = explore(Compiled(flow, exclusive=EXCLUSIVE))
    for state in graph.states:
        if not state.ended:
            about = "other" if OTHER in state.traits else "self"
            known = {"about": about, "answers": state.answers, "traits": state.traits, "seq": 1, "asked": (state.step,)}
            yield Session("s1", flow.id, flow.version, WEDNESDAY, WEDNESDAY, **known)  # type: ignore[arg-type]


def test_every_kind_of_question_is_among_them() -> None:
    steps = [talk.state.open for flow in ASKING for talk, _ in steps_on_the_way(flow)]
    kinds = {type(step.kind) for step in steps if isinstance(step, Ask)}
    asked = {type(s.kind) for flow in WORLD.flows.flows.values() for s in flow.steps if isinstance(s, Ask)}
    assert asked <= kinds


def labels() -> Iterator[tuple[Flow, Ask, str, str]]:
    """Every label of every option, in every language."""
    for flow in WORLD.flows.flows.values():
        for ask in (step for step in flow.steps if isinstance(step, Ask) and isinstance(step.kind, One | Many)):
            for option in ask.kind.options:  # type: ignore[union-attr]
                for tag in WORLD.catalog.languages:
                    for key in (option_key(ask, option), f"{ask.key}.again_options.{option}"):
                        if WORLD.catalog.has(tag, key):
                            yield flow, ask, option, plain(str(WORLD.catalog.text(tag, key)))


def is_of_now(flow: Flow, ask: Ask, option: str) -> bool:
    """Whether this one answer is an emergency by itself."""
    value = (option,) if isinstance(ask.kind, Many) else option
    known = Known({ask.id: value}, flow.facts, frozenset(), None)
    rules = [rule for flag in flow.flags for rule in flag.rules if rule.level in OF_NOW]
    return any(holds(rule.when, known) is True for rule in rules)


def test_no_label_is_heard_as_an_emergency_but_of_an_answer_that_is_one() -> None:
    heard = {
        (ask.key, option, label)
        for flow, ask, option, label in labels()
        if ALARMS.hear(label).strength == "hard" and not is_of_now(flow, ask, option)
    }
    assert heard == set()

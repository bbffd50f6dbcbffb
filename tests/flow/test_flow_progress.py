"""The number of a question, and about how many there will be."""

from __future__ import annotations

import pytest
from flow_samples import HERE, valid

from bonewise.flow.answers import Answers
from bonewise.flow.condition import Is, LevelBelow
from bonewise.flow.model import Ask, Flag, Flow, Level, One, Rule, Say, Step, Value
from bonewise.flow.play import answer, play

YES_NO = One(("yes", "unsure", "no"))


def ask(name: str, **more: object) -> Ask:
    return Ask(name, f"f.{name}", HERE, YES_NO, **more)  # type: ignore[arg-type]


def progress(steps: list[Step], *values: Value, **given: object) -> list[tuple[int, int]]:
    flow, answers, seen = Flow("f", 1, "check", HERE, tuple(steps)), (), []
    for value in (*values, None):
        state = play(flow, answers, **given)  # type: ignore[arg-type]
        seen.append((state.number, state.total))
        if value is not None:
            answers: Answers = answer(flow, answers, value, **given)  # type: ignore[arg-type,no-redef]
    return seen


def test_each_question_has_its_number_and_the_end_the_last() -> None:
    assert progress([ask("a"), ask("b")], "yes", "no") == [(1, 2), (2, 2), (2, 2)]


def test_a_text_with_a_button_has_no_number_of_its_own() -> None:
    start = Say("s", "f.s", HERE, button="go")
    assert progress([start, ask("a"), start, ask("b")], "pressed", "yes") == [(0, 2), (1, 2), (2, 2)]


def test_a_question_asked_again_keeps_its_number() -> None:
    again = ask("a", again=frozenset({"unsure"}))
    assert progress([again, ask("b")], "unsure", "no") == [(1, 2), (1, 2), (2, 2)]


def test_a_follow_up_keeps_the_number_of_the_question_right_before_it() -> None:
    steps: list[Step] = [ask("a"), ask("new", when=Is("a", ("yes",))), ask("b")]
    assert progress(steps, "yes", "no") == [(1, 2), (1, 2), (2, 2)]
    assert progress(steps, "no") == [(1, 2), (2, 2)]


def test_a_condition_on_a_question_further_up_gives_a_number_of_its_own() -> None:
    steps: list[Step] = [ask("a"), ask("b"), ask("d", when=Is("a", ("yes",)))]
    assert progress(steps, "yes", "no") == [(1, 2), (2, 3), (3, 3)]
    assert progress(steps, "no") == [(1, 2), (2, 2)]


def test_a_question_that_only_an_answer_to_come_can_open_is_not_counted() -> None:
    steps: list[Step] = [ask("a"), ask("b"), ask("c", when=Is("b", ("yes",))), ask("d", when=Is("a", ("yes",)))]
    assert progress(steps, "no", "yes") == [(1, 2), (2, 2), (2, 2)]


def test_a_question_of_a_level_not_reached_is_counted_until_the_level_is_reached() -> None:
    rule = Rule("r", "f.r", Is("a", ("yes",)), Level.SOON, False, (), HERE)
    steps: list[Step] = [ask("a"), ask("b"), ask("c", when=LevelBelow("soon"))]
    flow = Flow("f", 1, "check", HERE, tuple(steps), flags=(Flag("r", (rule,)),), otherwise=Level.SELF_CARE)
    assert play(flow, ()).total == 3
    assert play(flow, answer(flow, (), "yes")).total == 2


def test_questions_that_a_reached_level_spares_are_not_counted() -> None:
    steps: list[Step] = [ask("a"), ask("b", when=LevelBelow("soon"))]
    assert progress(steps) == [(1, 2)]


def test_a_confirmation_counts_as_one_question_and_what_it_confirms_as_none() -> None:
    steps: list[Step] = [ask("a"), ask("k", keep=True), ask("l", keep=True), ask("z")]
    kept = {"k": "yes", "l": "no"}
    assert progress(steps, "yes", "same", kept=kept) == [(1, 3), (2, 3), (3, 3)]
    assert progress(steps, "yes", "changed", "no", kept=kept) == [(1, 3), (2, 3), (3, 5), (4, 5)]


@pytest.mark.parametrize(("name", "count"), [("back", 26), ("everything", 11), ("plan_visit", 5), ("home", 0)])
def test_the_samples_start_with_the_questions_that_come_as_things_stand(name: str, count: int) -> None:
    assert play(valid().flows[name], ()).total == count

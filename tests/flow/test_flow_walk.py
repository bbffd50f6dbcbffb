"""How a walk deals with each kind of step: texts, re-asks, edits, kept answers, stops, renamed steps."""

from __future__ import annotations

from pathlib import Path

import pytest
from flow_samples import HERE, flow_in

from bonewise.flow import condition as c
from bonewise.flow.answers import Answered, Answers
from bonewise.flow.model import Ask, Do, Flag, Flow, Level, Many, Number, One, Rule, Say, Value
from bonewise.flow.play import answer, back, play, reopen
from bonewise.flow.state import Confirm, State

YES_NO = One(("yes", "unsure", "no"))


def flow(*steps: Say | Ask | Do, **more: object) -> Flow:
    return Flow("f", 1, "check", HERE, steps, **more)  # type: ignore[arg-type]


def ask(name: str, kind: One | Many | Number = YES_NO, **more: object) -> Ask:
    return Ask(name, f"f.{name}", HERE, kind, **more)  # type: ignore[arg-type]


def say(name: str, **more: object) -> Say:
    return Say(name, f"f.{name}", HERE, **more)  # type: ignore[arg-type]


def rule(name: str, when: c.Condition, level: Level, *, stop: bool = False) -> Rule:
    return Rule(name, f"f.{name}", when, level, stop, (), HERE)


def answered(flow_: Flow, *values: Value, **given: object) -> Answers:
    answers: Answers = ()
    for value in values:
        answers = answer(flow_, answers, value, **given)  # type: ignore[arg-type]
    return answers


def after(flow_: Flow, *values: Value, **given: object) -> State:
    return play(flow_, answered(flow_, *values, **given), **given)  # type: ignore[arg-type]


def open_id(state: State) -> str | None:
    return state.open.id if state.open else None


def test_a_say_waits_only_if_it_has_a_button() -> None:
    steps = flow(say("hello"), say("start", button="go"), say("then"), ask("a"), say("end"))
    first = play(steps, ())
    assert (open_id(first), [s.id for s in first.said]) == ("start", ["hello"])
    pressed = after(steps, "pressed")
    assert (open_id(pressed), [s.id for s in pressed.said]) == ("a", ["then"])
    assert pressed.answers == (("start", "pressed"),)
    ended = after(steps, "pressed", "yes")
    assert (ended.open, [s.id for s in ended.said]) == (None, ["end"])


def test_a_say_by_an_answer_is_said_only_if_there_is_a_text_for_it() -> None:
    steps = flow(ask("a", skip=True), say("fix", by="a"))
    assert [s.id for s in after(steps, "yes").said] == ["fix"]
    assert after(steps, "skipped").said == ()


def test_a_step_whose_condition_is_false_is_passed_and_counts_as_not_asked() -> None:
    steps = flow(ask("a"), ask("b", when=c.Is("a", ("yes",))), ask("d", when=c.Is("b", ("no",))), ask("e"))
    assert open_id(after(steps, "no")) == "e"
    assert after(steps, "no").values == {"a": "no"}


def test_not_sure_is_asked_once_more_and_raises_nothing_before_the_second_answer() -> None:
    flags = (Flag("F", (rule("F", c.Is("a", ("unsure",)), Level.SOON),)),)
    steps = flow(ask("a", again=frozenset({"unsure"})), ask("b"), flags=flags)
    once = after(steps, "unsure")
    assert (open_id(once), once.again, once.raised, once.values) == ("a", True, (), {})
    twice = after(steps, "unsure", "unsure")
    assert (open_id(twice), twice.again, [r.id for r in twice.raised]) == ("b", False, ["F"])
    assert after(steps, "unsure", "no").values == {"a": "no"}


def test_the_first_answer_counts_however_often_a_step_was_answered() -> None:
    steps = flow(ask("a"), ask("b"))
    state = play(steps, (Answered("a", "yes"), Answered("a", "no")))
    assert (state.values, state.aside) == ({"a": "yes"}, (("a", "no"),))


def test_two_questions_are_asked_again_and_a_third_counts_at_once() -> None:
    names = ("a", "b", "c", "d")
    steps = flow(*(ask(name, again=frozenset({"unsure"})) for name in names))
    answers = (("a", "unsure"), ("a", "no"), ("b", "unsure"), ("b", "unsure"), ("c", "unsure"))
    state = play(steps, tuple(Answered(*answer) for answer in answers))
    assert (open_id(state), state.again) == ("d", False)
    assert dict(state.values) == {"a": "no", "b": "unsure", "c": "unsure"}


def test_answers_beyond_the_open_step_are_kept_aside_and_count_again_when_reached() -> None:
    steps = flow(ask("a"), ask("b"), ask("d"))
    reopened = reopen(steps, answered(steps, "yes", "no", "yes"), "a")
    state = play(steps, reopened)
    assert (open_id(state), state.answers, state.aside) == ("a", (), (("b", "no"), ("d", "yes")))
    done = play(steps, answer(steps, reopened, "unsure"))
    assert (done.open, done.values) == (None, {"a": "unsure", "b": "no", "d": "yes"})


def test_an_answer_off_the_path_is_aside_and_raises_nothing() -> None:
    flags = (Flag("F", (rule("F", c.Is("b", ("yes",)), Level.SOON),)),)
    steps = flow(ask("a"), ask("b", when=c.Is("a", ("yes",))), ask("d"), flags=flags)
    changed = answer(steps, reopen(steps, answered(steps, "yes", "yes"), "a"), "no")
    state = play(steps, changed)
    assert (open_id(state), state.aside, state.raised) == ("d", (("b", "yes"),), ())


def test_an_edit_reopens_its_question_and_is_not_kept_as_an_answer() -> None:
    steps = flow(ask("a"), ask("b"), ask("sure", One(("yes", "change")), edit={"change": "a"}))
    changed = answered(steps, "yes", "no", "change")
    assert changed == (("b", "no"),)
    assert open_id(play(steps, changed)) == "a"
    assert open_id(play(steps, answer(steps, changed, "no"))) == "sure"
    assert open_id(play(steps, (*answered(steps, "yes", "no"), Answered("sure", "change")))) == "sure"


def test_actions_that_were_passed_are_listed_in_order() -> None:
    first, second = Do("do", "x", HERE), Do("do#2", "x", HERE, when=c.Is("a", ("no",)))
    third = Do("do#3", "x", HERE, when=c.Is("a", ("yes",)))
    steps = flow(first, ask("a"), second, third, ask("b"))
    assert play(steps, ()).done == (first,)
    assert after(steps, "yes").done == (first, third)


def test_no_row_of_a_provider_ends_the_flow() -> None:
    steps = flow(ask("which", One((), provider="rows", none="no_rows")), ask("b"))
    assert open_id(after(steps, "r1")) == "b"
    assert after(steps, "none").open is None


KEEPING = flow(
    ask("a"),
    ask("age", Number(18, 100), keep=True),
    ask("sex", YES_NO, keep=True, when=c.Is("a", ("yes",))),
    ask("bones", YES_NO, keep=True, again=frozenset({"unsure"})),
    ask("end"),
)


def confirmed(state: State) -> list[str]:
    assert isinstance(state.open, Confirm)
    return [ask_.id for ask_ in state.open.steps]


def test_kept_answers_are_confirmed_on_one_card_at_the_first_of_them() -> None:
    kept = {"age": 70, "sex": "no", "bones": "yes"}
    assert open_id(play(KEEPING, (), kept=kept)) == "a"
    assert confirmed(after(KEEPING, "yes", kept=kept)) == ["age", "sex", "bones"]
    assert confirmed(after(KEEPING, "no", kept=kept)) == ["age", "bones"]


def test_kept_answers_that_were_confirmed_count_without_being_asked() -> None:
    kept = {"age": 70, "sex": "no", "bones": "yes"}
    state = after(KEEPING, "yes", "same", kept=kept)
    assert (open_id(state), state.kept) == ("end", (("age", 70), ("sex", "no"), ("bones", "yes")))
    assert state.values == {"a": "yes", "age": 70, "sex": "no", "bones": "yes"}
    assert state.answers == (("a", "yes"), ("profile", "same"))


@pytest.mark.parametrize("said", ["changed", "unsure"])
def test_kept_answers_that_were_not_confirmed_are_asked(said: str) -> None:
    kept = {"age": 70, "bones": "yes"}
    assert open_id(after(KEEPING, "no", said, kept=kept)) == "age"
    assert open_id(after(KEEPING, "no", said, 71, "no", kept=kept)) == "end"


@pytest.mark.parametrize("value", ["seventy", 17, None, "skipped"])
def test_a_kept_answer_that_does_not_fit_any_more_is_asked(value: Value) -> None:
    assert open_id(after(KEEPING, "no", kept={"age": value})) == "age"


def test_a_kept_not_sure_that_would_be_asked_again_is_asked() -> None:
    assert confirmed(after(KEEPING, "no", kept={"age": 70, "bones": "unsure"})) == ["age"]


def test_what_is_not_kept_is_asked_between_what_is() -> None:
    state = after(KEEPING, "yes", "same", kept={"age": 70, "bones": "yes"})
    assert open_id(state) == "sex"
    assert open_id(after(KEEPING, "yes", "same", "no", kept={"age": 70, "bones": "yes"})) == "end"


def test_reopening_a_kept_answer_reopens_its_confirmation() -> None:
    kept = {"age": 70, "bones": "yes"}
    answers = answered(KEEPING, "no", "same", "yes", kept=kept)
    reopened = reopen(KEEPING, answers, "age", kept=kept)
    assert confirmed(play(KEEPING, reopened, kept=kept)) == ["age", "bones"]


def test_back_goes_through_a_confirmation() -> None:
    kept = {"age": 70, "bones": "yes"}
    answers = answered(KEEPING, "no", "same", kept=kept)
    assert back(KEEPING, answers, kept=kept) == (("a", "no"),)


def test_back_with_nothing_answered_changes_nothing() -> None:
    assert back(KEEPING, ()) == ()


FLAGS = (
    Flag("A", (rule("A1", c.Is("a", ("yes",)), Level.SAME_DAY), rule("A2", c.Is("b", ("yes",)), Level.SOON))),
    Flag(
        "B", (rule("B1", c.Is("d", ("yes",)), Level.EMERGENCY, stop=True), rule("B2", c.Is("b", ("yes",)), Level.SOON))
    ),
)
RAISING = flow(ask("b"), ask("a"), ask("d"), ask("e"), flags=FLAGS, otherwise=Level.ROUTINE)


def raised(*values: str) -> list[str]:
    return [rule_.id for rule_ in after(RAISING, *values).raised]


def test_raised_rules_stand_most_urgent_first_then_as_they_were_raised() -> None:
    assert raised("yes") == ["A2", "B2"]
    assert raised("yes", "yes") == ["A1", "B2"]


def test_of_one_flag_only_the_most_urgent_rules_count() -> None:
    assert raised("yes", "yes", "yes") == ["B1", "A1"]


def test_a_stop_rule_ends_the_walk_at_once() -> None:
    state = after(RAISING, "no", "no", "yes")
    assert (state.open, state.stopped, state.level) == (None, True, Level.EMERGENCY)


def test_without_a_raised_rule_the_end_has_the_level_of_otherwise() -> None:
    assert after(RAISING, "no", "no", "no").level is None
    assert after(RAISING, "no", "no", "no", "no").level is Level.ROUTINE


def test_the_floor_counts_as_a_level_reached() -> None:
    steps = flow(ask("a", when=c.LevelBelow("soon")), ask("b"), otherwise=Level.SELF_CARE)
    assert open_id(play(steps, ())) == "a"
    assert open_id(play(steps, (), floor=Level.SOON)) == "b"
    assert after(steps, "no", floor=Level.SOON).level is Level.SOON


def test_two_rules_of_one_id_are_one_reason() -> None:
    both = (rule("A", c.Is("a", ("yes",)), Level.SOON), rule("A", c.Is("a", ("yes", "no")), Level.SOON))
    assert len(after(flow(ask("a"), flags=(Flag("A", both),)), "yes").raised) == 1


def test_a_rule_over_the_person_alone_is_raised_at_the_start() -> None:
    flags = (Flag("P", (rule("P", c.Person("any", ("adult",)), Level.SOON),)),)
    steps = flow(ask("a"), flags=flags)
    assert play(steps, (), traits=frozenset({"adult"})).level is Level.SOON
    assert play(steps, ()).level is None


def test_cards_and_offers_are_there_at_the_end_only(tmp_path: Path) -> None:
    steps = flow_in(
        tmp_path,
        "flow: one\nversion: 1\nkind: check\nsteps: [{ask: a, one: [x, y]}]\notherwise: routine\n"
        "facts: {is_x: {a: x}}\ncards: {one: {when: {fact: is_x}}, two: {when: {a: y}}}\n"
        "offers: {summary: {}, share: {when: {level: {below: routine}}}}\n",
    )
    assert (play(steps, ()).cards, play(steps, ()).offers) == ((), ())
    ended = after(steps, "x")
    assert ([card.id for card in ended.cards], ended.facts) == (["one"], {"is_x"})
    assert [offer.to for offer in ended.offers] == ["summary"]


def test_answers_under_an_old_name_count_under_the_new_one() -> None:
    steps = flow(ask("age", Number(18, 100)), ask("b"), renamed={"how_old": "age"})
    state = play(steps, (Answered("how_old", 70),))
    assert (open_id(state), state.answers) == ("b", (("age", 70),))
    assert answer(steps, (Answered("how_old", 70),), "yes") == (("age", 70), ("b", "yes"))


def test_an_answer_that_no_longer_fits_is_asked_anew_and_the_new_one_counts() -> None:
    steps = flow(ask("a", One(("x", "y"))), ask("b"))
    old = (Answered("a", "gone"),)
    assert open_id(play(steps, old)) == "a"
    assert play(steps, answer(steps, old, "x")).values == {"a": "x"}

"""The fold: a session is its answers."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bonewise.flow.answers import Answered, Answers
from bonewise.flow.condition import Has, Is
from bonewise.flow.model import Ask, Flag, Flow, Level, Many, Mark, One, Rule
from bonewise.flow.play import answer, back, play, reopen

HERE = Mark("tingling.yml", 1, 1)
OPTIONS = ("yes", "unsure", "no")


def ask(name: str, *, when: Is | None = None, again: bool = False) -> Ask:
    return Ask(name, f"f.{name}", HERE, One(OPTIONS), when=when, again=frozenset({"unsure"} if again else ()))


def flag(name: str, when: Is | Has, level: Level, *, stop: bool = False) -> Flag:
    return Flag(name, (Rule(name, f"f.{name}", when, level, stop, ("editorial",), HERE),))


FLOW = Flow(
    id="f",
    version=1,
    kind="check",
    mark=HERE,
    steps=(
        Ask("signs", "f.signs", HERE, Many(("chest", "leg", "unsure", "none"))),
        ask("numb", again=True),
        ask("new", when=Is("numb", ("yes",))),
        ask("weak"),
    ),
    flags=(
        flag("RF04", Has("signs", "any", ("chest",)), Level.EMERGENCY, stop=True),
        flag("RF07", Is("new", ("yes", "unsure")), Level.EMERGENCY, stop=True),
        flag("RF12b", Is("weak", ("yes", "unsure")), Level.SAME_DAY),
    ),
    otherwise=Level.SELF_CARE,
)

single = st.sampled_from(OPTIONS)
several = st.sampled_from([("chest",), ("leg",), ("chest", "leg"), ("unsure",), ("none",)])
walks = st.lists(st.one_of(single, several), max_size=8)
junk = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5), lambda inner: st.lists(inner)
)


def walked(values: list[str | tuple[str, ...]]) -> Answers:
    answers: Answers = ()
    for value in values:
        answers = answer(FLOW, answers, value)
    return answers


@given(walks)
def test_a_fold_equals_going_step_by_step(values: list[str | tuple[str, ...]]) -> None:
    answers = walked(values)
    assert play(FLOW, answers).answers == answers


@given(walks, st.one_of(single, several))
def test_back_after_an_answer_is_identity(values: list[str | tuple[str, ...]], value: str | tuple[str, ...]) -> None:
    answers = walked(values)
    after = answer(FLOW, answers, value)
    if after != answers:
        assert back(FLOW, after) == answers


@given(walks)
def test_reopening_and_answering_the_same_leads_to_the_same_place(values: list[str | tuple[str, ...]]) -> None:
    answers = walked(values)
    for step in ("signs", "weak"):
        old = dict(answers).get(step)
        if old is not None:
            again = answer(FLOW, reopen(FLOW, answers, step), old)
            assert play(FLOW, again).values == play(FLOW, answers).values


@given(st.lists(st.tuples(st.sampled_from(["signs", "numb", "new", "weak", "x"]), junk)))
def test_a_fold_never_raises_on_any_answers_whatsoever(answers: list[tuple[str, object]]) -> None:
    state = play(FLOW, tuple(Answered(step, value) for step, value in answers))  # type: ignore[arg-type]
    assert state.number <= state.total


@given(walks, st.one_of(single, several))
def test_a_further_answer_never_lowers_what_was_raised(
    values: list[str | tuple[str, ...]], value: str | tuple[str, ...]
) -> None:
    before = play(FLOW, walked(values))
    after = play(FLOW, answer(FLOW, walked(values), value))
    if before.raised:
        assert before.level is not None
        assert after.level is not None
        assert after.level.urgency >= before.level.urgency


def test_a_stop_flag_ends_the_questions_at_once() -> None:
    state = play(FLOW, walked([("chest",)]))
    assert (state.open, state.stopped, state.level) == (None, True, Level.EMERGENCY)


def test_not_sure_is_asked_once_more_and_the_second_answer_counts() -> None:
    once = play(FLOW, walked([("none",), "unsure"]))
    assert once.again
    twice = play(FLOW, walked([("none",), "unsure", "yes"]))
    assert twice.values["numb"] == "yes"


def test_a_floor_is_never_undercut() -> None:
    assert play(FLOW, walked([("none",), "no", "no"]), floor=Level.SOON).level is Level.SOON
    assert play(FLOW, walked([("none",), "no", "no"])).level is Level.SELF_CARE

"""What holds of every flow and every answer: the fold's laws, on made-up flows and on the samples."""

from __future__ import annotations

from itertools import pairwise

import pytest
from flow_samples import fitting, flows, valid
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bonewise.flow.answers import Answered, Answers
from bonewise.flow.evaluate import Known
from bonewise.flow.model import Ask, Flow, Level, Value
from bonewise.flow.play import answer, back, fits, play, reopen
from bonewise.flow.state import PROFILE, State
from bonewise.flow.walk import Walk

any_flow = flows() | st.sampled_from(sorted(valid().flows)).map(lambda name: valid().flows[name])
calm = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much])
floors = st.none() | st.sampled_from(Level)
traits = st.sampled_from([frozenset[str](), frozenset({"adult"})])


def walk(data: st.DataObject, flow: Flow, given_: dict[str, object], most: int = 60) -> list[tuple[Answers, State]]:
    """A walk to some point: the answers so far and their state, at each step."""
    steps: list[tuple[Answers, State]] = [((), play(flow, (), **given_))]  # type: ignore[arg-type]
    for _ in range(data.draw(st.integers(0, most))):
        answers, state = steps[-1]
        if state.open is None:
            break
        value = data.draw(fitting(state.open))
        answers = answer(flow, answers, value, **given_)  # type: ignore[arg-type]
        steps.append((answers, play(flow, answers, **given_)))  # type: ignore[arg-type]
    return steps


@st.composite
def circumstances(draw: st.DrawFn, flow: Flow) -> dict[str, object]:
    """A profile, traits and a floor."""
    kept: dict[str, object] = {}
    for ask in (step for step in flow.steps if isinstance(step, Ask) and step.keep):
        if draw(st.booleans()):
            kept[ask.id] = draw(fitting(ask))
    return {"kept": kept, "traits": draw(traits), "floor": draw(floors)}


@calm
@given(any_flow, st.data())
def test_a_fold_equals_going_step_by_step(flow: Flow, data: st.DataObject) -> None:
    given_ = data.draw(circumstances(flow))
    for before, after in zip(steps := walk(data, flow, given_), steps[1:], strict=False):
        assert after[1].answers == (*before[1].answers, after[0][-1])
        assert after[1].aside == ()


@calm
@given(any_flow, st.data())
def test_a_walk_that_is_continued_equals_the_walk_of_all_answers(flow: Flow, data: st.DataObject) -> None:
    given_ = data.draw(circumstances(flow))

    def known() -> Known:
        return Known(facts=flow.facts, traits=given_.get("traits", frozenset()), level=given_["floor"])  # type: ignore[arg-type]

    further = Walk(flow, (), given_["kept"], known())  # type: ignore[arg-type]
    for answers, _ in walk(data, flow, given_)[1:]:
        before, further = further, further.after(answers[-1].value)
        whole = Walk(flow, answers, given_["kept"], known())  # type: ignore[arg-type]
        assert vars(further) == vars(whole)
        assert vars(before) == vars(Walk(flow, answers[:-1], given_["kept"], known()))  # type: ignore[arg-type]


@calm
@given(any_flow, st.data())
def test_back_after_an_answer_is_identity(flow: Flow, data: st.DataObject) -> None:
    given_ = data.draw(circumstances(flow))
    for before, after in zip(steps := walk(data, flow, given_), steps[1:], strict=False):
        assert back(flow, after[0], **given_) == before[0]  # type: ignore[arg-type]


@calm
@given(any_flow, st.data())
def test_to_edit_an_answer_and_undo_it_is_identity(flow: Flow, data: st.DataObject) -> None:
    given_ = data.draw(circumstances(flow))
    answers, state = walk(data, flow, given_)[-1]
    steps = [answered.step for answered in answers if answered.step != PROFILE]
    if not steps:
        return
    step = data.draw(st.sampled_from(steps))
    undone = reopen(flow, answers, step, **given_)  # type: ignore[arg-type]
    opened = play(flow, undone, **given_)  # type: ignore[arg-type]
    assert opened.open is not None
    assert opened.open.id == step
    for answered in (answered for answered in answers if answered.step == step):
        undone = answer(flow, undone, answered.value, **given_)  # type: ignore[arg-type]
    assert play(flow, undone, **given_) == state  # type: ignore[arg-type]


@calm
@given(any_flow, st.data())
def test_back_after_an_edit_takes_the_edit_back(flow: Flow, data: st.DataObject) -> None:
    given_ = data.draw(circumstances(flow))
    answers, _ = walk(data, flow, given_)[-1]
    steps = [answered.step for answered in answers if answered.step != PROFILE]
    if not steps:
        return
    step = data.draw(st.sampled_from(steps))
    opened = reopen(flow, answers, step, **given_)  # type: ignore[arg-type]
    state = play(flow, opened, **given_)  # type: ignore[arg-type]
    assert state.open is not None
    edited = answer(flow, opened, data.draw(fitting(state.open)), **given_)  # type: ignore[arg-type]
    assert back(flow, edited, **given_) == opened  # type: ignore[arg-type]


@calm
@given(any_flow, st.data())
def test_further_answers_never_undercut_a_level_that_was_raised(flow: Flow, data: st.DataObject) -> None:
    given_ = data.draw(circumstances(flow))
    answers, state = walk(data, flow, given_)[-1]
    # An answer of one's own to a question counts more than the profile's, and may be milder.
    from_profile = {answered.step for answered in state.kept}
    asks = [step for step in flow.steps if isinstance(step, Ask) and step.id not in from_profile]
    if not state.raised or not asks:
        return
    further = st.sampled_from(asks).flatmap(lambda ask: fitting(ask).map(lambda value: (ask.id, value)))
    more = tuple(Answered(step, value) for step, value in data.draw(st.lists(further, max_size=6)))  # type: ignore[arg-type]
    after = play(flow, (*answers, *more), **given_)  # type: ignore[arg-type]
    assert state.level is not None
    assert after.level is not None
    assert after.level.urgency >= state.level.urgency


@calm
@given(any_flow, st.data())
def test_progress_never_goes_back_nor_past_its_total(flow: Flow, data: st.DataObject) -> None:
    given_ = data.draw(circumstances(flow))
    states = [state for _, state in walk(data, flow, given_)]
    assert all(0 <= state.number <= state.total for state in states)
    for before, after in pairwise(states):
        assert before.number <= after.number


@calm
@given(any_flow, st.data())
def test_a_walk_ends_and_then_has_a_level_no_milder_than_its_floor(flow: Flow, data: st.DataObject) -> None:
    given_ = data.draw(circumstances(flow))
    answers: Answers = ()
    while (state := play(flow, answers, **given_)).open is not None:  # type: ignore[arg-type]
        answers = answer(flow, answers, data.draw(fitting(state.open)), **given_)  # type: ignore[arg-type]
    floor = given_["floor"]
    if flow.kind == "check":
        assert state.level is not None
        assert isinstance(floor, Level) is False or state.level.urgency >= floor.urgency  # type: ignore[union-attr]
    assert state.ended
    assert state.stopped == any(rule.stop for rule in state.raised)


junk = st.recursive(
    st.none()
    | st.booleans()
    | st.floats()
    | st.integers()
    | st.text(max_size=9)
    | st.just(10**400)
    | st.binary(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3) | st.tuples(inner) | st.dictionaries(st.text(max_size=3), inner, max_size=2)
    ),
    max_leaves=6,
)


@calm
@given(any_flow, st.data())
def test_no_answers_whatsoever_make_it_raise(flow: Flow, data: st.DataObject) -> None:
    ids = st.sampled_from([*(step.id for step in flow.steps), "profile", "nowhere"]) | junk
    entry = st.tuples(ids, junk) | st.builds(Answered, ids, st.sampled_from(["yes", "unsure", ("unsure",), 3])) | junk
    answers = data.draw(st.lists(entry, max_size=12).map(tuple) | junk)
    kept = data.draw(st.dictionaries(st.sampled_from([step.id for step in flow.steps]), junk, max_size=3))
    state = play(flow, answers, kept=kept, floor=data.draw(floors))  # type: ignore[arg-type]
    assert 0 <= state.number <= state.total
    value: Value = data.draw(junk)  # type: ignore[assignment]
    for changed in (
        answer(flow, answers, value, kept=kept),  # type: ignore[arg-type]
        back(flow, answers, kept=kept),  # type: ignore[arg-type]
        reopen(flow, answers, "q0", kept=kept),  # type: ignore[arg-type]
    ):
        play(flow, changed, kept=kept)  # type: ignore[arg-type]


@calm
@given(any_flow, junk)
def test_whatever_does_not_fit_leaves_the_answers_as_they_are(flow: Flow, value: Value) -> None:
    state = play(flow, ())
    if isinstance(state.open, Ask) and not fits(state.open, value):
        assert answer(flow, (), value) == ()


@pytest.mark.parametrize("name", sorted(valid().flows))
@given(data=st.data())
def test_every_sample_can_be_walked_to_its_end(name: str, data: st.DataObject) -> None:
    steps = walk(data, valid().flows[name], {}, most=60)
    assert steps[-1][1].open is None or len(steps) <= 61

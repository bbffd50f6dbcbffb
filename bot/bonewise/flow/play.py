"""A session is its answers: fold them through a flow, and add, take back or reopen one.

All functions are total: answers that fit no step are set aside, never an error. `kept` is the person's profile by
question id, `traits` what holds of the person, `floor` the level below which this session may not end.
"""

from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter

from bonewise.flow.answers import Answered, Answers
from bonewise.flow.evaluate import Known, holds
from bonewise.flow.fit import fits
from bonewise.flow.model import Ask, Card, Flow, Level, Offer, Rule, Value
from bonewise.flow.progress import Ahead, passed
from bonewise.flow.state import PROFILE, SAME, Confirm, State
from bonewise.flow.walk import Walk, accepted, more_urgent, tidy

__all__ = ["Confirm", "State", "answer", "back", "fits", "play", "reopen"]


def play(
    flow: Flow,
    answers: Answers,
    *,
    kept: Mapping[str, Value] | None = None,
    traits: frozenset[str] = frozenset(),
    floor: Level | None = None,
) -> State:
    """Fold the answers through the flow, up to the first step that waits for one."""
    walk = _walk(flow, answers, kept, traits, floor)
    used = {place for place, _ in walk.used}
    number, total = _progress(walk)
    walk.known.level = _level(walk, floor)
    return State(
        answers=tuple(answered for _, answered in walk.used),
        aside=tuple(answered for place, answered in enumerate(walk.answers) if place not in used),
        kept=tuple(walk.from_profile),
        values={step: value for step, value in walk.known.values.items() if value is not None},
        open=walk.open,
        again=walk.again,
        said=tuple(walk.said),
        done=tuple(walk.done),
        raised=_counting(walk),
        level=walk.known.level,
        stopped=walk.stopped,
        facts=frozenset(fact for fact, condition in flow.facts.items() if holds(condition, walk.known)),
        cards=tuple(card for card in flow.cards if _shown(card, walk)),
        offers=tuple(offer for offer in flow.offers if _shown(offer, walk)),
        number=number,
        total=total,
    )


def answer(
    flow: Flow,
    answers: Answers,
    value: Value,
    *,
    kept: Mapping[str, Value] | None = None,
    traits: frozenset[str] = frozenset(),
    floor: Level | None = None,
) -> Answers:
    """The answers with the open step answered; unchanged if nothing is open or the value does not fit.

    A value that the question's `edit` names reopens the question named there instead.
    """
    walk = _walk(flow, answers, kept, traits, floor)
    given = None if walk.open is None else accepted(walk.open, value)
    if walk.open is None or given is None:
        return walk.answers
    if isinstance(walk.open, Ask) and isinstance(given, str) and given in walk.open.edit:
        return reopen(flow, walk.answers, walk.open.edit[given], kept=kept, traits=traits, floor=floor)
    return (*walk.answers, Answered(walk.open.id, given))


def back(
    flow: Flow,
    answers: Answers,
    *,
    kept: Mapping[str, Value] | None = None,
    traits: frozenset[str] = frozenset(),
    floor: Level | None = None,
) -> Answers:
    """The answers without the one on the path that was given last; unchanged if there is none."""
    walk = _walk(flow, answers, kept, traits, floor)
    if not walk.used:
        return walk.answers
    last, _ = max(walk.used, key=itemgetter(0))
    return (*walk.answers[:last], *walk.answers[last + 1 :])


def reopen(
    flow: Flow,
    answers: Answers,
    step: str,
    *,
    kept: Mapping[str, Value] | None = None,
    traits: frozenset[str] = frozenset(),
    floor: Level | None = None,
) -> Answers:
    """The answers without this step's, so that it is asked again; all others are kept.

    Where the step's answer came from the profile, the confirmation of the profile is reopened.
    """
    walk = _walk(flow, answers, kept, traits, floor)
    from_profile = any(answered.step == step for answered in walk.from_profile)
    dropped = PROFILE if from_profile else step
    return tuple(answered for answered in walk.answers if answered.step != dropped)


def _walk(
    flow: Flow,
    answers: Answers,
    kept: Mapping[str, Value] | None,
    traits: frozenset[str],
    floor: Level | None,
) -> Walk[Known]:
    return Walk(flow, tidy(flow, answers), kept or {}, Known(facts=flow.facts, traits=traits, level=floor))


def _counting(walk: Walk[Known]) -> tuple[Rule, ...]:
    """Of each flag the most urgent of the rules raised, each id once."""
    flags = walk.plan.flag_of
    highest: dict[int, Level] = {}
    for rule in walk.raised:
        highest[flags[id(rule)]] = more_urgent(rule.level, highest.get(flags[id(rule)]))
    counting: dict[str, Rule] = {}
    for rule in walk.raised:
        if rule.level is highest[flags[id(rule)]]:
            counting.setdefault(rule.id, rule)
    return tuple(sorted(counting.values(), key=lambda rule: (-rule.level.urgency, flags[id(rule)])))


def _level(walk: Walk[Known], floor: Level | None) -> Level | None:
    if walk.open is None and not walk.raised and walk.flow.otherwise is not None:
        return more_urgent(walk.flow.otherwise, floor)
    return walk.known.level


def _shown(part: Card | Offer, walk: Walk[Known]) -> bool:
    return walk.open is None and (part.when is None or holds(part.when, walk.known) is True)


def _progress(walk: Walk[Known]) -> tuple[int, int]:
    def taken(ask: Ask) -> bool:
        return walk.confirmed in {None, SAME} and ask.id in walk.kept and ask is not walk.open

    ahead = Ahead(walk.plan, walk.known, walk.asked, taken)
    so_far = passed(walk.plan, walk.asked) + (walk.confirmed is not None)
    if walk.open is None:
        return so_far, so_far
    if isinstance(walk.open, Confirm):
        return so_far + 1, so_far + 1 + ahead.count(walk.ahead)
    to_confirm = walk.confirmed is None and any(isinstance(s, Ask) and walk.may_use_kept(s) for s in walk.ahead)
    return so_far + ahead.count(walk.ahead[:1]), so_far + to_confirm + ahead.count(walk.ahead)

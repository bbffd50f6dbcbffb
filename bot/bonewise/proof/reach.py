"""Whether each part of a flow can be reached at all (P4)."""

from __future__ import annotations

from collections.abc import Iterator

from bonewise.flow import condition as c
from bonewise.flow.model import Ask, Card, Do, Offer, Rule, Say
from bonewise.flow.walk import Walk
from bonewise.proof.compiled import Compiled
from bonewise.proof.finding import Finding
from bonewise.proof.formulas import FALSE
from bonewise.proof.on_the_way import OnTheWay, Part, parts_of
from bonewise.proof.residual import Residual
from bonewise.proof.search import find_talk

_CALLED = {
    Ask: "the question",
    Say: "the text",
    Do: "the action",
    Rule: "the rule",
    Card: "the card",
    Offer: "the offer",
}


def find_dead(compiled: Compiled, on_the_way: OnTheWay) -> Iterator[Finding]:
    """P4: parts of the flow that no conversation reaches."""
    flow = compiled.flow
    for part in (part for part in parts_of(flow) if id(part) not in on_the_way.reached):
        if not _can_be_reached(compiled, part):
            name = part.to if isinstance(part, Offer) else part.id
            what = f"no conversation reaches {_CALLED[type(part)]} `{name}`; mend what leads to it, or remove it"
            yield Finding("P4", flow.id, name, part.mark, what)
    if flow.kind == "check" and not on_the_way.otherwise and not compiled.plan.rules_always:
        yield Finding(
            "P4", flow.id, "otherwise", flow.mark, "every conversation raises a flag, so `otherwise` is never the level"
        )
    for fact in _unused_facts(compiled):
        yield Finding("P4", flow.id, fact, flow.mark, f"nothing reads the fact `{fact}`; remove it")


def _can_be_reached(compiled: Compiled, part: Part) -> bool:
    """Look for one conversation, telling states apart by what is left of the part's conditions."""
    conditions = list(_conditions(compiled, part))
    places = [compiled.place[id(condition)] for condition in conditions]
    on_the_way = OnTheWay(compiled)

    def happens(walk: Walk[Residual]) -> bool:
        on_the_way.see(None, walk, frozenset())
        return id(part) in on_the_way.reached

    def possible(walk: Walk[Residual]) -> bool:
        return all(walk.known.left[place] != FALSE for place in places)

    return find_talk(compiled, conditions, happens, possible, deepest_first=True) is not None


def _conditions(compiled: Compiled, part: Part) -> Iterator[c.Condition]:
    """What has to hold for the part to be reached."""
    if part.when is not None:
        yield part.when
    if isinstance(part, Say) and part.by is not None:
        yield compiled.plan.has_text[part.id]


def _unused_facts(compiled: Compiled) -> Iterator[str]:
    flow = compiled.flow
    used = {fact for condition in (*compiled.conditions, *flow.facts.values()) for fact in _named(condition)}
    yield from (fact for fact in flow.facts if fact not in used and "." not in fact)


def _named(condition: c.Condition) -> Iterator[str]:
    if isinstance(condition, c.FactIs):
        yield condition.fact
    for part in c.parts(condition):
        yield from _named(part)

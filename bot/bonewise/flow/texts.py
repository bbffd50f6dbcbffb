"""Which texts the flows need, by the table of keys in docs/architecture.md."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from bonewise.flow.model import EMERGENCY, FUNCTIONS, Ask, Do, Flow, Flows, Level, Link, Many, One, Rule, Say
from bonewise.strict_yaml import Mark


class NeededText(NamedTuple):
    """A key, what needs it, and whether a reader would meet a gap without it: in English, or in every language."""

    key: str
    mark: Mark
    required: bool = True
    everywhere: bool = False


def needed_texts(flows: Flows) -> list[NeededText]:
    """Every text that the flows can show, each key once and in order; required where one of its uses requires it.

    Not among them are the texts that no flow names: of the safety net, of places and of alarm signs.
    """
    needed: dict[str, NeededText] = {}
    of_flows = (text for flow in flows.flows.values() for text in _of_flow(flow))
    for text in (*of_flows, *_of_tips(flows)):
        known = needed.get(text.key)
        if known is None or (text.required and not known.required):
            needed[text.key] = text
    return [needed[key] for key in sorted(needed)]


def _of_tips(flows: Flows) -> Iterator[NeededText]:
    for tip in flows.tips.values():
        yield NeededText(f"tips.text.{tip.id}", tip.mark, everywhere=True)
        yield NeededText(f"tips.topic.{tip.topic}", tip.mark, everywhere=True)


def _of_flow(flow: Flow) -> Iterator[NeededText]:
    for step in flow.steps:
        match step:
            case Say():
                yield from _of_say(flow, step)
            case Ask():
                yield from _of_ask(step)
            case Do():
                pass
    for rule in (rule for flag in flow.flags for rule in flag.rules):
        yield from _of_rule(rule)
    for card in flow.cards:
        yield NeededText(f"{card.key}.title", card.mark)
        yield NeededText(f"{card.key}.text", card.mark)
    for offer in flow.offers:
        if offer.to not in FUNCTIONS:
            yield NeededText(f"{offer.to}.link", offer.mark)
    if flow.kind == "check":
        yield from _of_check(flow)


def _of_check(flow: Flow) -> Iterator[NeededText]:
    yield NeededText(f"{flow.id}.title", flow.mark)
    yield NeededText(f"{flow.id}.otherwise.why", flow.mark)
    yield NeededText(f"{flow.id}.otherwise.say", flow.mark)
    levels = {rule.level for flag in flow.flags for rule in flag.rules} | {flow.otherwise}
    for level in (level for level in Level if level in levels):
        yield NeededText(f"levels.{level}.lead", flow.mark)
        yield NeededText(f"levels.{level}.do", flow.mark)
        yield NeededText(f"levels.{level}.time", flow.mark, not level.stops)
        if not level.stops:
            yield NeededText(f"{flow.id}.levels.{level}.do", flow.mark, False)
            yield NeededText(f"{flow.id}.levels.{level}.time", flow.mark, False)


def _of_say(flow: Flow, say: Say) -> Iterator[NeededText]:
    picking = flow.ask(say.by) if say.by else None
    if picking is not None and isinstance(picking.kind, One):
        for option in picking.kind.options:
            yield NeededText(f"{say.key}.{option}", say.mark)
    else:
        yield NeededText(f"{say.key}.text", say.mark)
    if say.picture is not None:
        yield NeededText(f"{say.key}.picture", say.mark, everywhere=True)
    if say.button is not None:
        yield NeededText(f"{say.key}.button", say.mark)
    for link in say.links:
        yield from _of_link(link, say.key, say.mark)


def _of_link(link: Link, key: str, mark: Mark) -> Iterator[NeededText]:
    yield NeededText(f"{key}.links.{link.to}", mark, False)
    yield NeededText(f"{link.to}.link", mark, link.to != EMERGENCY)


def _of_ask(ask: Ask) -> Iterator[NeededText]:
    yield NeededText(f"{ask.key}.ask", ask.mark)
    for optional in ("help", "why", "invalid", "short"):
        yield NeededText(f"{ask.key}.{optional}", ask.mark, False)
    if ask.again:
        yield NeededText(f"{ask.key}.again", ask.mark)
        yield NeededText(f"{ask.key}.again_help", ask.mark, False)
    for link in ask.links:
        yield NeededText(f"{link.to}.link", ask.mark, link.to != EMERGENCY)
    if isinstance(ask.kind, One | Many):
        yield from _of_options(ask, ask.kind)


def _of_options(ask: Ask, kind: One | Many) -> Iterator[NeededText]:
    for option in kind.options:
        named = f"options.{kind.named}.{option}"
        yield NeededText(named if kind.named else f"{ask.key}.options.{option}", ask.mark)
        yield NeededText(f"{ask.key}.lines.{option}", ask.mark, False)
        if ask.again:
            yield NeededText(f"{ask.key}.again_options.{option}", ask.mark, False)
            yield NeededText(f"{ask.key}.again_lines.{option}", ask.mark, False)
    if isinstance(kind, One) and kind.none is not None:
        yield NeededText(f"{ask.key}.{kind.none}", ask.mark)


def _of_rule(rule: Rule) -> Iterator[NeededText]:
    yield NeededText(f"{rule.key}.why", rule.mark)
    # A crisis card has its own words; at any other level the person is told what to say.
    yield NeededText(f"{rule.key}.say", rule.mark, rule.level is not Level.CRISIS)

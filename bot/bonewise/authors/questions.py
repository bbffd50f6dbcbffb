"""The questions and flows as they are, so that somebody can prepare answers without the chat."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bonewise.authors.conditions import as_written
from bonewise.dialogue.wording import option_key
from bonewise.dialogue.world import World
from bonewise.flow.model import SKIPPED, Ask, Flow, Many, Number, One
from bonewise.i18n.markup import plain

Row = dict[str, Any]


def flow_rows(world: World, tag: str) -> Iterator[Row]:
    """Every flow with its kind and its title in this language."""
    for flow in world.flows.flows.values():
        key = next((key for key in (f"{flow.id}.title", f"{flow.id}.link") if world.catalog.has(tag, key)), None)
        yield {"id": flow.id, "kind": flow.kind, "title": _text(world, tag, key) if key else flow.id}


def question_rows(world: World, flow: Flow, tag: str) -> Iterator[Row]:
    """Every question of a flow in its order, those of its blocks included; `when` is None where it is always asked."""
    for ask in (step for step in flow.steps if isinstance(step, Ask)):
        yield {
            "id": ask.id,
            "kind": type(ask.kind).__name__.lower(),
            "text": _text(world, tag, f"{ask.key}.ask"),
            "help": _text(world, tag, f"{ask.key}.help") if world.catalog.has(tag, f"{ask.key}.help") else None,
            "options": [{"id": option, "text": _option(world, tag, ask, option)} for option in _options(ask)],
            "when": as_written(ask.when) if ask.when else None,
            **_range(ask),
        }


def _options(ask: Ask) -> tuple[str, ...]:
    listed = ask.kind.options if isinstance(ask.kind, One | Many) else ()
    return (*listed, *((SKIPPED,) if ask.skip else ()))


def _range(ask: Ask) -> Row:
    return {"min": ask.kind.min, "max": ask.kind.max} if isinstance(ask.kind, Number) else {}


def _option(world: World, tag: str, ask: Ask, option: str) -> str:
    """The whole line of a list of signs, where there is one: its button is too short to stand alone."""
    line = f"{ask.key}.lines.{option}"
    return _text(world, tag, line if world.catalog.has(tag, line) else option_key(ask, option))


def _text(world: World, tag: str, key: str) -> str:
    return plain(str(world.catalog.text(tag, key)))

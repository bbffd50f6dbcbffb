"""A condition as it stands in a flow's file."""

from __future__ import annotations

from typing import Any

from bonewise.flow import condition as c


def as_written(condition: c.Condition) -> dict[str, Any]:
    """The condition as the mapping that a flow's file would hold; names of a block's parts stand in full."""
    match condition:
        case c.Is(step, values):
            return {step: values[0] if len(values) == 1 else list(values)}
        case c.Between(step, low, high):
            return {step: _bounds(low, high)}
        case c.Has(step, which, options):
            return {step: {f"has_{which}": list(options)}}
        case c.Chosen(step, low, high):
            return {step: {"count": _bounds(low, high)}}
        case c.FactIs(fact):
            return {"fact": fact}
        case c.LevelBelow(level):
            return {"level": {"below": level}}
        case c.Person(which, traits):
            return {"person": {f"has_{which}": list(traits)}}
        case c.All(of):
            return {"all": [as_written(part) for part in of]}
        case c.Any(of):
            return {"any": [as_written(part) for part in of]}
        case c.Not(of_one):
            return {"not": as_written(of_one)}
        case c.Count(of, least):
            return {"count": {"of": [as_written(part) for part in of], "min": least}}


def _bounds(low: float | None, high: float | None) -> dict[str, float]:
    return {name: bound for name, bound in (("min", low), ("max", high)) if bound is not None}

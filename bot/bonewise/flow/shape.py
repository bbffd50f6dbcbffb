"""The shape of a flow: what it asks, when, and what comes of it, without its words.

Who reviews a flow reviews this shape. A flow whose shape has changed since counts as not reviewed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from bonewise.flow.model import Ask, Flow
from bonewise.strict_yaml import Mark

_NOWHERE = Mark("", 0, 0)


@lru_cache(256)
def shape(flow: Flow) -> str:
    """12 hex digits of a SHA-256 over questions, conditions, flags, cards and levels, wherever they stand in files."""
    return hashlib.sha256("\n".join(_parts(flow)).encode()).hexdigest()[:12]


def is_reviewed(flow: Flow) -> bool:
    """Whether the flow as it is now was reviewed."""
    return flow.reviewed is not None and flow.reviewed.shape == shape(flow)


def _parts(flow: Flow) -> Iterator[str]:
    for step in flow.steps:
        kept = replace(step, mark=_NOWHERE)
        again = sorted(step.again) if isinstance(step, Ask) else ()
        yield repr((replace(kept, again=frozenset()) if isinstance(kept, Ask) else kept, again))
    yield repr(sorted((name, repr(condition)) for name, condition in flow.facts.items()))
    for flag in flow.flags:
        yield repr((flag.id, [replace(rule, mark=_NOWHERE) for rule in flag.rules]))
    for card in flow.cards:
        yield repr(replace(card, mark=_NOWHERE))
    yield repr((flow.about, flow.fresh, flow.gates, flow.otherwise))

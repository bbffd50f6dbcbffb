"""P8: texts that name an answer which was perhaps not given."""

from __future__ import annotations

from collections.abc import Iterator

from bonewise.flow.condition import Condition
from bonewise.flow.model import Ask, Flow, One, Say
from bonewise.flow.walk import Walk
from bonewise.i18n.catalog import Catalog
from bonewise.i18n.tags import SOURCE
from bonewise.i18n.template import holes
from bonewise.proof.compiled import Compiled, Exclusive
from bonewise.proof.finding import Finding, Talk
from bonewise.proof.residual import Residual
from bonewise.proof.search import find_talk


def find_unanswered(flow: Flow, exclusive: Exclusive, catalog: Catalog) -> Iterator[Finding]:
    """Each text that names a question which some conversation has not asked by then, and that conversation.

    A question that comes after the text is found when its screen is drawn.
    """
    compiled = Compiled(flow, exclusive=exclusive)
    for place, step in enumerate(flow.steps):
        for key in _keys(flow, step) if isinstance(step, Ask | Say) else ():
            named = _holes(catalog, key)
            for ask in (other for other in flow.steps[:place] if isinstance(other, Ask) and other.id in named):
                talk = _unasked(compiled, step, ask) if ask.when is not None else None  # type: ignore[arg-type]
                if talk is not None:
                    what = f"`{key}` names the answer to `{ask.id}`, which is not asked here; take out {{{ask.id}}}"
                    yield Finding("P8", flow.id, step.id, catalog.mark(SOURCE, key), what, talk)


def _keys(flow: Flow, step: Ask | Say) -> list[str]:
    if isinstance(step, Ask):
        return [f"{step.key}.ask", f"{step.key}.again"] if step.again else [f"{step.key}.ask"]
    picking = flow.ask(step.by) if step.by else None
    options = picking.kind.options if picking is not None and isinstance(picking.kind, One) else ("text",)
    return [f"{step.key}.{option}" for option in options]


def _holes(catalog: Catalog, key: str) -> frozenset[str]:
    text = catalog.text(SOURCE, key) if catalog.has(SOURCE, key) else ""
    return holes(text) if isinstance(text, str) else frozenset()


def _unasked(compiled: Compiled, step: Ask | Say, ask: Ask) -> Talk | None:
    def happens(walk: Walk[Residual]) -> bool:
        shown = (walk.open, *walk.said)
        return any(one is not None and one.id == step.id for one in shown) and ask.id not in walk.asked

    return find_talk(compiled, _conditions(compiled, step, ask), happens)


def _conditions(compiled: Compiled, step: Ask | Say, ask: Ask) -> Iterator[Condition]:
    yield from (part.when for part in (step, ask) if part.when is not None)
    if isinstance(step, Say) and step.by is not None:
        yield compiled.plan.has_text[step.id]

"""All scenes of one language."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from bonewise.flow.model import Flow
from bonewise.proof.screens.bot import Bot
from bonewise.proof.screens.pages import page_scenes
from bonewise.proof.screens.questions import Questions
from bonewise.proof.screens.rehearsal import Scene
from bonewise.proof.screens.results import Results
from bonewise.proof.screens.stage import Stage


def scenes(stage: Stage, only: Collection[str] = ()) -> Iterator[Scene]:
    """Every screen, or those of `only` these flows."""
    for flow in stage.world.flows.flows.values():
        if not only or flow.id in only:
            yield from _of_flow(stage, flow)
    if not only:
        yield from Bot(stage).scenes()


def _of_flow(stage: Stage, flow: Flow) -> Iterator[Scene]:
    if flow.kind == "page":
        yield from page_scenes(stage, flow)
        return
    for about in flow.about:
        yield from Questions(stage, flow, about).scenes()
        if flow.kind == "check":
            yield from Results(stage, flow, about).scenes()

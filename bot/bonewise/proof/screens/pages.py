"""The screens of pages, to each kind of person to whom they look different."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from itertools import product

from bonewise.dialogue.pages import page_sources, show_page, show_sources
from bonewise.dialogue.person import Person
from bonewise.flow.model import Flow, Say
from bonewise.proof.on_the_way import name_of
from bonewise.proof.screens.rehearsal import Scene
from bonewise.proof.screens.stage import Stage

_LIST = 3  # messages for a list of sources


def page_scenes(stage: Stage, flow: Flow) -> Iterator[Scene]:
    """A page, and its sources."""
    says = [step for step in flow.steps if isinstance(step, Say)]
    if not says:
        return
    blank = Scene(flow.id, says[0].id, says[0].mark, "self", stage.person(), stage.now, partial(show_page, flow=flow),
                  name_of(says[0]))  # fmt: skip
    for person in _people(stage, says):
        yield replace(blank, person=person)
    if ids := page_sources(flow):
        yield replace(blank, at="sources", play=partial(show_sources, ids=ids), messages=_LIST)


def _people(stage: Stage, says: list[Say]) -> Iterator[Person]:
    if all(say.when is None and all(link.when is None for link in say.links) for say in says):
        yield stage.person()
        return
    for channel, consent, adult, messages in product(
        ("telegram", "web"), (None, "2028-01-01"), (None, True, False), (True, False)
    ):
        yield stage.person(channel=channel, consent=consent, adult=adult, messages=messages)

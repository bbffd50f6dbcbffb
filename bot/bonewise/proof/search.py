"""Looking for one conversation in which something happens."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from bonewise.flow.condition import Condition
from bonewise.flow.walk import Walk
from bonewise.proof.compiled import Compiled
from bonewise.proof.explore import Explorer
from bonewise.proof.finding import Talk
from bonewise.proof.keys import Keys
from bonewise.proof.residual import Residual

Wanted = Callable[[Walk[Residual]], bool]


class _Found(Exception):  # noqa: N818
    """The conversation is found."""

    def __init__(self, talk: Talk) -> None:
        self.talk = talk
        super().__init__()


def find_talk(
    compiled: Compiled,
    decided_by: Iterable[Condition],
    happens: Wanted,
    possible: Wanted = lambda walk: True,
    *,
    deepest_first: bool = False,
) -> Talk | None:
    """A conversation at whose end it `happens`: the shortest, unless `deepest_first`, which is found sooner.

    States are told apart by what is left of the conditions that it is `decided_by`; states from which it is not
    `possible` are not gone on from. Raises `TooManyStatesError`.
    """
    places = tuple(compiled.place[id(condition)] for condition in decided_by)

    def see(_before: Walk[Residual] | None, walk: Walk[Residual], traits: frozenset[str]) -> None:
        if happens(walk):
            raise _Found(Talk(walk.answers, traits))

    keys = Keys(compiled, watch=places)
    try:
        Explorer(compiled, keys, see, possible, deepest_first=deepest_first).explore()
    except _Found as found:
        return found.talk
    return None

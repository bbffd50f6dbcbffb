"""The names that a flow can use of what stands elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bonewise.flow.faults import Faults
from bonewise.flow.fields import Fields
from bonewise.flow.grammar import SOURCE
from bonewise.flow.model import EMERGENCY
from bonewise.strict_yaml import Mark, Node


@dataclass(frozen=True, slots=True)
class Names:
    """`actions`: for each action its arguments and their types, a `?` behind those that can be left out."""

    flows: frozenset[str]
    blocks: Mapping[str, Node]
    options: Mapping[str, tuple[str, ...]]
    sources: frozenset[str]
    actions: Mapping[str, Mapping[str, str]]
    providers: frozenset[str]
    traits: frozenset[str]
    directories: Sequence[Path]

    @property
    def targets(self) -> frozenset[str]:
        """What a link can open."""
        return self.flows | {EMERGENCY}


def check_known(mark: Mark, what: str, name: str, known: Iterable[str], faults: Faults) -> None:
    """Note a fault if the name is not known."""
    known = frozenset(known)
    if name and name not in known:
        faults.unknown(mark, what, name, known)


def read_sources(fields: Fields, names: Names) -> tuple[str, ...]:
    """The ids under `source` or `sources`."""
    if "source" in fields and "sources" in fields:
        fields.faults.add(fields.key_mark("sources"), "write `source` or `sources`, not both")
    found = (*fields.words("source", SOURCE), *fields.words("sources", SOURCE))
    for source in found:
        check_known(source.mark, "source", source.text, names.sources, fields.faults)
    return tuple(source.text for source in found)

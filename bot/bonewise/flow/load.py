"""Loads flow files. All faults of all files are found in one go.

FlowError
└── diagnostics   file:line:column and what to do, sorted by place
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from bonewise.flow.faults import Faults
from bonewise.flow.faults import FlowError as FlowError
from bonewise.flow.fields import Fields
from bonewise.flow.grammar import BLOCK
from bonewise.flow.load_books import read_follow_ups, read_options, read_sources
from bonewise.flow.load_files import Library, read_files
from bonewise.flow.load_flow import read_flow
from bonewise.flow.load_names import Names
from bonewise.flow.load_tips import read_tips
from bonewise.flow.model import Flows as Flows
from bonewise.strict_yaml import Node, load


def load_flows(
    directories: Sequence[Path],
    *,
    actions: Mapping[str, Mapping[str, str]],
    providers: frozenset[str],
    traits: frozenset[str],
) -> Flows:
    """Load every flow below the directories; a later directory's flow replaces an earlier one's of the same id.

    `actions` are what `do` can name: for each its arguments and their types (text, many, number, date, time, flag;
    a `?` behind marks one that can be left out). `providers` are what `one: {from: …}` can name, `traits` what
    `person` can ask for. Raises `FlowError`.
    """
    faults = Faults()
    library = read_files(directories, faults)
    options, sources = read_options(library.options, faults), read_sources(library.sources, faults)
    flow_ids, source_ids = frozenset(library.flow), frozenset(sources)
    names = Names(flow_ids, library.block, options, source_ids, actions, providers, traits, directories)
    flows = {name: read_flow(node, names, faults) for name, node in sorted(library.flow.items())}
    _check_blocks(library, names, faults)
    follow_ups = read_follow_ups(library.levels, faults)
    tips = read_tips(library.tips, flows, names, faults)
    faults.raise_if_any()
    return Flows(flows, options, sources, follow_ups, tips)


def _check_blocks(library: Library, names: Names, faults: Faults) -> None:
    """Check each block by itself, so that its faults show even while no flow uses it."""
    for name, node in library.block.items():
        Fields(node, BLOCK, "a block", faults)
        if name in library.flow:
            faults.add(node.mark, f"`{name}` is the name of a flow and of a block, and their texts would clash")
        read_flow(_only(name, node), names, faults)


def _only(block: str, node: Node) -> Node:
    text = f"{{flow: {block}, version: 1, kind: check, otherwise: self_care, steps: [use: {block}]}}"
    return load(text, file=node.mark.file)

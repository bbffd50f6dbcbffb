"""The links of a page or question."""

from __future__ import annotations

from collections.abc import Iterator

from bonewise.flow import condition as c
from bonewise.flow.fields import Fields, word
from bonewise.flow.grammar import LINK, STYLES
from bonewise.flow.load_conditions import Conditions, Context
from bonewise.flow.load_names import Names, check_known
from bonewise.flow.model import Link
from bonewise.strict_yaml import Mapping as MappingNode
from bonewise.strict_yaml import Node


def read_links(fields: Fields, names: Names, conditions: Conditions) -> tuple[Link, ...]:
    """The links under `links`; each stands once."""
    links: dict[str, Link] = {}
    for node in fields.list("links"):
        for link in _link(node, fields, names, conditions):
            if link.to in links:
                fields.faults.add(node.mark, f"a second link to `{link.to}`")
            links[link.to] = link
    return tuple(links.values())


def _link(node: Node, fields: Fields, names: Names, conditions: Conditions) -> Iterator[Link]:
    if not isinstance(node, MappingNode):
        found = word(node, "a link", fields.faults)
        if found is not None:
            check_known(found.mark, "flow", found.text, names.targets, fields.faults)
            yield Link(found.text)
        return
    link = Fields(node, LINK, "a link", fields.faults)
    to = link.word("to")
    if to is not None:
        check_known(to.mark, "flow", to.text, names.targets, fields.faults)
        yield Link(to.text, link.choice("style", STYLES) or "plain", _when(link, conditions))


def _when(link: Fields, conditions: Conditions) -> c.Condition | None:
    node = link.node("when")
    if node is None:
        return None
    condition = conditions.read(node, Context())
    if condition is not None and any(not isinstance(leaf, c.Person) for leaf in c.leaves(condition, {})):
        link.faults.add(node.mark, "a link stays valid for ever, so its `when` can ask for `person` only")
    return condition

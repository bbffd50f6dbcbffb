"""Changing one place of a YAML tree, which stays as it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeAlias

from bonewise.strict_yaml import Item, Mapping, Mark, Node, Scalar, Sequence

Path: TypeAlias = tuple[str | int, ...]
"""Where a node stands: keys of mappings and places in sequences, from the root down."""


def walk(node: Node, path: Path = ()) -> Iterator[tuple[Path, Node]]:
    """Every node with its path, in the order of the file."""
    yield path, node
    if isinstance(node, Mapping):
        for item in node:
            yield from walk(item.value, (*path, item.key))
    elif isinstance(node, Sequence):
        for place, inner in enumerate(node):
            yield from walk(inner, (*path, place))


def at(node: Node, path: Path) -> Node:
    """The node at a path. Raises `KeyError` and `IndexError`."""
    for step in path:
        if isinstance(node, Mapping):
            inner = node.get(str(step))
            if inner is None:
                raise KeyError(step)
            node = inner
        elif isinstance(node, Sequence) and isinstance(step, int):
            node = node.items[step]
        else:
            raise KeyError(step)
    return node


def changed(node: Node, path: Path, new: Node | None) -> Node:
    """The tree with another node at a path, or with none; a key that is not there yet comes last."""
    step, rest = path[0], path[1:]
    if isinstance(node, Sequence) and isinstance(step, int):
        inner = changed(node.items[step], rest, new) if rest else new
        put = () if inner is None else (inner,)
        return replace(node, items=(*node.items[:step], *put, *node.items[step + 1 :]))
    assert isinstance(node, Mapping)
    key = str(step)
    old = node.get(key)
    inner = changed(old, rest, new) if rest and old is not None else new
    if inner is None:
        return replace(node, items=tuple(item for item in node if item.key != key))
    if old is None:
        return replace(node, items=(*node.items, Item(key, node.mark, inner)))
    return replace(node, items=tuple(item._replace(value=inner) if item.key == key else item for item in node))


def renamed(node: Node, path: Path, key: str) -> Node:
    """The tree with another key for the last step of a path."""
    mapping = at(node, path[:-1])
    assert isinstance(mapping, Mapping)
    items = tuple(item._replace(key=key) if item.key == path[-1] else item for item in mapping)
    new = replace(mapping, items=items)
    return changed(node, path[:-1], new) if path[:-1] else new


def scalar(value: str | int | bool, mark: Mark) -> Scalar:
    """A scalar that stands there."""
    return Scalar(mark, value)


def words(node: Node | None) -> tuple[str, ...]:
    """A word or a list of words."""
    if isinstance(node, Sequence):
        return tuple(str(inner.value) for inner in node if isinstance(inner, Scalar))
    return (str(node.value),) if isinstance(node, Scalar) else ()

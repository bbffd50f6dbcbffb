"""Which file holds what, and which of several directories has the last word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bonewise.flow.faults import Faults
from bonewise.flow.fields import Word, entries, listed, word
from bonewise.flow.grammar import RESERVED_FLOWS
from bonewise.flow.load_books import check_levels, level_items
from bonewise.strict_yaml import Diagnostic, Item, Mapping, Mark, Node, StrictYamlError, load

_ONE_EACH = ("flow", "block")
_BOOKS = ("options", "sources", "levels", "tips")
_ELSEWHERE = frozenset({"countries.yml", "topics.yml"})
"""Files among the flows that other rooms read."""


@dataclass
class Library:
    """What the files hold, by id and unread."""

    flow: dict[str, Node] = field(default_factory=dict)
    block: dict[str, Node] = field(default_factory=dict)
    options: dict[str, Item] = field(default_factory=dict)
    sources: dict[str, Item] = field(default_factory=dict)
    levels: dict[str, Item] = field(default_factory=dict)
    tips: dict[str, Item] = field(default_factory=dict)


def read_files(directories: Sequence[Path], faults: Faults) -> Library:
    """Everything in these directories and below; what a later one names replaces the same of an earlier one."""
    library = Library()
    for directory in directories:
        _overlay(library, _read_directory(directory, faults))
    return library


def _overlay(library: Library, other: Library) -> None:
    for shelf in (*_ONE_EACH, *_BOOKS):
        getattr(library, shelf).update(getattr(other, shelf))


def _read_directory(directory: Path, faults: Faults) -> Library:
    library = Library()
    if not directory.is_dir():
        faults.add(Mark(directory.as_posix(), 1, 1), "no such directory of flows")
    for path in sorted(directory.rglob("*.yml")):
        for node in _load(path, faults):
            _shelve(library, node, faults)
    return library


def _load(path: Path, faults: Faults) -> Iterator[Node]:
    if path.name in _ELSEWHERE:
        return
    try:
        yield load(path)
    except StrictYamlError as error:
        faults.found.extend(error.diagnostics)
    except OSError as error:
        faults.found.append(Diagnostic(Mark(path.as_posix(), 1, 1), f"cannot be read: {error.strerror}"))


def _shelve(library: Library, node: Node, faults: Faults) -> None:
    keys = [item.key for item in node] if isinstance(node, Mapping) else []
    present = [shelf for shelf in (*_ONE_EACH, *_BOOKS) if shelf in keys]
    if not isinstance(node, Mapping) or len(present) != 1:
        faults.add(node.mark, f"a file has one of {listed((*_ONE_EACH, *_BOOKS))} at its top")
    elif present[0] in _ONE_EACH:
        _shelve_one(library, present[0], node, faults)
    else:
        _shelve_book(library, present[0], node, faults)


def _shelve_one(library: Library, shelf: str, node: Mapping, faults: Faults) -> None:
    value = node.get(shelf)
    name = value and word(value, f"`{shelf}`", faults)
    if not isinstance(name, Word):
        return
    if name.text in RESERVED_FLOWS:
        faults.add(name.mark, f"no {shelf} can be called `{name.text}`: other texts stand under that name")
    if name.text in {**library.flow, **library.block}:
        faults.add(name.mark, f"a second flow or block `{name.text}`")
    getattr(library, shelf)[name.text] = node


def _shelve_book(library: Library, shelf: str, node: Mapping, faults: Faults) -> None:
    for item in node:
        if item.key != shelf:
            faults.unknown(item.mark, f"key beside `{shelf}`", item.key, (shelf,))
    if shelf == "levels":
        check_levels(node.get(shelf) or node, faults)
    book, value = getattr(library, shelf), node.get(shelf) or node
    for item in level_items(value, faults) if shelf == "levels" else entries(value, f"`{shelf}`", faults):
        if item.key in book:
            faults.add(item.mark, f"`{item.key}` stands in two files")
        book[item.key] = item

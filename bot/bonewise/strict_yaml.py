"""One strict loader of YAML for flows and locales, in which every node knows where it stands.

A plain scalar is null (`null`, `~` or empty), `true`, `false`, a decimal integer, a decimal fraction, or else text:
`no` is a language and an answer here, `12:30` a time and `010` three characters. Keys are always text.
What could mean two things, or hide one, is an error: duplicate keys, anchors, aliases, tags, a second document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import yaml

MOST_BYTES = 1 << 20
DEEPEST = 40

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULL = frozenset({"", "~", "null"})
_BOOLEAN = {"true": True, "false": False}
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]{0,15})")
_FRACTION = re.compile(r"[-+]?(0|[1-9][0-9]{0,15})\.[0-9]{1,17}")
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Mark(NamedTuple):
    """Where something stands in a file; line and column start at 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class Diagnostic(NamedTuple):
    """One fault of a file: where, and what is wrong."""

    mark: Mark
    message: str

    def __str__(self) -> str:
        return f"{self.mark}: {self.message}"


class StrictYamlError(Exception):
    """A file is not YAML of the strict kind; all faults that were found, in order of place."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(sorted(diagnostics))
        super().__init__("\n".join(map(str, self.diagnostics)))


@dataclass(frozen=True, slots=True)
class Scalar:
    """Text, a number, true, false or null."""

    mark: Mark
    value: str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list of nodes."""

    mark: Mark
    items: tuple[Node, ...]

    def __iter__(self) -> Iterator[Node]:
        return iter(self.items)


class Item(NamedTuple):
    """A key of a mapping, where the key stands, and its value."""

    key: str
    mark: Mark
    value: Node


@dataclass(frozen=True, slots=True)
class Mapping:
    """Items in the order of the file, no key twice."""

    mark: Mark
    items: tuple[Item, ...]

    def __iter__(self) -> Iterator[Item]:
        return iter(self.items)

    def get(self, key: str) -> Node | None:
        """The value of this key, or None if it is absent."""
        return next((item.value for item in self.items if item.key == key), None)


Node: TypeAlias = Scalar | Sequence | Mapping


def load(source: Path | str, *, file: str | None = None) -> Node:
    """Read a file (a `Path`) or a text (a `str`); `file` is the name that marks carry.

    Raises `StrictYamlError`, and `OSError` if the file cannot be read.
    """
    if isinstance(source, Path):
        name = file or source.as_posix()
        text = _decode(source.read_bytes(), name)
    else:
        name = file or "<text>"
        text = source
    _check_characters(text, name)
    return _Reader(text, name).document()


def plain(node: Node) -> object:
    """The node as dict, list, str, int, float, bool and None."""
    if isinstance(node, Mapping):
        return {item.key: plain(item.value) for item in node}
    if isinstance(node, Sequence):
        return [plain(item) for item in node]
    return node.value


def _decode(raw: bytes, file: str) -> str:
    _check_size(len(raw), file)
    try:
        return raw.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        mark = _mark_at(raw[: error.start].decode("utf-8"), file)
        raise StrictYamlError([Diagnostic(mark, "not UTF-8; save the file as UTF-8")]) from None


def _check_size(size: int, file: str) -> None:
    if size > MOST_BYTES:
        message = f"the file has {size} bytes; at most {MOST_BYTES} are read: split it"
        raise StrictYamlError([Diagnostic(Mark(file, 1, 1), message)])


def _check_characters(text: str, file: str) -> None:
    _check_size(len(text.encode("utf-8", "surrogatepass")), file)
    if bad := _UNPRINTABLE.search(text):
        message = f"the character U+{ord(bad[0]):04X} may not stand in YAML"
        raise StrictYamlError([Diagnostic(_mark_at(text[: bad.start()], file), message)])


def _mark_at(before: str, file: str) -> Mark:
    lines = before.split("\n")
    return Mark(file, len(lines), len(lines[-1]) + 1)


def _resolve(event: Any) -> str | int | float | bool | None:
    text: str = event.value
    if not event.implicit[0]:  # quoted, or a block of lines
        return text
    if text in _NULL:
        return None
    if text in _BOOLEAN:
        return _BOOLEAN[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    return float(text) if _FRACTION.fullmatch(text) else text


@dataclass
class _Reader:
    """Builds nodes from the events of PyYAML's parser, which keeps to syntax and resolves nothing."""

    text: str
    file: str
    faults: list[Diagnostic] = field(default_factory=list)

    def document(self) -> Node:
        try:
            root = self._read_all()
        except yaml.MarkedYAMLError as error:
            where = self._mark(error.problem_mark or error.context_mark)
            self.faults.append(Diagnostic(where, error.problem or error.context or "not YAML"))
        if self.faults:
            raise StrictYamlError(self.faults)
        return root

    def _read_all(self) -> Node:
        self.events: Iterator[yaml.Event] = yaml.parse(self.text, Loader=_Loader)
        root: Node | None = None
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent) and root is not None:
                self._fault(event, "a second document; one file holds one document")
                return root
            if isinstance(event, yaml.NodeEvent):
                root = self._node(event, 1)
        return root or self._empty()

    def _empty(self) -> Node:
        self.faults.append(Diagnostic(Mark(self.file, 1, 1), "the file is empty"))
        return Scalar(Mark(self.file, 1, 1), None)

    def _node(self, event: yaml.Event, depth: int) -> Node:
        if depth > DEEPEST:
            raise StrictYamlError([Diagnostic(self._mark(event.start_mark), f"nested deeper than {DEEPEST} levels")])
        if isinstance(event, yaml.AliasEvent):
            self._fault(event, f"the alias `*{event.anchor}`; write the value out")
            return Scalar(self._mark(event.start_mark), None)
        self._check_plainness(event)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(event, depth)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(event, depth)
        return Scalar(self._mark(event.start_mark), _resolve(event))

    def _check_plainness(self, event: yaml.Event) -> None:
        if anchor := getattr(event, "anchor", None):
            self._fault(event, f"the anchor `&{anchor}`; write the value out where it is needed")
        if tag := getattr(event, "tag", None):
            self._fault(event, f"the tag `{tag}`; values have no tags here")

    def _sequence(self, event: yaml.SequenceStartEvent, depth: int) -> Sequence:
        items = []
        while not isinstance(inner := next(self.events), yaml.SequenceEndEvent):
            items.append(self._node(inner, depth + 1))
        return Sequence(self._mark(event.start_mark), tuple(items))

    def _mapping(self, event: yaml.MappingStartEvent, depth: int) -> Mapping:
        items: dict[str, Item] = {}
        while not isinstance(inner := next(self.events), yaml.MappingEndEvent):
            key, mark = self._key(inner, depth + 1)
            value = self._node(next(self.events), depth + 1)
            if key in items:
                self._fault(inner, f"the key `{key}` stands twice, first at line {items[key].mark.line}")
            else:
                items[key] = Item(key, mark, value)
        return Mapping(self._mark(event.start_mark), tuple(items.values()))

    def _key(self, event: yaml.Event, depth: int) -> tuple[str, Mark]:
        mark = self._mark(event.start_mark)
        if isinstance(event, yaml.ScalarEvent):
            self._check_plainness(event)
            return event.value, mark
        self._node(event, depth)
        self.faults.append(Diagnostic(mark, "a key must be text"))
        return f"\0{mark}", mark

    def _fault(self, event: yaml.Event, message: str) -> None:
        self.faults.append(Diagnostic(self._mark(event.start_mark), message))

    def _mark(self, mark: Any) -> Mark:
        return Mark(self.file, mark.line + 1, mark.column + 1) if mark else Mark(self.file, 1, 1)

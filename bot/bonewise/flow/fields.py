"""Typed reading of one mapping: every key is known, what must be there is there, and each value has its type."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from bonewise.flow.faults import Faults
from bonewise.flow.grammar import ADDRESS, DAY, DURATION, ID, MOMENT, MORNING, PICTURE, Keys
from bonewise.strict_yaml import Item, Mapping, Mark, Node, Scalar, Sequence

_SECONDS = {"m": 60, "h": 3600, "d": 86400}


class Word(NamedTuple):
    """A text and where it stands."""

    text: str
    mark: Mark


class Fields:
    """The keys of one mapping. What is wrong becomes a fault, and reads as absent."""

    def __init__(self, node: Node, keys: Keys, what: str, faults: Faults) -> None:
        self.mark = node.mark
        self.faults = faults
        self._items: dict[str, Item] = {}
        if not isinstance(node, Mapping):
            faults.add(node.mark, f"{what} is a mapping with the keys {listed(keys)}")
            return
        self._items = {item.key: item for item in node}
        for item in node:
            if item.key not in keys:
                faults.unknown(item.mark, f"key of {what}", item.key, keys)
        for key in (key for key, shape in keys.items() if shape.required and key not in self._items):
            faults.add(node.mark, f"{what} needs the key `{key}`")

    def __contains__(self, key: str) -> bool:
        return key in self._items

    def node(self, key: str) -> Node | None:
        """What stands under a key."""
        return self._items[key].value if key in self._items else None

    def key_mark(self, key: str) -> Mark:
        """Where a key stands, or the mapping itself if it is absent."""
        return self._items[key].mark if key in self._items else self.mark

    def word(self, key: str, form: re.Pattern[str] = ID) -> Word | None:
        """A text in this form."""
        node = self.node(key)
        return None if node is None else word(node, f"`{key}`", self.faults, form)

    def id(self, key: str, form: re.Pattern[str] = ID) -> str:
        """A text in this form, or "" if it is absent or wrong."""
        found = self.word(key, form)
        return found.text if found else ""

    def words(self, key: str, form: re.Pattern[str] = ID) -> tuple[Word, ...]:
        """One text in this form, or a list of them."""
        node = self.node(key)
        return () if node is None else words(node, f"`{key}`", self.faults, form)

    def sentence(self, key: str) -> str:
        """Any text but an empty one."""
        return self.id(key, re.compile(r"(?s).*\S.*"))

    def choice(self, key: str, known: Collection[str]) -> str | None:
        """One of these texts."""
        found = self.word(key, re.compile(r"(?s).*"))
        if found is None or found.text in known:
            return found.text if found else None
        self.faults.unknown(found.mark, f"`{key}`", found.text, known)
        return None

    def flag(self, key: str) -> bool:
        """True or false; false if absent."""
        value = self._scalar(key, bool, "true or false")
        return value is True

    def whole(self, key: str, least: int = 1) -> int | None:
        """A whole number, at least `least`."""
        value = self._scalar(key, int, f"a whole number from {least} on")
        if isinstance(value, int) and value < least:
            self.faults.add(self._items[key].value.mark, f"`{key}` must be a whole number from {least} on")
            return None
        return value if isinstance(value, int) else None

    def number(self, key: str) -> float | None:
        """A number, whole or not."""
        value = self._scalar(key, int | float, "a number")
        return value if isinstance(value, int | float) else None

    def seconds(self, key: str) -> int | None:
        """A time such as 6h: minutes, hours or days."""
        found = self.word(key, DURATION)
        return seconds(found.text) if found else None

    def day(self, key: str) -> str | None:
        """A day, YYYY-MM-DD."""
        return self.id(key, DAY) or None

    def address(self, key: str) -> str | None:
        """A web address."""
        return self.id(key, ADDRESS) or None

    def items(self, key: str) -> Iterator[Item]:
        """The items of the mapping under a key; none if it is absent."""
        node = self.node(key)
        return iter(()) if node is None else entries(node, f"`{key}`", self.faults)

    def list(self, key: str) -> Iterator[Node]:
        """The nodes of the list under a key; none if it is absent."""
        node = self.node(key)
        if node is not None and not (isinstance(node, Sequence) and node.items):
            self.faults.add(node.mark, f"`{key}` is a list of one or more")
        return iter(node) if isinstance(node, Sequence) else iter(())

    def _scalar(self, key: str, kind: object, called: str) -> object:
        node = self.node(key)
        if node is None:
            return None
        value = node.value if isinstance(node, Scalar) else None
        wanted_bool = kind is bool
        if isinstance(value, bool) != wanted_bool or not isinstance(value, kind):  # type: ignore[arg-type]
            self.faults.add(node.mark, f"`{key}` must be {called}")
            return None
        return value


def seconds(duration: str) -> int:
    """A text in the form `DURATION`, in seconds."""
    return int(duration[:-1]) * _SECONDS[duration[-1]]


def entries(node: Node, what: str, faults: Faults) -> Iterator[Item]:
    """The items of a mapping; a fault and none if it is not one."""
    if isinstance(node, Mapping):
        return iter(node)
    faults.add(node.mark, f"{what} is a mapping")
    return iter(())


def word(node: Node, what: str, faults: Faults, form: re.Pattern[str] = ID) -> Word | None:
    """A text in this form, or a fault."""
    value = node.value if isinstance(node, Scalar) else None
    if isinstance(value, str) and form.fullmatch(value):
        return Word(value, node.mark)
    meant = str(value).lower() if isinstance(value, bool) else str(value)
    if value is None:
        faults.add(node.mark, f"{what} must be text")
    elif not isinstance(value, str) and form.fullmatch(meant):
        faults.add(node.mark, f'{what} must be text; write it in quotes: "{meant}"')
    else:
        faults.add(node.mark, f"{what} cannot be `{meant}`{_FORMS.get(form.pattern, '')}")
    return None


def words(node: Node, what: str, faults: Faults, form: re.Pattern[str] = ID) -> tuple[Word, ...]:
    """One text in this form or a list of them, none of them twice."""
    found = [word(n, what, faults, form) for n in (node if isinstance(node, Sequence) else (node,))]
    if not found:
        faults.add(node.mark, f"{what} is empty")
    seen: dict[str, Word] = {}
    for one in found:
        if one is not None and one.text in seen:
            faults.add(one.mark, f"`{one.text}` stands twice in {what}")
        elif one is not None:
            seen[one.text] = one
    return tuple(seen.values())


def listed(names: Collection[str]) -> str:
    """Names as they stand in a message."""
    return ", ".join(f"`{name}`" for name in names)


_FORMS = {
    ID.pattern: ": at most 32 small letters, digits and _, a letter first",
    DURATION.pattern: ": a whole number with m, h or d, such as 6h",
    MOMENT.pattern: f": a whole number with m, h or d, such as 6h, or {MORNING}",
    DAY.pattern: ": a day is YYYY-MM-DD",
    PICTURE.pattern: ": small letters, digits, _ and -, and .png, .jpg or .webp",
    ADDRESS.pattern: ": an address begins with https://",
}

"""What all flows share: sets of options, sources and levels."""

from __future__ import annotations

from bonewise.flow.faults import Faults
from bonewise.flow.fields import Fields, entries, words
from bonewise.flow.grammar import ID, LEVELS, OPTION, SOURCE, SOURCE_ENTRY
from bonewise.flow.model import SKIPPED, Level, Source
from bonewise.strict_yaml import Item, Mapping, Node, Sequence, plain


def read_options(items: dict[str, Item], faults: Faults) -> dict[str, tuple[str, ...]]:
    """The named sets of options, each worst first."""
    sets: dict[str, tuple[str, ...]] = {}
    for item in items.values():
        options = tuple(option.text for option in words(item.value, f"`{item.key}`", faults, OPTION))
        if ID.fullmatch(item.key) is None:
            faults.add(item.mark, f"a set of options cannot be called `{item.key}`")
        if len(options) < 2 or SKIPPED in options:
            faults.add(item.mark, f"a set of options has two or more, none of them `{SKIPPED}`")
        sets[item.key] = options
    return sets


def read_sources(items: dict[str, Item], faults: Faults) -> dict[str, Source]:
    """The sources by id."""
    return {item.key: _source(item, faults) for item in items.values()}


def _source(item: Item, faults: Faults) -> Source:
    fields = Fields(item.value, SOURCE_ENTRY, f"the source `{item.key}`", faults)
    if SOURCE.fullmatch(item.key) is None:
        faults.add(item.mark, f"a source cannot be called `{item.key}`: small letters, digits and -")
    return Source(
        id=item.key,
        title=fields.sentence("title"),
        publisher=fields.sentence("publisher"),
        mark=item.mark,
        year=fields.whole("year"),
        address=fields.address("address"),
        looked_at=fields.day("looked"),
    )


def check_levels(node: Node, faults: Faults) -> None:
    """Check that a file names the six levels, most urgent first."""
    if tuple(item.key for item in level_items(node, faults)) != LEVELS:
        faults.add(node.mark, f"the levels are, in this order: {', '.join(LEVELS)}")


def level_items(node: Node, faults: Faults) -> tuple[Item, ...]:
    """The levels that a file names: a list of ids, or a mapping of ids to data."""
    if isinstance(node, Sequence):
        named = words(node, "`levels`", faults)
        return tuple(Item(level.text, level.mark, Mapping(level.mark, ())) for level in named)
    return tuple(entries(node, "`levels`", faults))


def read_levels(items: dict[str, Item], faults: Faults) -> dict[Level, dict[str, object]]:
    """Each level's data, most urgent first."""
    return {level: _data(items.get(level), faults) for level in Level}


def _data(item: Item | None, faults: Faults) -> dict[str, object]:
    if item is None:
        return {}
    return {part.key: plain(part.value) for part in entries(item.value, f"`{item.key}`", faults)}

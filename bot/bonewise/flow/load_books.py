"""What all flows share: sets of options, sources and levels."""

from __future__ import annotations

from bonewise.flow.faults import Faults
from bonewise.flow.fields import Fields, Word, entries, seconds, words
from bonewise.flow.grammar import FOLLOW_UP, ID, LEVEL, LEVELS, MOMENT, MORNING, OPTION, ORIGINS, SOURCE, SOURCE_ENTRY
from bonewise.flow.model import SKIPPED, FollowUp, Level, Source
from bonewise.strict_yaml import Item, Mapping, Node, Sequence


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


def read_follow_ups(items: dict[str, Item], faults: Faults) -> dict[Level, FollowUp]:
    """When it is asked how it went, of the levels after which it is."""
    read = {level: _follow_up(items[level], faults) for level in Level if level in items}
    return {level: found for level, found in read.items() if found is not None}


def _follow_up(item: Item, faults: Faults) -> FollowUp | None:
    node = Fields(item.value, LEVEL, f"`{item.key}`", faults).node("follow_up")
    if node is None:
        return None
    fields = Fields(node, FOLLOW_UP, "`follow_up`", faults)
    origin, moments = fields.choice("from", ORIGINS), fields.words("after", MOMENT)
    return FollowUp(origin, tuple(map(_seconds, moments))) if origin else None


def _seconds(moment: Word) -> int | None:
    return None if moment.text == MORNING else seconds(moment.text)

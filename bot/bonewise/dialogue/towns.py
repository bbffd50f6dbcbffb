"""A typed town as a time zone, by the names that CLDR and the IANA database have for zones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from bonewise.dialogue.folding import fold
from bonewise.dialogue.speaker import Speaker
from bonewise.dialogue.traits import zone_of
from bonewise.i18n import format as formats
from bonewise.i18n.tags import SOURCE
from bonewise.scheduling.zones import all_zones, are_alike, country_of


def zone_of_town(speaker: Speaker, typed: str) -> str | None:
    """The zone of a town, in the reader's language or English, or by its IANA name; None where it is not sure which.

    A town of the person's own country is meant first. Before they have a clock it is the only one that counts: there
    are places of the same name elsewhere, and nothing asks whether that one was meant.
    """
    found = {zone for tag in (speaker.tag, SOURCE) for zone in _named(tag).get(fold(typed), ())}
    country = speaker.person.country
    own = {zone for zone in found if country_of(zone) == country}
    if not own and country is not None and zone_of(speaker.person) is None:
        return None
    meant = sorted(own or found)
    return meant[0] if meant and are_alike(meant) else None


@cache
def _named(tag: str) -> dict[str, tuple[str, ...]]:
    """Each name with the zones that have it."""
    named: dict[str, set[str]] = defaultdict(set)
    for zone in all_zones():
        for name in _names(zone, tag):
            named[fold(name)].add(zone)
    return {name: tuple(sorted(zones)) for name, zones in named.items()}


def _names(zone: str, tag: str) -> Iterator[str]:
    yield formats.city(zone, tag)
    for name in (zone, *formats.older_names(zone)):
        yield name
        yield name.rpartition("/")[2].replace("_", " ")

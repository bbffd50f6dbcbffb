"""A typed town is a time zone where it is sure which, and nothing where it is not."""

from __future__ import annotations

import pytest

from bonewise.dialogue.person import Person
from bonewise.dialogue.speaker import Speaker
from bonewise.dialogue.towns import zone_of_town
from bonewise.scheduling.zones import all_zones
from tests.dialogue.conversation import WEDNESDAY, WORLD


def found(typed: str, tag: str = "en", country: str | None = None, zone: str | None = None) -> str | None:
    return zone_of_town(Speaker(WORLD, Person("p", "web", country=country, zone=zone), tag, WEDNESDAY), typed)


@pytest.mark.parametrize(
    ("typed", "tag", "zone"),
    [
        ("London", "en", "Europe/London"),
        (" são paulo! ", "en", "America/Sao_Paulo"),
        ("Londres", "es", "Europe/London"),
        ("london", "es", "Europe/London"),
        ("ciudad de mexico", "es", "America/Mexico_City"),
        ("Nueva York", "es", "America/New_York"),
        ("calcuta", "es", "Asia/Kolkata"),
        ("Calcutta", "en", "Asia/Kolkata"),
        ("kiev", "en", "Europe/Kyiv"),
        ("America/New_York", "en", "America/New_York"),
        ("buenos aires", "en", "America/Argentina/Buenos_Aires"),
    ],
)
def test_a_town_is_known_in_the_readers_language_and_in_english(typed: str, tag: str, zone: str) -> None:
    assert found(typed, tag) == zone


@pytest.mark.parametrize("typed", ["", "Springfield", "London or Paris", "Europe", "9", "yes", "x" * 5000])
def test_what_is_no_known_town_is_none(typed: str) -> None:
    assert found(typed) is None


def test_before_there_is_a_clock_only_towns_of_the_own_country_count() -> None:
    assert found("San Juan", country="US") is None
    assert found("Los Angeles", country="US") == "America/Los_Angeles"


def test_who_has_a_clock_can_be_elsewhere() -> None:
    assert found("Paris", country="US", zone="America/New_York") == "Europe/Paris"
    assert found("Paris", country="GB") == "Europe/Paris"


@pytest.mark.parametrize("tag", ["en", "es"])
def test_every_zone_is_found_by_its_iana_name(tag: str) -> None:
    assert [zone for zone in all_zones() if found(zone, tag) != zone] == []

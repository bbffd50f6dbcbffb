"""Time zones and the countries they belong to (IANA time zone database, as the package `tzdata` ships it)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tzdata import IANA_VERSION
from tzfpy import get_tz

COMMON = (
    "Pacific/Honolulu",
    "America/Anchorage",
    "America/Los_Angeles",
    "America/Denver",
    "America/Mexico_City",
    "America/Chicago",
    "America/Bogota",
    "America/New_York",
    "America/Santiago",
    "America/Sao_Paulo",
    "Europe/London",
    "Africa/Lagos",
    "Europe/Paris",
    "Africa/Cairo",
    "Africa/Nairobi",
    "Europe/Istanbul",
    "Asia/Dubai",
    "Asia/Karachi",
    "Asia/Kolkata",
    "Asia/Dhaka",
    "Asia/Bangkok",
    "Asia/Shanghai",
    "Asia/Tokyo",
    "Australia/Sydney",
    "Pacific/Auckland",
)
"""Zones of large places, from west to east, for somebody whose country is not known."""


class _Row(NamedTuple):
    country: str
    zone: str


def is_zone(name: str) -> bool:
    """Whether this is the name of a zone."""
    return name in _names()


def release() -> str:
    """Which release of the database this is, such as "2026f"."""
    return str(IANA_VERSION)


@cache
def rules_of(zone: str) -> ZoneInfo:
    """The zone's rules as the package has them, whatever the machine has: `release` says when they may be others.

    Raises `ZoneInfoNotFoundError`.
    """
    if not is_zone(zone):
        raise ZoneInfoNotFoundError(f"there is no time zone {zone!r}")
    with files("tzdata").joinpath("zoneinfo", *zone.split("/")).open("rb") as data:
        return ZoneInfo.from_file(data, key=zone)


def zones_of(country: str | None) -> tuple[str, ...]:
    """The zones of a country (ISO 3166) whose clocks differ, each under the name of a large place.

    Zones that follow the same rule from now on count as one, whatever they did in the past.
    For an unknown country, `COMMON`.
    """
    by_rule: dict[str, str] = {}
    for row in _rows("zone.tab"):
        if row.country == country and (_rule(row.zone) not in by_rule or row.zone in _largest()):
            by_rule[_rule(row.zone)] = row.zone
    return tuple(by_rule.values()) or COMMON


def only_zone(country: str) -> str | None:
    """The country's zone if all its clocks show the same, else None."""
    zones = zones_of(country)
    return zones[0] if len(zones) == 1 else None


def all_zones() -> tuple[str, ...]:
    """Every zone that a place on land goes by, each under one name."""
    return tuple(row.zone for row in _rows("zone.tab"))


def country_of(zone: str) -> str | None:
    """The country (ISO 3166) of a zone; None for one that belongs to none, or an older name."""
    return next((row.country for row in _rows("zone.tab") if row.zone == zone), None)


def are_alike(zones: Iterable[str]) -> bool:
    """Whether all these clocks show the same from now on."""
    return len({_rule(zone) for zone in zones}) == 1


def zone_at(latitude: float, longitude: float) -> str | None:
    """The zone of a place, in degrees; None where nobody lives.

    Near a border it can be the neighbour's: the package `tzfpy` knows borders to about 100 m.
    """
    zone = get_tz(longitude, latitude)
    return zone if zone in all_zones() else None


@cache
def _names() -> frozenset[str]:
    return frozenset(files("tzdata").joinpath("zones").read_text("ascii").split())


@cache
def _largest() -> frozenset[str]:
    """Of all zones in the world that follow one rule from now on, the one with the most people."""
    return frozenset(row.zone for row in _rows("zonenow.tab"))


@cache
def _rows(table: str) -> tuple[_Row, ...]:
    """The rows of a table of zones, in the order of the file: roughly by place."""
    return tuple(_parsed(files("tzdata").joinpath("zoneinfo", table).read_text("utf-8")))


def _parsed(table: str) -> Iterator[_Row]:
    for line in table.splitlines():
        if line and not line.startswith("#"):
            country, _, zone, *_ = line.split("\t")
            yield _Row(country, zone)


@cache
def _rule(zone: str) -> str:
    """How the zone's clocks go in the years to come: the last line of its file (RFC 9636, section 3.3)."""
    data = files("tzdata").joinpath("zoneinfo", *zone.split("/")).read_bytes()
    return data.rstrip(b"\n").rpartition(b"\n")[2].decode("ascii")

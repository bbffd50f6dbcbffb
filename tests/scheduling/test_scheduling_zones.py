"""Which zones a country has."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest
import tzdata

from bonewise.scheduling.zones import (
    COMMON,
    all_zones,
    are_alike,
    country_of,
    is_zone,
    only_zone,
    release,
    rules_of,
    zone_at,
    zones_of,
)


@pytest.mark.parametrize(
    ("country", "zone"),
    [
        ("DE", "Europe/Berlin"),
        ("AR", "America/Argentina/Buenos_Aires"),
        ("IN", "Asia/Kolkata"),
        ("MA", "Africa/Casablanca"),
        ("US", None),
        ("ES", None),
        ("XX", None),
    ],
)
def test_a_country_whose_clocks_all_agree_has_one_zone(country: str, zone: str | None) -> None:
    assert only_zone(country) == zone


def test_zones_of_one_rule_count_as_one() -> None:
    assert zones_of("ES") == ("Europe/Madrid", "Atlantic/Canary")
    assert len(zones_of("US")) == 8


def test_a_zone_stands_under_the_name_of_its_largest_place() -> None:
    assert {"America/New_York", "America/Phoenix"} <= set(zones_of("US"))
    assert "Australia/Sydney" in zones_of("AU")
    assert "America/Sao_Paulo" in zones_of("BR")


@pytest.mark.parametrize("country", [None, "XX", "", "us"])
def test_an_unknown_country_gets_the_common_zones(country: str | None) -> None:
    assert zones_of(country) == COMMON


def test_common_zones_exist_and_run_from_west_to_east() -> None:
    now = datetime(2026, 12, 1, tzinfo=UTC)
    hours = [now.astimezone(ZoneInfo(zone)).utcoffset() or timedelta() for zone in COMMON]
    assert all(map(is_zone, COMMON))
    assert hours[0] == min(hours)
    assert hours[-1] == max(hours)


@pytest.mark.parametrize(
    ("place", "zone"),
    [
        ((51.5, -0.1), "Europe/London"),
        ((28.1, -15.4), "Atlantic/Canary"),
        ((18.46, -66.1), "America/Puerto_Rico"),
        ((-43.95, -176.55), "Pacific/Chatham"),
        ((22.57, 88.36), "Asia/Kolkata"),
        ((0.0, -160.0), None),  # the open sea
        ((90.0, 0.0), None),
        ((500.0, 900.0), None),
        ((float("nan"), 0.0), None),
    ],
)
def test_the_zone_of_a_place(place: tuple[float, float], zone: str | None) -> None:
    assert zone_at(*place) == zone


def test_every_zone_of_land_exists_and_has_a_country() -> None:
    assert all(is_zone(zone) and country_of(zone) for zone in all_zones())
    assert country_of("Etc/UTC") is None


def test_clocks_that_show_the_same_from_now_on_are_alike() -> None:
    assert are_alike(["Europe/Paris", "Europe/Berlin"])
    assert not are_alike(["Europe/Paris", "Europe/London"])
    assert not are_alike([])


@pytest.mark.parametrize(
    "name", ["", "Europe", "Europe/Nowhere", "../etc/passwd", "/etc/localtime", "Factory2", "europe/berlin"]
)
def test_other_names_are_no_zones(name: str) -> None:
    assert not is_zone(name)


def test_the_rules_are_those_of_the_package_whatever_the_machine_has() -> None:
    assert rules_of("Europe/Madrid") is not ZoneInfo("Europe/Madrid")
    assert datetime(2027, 7, 1, tzinfo=rules_of("Europe/Madrid")).utcoffset() == timedelta(hours=2)
    assert release() == tzdata.IANA_VERSION


@pytest.mark.parametrize("name", ["", "Europe", "Europe/Nowhere", "../etc/passwd", "/etc/localtime"])
def test_there_are_no_rules_of_what_is_no_zone(name: str) -> None:
    with pytest.raises(ZoneInfoNotFoundError):
        rules_of(name)

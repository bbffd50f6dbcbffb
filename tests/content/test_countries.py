"""The numbers to call: in the worst moment nobody may be sent to a number that does not answer."""

from __future__ import annotations

import re
from typing import Any

import phonenumbers
import pytest
from phonenumbers.shortnumberinfo import is_emergency_number

from tests.content.texts import FLOWS, HERE, read, words

COUNTRIES: dict[str, dict[str, Any]] = read(FLOWS / "countries.yml")["countries"]
EXPLAINED: dict[str, str] = read(HERE / "countries.yml")["not_in_libphonenumber"]
SOURCES = read(FLOWS / "sources.yml")["sources"]
EUROPEAN_UNION = [
    "AT",
    "BE",
    "BG",
    "HR",
    "CY",
    "CZ",
    "DK",
    "EE",
    "FI",
    "FR",
    "DE",
    "GR",
    "HU",
    "IE",
    "IT",
    "LV",
    "LT",
    "LU",
    "MT",
    "NL",
    "PL",
    "PT",
    "RO",
    "SK",
    "SI",
    "ES",
    "SE",
]
LINES = {"urgent": "urgent_line", "crisis": "crisis_line"}


@pytest.mark.parametrize("country", COUNTRIES)
def test_an_emergency_number_is_known_to_libphonenumber_or_explained(country: str) -> None:
    known = is_emergency_number(COUNTRIES[country]["emergency"], country)
    assert known != (country in EXPLAINED)


@pytest.mark.parametrize("country", COUNTRIES)
def test_a_country_is_real_and_its_numbers_are_digits_with_sources(country: str) -> None:
    entry = COUNTRIES[country]
    assert country in phonenumbers.SUPPORTED_REGIONS
    assert all(re.fullmatch(r"\d{3,11}", entry[which]) for which in ("emergency", *LINES) if which in entry)
    assert set(entry["sources"]) <= set(SOURCES)
    assert len(entry["sources"]) == 1 + sum(which in entry for which in LINES)
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", entry["checked"])


@pytest.mark.parametrize("country", EUROPEAN_UNION)
def test_every_country_of_the_european_union_is_there_with_112(country: str) -> None:
    assert COUNTRIES[country]["emergency"] == "112"


def test_the_countries_stand_in_order() -> None:
    assert list(COUNTRIES) == sorted(COUNTRIES)
    assert list(SOURCES) == sorted(SOURCES)


@pytest.mark.parametrize("country", COUNTRIES)
def test_a_line_that_has_a_number_has_words_with_it_and_no_other_has(country: str) -> None:
    for which, word in LINES.items():
        text = words().get(f"places.{country}.{word}", "")
        assert (f"{{{which}_number}}" in text) == (which in COUNTRIES[country])


def test_words_stand_only_for_countries_that_are_served() -> None:
    named = {key.split(".")[1] for key in words() if key.startswith("places.")}
    assert named - {"default"} <= set(COUNTRIES)


def test_the_countries_on_buttons_are_served() -> None:
    offered = {
        country
        for name in ("start", "country")
        for step in read(FLOWS / f"{name}.yml")["steps"]
        for country in step.get("place", {}).get("offer", [])
    }
    assert offered
    assert offered <= set(COUNTRIES)

"""What differs by country: the numbers to call. The words around them stand in locales/places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Country:
    """One country's numbers, as dialled there (sources: flows/countries.yml)."""

    code: str  # ISO 3166
    emergency: str
    urgent: str | None = None
    crisis: str | None = None


Countries = Mapping[str, Country]

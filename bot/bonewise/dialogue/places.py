"""What differs by country: the numbers to call. The words around them stand in locales/places.

PlacesError
└── diagnostics   file:line:column and what to do
"""

from __future__ import annotations

from collections.abc import Mapping as Table
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bonewise.strict_yaml import Diagnostic, Mapping, Node, Scalar, load

NUMBERS = ("emergency", "urgent", "crisis")


@dataclass(frozen=True, slots=True)
class Country:
    """One country's numbers, as dialled there (sources: flows/countries.yml)."""

    code: str  # ISO 3166
    emergency: str
    urgent: str | None = None
    crisis: str | None = None


Countries = Table[str, Country]


class PlacesError(Exception):
    """The table of countries cannot be used."""

    def __init__(self, diagnostics: Sequence[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        super().__init__("\n".join(map(str, self.diagnostics)))


def load_countries(directories: Sequence[Path]) -> Countries:
    """The countries of `countries.yml` in each directory; a later directory's entry replaces an earlier one's.

    Raises `PlacesError`, and `StrictYamlError` for what is not YAML.
    """
    faults: list[Diagnostic] = []
    countries: dict[str, Country] = {}
    for path in (directory / "countries.yml" for directory in directories):
        if path.exists():
            countries.update(_read(load(path), faults))
    if faults:
        raise PlacesError(faults)
    return countries


def _read(node: Node, faults: list[Diagnostic]) -> dict[str, Country]:
    table = node.get("countries") if isinstance(node, Mapping) else None
    if not isinstance(table, Mapping):
        faults.append(Diagnostic(node.mark, "expected `countries:` with an entry for each country code"))
        return {}
    return {item.key: _country(item.key, item.value, faults) for item in table}


def _country(code: str, node: Node, faults: list[Diagnostic]) -> Country:
    found = {name: _number(node, name, faults) for name in NUMBERS}
    if found["emergency"] is None:
        faults.append(Diagnostic(node.mark, f"{code} has no `emergency` number; without one it cannot be served"))
    return Country(code, found["emergency"] or "", found["urgent"], found["crisis"])


def _number(node: Node, name: str, faults: list[Diagnostic]) -> str | None:
    value = node.get(name) if isinstance(node, Mapping) else None
    if value is None:
        return None
    if not isinstance(value, Scalar) or not isinstance(value.value, str):
        faults.append(Diagnostic(value.mark, f"`{name}` must be a number in quotes, as it is dialled"))
        return None
    return value.value

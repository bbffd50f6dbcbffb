"""The English texts and the flows as they stand in the files, for the checks that count."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from bonewise import strict_yaml
from bonewise.i18n.catalog_files import NOT_PARTS

ROOT = Path(__file__).parents[2]
FLOWS = ROOT / "flows"
LOCALES = ROOT / "locales"
SHARED = frozenset({"sources.yml", "options.yml", "levels.yml", "countries.yml", "topics.yml", "tips.yml"})
HERE = Path(__file__).parent


class Text(NamedTuple):
    """One text; `key` is its path, with `@other` if it is the variant for somebody else."""

    key: str
    text: str
    file: str


@cache
def read(path: Path) -> Any:
    """What a YAML file holds."""
    return strict_yaml.plain(strict_yaml.load(path, file=path.relative_to(ROOT).as_posix()))


@cache
def texts() -> tuple[Text, ...]:
    """Every English text."""
    files = [file for file in sorted(LOCALES.glob("*/en.yml")) if file.parent.name not in NOT_PARTS]
    return tuple(text for file in files for text in _flat(read(file)["en"], "", file.relative_to(ROOT).as_posix()))


def _flat(node: Any, key: str, file: str) -> Iterator[Text]:
    if isinstance(node, dict):
        for name, inner in node.items():
            yield from _flat(inner, f"{key}.{name}" if key else name, file)
    elif node is not None:
        yield Text(key, str(node), file)


@cache
def words() -> dict[str, str]:
    """Every English text by its key."""
    return {text.key: text.text for text in texts()}


@cache
def flows() -> dict[str, dict[str, Any]]:
    """Every flow by its id."""
    found = [read(path) for path in sorted(FLOWS.glob("*.yml")) if path.name not in SHARED]
    return {flow["flow"]: flow for flow in found}


@cache
def blocks() -> dict[str, dict[str, Any]]:
    """Every block by its id."""
    found = [read(path) for path in sorted((FLOWS / "gates").glob("*.yml"))]
    return {block["block"]: block for block in found}


@cache
def option_sets() -> dict[str, list[str]]:
    """The named option sets."""
    path = FLOWS / "options.yml"
    return dict(read(path)["options"]) if path.exists() else {}


def steps(flow: str) -> list[dict[str, Any]]:
    """A flow's or a block's own steps."""
    return list((flows().get(flow) or blocks()[flow])["steps"])


def links(step: dict[str, Any]) -> list[dict[str, Any]]:
    """A step's links, each with `to` and perhaps `style`."""
    return [{"to": link} if isinstance(link, str) else dict(link) for link in step.get("links", [])]


def sources(step: dict[str, Any]) -> list[str]:
    """The ids of a step's sources."""
    named = step.get("source") or step.get("sources") or []
    return [named] if isinstance(named, str) else list(named)


def options(step: dict[str, Any]) -> tuple[list[str], str | None]:
    """The options of a question, and the name of their set if they have one."""
    listed = step.get("one") or step.get("many") or []
    if isinstance(listed, str):
        return list(option_sets()[listed]), listed
    return (list(listed), None) if isinstance(listed, list) else ([], None)


def exceptions(check: str) -> dict[str, str]:
    """What a check lets pass, each with the reason (exceptions.yml)."""
    return dict(read(HERE / "exceptions.yml")["exceptions"][check] or {})


_SHORT = {
    "emergency_number": "112",
    "urgent_line": "NHS 111",
    "crisis_line": "Samaritans",
    "primary_care": "the doctor's office",
    "ed_word": "the emergency department",
    "clinic_number": "020 7946 0000",
    "report_to": "the people who run it",
    "date": "Tuesday, 1 December",
    "name": "Maria",
}


def filled(text: str, *, longest: bool = False) -> str:
    """The text with its placeholders filled in; `longest` takes the words for an unknown country."""
    default = {key.removeprefix("places.default."): value for key, value in words().items() if "s.default." in key}
    values = {**_SHORT, **(default if longest else {})}
    return re.sub(r"\{(\w+)\}", lambda found: values.get(found[1], "Monday"), text)


def without_marks(text: str) -> str:
    """The text as it is read: no Markdown, no bullets, no numbers in front of a line."""
    return re.sub(r"^\s*(?:•|\d+\.)\s+", "", re.sub(r"[*_]", "", text), flags=re.MULTILINE)

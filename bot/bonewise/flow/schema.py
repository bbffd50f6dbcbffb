"""The JSON Schema with which editors complete and check flow files, generated from the grammar.

It knows shapes, not names: whether a question or source exists is the loader's to say.
Written by `python -m bonewise.flow.schema`.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bonewise.flow import grammar as g
from bonewise.flow.model import DAYS

Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def _form(pattern: re.Pattern[str]) -> Schema:
    return {"type": "string", "pattern": f"^({pattern.pattern})$"}


def _enum(*values: str) -> Schema:
    return {"enum": list(values)}


def _ref(shape: str) -> Schema:
    return {"$ref": f"#/$defs/{shape}"}


def _list(items: Schema, least: int = 1) -> Schema:
    return {"type": "array", "items": items, "minItems": least, "uniqueItems": True}


def _one_or_list(items: Schema) -> Schema:
    return {"anyOf": [items, _list(items)]}


def _map(key: re.Pattern[str], value: Schema) -> Schema:
    return {"type": "object", "propertyNames": _form(key), "additionalProperties": value}


def _keys(keys: g.Keys) -> Schema:
    """A mapping with exactly these keys."""
    return {
        "type": "object",
        "properties": {name: _ref(key.shape) for name, key in keys.items()},
        "required": [name for name, key in keys.items() if key.required],
        "additionalProperties": False,
    }


def _single(name: str, value: Schema) -> Schema:
    return {"type": "object", "properties": {name: value}, "required": [name], "additionalProperties": False}


def _between(value: Schema) -> Schema:
    bounds = {"min": value, "max": value}
    return {"type": "object", "properties": bounds, "minProperties": 1, "additionalProperties": False}


def _has(items: Schema) -> list[Schema]:
    return [_single(which, _one_or_list(items)) for which in ("has_any", "has_all", "has_none")]


def _conditions() -> Schema:
    conditions = _list(_ref("condition"))
    count: Schema = {
        "type": "object",
        "properties": {"of": conditions, "min": _ref("positive")},
        "required": ["of", "min"],
        "additionalProperties": False,
    }
    said = {
        "anyOf": [_ref("options"), _between({"type": "number"}), *_has(_form(g.OPTION)), _single("count", _count())]
    }
    words = {
        "all": conditions,
        "any": conditions,
        "not": _ref("condition"),
        "count": count,
        "fact": _ref("reference"),
        "level": _single("below", _ref("level")),
        "person": {"anyOf": _has(_form(g.ID))},
    }
    return {
        "type": "object",
        "properties": words,
        "propertyNames": _form(g.REFERENCE),
        "additionalProperties": said,
        "minProperties": 1,
        "maxProperties": 1,
    }


def _count() -> Schema:
    return _between({"type": "integer", "minimum": 0})


def _arguments() -> Schema:
    literal: Schema = {"type": ["string", "number", "boolean"]}
    return _map(g.ID, {"anyOf": [literal, _list({"type": "string"}), _keys(g.ANSWER)]})


def _levels() -> Schema:
    level = {name: _keys(g.LEVEL) for name in g.LEVELS}
    mapping = {"type": "object", "properties": level, "required": list(g.LEVELS), "additionalProperties": False}
    return {"anyOf": [{"const": list(g.LEVELS)}, mapping]}


SHAPES: Mapping[str, Schema] = {
    "id": _form(g.ID),
    "flag_id": _form(g.FLAG),
    "reference": _form(g.REFERENCE),
    "sentence": {"type": "string", "minLength": 1},
    "positive": {"type": "integer", "minimum": 1},
    "number_value": {"type": "number"},
    "flag": {"type": "boolean"},
    "duration": _form(g.DURATION),
    "day": _form(g.DAY),
    "follow_up": _keys(g.FOLLOW_UP),
    "origin": _enum(*g.ORIGINS),
    "moments": _one_or_list(_form(g.MOMENT)),
    "address": _form(g.ADDRESS),
    "picture": _form(g.PICTURE),
    "level": _enum(*g.LEVELS),
    "flow_kind": _enum(*g.FLOW_KINDS),
    "style": _enum(*g.STYLES),
    "worst": _enum("first"),
    "worse": _enum("more", "less"),
    "from": _enum("today"),
    "about": _one_or_list(_enum(*g.ABOUT)),
    "days": _one_or_list(_enum(*DAYS)),
    "hours": _one_or_list(_form(g.HOUR)),
    "countries": _one_or_list(_form(g.COUNTRY)),
    "options": _one_or_list(_form(g.OPTION)),
    "sources": _one_or_list(_form(g.SOURCE)),
    "takes": _map(g.ID, _enum(*g.TAKES)),
    "renamed": _map(g.REFERENCE, _ref("reference")),
    "edit": _map(g.OPTION, _ref("id")),
    "with": _arguments(),
    "condition": _conditions(),
    "steps": _list({"anyOf": [_keys(keys) for keys in g.STEPS.values()]}),
    "block_steps": _list({"anyOf": [_keys(keys) for kind, keys in g.STEPS.items() if kind != "use"]}),
    "links": _list({"anyOf": [_ref("id"), _keys(g.LINK)]}),
    "one": {"anyOf": [_ref("id"), _list(_form(g.OPTION), 2), _keys(g.ROWS)]},
    "many": {"anyOf": [_ref("id"), _list(_form(g.OPTION), 2)]},
    "number": _keys(g.NUMBER),
    "date": _keys(g.DATE),
    "until": _keys(g.UNTIL),
    "time": _keys(g.TIME),
    "text": _keys(g.TEXT),
    "place": _keys(g.PLACE),
    "facts": _map(g.ID, _ref("condition")),
    "flags": _map(g.FLAG, {"anyOf": [_keys(g.RULE), _list(_keys(g.RULE))]}),
    "cards": _map(g.FLAG, _keys(g.CARD)),
    "offers": _map(g.ID, _keys(g.OFFER)),
    "accept": _list(_keys(g.ACCEPT)),
    "milder": _list(_keys(g.MILDER)),
    "reviewed": _keys(g.REVIEW),
    "option_sets": _map(g.ID, _list(_form(g.OPTION), 2)),
    "source_book": _map(g.SOURCE, _keys(g.SOURCE_ENTRY)),
    "level_book": _levels(),
    "tip_book": _map(g.FLAG, _keys(g.TIP)),
}


def build() -> Schema:
    """The schema of every flow file: what a file is, the key at its top says."""
    files = (g.FLOW, g.BLOCK, g.OPTIONS, g.SOURCES, g.LEVEL_BOOK, g.TIP_BOOK)
    return {
        "$schema": DIALECT,
        "title": "Bonewise flow file",
        "anyOf": [_keys(keys) for keys in files],
        "$defs": SHAPES,
    }


def written() -> str:
    """The schema as it stands in its file."""
    return json.dumps(build(), indent=1, ensure_ascii=False) + "\n"


def main() -> None:
    """Write the schema to the file named on the command line, or to its own place."""
    Path(sys.argv[1] if len(sys.argv) > 1 else "flows/schema.json").write_text(written(), encoding="utf-8")


if __name__ == "__main__":
    main()

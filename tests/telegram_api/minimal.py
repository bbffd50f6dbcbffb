"""The smallest result that fits a method's description, for methods that nobody has modelled."""

from __future__ import annotations

from typing import Any

from tests.telegram_api.schema import Schema

_SIMPLE: dict[str, Any] = {"Integer": 1, "Float": 1.0, "String": "", "Boolean": True, "InputFile": ""}


def result(schema: Schema, method: str) -> Any:
    """The first result that the method is said to return, with required fields only."""
    return example(schema, schema.methods[method]["returns"][0])


def example(schema: Schema, kind: str) -> Any:
    """A value of this type with nothing but what is required."""
    if kind.startswith("Array of "):
        return []
    if kind in _SIMPLE:
        return _SIMPLE[kind]
    described = schema.types[kind]
    if described.get("subtypes"):
        return example(schema, described["subtypes"][0])
    required = {name: field for name, field in described["fields"].items() if field.get("required")}
    return {name: field.get("is", example(schema, field["types"][0])) for name, field in required.items()}

"""The machine-readable description of the Bot API (see SOURCE), and the check of a call against it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from tests.telegram_api.errors import BadCallError, bad_call

Fields = Mapping[str, Mapping[str, Any]]

_FILE = Path(__file__).with_name("bot-api-10.3.json")
_ARRAY = "Array of "
_ALSO_PLAIN = {"RichText"}  # besides its subtypes it may be a string or an array of itself
_WHOLE_NUMBER = re.compile(r"-?\d{1,19}")


class Schema:
    """All methods and types of one version of the Bot API."""

    def __init__(self, description: Mapping[str, Any]) -> None:
        self.version: str = description["version"]
        self.methods: Mapping[str, Mapping[str, Any]] = description["methods"]
        self.types: Mapping[str, Mapping[str, Any]] = description["types"]
        self._spelling = {name.lower(): name for name in self.methods}

    def method(self, name: str) -> str:
        """The method's name as it is written; the server itself does not mind upper and lower case."""
        if name.lower() not in self._spelling:
            raise BadCallError("Not Found: method not found", code=404)
        return self._spelling[name.lower()]

    def arguments(self, method: str, given: Mapping[str, Any], files: frozenset[str]) -> dict[str, Any]:
        """The decoded arguments of a call. Raises `BadCallError` for anything that the description does not allow."""
        fields: Fields = self.methods[method]["fields"]
        for name in given:
            if name not in fields and name not in files:
                raise bad_call(f"{method} has no parameter {name!r}")
        missing = [name for name, field in fields.items() if field.get("required") and name not in given]
        if missing:
            raise bad_call(f"{method} needs the parameter {missing[0]!r}")
        decoded = {name: decoded_argument(given[name], fields[name]["types"]) for name in given if name in fields}
        for name, value in decoded.items():
            problem = self.problem(value, fields[name]["types"], name, files)
            if problem:
                raise bad_call(f"can't parse {method}: {problem}")
        return decoded

    def problem(self, value: Any, types: list[str], path: str, files: frozenset[str] = frozenset()) -> str | None:
        """What is wrong with a value that should be of one of these types, or None."""
        found = [self._problem(value, kind, path, files) for kind in types]
        if None in found:
            return None
        return max((problem for problem in found if problem), key=_depth)

    def _problem(self, value: Any, kind: str, path: str, files: frozenset[str]) -> str | None:
        if kind.startswith(_ARRAY):
            return self._array_problem(value, kind.removeprefix(_ARRAY), path, files)
        if kind == "InputFile":
            return None if value in files else f"{path}: must be a file that is uploaded with the call"
        if kind in _SIMPLE:
            return None if _SIMPLE[kind](value) else f"{path}: must be {kind}, not {json.dumps(value)[:80]}"
        if kind in _ALSO_PLAIN and isinstance(value, (str, list)):
            return None if isinstance(value, str) else self._array_problem(value, kind, path, files)
        return self._object_problem(value, kind, path, files)

    def _array_problem(self, value: Any, kind: str, path: str, files: frozenset[str]) -> str | None:
        if not isinstance(value, list):
            return f"{path}: must be an array of {kind}"
        problems = (self.problem(item, [kind], f"{path}[{n}]", files) for n, item in enumerate(value))
        return next((problem for problem in problems if problem), None)

    def _object_problem(self, value: Any, kind: str, path: str, files: frozenset[str]) -> str | None:
        if not isinstance(value, dict):
            return f"{path}: must be an object of type {kind}"
        if subtypes := self.types[kind].get("subtypes"):
            return self.problem(value, subtypes, path, files)
        fields: Fields = self.types[kind]["fields"]
        for name, field in fields.items():
            if problem := self._field_problem(value, name, field, f"{path}.{name}", files):
                return problem
        unknown = next((name for name in value if name not in fields), None)
        return f"{path}.{unknown}: {kind} has no such field" if unknown is not None else None

    def _field_problem(
        self, value: dict[str, Any], name: str, field: Mapping[str, Any], path: str, files: frozenset[str]
    ) -> str | None:
        if name not in value:
            return f"{path}: missing" if field.get("required") else None
        if "is" in field and value[name] != field["is"]:
            return f"{path.rpartition('.')[0]}: is not {field['is']}"
        item = value[name]
        if isinstance(item, str) and item.startswith("attach://") and item.removeprefix("attach://") not in files:
            return f"{path}: no file {item!r} was uploaded"
        return self.problem(item, field["types"], path, files)


def _depth(problem: str) -> int:
    where = problem.partition(":")[0]
    return where.count(".") + where.count("[")


def _is_integer(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


_SIMPLE = {
    "Integer": _is_integer,
    "Float": lambda value: _is_integer(value) or isinstance(value, float),
    "String": lambda value: isinstance(value, str),
    "Boolean": lambda value: isinstance(value, bool),
}


def decoded_argument(value: Any, types: list[str]) -> Any:
    """A parameter as its own type: in a form and in a query every parameter arrives as text."""
    if not isinstance(value, str):
        return value
    if "Integer" in types and _WHOLE_NUMBER.fullmatch(value):
        return int(value)
    if "String" in types or "InputFile" in types:
        return value
    if "Boolean" in types and value in {"True", "False", "1", "0"}:
        return value in {"True", "1"}
    try:
        return json.loads(value)
    except ValueError:
        return value


@cache
def schema() -> Schema:
    """The description in this folder."""
    return Schema(json.loads(_FILE.read_text("utf-8")))

"""What kind of answer a question takes, as it stands in a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bonewise.flow.fields import Fields
from bonewise.flow.grammar import ASK_KINDS, COUNTRY, DATE, HOUR, NUMBER, OPTION, PLACE, ROWS, TEXT, TIME, UNTIL
from bonewise.flow.load_names import Names, check_known
from bonewise.flow.model import DAYS, SKIPPED, Date, Kind, Many, Number, One, Place, Text, Time
from bonewise.strict_yaml import Mapping as MappingNode
from bonewise.strict_yaml import Node, Scalar, Sequence


def read_kind(fields: Fields, names: Names) -> Kind | None:
    """The kind of a question, or None after a fault."""
    present = [kind for kind in ASK_KINDS if kind in fields]
    if len(present) != 1:
        fields.faults.add(fields.mark, f"a question has exactly one of {', '.join(f'`{kind}`' for kind in ASK_KINDS)}")
        return None
    kind = present[0]
    if "worst" in fields and kind not in {"one", "many"}:
        fields.faults.add(fields.key_mark("worst"), "`worst` needs `one` or `many`; a number has `worse`")
    node = fields.node(kind)
    return None if node is None else _READ[kind](fields, node, names)


def _one(fields: Fields, node: Node, names: Names) -> Kind | None:
    if isinstance(node, MappingNode):
        rows = Fields(node, ROWS, "`one` with rows", fields.faults)
        check_known(rows.key_mark("from"), "provider", rows.id("from"), names.providers, fields.faults)
        return One((), provider=rows.id("from"), none=rows.id("none") or None)
    found = _options(fields, node, "one", names)
    return found and One(*found)


def _many(fields: Fields, node: Node, names: Names) -> Kind | None:
    found = _options(fields, node, "many", names)
    return found and Many(*found)


def _options(
    fields: Fields, node: Node, kind: str, names: Names
) -> tuple[tuple[str, ...], str | None, str | None] | None:
    """Options, the set they are from, and which end is the worst; a named set always stands worst first."""
    worst = fields.choice("worst", ("first",))
    if isinstance(node, Scalar):
        named = fields.id(kind)
        check_known(node.mark, "set of options", named, names.options, fields.faults)
        return (names.options[named], named, "first") if named in names.options else None
    options = tuple(option.text for option in fields.words(kind, OPTION))
    if isinstance(node, Sequence) and len(node.items) < 2:
        fields.faults.add(node.mark, f"`{kind}` needs two options or more")
    if SKIPPED in options:
        fields.faults.add(node.mark, f"no option can be called `{SKIPPED}`; write `skip: true`")
    return options, None, worst


def _number(fields: Fields, node: Node, names: Names) -> Kind | None:
    number = Fields(node, NUMBER, "`number`", fields.faults)
    low, high = number.number("min"), number.number("max")
    worse = number.choice("worse", ("more", "less"))
    if low is None or high is None:
        return None
    if low >= high:
        fields.faults.add(number.key_mark("min"), "`min` must be below `max`")
    return Number(low, high, number.id("unit") or None, worse)


def _date(fields: Fields, node: Node, names: Names) -> Kind | None:
    date = Fields(node, DATE, "`date`", fields.faults)
    until_node = date.node("until")
    until = None if until_node is None else Fields(until_node, UNTIL, "`until`", fields.faults).whole("days")
    offer = date.words("offer")
    for day in offer:
        check_known(day.mark, "day", day.text, DAYS, fields.faults)
    return Date(date.choice("from", ("today",)), until, tuple(day.text for day in offer))


def _time(fields: Fields, node: Node, names: Names) -> Kind | None:
    time = Fields(node, TIME, "`time`", fields.faults)
    return Time(tuple(hour.text for hour in time.words("offer", HOUR)))


def _text(fields: Fields, node: Node, names: Names) -> Kind | None:
    most = Fields(node, TEXT, "`text`", fields.faults).whole("max")
    return None if most is None else Text(most)


def _place(fields: Fields, node: Node, names: Names) -> Kind | None:
    place = Fields(node, PLACE, "`place`", fields.faults)
    return Place(tuple(country.text for country in place.words("offer", COUNTRY)))


_READ: Mapping[str, Callable[[Fields, Node, Names], Kind | None]] = {
    "one": _one,
    "many": _many,
    "number": _number,
    "date": _date,
    "time": _time,
    "text": _text,
    "place": _place,
}

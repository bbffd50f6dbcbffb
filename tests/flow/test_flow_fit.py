"""Which values can answer a question."""

from __future__ import annotations

import pytest
from flow_samples import HERE

from bonewise.flow.fit import canonical, fits
from bonewise.flow.model import Ask, Date, Kind, Many, Number, One, Place, Text, Time


def ask(kind: Kind, *, skip: bool = False) -> Ask:
    return Ask("q", "f.q", HERE, kind, skip=skip)


MANY = Many(("x", "y", "z", "unsure", "none"))


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (One(("a", "b")), "a"),
        (One((), provider="rows"), "any-row:1"),
        (MANY, ("x", "z")),
        (MANY, ("none",)),
        (Number(0, 10), 0),
        (Number(0, 10), 9.5),
        (Date(), "2028-02-29"),
        (Time(), "00:00"),
        (Time(), "23:59"),
        (Text(3), "abc"),
        (Place(), "GB"),
    ],
)
def test_a_value_of_its_kind_fits_and_stays_as_it_is(kind: Kind, value: object) -> None:
    assert canonical(ask(kind), value) == value


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (One(("a", "b")), "c"),
        (One(("a", "b")), ("a",)),
        (One(("a", "b")), None),
        (One((), provider="rows"), ""),
        (One((), provider="rows"), "x" * 65),
        (MANY, ()),
        (MANY, "x"),
        (MANY, ("x", "none")),
        (MANY, ("unsure", "none")),
        (MANY, ("x", "w")),
        (MANY, (1,)),
        (MANY, ([],)),
        (Number(0, 10), 11),
        (Number(0, 10), -0.1),
        (Number(0, 10), True),
        (Number(0, 10), "5"),
        (Number(0, 10), float("nan")),
        (Number(0, 10), 10**400),
        (Date(), "2027-02-29"),
        (Date(), "20270228"),
        (Date(), "2027-2-28"),
        (Time(), "24:00"),
        (Time(), "9:00"),
        (Text(3), "abcd"),
        (Text(3), ""),
        (Place(), "not a place"),
        (One(("a", "b")), "skipped"),
    ],
)
def test_anything_else_does_not_fit(kind: Kind, value: object) -> None:
    assert not fits(ask(kind), value)


def test_several_options_are_kept_in_declared_order_and_once() -> None:
    assert canonical(ask(MANY), ["z", "x", "z"]) == ("x", "z")


@pytest.mark.parametrize("kind", [One(("a", "b")), MANY, Number(0, 1), Date(), Time(), Text(9), Place()])
def test_what_can_be_skipped_takes_skipped(kind: Kind) -> None:
    assert canonical(ask(kind, skip=True), "skipped") == "skipped"

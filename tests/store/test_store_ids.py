"""Numbers grow, whatever the clock does; names tell nothing."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bonewise.store.ids import SHARDS, Ids, new_person, shard

YEAR_2255 = 9_000_000_000.0  # unix seconds


@given(st.lists(st.floats(0, YEAR_2255), min_size=2))
def test_numbers_grow_also_when_the_clock_is_set_back(moments: list[float]) -> None:
    ids = Ids()
    assert all(one < two for one, two in pairwise([ids.next(moment) for moment in moments]))


@given(st.floats(0, YEAR_2255))
def test_a_number_fits_into_the_numbers_of_a_script(moment: float) -> None:
    assert 0 < Ids().next(moment) < 2**53


def test_numbers_go_on_above_those_in_use() -> None:
    assert Ids(after=5_000_000_000_000).next(1.0) == 5_000_000_000_001


def test_names_of_people_differ() -> None:
    assert len({new_person() for _ in range(1000)}) == 1000


@given(st.text())
def test_a_shard_is_always_the_same_small_number(person: str) -> None:
    assert shard(person) == shard(person)
    assert 0 <= shard(person) < SHARDS


def test_people_are_spread_over_all_shards() -> None:
    assert {shard(f"{number:032x}") for number in range(2000)} == set(range(SHARDS))

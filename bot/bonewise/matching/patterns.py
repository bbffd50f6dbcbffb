"""What an alarm pattern is, and where it fits in a text.

A pattern is made of word groups: `sudden + cannot > speak`. Joined by `>`, words stand in this order in one clause,
at most `GAP` other words apart. Joined by `&`, they stand in one clause in any order. Parts joined by `+` stand
anywhere within `WINDOW` words. What follows ` - ` must not stand in those clauses.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice, product

from bonewise.matching.words import Words

GAP = 4
CLAUSE_WINDOW = 10
WINDOW = 16
_MOST_FITS = 12  # of one part that are tried, so that a text of one repeated word costs no more

Place = tuple[int, int]
"""Where a word or phrase of a group stands: its first word, and the one behind its last."""
Places = Mapping[int, list[Place]]
Fit = tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """Groups in one clause, in this order or in any."""

    groups: tuple[int, ...]
    ordered: bool


@dataclass(frozen=True, slots=True)
class Pattern:
    """Parts that stand near each other. `mask` has the bit of every group that it needs."""

    parts: tuple[Part, ...]
    mask: int
    without: tuple[int, ...]


def fits(pattern: Pattern, places: Places, text: Words) -> Iterator[Fit]:
    """Every way in which the pattern fits, up to a bound that does not depend on the text's length."""
    found = [islice(_part_fits(part, places, text), _MOST_FITS) for part in pattern.parts]
    for combined in product(*found):
        fit = tuple(place for way in combined for place in way)
        if (len(found) == 1 or _extent(fit) <= WINDOW) and not _spoilt(pattern, fit, places, text):
            yield fit


def _spoilt(pattern: Pattern, fit: Fit, places: Places, text: Words) -> bool:
    clauses = {text.clause[start] for start, _ in fit} if pattern.without else set()
    return any(text.clause[start] in clauses for group in pattern.without for start, _ in places.get(group, ()))


def _extent(fit: Fit) -> int:
    return max(end for _, end in fit) - min(start for start, _ in fit)


def _part_fits(part: Part, places: Places, text: Words) -> Iterator[Fit]:
    return _chains(part, places, text) if part.ordered else _clusters(part, places, text)


def _chains(part: Part, places: Places, text: Words) -> Iterator[Fit]:
    for first in places[part.groups[0]]:
        chain = [first]
        for group in part.groups[1:]:
            following = _next(places[group], chain[-1][1], text)
            if following is None:
                break
            chain.append(following)
        else:
            yield tuple(chain)


def _next(places: list[Place], after: int, text: Words) -> Place | None:
    index = bisect_left(places, (after, 0))
    if index == len(places):
        return None
    start = places[index][0]
    near = start - after <= GAP and text.clause[start] == text.clause[after - 1]
    return places[index] if near else None


def _clusters(part: Part, places: Places, text: Words) -> Iterator[Fit]:
    for first in places[part.groups[0]]:
        cluster = [first]
        for group in part.groups[1:]:
            near = _nearest(places[group], first, text)
            if near is None:
                break
            cluster.append(near)
        else:
            yield tuple(cluster)


def _nearest(places: list[Place], to: Place, text: Words) -> Place | None:
    clause = text.clause[to[0]]
    low, high = (bisect_left(places, (edge, 0)) for edge in (to[0] - CLAUSE_WINDOW, to[1] + CLAUSE_WINDOW))
    near = [
        place
        for place in places[low:high]
        if text.clause[place[0]] == clause and _extent((place, to)) <= CLAUSE_WINDOW and _apart(place, to)
    ]
    return min(near, key=lambda place: _extent((place, to)), default=None)


def _apart(one: Place, other: Place) -> bool:
    return one[1] <= other[0] or other[1] <= one[0]

"""The table of the score, and who survived."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from tests.mutation.judge import Fate, Verdict
from tests.mutation.operators import FLAGS_AND_LEVELS, OPERATORS

_CAUGHT = (Fate.LOADER, Fate.CONVERSATION, Fate.STORY, Fate.PROVER)


def table(verdicts: Sequence[Verdict]) -> Iterator[str]:
    """A row for each operator, for flags and levels together, and for all."""
    heads = (
        "mutants",
        "equivalent",
        *(fate.value for fate in _CAUGHT),
        "survived",
        "score",
        "prover alone",
        "`--against`",
    )
    yield f"| what is changed | {' | '.join(heads)} |"
    yield "| --- " + "| ---: " * len(heads) + "|"
    for operator in OPERATORS:
        yield from _row(operator, [one for one in verdicts if one.operator == operator])
    yield from _row("**flags and levels**", [one for one in verdicts if one.operator in FLAGS_AND_LEVELS])
    yield from _row("**all**", verdicts)


def score(verdicts: Sequence[Verdict]) -> float:
    """The share that is caught of those that change anything, 0 to 1."""
    fates = Counter(one.fate for one in verdicts)
    caught = sum(fates[fate] for fate in _CAUGHT)
    return caught / max(1, caught + fates[Fate.SURVIVED])


def _row(name: str, verdicts: Sequence[Verdict]) -> Iterator[str]:
    if not verdicts:
        return
    fates = Counter(one.fate for one in verdicts)
    counts = (len(verdicts), fates[Fate.EQUIVALENT], *(fates[fate] for fate in (*_CAUGHT, Fate.SURVIVED)))
    alone = [one for one in verdicts if one.fate is not Fate.EQUIVALENT]
    asked = [_share([one.proved for one in alone]), _share([one.against for one in alone])]
    yield f"| {name} | {' | '.join(map(str, counts))} | {100 * score(verdicts):.1f} % | {' | '.join(asked)} |"


def _share(found: Sequence[bool | None]) -> str:
    asked = [one for one in found if one is not None]
    return f"{sum(asked)} of {len(asked)}" if asked else ""


def survivors(verdicts: Sequence[Verdict], reasons: Mapping[str, str]) -> Iterator[str]:
    """Each survivor with its reason; then the reasons that nothing needs any more."""
    alive = [one for one in verdicts if one.fate is Fate.SURVIVED]
    for one in alive:
        yield f"{one.place} {one.name}: {reasons.get(one.key, 'NO REASON')}"
    looked_at = {one.key for one in verdicts}
    for key in sorted((reasons.keys() & looked_at) - {one.key for one in alive}):
        yield f"survivors.yml explains `{key}`, which is caught; remove it"

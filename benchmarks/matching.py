"""How often a typed question finds its topic: `python -m benchmarks.matching [ngrams|semantic]`.

The questions are those of tests/matching/eval_<tag>.yml, which no phrasing says. The bars of a matcher come from here.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from bonewise.content import folders, load_matcher, load_world
from bonewise.matching.matcher import OUT_OF_SCOPE, Match, Matcher
from bonewise.matching.ngrams import NgramMatcher
from bonewise.matching.phrasings import load_phrasings
from bonewise.settings import Settings
from bonewise.strict_yaml import load, plain

QUESTIONS = Path(__file__).parents[1] / "tests" / "matching"
OFFERED = 3  # buttons


class Asked(NamedTuple):
    """A held-out question, its topic, and what was made of it."""

    topic: str
    text: str
    match: Match
    seconds: float  # of processor time


def asked(matcher: Matcher, tag: str) -> list[Asked]:
    """What the matcher makes of each question of a language."""
    read: Any = plain(load(QUESTIONS / f"eval_{tag}.yml"))
    return [_ask(matcher, topic, text) for topic, texts in read[tag].items() for text in texts]


def _ask(matcher: Matcher, topic: str, text: str) -> Asked:
    begun = time.process_time()
    match = matcher.match(text)
    return Asked(topic, text, match, time.process_time() - begun)


def shares(questions: Sequence[Asked]) -> dict[str, float]:
    """The figures of the table, each a share of the questions in scope or out of it."""
    ours = [one for one in questions if one.topic != OUT_OF_SCOPE]
    others = [one for one in questions if one.topic == OUT_OF_SCOPE]
    return {
        "top-1": _share(one.match.topics[0] == one.topic for one in ours),
        "top-3": _share(one.topic in one.match.topics[:OFFERED] for one in ours),
        "answered right": _share(one.match.band == "answer" and one.match.topics[0] == one.topic for one in ours),
        "answered wrong": _share(one.match.band == "answer" and one.match.topics[0] != one.topic for one in ours),
        "offered, right one among 3": _share(
            one.match.band == "offer" and one.topic in one.match.topics[:OFFERED] for one in ours
        ),
        "offered, none right": _share(
            one.match.band == "offer" and one.topic not in one.match.topics[:OFFERED] for one in ours
        ),
        "off-topic answered": _share(
            one.match.band == "answer" and one.match.topics[0] != OUT_OF_SCOPE for one in others
        ),
        "off-topic offered": _share(one.match.band == "offer" for one in others),
        "ms": 1000 * sum(one.seconds for one in questions) / len(questions),
    }


def _share(holds: Iterable[bool]) -> float:
    every = list(holds)
    return sum(every) / len(every)


def matcher_named(name: str) -> Matcher:
    """The matcher that a bot has here, or the one without dependencies."""
    topics = load_world(Settings()).topics
    if name == "ngrams":
        return NgramMatcher(load_phrasings([folder / "matching" for folder in folders("locales")], topics))
    return load_matcher(Settings(), topics)


def main(name: str) -> None:
    """Print the table."""
    matcher = matcher_named(name)
    found = {tag: shares(asked(matcher, tag)) for tag in ("en", "es")}
    sys.stdout.write(f"{type(matcher).__name__:28}" + "".join(f"{tag:>8}" for tag in found) + "\n")
    for figure in found["en"]:
        sys.stdout.write(f"{figure:28}" + "".join(f"{row[figure]:8.2f}" for row in found.values()) + "\n")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "ngrams")

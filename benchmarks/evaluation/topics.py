"""How often a typed question finds its topic. The bars of a matcher come from the dev part."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from benchmarks.evaluation import held_out
from benchmarks.evaluation.held_out import share
from bonewise.content import folders, load_world
from bonewise.dialogue.topics import OUT_OF_SCOPE, Topics
from bonewise.matchers import learnt_matcher
from bonewise.matching.matcher import Match, Matcher
from bonewise.matching.ngrams import NgramMatcher
from bonewise.matching.phrasings import load_phrasings
from bonewise.settings import Settings

OFFERED = 3  # buttons


class Asked(NamedTuple):
    """A held-out question, its topic, and what was made of it."""

    topic: str
    text: str
    match: Match
    seconds: float  # of processor time


def asked(matcher: Matcher, part: str, tag: str) -> list[Asked]:
    """What the matcher makes of each question of a language."""
    return [_ask(matcher, topic, text) for topic, texts in held_out.topics(part, tag).items() for text in texts]


def _ask(matcher: Matcher, topic: str, text: str) -> Asked:
    begun = time.process_time()
    match = matcher.match(text)
    return Asked(topic, text, match, time.process_time() - begun)


def shares(questions: Sequence[Asked]) -> dict[str, float]:
    """The figures of the table, each a share of the questions in scope or out of it."""
    ours = [one for one in questions if one.topic != OUT_OF_SCOPE]
    others = [one for one in questions if one.topic == OUT_OF_SCOPE]
    return {
        "top-1": share(_first(one) for one in ours),
        "top-3": share(_among_three(one) for one in ours),
        "answered at once, right": share(one.match.band == "answer" and _first(one) for one in ours),
        "answered at once, wrong": share(one.match.band == "answer" and not _first(one) for one in ours),
        "offered, right one among 3": share(one.match.band == "offer" and _among_three(one) for one in ours),
        "offered, none right": share(one.match.band == "offer" and not _among_three(one) for one in ours),
        "off-topic answered": share(one.match.band == "answer" and not _first(one) for one in others),
        "off-topic offered": share(one.match.band == "offer" for one in others),
    }


def _first(one: Asked) -> bool:
    return one.match.topics[0] == one.topic


def _among_three(one: Asked) -> bool:
    return one.topic in one.match.topics[:OFFERED]


def milliseconds(questions: Sequence[Asked]) -> dict[str, float]:
    """The processor time for a question: the median, and what one of a hundred exceeds."""
    took = sorted(1000 * one.seconds for one in questions)
    return {"ms, p50": took[len(took) // 2], "ms, p99": took[len(took) * 99 // 100]}


def confusions(questions: Sequence[Asked]) -> list[tuple[str, str, int]]:
    """Which topic was taken for which, and how often; the most frequent first."""
    wrong = Counter((one.topic, one.match.topics[0]) for one in questions if not _first(one))
    return [(wanted, found, times) for (wanted, found), times in wrong.most_common()]


def by_letters() -> Matcher:
    """The matcher without dependencies."""
    return NgramMatcher(load_phrasings([folder / "matching" for folder in folders("locales")], _known()))


def by_meaning() -> Matcher:
    """The matcher of the extra `[semantic]`, where that is installed."""
    return learnt_matcher(Settings(), _known())


def _known() -> Topics:
    return load_world(Settings()).topics

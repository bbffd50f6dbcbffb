"""What people ask about, and what answers it (flows/topics.yml). The phrasings that lead there are the matching's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

OUT_OF_SCOPE = "out_of_scope"
"""The topic of what this guide knows nothing about."""

COURTESY = "courtesy"
"""The topic of greetings, thanks and words that ask nothing."""


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic: the page that answers it, and the check for the symptom that may be behind the question.

    `next` are the topics and flows that people ask for then.
    """

    id: str
    page: str
    check: str | None = None
    next: tuple[str, ...] = ()


Topics: TypeAlias = Mapping[str, Topic]

"""A tip for caregivers, as its book names it."""

from __future__ import annotations

from dataclasses import dataclass

from bonewise.strict_yaml import Mark

EMERGENCY_TOPIC = "emergency"
"""The topic that belongs to every subscription."""

LONGEST_TIP = 280
"""The most letters that a tip's text may have (docs/clinical.md, tips for caregivers)."""


@dataclass(frozen=True, slots=True)
class Tip:
    """One tip. Its words stand at `tips.text.<id>`, those of its topic at `tips.topic.<topic>`."""

    id: str
    topic: str
    sources: tuple[str, ...]
    more: str  # the page that it leads on to
    mark: Mark

    @property
    def is_emergency(self) -> bool:
        """Whether it is about the signs of an emergency."""
        return self.topic == EMERGENCY_TOPIC

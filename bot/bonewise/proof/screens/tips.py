"""P9: tips that are too long for what they are, a glance at a lock screen."""

from __future__ import annotations

from collections.abc import Iterator

from bonewise.flow.tip import LONGEST_TIP
from bonewise.i18n.words import MissingText, MissingValue
from bonewise.proof.finding import Finding
from bonewise.proof.screens.judge import place_of
from bonewise.proof.screens.longest import units
from bonewise.proof.screens.stage import Stage


def find_long_tips(stage: Stage) -> Iterator[Finding]:
    """Each tip that is too long with the longest words for each place. One that cannot be said is told of as P8."""
    speaker = stage.speaker(stage.person())
    for tip in stage.world.flows.tips.values():
        key = f"tips.text.{tip.id}"
        try:
            letters = units(speaker.say(key))
        except (MissingText, MissingValue):
            continue
        if letters > LONGEST_TIP:
            what = f"`{key}` in {stage.tag} has {letters} letters, and {LONGEST_TIP} are the most for a tip; shorten it"
            mark = place_of(stage.world.catalog, stage.tag, key) or tip.mark
            yield Finding("P9", "", tip.id, mark, what, about=what)

"""Plays the tables of tests/levels: what somebody says other than `calm`, and the level and reasons that come of it.

A file is named by its check. A line is named by its rule and has what is said (`but`), the `level` and all reasons
(`because`); `about: other` for somebody else, `also` for what else is known of the person, `first` for what is said to
a question before it is asked once more, and `not_asked` for questions that do not come up. The levels are those of the
clinical evidence base; the reasons were put in after each was compared with it.
"""

from __future__ import annotations

import pytest

from tests.dialogue.conversation import WORLD
from tests.folded import Folded, replay, tables


@pytest.mark.parametrize("line", [pytest.param(line, id=f"{line.flow}-{line.name}") for line in tables()])
def test_the_answers_come_to_their_level_for_their_reasons(line: Folded) -> None:
    replay(line, WORLD.flows.flows[line.flow])

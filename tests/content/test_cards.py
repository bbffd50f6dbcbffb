"""What a result explains, and where it leads on: each card and each next step of a check comes with its answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from bonewise.authors.cases import mildest
from bonewise.flow.model import FUNCTIONS, PRESSED, Ask
from bonewise.flow.play import answer, play
from bonewise.flow.state import State
from tests.dialogue.conversation import WORLD

CHILD = {"adult.over_18": "no", "under_18.age": "ten_to_17"}
OLD_LEGS = {"spine_nerves.both_legs": "yes", "spine_nerves.both_legs_new": "old_eases"}
SLIP = {"start": "slip", "where": "low", "age": "from_65"}

CARDS: list[tuple[str, str, Mapping[str, Any]]] = [
    ("back", "under_18", CHILD),
    ("back", "mood", {"also": ("hard_to_bear",), "mood.thoughts": "no"}),
    ("back", "pregnancy", {"also": ("baby",)}),
    ("back", "fracture", SLIP),
    ("back", "shingles", {"also": ("rash",)}),
    ("back", "root", {"limb": ("down",)}),
    ("back", "stenosis", OLD_LEGS),
    ("back", "moving", {}),
    ("falls", "under_18", CHILD),
    ("falls", "mood", {"days": ("hard_to_bear",), "mood.thoughts": "no"}),
    ("falls", "head", {"fell": "six_weeks", "head": "yes"}),
    ("falls", "spine", {"fell": "six_weeks", "hurt": ("back",), "age": "from_65"}),
    ("falls", "hip", {"fell": "six_weeks", "hip.pain": "load"}),
    ("falls", "dizzy", {"days": ("faint",)}),
    ("falls", "get_up", {"fell": "today"}),
    ("falls", "feet", {"causes": ("numb_feet",)}),
    ("falls", "tablets", {"causes": ("sleep_tablet",)}),
    ("falls", "steady", {}),
    ("tingling", "under_18", CHILD),
    ("tingling", "mood", {"also": ("hard_to_bear",), "mood.thoughts": "no"}),
    ("tingling", "pregnancy", {"medicines": ("pregnant",)}),
    ("tingling", "shingles", {"also": ("rash_old",)}),
    ("tingling", "calcium", {"where": ("mouth",), "calcium_signs": ("cramps",)}),
    ("tingling", "one_line", {"pattern": "one_line"}),
    ("tingling", "stenosis", {"pattern": "heavy_legs"}),
    ("tingling", "neuropathy", {"pattern": "toes_first"}),
    ("tingling", "b12", {"health": ("b12",)}),
    ("tingling", "feet", {"where": ("both_legs",)}),
    ("tingling", "known", {"explained": "known"}),
    ("tingling", "pressed", {"explained": "pressed"}),
    ("weakness", "under_18", CHILD),
    ("weakness", "mood", {"now": ("hard_to_bear",), "mood.thoughts": "no"}),
    ("weakness", "stenosis", {"signs": ("heavy_legs",)}),
    ("weakness", "tablet", {"signs": ("tablet",)}),
    ("weakness", "feet", {"signs": ("numb_feet",)}),
    ("weakness", "steady", {}),
]
"""The check, the first card of its result, and what was said; those of the other checks stand in conversations."""

STEPS: list[tuple[str, str, Mapping[str, Any]]] = [
    ("back", "watch", SLIP),
    ("back", "tingling", {"limb": ("numb",)}),
    ("falls", "back", {"fell": "six_weeks", "hurt": ("back",)}),
    ("falls", "foot_check", {"causes": ("numb_feet",)}),
    ("falls", "medicine_worry", {"causes": ("sleep_tablet",)}),
    ("falls", "bone_risk", {"fell": "six_weeks", "hip.pain": "fall", "age": "from_65"}),
    ("weakness", "back", {"now": ("back_pain",)}),
    ("weakness", "foot_check", {"signs": ("numb_feet",)}),
]


def ended(check: str, said: Mapping[str, Any]) -> State:
    """The end of a check of somebody who says this, and nothing else."""
    flow, answers = WORLD.flows.flows[check], ()
    while (state := play(flow, answers)).open is not None:
        step = state.open
        value = said.get(step.id, mildest(step)) if isinstance(step, Ask) else PRESSED
        assert value is not None
        answers = answer(flow, answers, value)
    return state


@pytest.mark.parametrize(("check", "card", "said"), CARDS, ids=[f"{check}-{card}" for check, card, _ in CARDS])
def test_a_result_explains_what_was_said(check: str, card: str, said: Mapping[str, Any]) -> None:
    assert ended(check, said).cards[0].id == card


@pytest.mark.parametrize(("check", "step", "said"), STEPS, ids=[f"{check}-{step}" for check, step, _ in STEPS])
def test_a_result_leads_on_to_what_was_said_and_to_it_alone(check: str, step: str, said: Mapping[str, Any]) -> None:
    assert step in {offer.to for offer in ended(check, said).offers}
    assert step not in {offer.to for offer in ended(check, {}).offers}


@pytest.mark.parametrize("check", sorted({check for check, _, _ in CARDS}))
def test_no_card_and_no_next_step_is_left_out_here(check: str) -> None:
    flow = WORLD.flows.flows[check]
    assert {card.id for card in flow.cards} == {card for name, card, _ in CARDS if name == check}
    some = {offer.to for offer in flow.offers if offer.when is not None and offer.to not in FUNCTIONS}
    assert some == {step for name, step, _ in STEPS if name == check}

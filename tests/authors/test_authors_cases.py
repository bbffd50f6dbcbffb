"""Prepared answers are played as they would be in the chat, and what cannot be played names its case."""

from __future__ import annotations

from pathlib import Path

import pytest

from bonewise.authors.cases import CaseError, mildest, play_file
from bonewise.flow.fit import fits
from bonewise.flow.model import Ask, Date, One, Place, Time
from tests.dialogue.conversation import WORLD

TINGLING = WORLD.flows.flows["tingling"]


def played(folder: Path, text: str) -> list[dict[str, object]]:
    file = folder / "cases.yml"
    file.write_text(text)
    return list(play_file(file, TINGLING))


def test_a_sign_that_cannot_wait_ends_the_case_at_once(tmp_path: Path) -> None:
    [case] = played(tmp_path, "- {id: breath, answers: {adult.over_18: 'yes', life.signs: breathing, cancer: 'no'}}")
    assert case == {
        "id": "breath",
        "level": "emergency",
        "flags": ["life.RF02"],
        "cards": [],
        "asked": ["adult.over_18", "life.signs"],
        "missing": [],
        "unused": ["cancer"],
    }


def test_what_is_not_answered_gets_the_mildest_answer_and_is_named(tmp_path: Path) -> None:
    [case] = played(tmp_path, "- {id: toes, answers: {where: [both_legs], started: longer, pattern: toes_first}}")
    assert (case["level"], case["flags"], case["cards"]) == ("routine", ["toes_first"], ["neuropathy", "feet"])
    assert "life.signs" in case["missing"]  # type: ignore[operator]
    assert "where" not in case["missing"]  # type: ignore[operator]


def test_not_sure_twice_is_asked_twice_and_counts(tmp_path: Path) -> None:
    [case] = played(tmp_path, "- {id: unsure, answers: {life.signs: unsure}}")
    assert (case["level"], case["flags"]) == ("emergency", ["life.U1_signs"])


def test_a_case_about_somebody_else_is_asked_what_others_can_see(tmp_path: Path) -> None:
    [case] = played(tmp_path, "- {id: mum, about: other, answers: {someone.signs: [hurt]}}")
    assert (case["level"], case["flags"]) == ("same_day", ["someone.RF53"])


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("- {id: a, answers: {life.signs: foo}}", "cases.yml:1:33: case a: 'foo' cannot answer `life.signs`"),
        ("- {id: a, answers: {fever: 'yes'}}", "cases.yml:1:21: case a: `tingling` has no question `fever`"),
        ("- {id: a, about: dog}", "cases.yml:1:3: case a: `about: dog` is none of self, other"),
        ("- {id: a, answer: {}}", "cases.yml:1:11: case a: `answer` is none of id, about, answers"),
        ("answers: {}", "cases.yml:1:1: expected a list of cases"),
        ("- {id: a, answers: [stroke]}", "cases.yml:1:20: case a: `answers` is a mapping of questions to values"),
        ("- {id: [a], answers: {}}", "cases.yml:1:8: case 1: `id` is one word or line"),
        ("- {id: a}\n- {id: a}", "cases.yml:2:3: case a: there is another case of this `id`"),
    ],
)
def test_what_cannot_be_played_names_its_case_and_place(tmp_path: Path, text: str, why: str) -> None:
    with pytest.raises(CaseError) as raised:
        played(tmp_path, text)
    assert why in str(raised.value)


def test_a_question_that_can_be_skipped_is_answered_no_if_the_case_leaves_it_out(tmp_path: Path) -> None:
    file = tmp_path / "cases.yml"
    file.write_text("- {id: felt, answers: {toes: none}}")
    [case] = play_file(file, WORLD.flows.flows["foot_check"])
    assert (case["level"], case["flags"]) == ("self_care", [])
    assert "bear" in case["missing"]


def test_the_mildest_answer_fits_every_question_of_every_check() -> None:
    for flow in WORLD.flows.flows.values():
        for ask in (step for step in flow.steps if isinstance(step, Ask) and flow.kind == "check"):
            guess = mildest(ask)
            own_rows = isinstance(ask.kind, One) and ask.kind.provider is not None
            unknown = (own_rows or isinstance(ask.kind, Date | Time | Place)) and not ask.skip
            assert guess is None if unknown else fits(ask, guess), ask.id

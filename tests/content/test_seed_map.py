"""Nothing of the article that the project grew from is lost, and what it had wrong is put right."""

from __future__ import annotations

from typing import Any

import pytest

from tests.content.texts import FLOWS, HERE, read, sources, steps, words

STATEMENTS: dict[str, dict[str, Any]] = read(HERE / "seed_map.yml")["statements"]
SOURCES = read(FLOWS / "sources.yml")["sources"]


def test_every_statement_of_the_article_has_a_card() -> None:
    assert list(STATEMENTS) == [f"S{number}" for number in range(1, 32)]


@pytest.mark.parametrize("statement", STATEMENTS)
def test_a_statement_is_said_by_its_cards(statement: str) -> None:
    said = "\n".join(words()[f"{card}.text"] for card in STATEMENTS[statement]["cards"])
    assert [phrase for phrase in STATEMENTS[statement]["says"] if phrase not in said] == []


@pytest.mark.parametrize("card", sorted({card for found in STATEMENTS.values() for card in found["cards"]}))
def test_a_card_of_the_article_names_a_source_besides_it(card: str) -> None:
    flow, say = card.split(".")
    cited = sources(next(step for step in steps(flow) if step.get("say") == say))
    assert set(cited) <= set(SOURCES)
    assert set(cited) - {"seed"}

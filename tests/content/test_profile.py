"""What is kept of a person serves every check, so it must mean the same in each of them."""

from __future__ import annotations

from collections import defaultdict

from tests.content.texts import blocks, flows, options, steps, words


def test_a_kept_question_has_the_same_answers_and_words_in_every_check() -> None:
    """Else an old "none of these" would answer rows that nobody was shown."""
    found: dict[str, set[object]] = defaultdict(set)
    for flow in (*flows(), *blocks()):
        for step in (step for step in steps(flow) if step.get("keep")):
            key = f"{flow}.{step['ask']}"
            lines = tuple(words().get(f"{key}.lines.{option}") for option in options(step)[0])
            found[step["ask"]].add((tuple(options(step)[0]), lines))
    assert {question: told for question, told in found.items() if len(told) > 1} == {}

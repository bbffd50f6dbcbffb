"""What is played in the terminal is what the dialogue says, and its record plays again."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial

from bonewise.authors.terminal import Terminal
from bonewise.binding import understand
from bonewise.dialogue.event import Press
from tests.dialogue.conversation import ALARMS, MATCHER, WORLD, Conversation
from tests.test_conversations import MOVES

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)


def played(*typed: str) -> tuple[list[dict[str, object]], str]:
    lines: list[str] = []
    waiting = iter((*typed, "q"))
    terminal = Terminal(
        WORLD, partial(understand, ALARMS, MATCHER), "en", say=lines.append, ask=lambda: next(waiting), now=lambda: NOON
    )
    return terminal.play("tingling.self"), "\n".join(lines)


def test_a_number_presses_the_button_and_the_result_ends_the_record() -> None:
    moves, shown = played("7", "1")
    assert moves == [
        {"answer": {"life.signs": "none"}},
        {"press": "t:chest"},
        {"expect": {"level": "emergency", "because": ["life.RF04"]}},
    ]
    assert "Get emergency help now." in shown


def test_what_is_typed_is_heard_and_recorded() -> None:
    moves, shown = played("I can't breathe")
    assert moves == [{"type": "I can't breathe"}]
    assert "Get emergency help now." in shown


def test_a_record_plays_as_a_conversation_test() -> None:
    moves, _ = played("7", "4", "7", "4", "b", "1")
    talk = Conversation()
    talk.does(Press("go:tingling.self"))
    for move in moves:
        [(kind, value)] = move.items()
        MOVES[kind](talk, value)
    assert talk.step is not None or talk.person.results

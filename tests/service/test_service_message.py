"""Which message is edited, and what makes sense without it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.service.serving import BOT, NAME, START, Served, at_rest

from bonewise.dialogue.screen import Output, Screen, Strip
from bonewise.service.message import Message, sense_in, target_of
from bonewise.service.people import Known, make
from bonewise.store import outbox


async def somebody(served: Served) -> Known:
    """Somebody to whom a question was sent in the slot `q`, as the channel's message 77."""
    known, added = make(served.context, NAME, "a")
    sent = outbox.NewMessage(1, known.person.id, NAME, "key", 0, START, b"", slot="q")
    await served.context.store.commit([*added, outbox.insert(BOT, sent)])
    await served.do("UPDATE outbox SET state = 'sent', message_id = '77'")
    return known


@pytest.mark.parametrize(
    ("output", "target"),
    [
        (Screen("new", "en"), None),
        (Screen("new in a slot", "en", slot="q"), None),
        (Screen("edit", "en", replace="q"), "77"),
        (Screen("edit", "en", replace="other"), None),
        (Screen("edit what was pressed", "en", message="5"), "5"),
        (Screen("edit what was pressed", "en", message="5", replace="q"), "5"),
        (Strip("q"), "77"),
        (Strip("other"), None),
    ],
)
async def test_the_target_is_what_was_pressed_or_what_was_last_sent_in_the_slot(
    tmp_path: Path, output: Output, target: str | None
) -> None:
    async with at_rest(tmp_path) as served:
        known = await somebody(served)
        message = Message(2, known.person.id, "a", known.key, output)
        assert await target_of(served.context, message) == target


@pytest.mark.parametrize(
    ("output", "sense"),
    [
        (Screen("question", "en", role="question", replace="q"), True),
        (Screen("answered", "en", role="answered", replace="q"), False),
        (Strip("q"), False),
    ],
)
def test_only_a_screen_with_something_to_say_makes_sense_as_a_new_message(output: Output, sense: bool) -> None:
    assert sense_in(output) is sense

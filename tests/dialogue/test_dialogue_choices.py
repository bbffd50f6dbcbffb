"""What stands on the buttons of a question."""

from __future__ import annotations

import pytest

from bonewise.dialogue.choices import choices
from bonewise.dialogue.person import Person
from bonewise.dialogue.speaker import Speaker
from tests.dialogue.conversation import WEDNESDAY, WORLD


@pytest.mark.parametrize(
    ("hinted", "offered"),
    [
        ("es-MX", ["MX", "GB", "US", "ES"]),
        ("es-ar", ["AR", "GB", "US", "ES"]),
        ("en-GB", ["GB", "US", "ES", "MX"]),
        ("es", ["GB", "US", "ES", "MX"]),
        ("es-419", ["GB", "US", "ES", "MX"]),
        ("zh-hant", ["GB", "US", "ES", "MX"]),
        (None, ["GB", "US", "ES", "MX"]),
    ],
)
def test_the_country_of_the_persons_app_is_offered_first(hinted: str | None, offered: list[str]) -> None:
    speaker = Speaker(WORLD, Person("p", "telegram", hinted=hinted), "en", WEDNESDAY)
    which = WORLD.flows.flows["country"].ask("which")
    assert which is not None
    assert [choice.value for choice in choices(speaker, which)][:4] == offered

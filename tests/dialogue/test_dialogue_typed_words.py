"""Common words for an answer: many languages, one meaning each, and "not sure" is never "no"."""

from __future__ import annotations

from pathlib import Path

import pytest

from bonewise.dialogue.choices import choices
from bonewise.dialogue.common_words import MEANINGS, load_common_words
from bonewise.dialogue.person import Person
from bonewise.dialogue.speaker import Speaker
from bonewise.dialogue.typed import read_choice
from bonewise.dialogue.typed_words import listed
from bonewise.flow.model import Ask, Many, One
from bonewise.strict_yaml import StrictYamlError, load, plain
from tests.dialogue.conversation import WEDNESDAY, WORLD

ROOT = Path(__file__).parents[2]
SADDLE = next(s for s in WORLD.flows.flows["tingling"].steps if isinstance(s, Ask) and s.id == "spine_nerves.saddle")
SIGNS = next(s for s in WORLD.flows.flows["tingling"].steps if isinstance(s, Ask) and s.id == "life.signs")
LANGUAGES = ("en", "es")


def speaker(tag: str) -> Speaker:
    return Speaker(WORLD, Person("p", "telegram"), tag, WEDNESDAY)


def read(tag: str, ask: Ask, text: str) -> str | None:
    return read_choice(speaker(tag), choices(speaker(tag), ask), text)


def tables() -> list[tuple[str, str, str]]:
    """Each word of each language with what it means."""
    found = []
    for path in sorted((ROOT / "locales" / "typed").glob("*.yml")):
        table = plain(load(path))
        assert isinstance(table, dict)
        [(tag, lists)] = table.items()
        found += [(tag, meaning, word) for meaning, words in lists.items() for word in words]
    return found


@pytest.mark.parametrize("tag", LANGUAGES)
def test_a_common_word_of_any_language_is_taken_for_what_it_means(tag: str) -> None:
    wrong = {}
    for language, meaning, word in tables():
        ask = SIGNS if meaning == "none" else SADDLE
        if read(tag, ask, word) != meaning:
            wrong[f"{language}: {word}"] = read(tag, ask, word)
    assert wrong == {}


@pytest.mark.parametrize("tag", LANGUAGES)
def test_no_means_none_where_signs_are_listed(tag: str) -> None:
    assert {word: read(tag, SIGNS, word) for _, meaning, word in tables() if meaning == "no" and
            read(tag, SIGNS, word) != "none"} == {}  # fmt: skip


@pytest.mark.parametrize("tag", LANGUAGES)
def test_not_sure_is_never_taken_for_another_answer_of_any_question(tag: str) -> None:
    unsure = [word for _, meaning, word in tables() if meaning == "unsure"]
    unsure += [word for one in LANGUAGES for word in listed(speaker(one), "unsure") if word]
    asks = {step.id: step for flow in WORLD.flows.flows.values() for step in flow.steps if isinstance(step, Ask)}
    taken = {
        (step.id, word): value
        for step in asks.values()
        if isinstance(step.kind, One | Many) and not (isinstance(step.kind, One) and step.kind.provider)
        for word in unsure
        if (value := read(tag, step, word)) not in {"unsure", None}
    }
    assert taken == {}


def test_every_language_of_the_tables_knows_yes_no_or_not_sure() -> None:
    assert {meaning for _, meaning, _ in tables()} == set(MEANINGS)
    assert {"ar", "hi", "zh", "pt", "fr"} <= {tag for tag, _, _ in tables()}


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ('it: {"yes": ["si"]}', "1:1: expected `fr:` with words for yes, no, unsure, none"),
        ('fr: {"yse": ["si"]}', "1:6: unknown key `yse`; it must be one of yes, no, unsure, none"),
        ('fr: {"yes": "si"}', "1:13: `yes` must be a list of words in quotes"),
        ('fr: {"yes": ["na"], "no": ["NA"]}', "1:28: `NA` means `yes` elsewhere; keep neither"),
    ],
)
def test_a_fault_in_the_words_has_its_place(tmp_path: Path, written: str, told: str) -> None:
    (tmp_path / "typed").mkdir()
    (tmp_path / "typed" / "fr.yml").write_text(written, encoding="utf-8")
    with pytest.raises(StrictYamlError) as error:
        load_common_words([tmp_path])
    [fault] = error.value.diagnostics
    assert str(fault) == f"{tmp_path}/typed/fr.yml:{told}"

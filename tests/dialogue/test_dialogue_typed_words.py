"""Common words for an answer: many languages, one meaning each, and "not sure" is never "no"."""

from __future__ import annotations

from pathlib import Path

import pytest

from bonewise.dialogue.choices import choices
from bonewise.dialogue.common_words import AND, MEANINGS, load_common_words
from bonewise.dialogue.person import Person
from bonewise.dialogue.speaker import Speaker
from bonewise.dialogue.typed import read_answer, read_choice
from bonewise.dialogue.typed_words import listed
from bonewise.flow.model import Ask, Date, Many, One, Value
from bonewise.strict_yaml import StrictYamlError, load, plain
from tests.dialogue.conversation import WEDNESDAY, WORLD

ROOT = Path(__file__).parents[2]
SADDLE = next(s for s in WORLD.flows.flows["tingling"].steps if isinstance(s, Ask) and s.id == "spine_nerves.saddle")
SIGNS = next(s for s in WORLD.flows.flows["tingling"].steps if isinstance(s, Ask) and s.id == "life.signs")
WHERE = next(s for s in WORLD.flows.flows["tingling"].steps if isinstance(s, Ask) and s.id == "where")
DAY = next(s for s in WORLD.flows.flows["booked"].steps if isinstance(s, Ask) and isinstance(s.kind, Date))
LANGUAGES = ("en", "es")


def speaker(tag: str) -> Speaker:
    return Speaker(WORLD, Person("p", "telegram"), tag, WEDNESDAY)


def read(tag: str, ask: Ask, text: str) -> str | None:
    return read_choice(speaker(tag), choices(speaker(tag), ask), text)


def answer(tag: str, ask: Ask, text: str) -> Value | None:
    return read_answer(speaker(tag), ask, choices(speaker(tag), ask), text)


def tables() -> list[tuple[str, str, str]]:
    """Each word of each language with what it means."""
    found = []
    for path in sorted((ROOT / "locales" / "typed").glob("*.yml")):
        table = plain(load(path))
        assert isinstance(table, dict)
        [(tag, lists)] = table.items()
        found += [(tag, meaning, word) for meaning, words in lists.items() if meaning != AND for word in words]
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
        ('it: {"yes": ["si"]}', "1:1: expected `fr:` with words for yes, no, unsure, none, and"),
        ('fr: {"yse": ["si"]}', "1:6: unknown key `yse`; it must be one of yes, no, unsure, none, and"),
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


@pytest.mark.parametrize(
    ("tag", "second"),
    [
        *(("en", text) for text in ("second", "the second one", "2nd", "option 2", "number two", "#2", "2️⃣", "②")),
        *(("es", text) for text in ("segundo", "la segunda", "el segundo", "2.º", "2da", "opción 2", "número dos")),
        *(("en", text) for text in ("numero 2", "opción 2")),
    ],
)
def test_an_option_is_named_by_its_place(tag: str, second: str) -> None:
    assert answer(tag, SADDLE, second) == "unsure"
    assert answer(tag, WHERE, second) == ("both_arms",)


@pytest.mark.parametrize(
    "text", ["tenth", "10th", "0th", "option", "option two hundred", "#", "nº 2", "the one", "last"]
)
def test_a_place_that_is_not_there_or_not_clear_is_no_answer(text: str) -> None:
    assert answer("en", SADDLE, text) is None


@pytest.mark.parametrize("text", ["second", "2nd", "the second one"])
def test_a_place_in_words_is_no_day(text: str) -> None:
    assert answer("en", DAY, text) != choices(speaker("en"), DAY)[1].value


@pytest.mark.parametrize("tag", LANGUAGES)
@pytest.mark.parametrize(
    "text", ["1 and 2", "1 y 2", "1 و 2", "1和2", "1、2", "１，２", "1 und 2", "१ और २", "1️⃣ 2️⃣", "2, 1"]
)
def test_numbers_are_parted_as_in_any_language(tag: str, text: str) -> None:
    assert answer(tag, WHERE, text) == ("both_legs", "both_arms")


@pytest.mark.parametrize(
    ("tag", "text", "value"),
    [
        ("en", "feet", ("both_legs",)),
        ("en", "my legs", ("both_legs",)),
        ("en", "hands and feet", ("both_legs", "both_arms")),
        ("en", "foot", ("one_limb",)),
        ("en", "left foot", None),
        ("en", "one hand", None),
        ("es", "los pies", ("both_legs",)),
        ("es", "manos", ("both_arms",)),
        ("es", "pies y manos", ("both_legs", "both_arms")),
    ],
)
def test_several_are_both_where_both_are_an_option(tag: str, text: str, value: Value | None) -> None:
    assert answer(tag, WHERE, text) == value


@pytest.mark.parametrize("tag", LANGUAGES)
@pytest.mark.parametrize(
    "text", ["👍", "👍🏽", "✅", "true", "definitely", "yes, both", "Sí, claro", "sí, los dos", "हां जी"]
)
def test_more_words_and_a_thumb_say_yes_to_a_plain_question(tag: str, text: str) -> None:
    assert answer(tag, SADDLE, text) == "yes"


@pytest.mark.parametrize("tag", LANGUAGES)
@pytest.mark.parametrize("text", ["idk", "I dunno", "no clue", "I don’t remember"])
def test_more_words_say_not_sure(tag: str, text: str) -> None:
    assert answer(tag, SADDLE, text) == "unsure"


@pytest.mark.parametrize("tag", LANGUAGES)
@pytest.mark.parametrize("text", ["👎", "❌", "tak", "not really", "creo que no", "creo que sí", "I think so", "last"])
def test_what_has_two_meanings_or_is_half_meant_is_no_answer(tag: str, text: str) -> None:
    """A thumb down can say that it is bad; "tak" is yes in Polish and no in Malay."""
    assert answer(tag, SADDLE, text) is None


@pytest.mark.parametrize("text", ["👍", "✅", "👎"])
def test_a_thumb_says_nothing_where_signs_are_listed(text: str) -> None:
    assert answer("en", SIGNS, text) is None

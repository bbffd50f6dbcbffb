"""The alarm book hears what each sign's own phrases say, and leaves alone what they rule out."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bonewise.i18n.catalog import load_catalog
from bonewise.matching.alarm import NOTHING, AlarmBook, Heard
from bonewise.strict_yaml import StrictYamlError

ROOT = Path(__file__).parents[2]
BOOK = AlarmBook.load([ROOT / "locales" / "alarm"])
SIGNS = [(language.tag, sign) for language in BOOK.languages for sign in language.signs]
MUST_HIT = [
    pytest.param(written.text, strength, sign.kind, id=f"{tag}-{sign.id}-{written.mark.line}-{n}")
    for tag, sign in SIGNS
    for strength, phrases in sign.must_hit.items()
    for n, written in enumerate(phrases)
]
MUST_NOT_HIT = [
    pytest.param(written.text, id=f"{tag}-{sign.id}-{n}")
    for tag, sign in SIGNS
    for n, written in enumerate(sign.must_not_hit)
]


@pytest.mark.parametrize(("text", "strength", "kind"), MUST_HIT)
def test_a_phrase_that_must_hit_hits(text: str, strength: str, kind: str) -> None:
    heard = BOOK.hear(text)
    assert (heard.strength, heard.kind) == (strength, kind)


@pytest.mark.parametrize("text", MUST_NOT_HIT)
def test_a_phrase_that_must_not_hit_does_not(text: str) -> None:
    assert BOOK.hear(text) == NOTHING


@pytest.mark.parametrize(
    "key", ["emergency.link", "teach_back.signs.links.emergency", "teach_back.three.links.emergency"]
)
@pytest.mark.parametrize("tag", [language.tag for language in BOOK.languages])
def test_the_words_of_a_button_that_calls_for_help_do_so_when_typed(tag: str, key: str) -> None:
    label = load_catalog([ROOT / "locales"]).text(tag, key)
    assert label is not None
    assert BOOK.hear(label).strength == "hard"


@pytest.mark.parametrize(("tag", "sign"), SIGNS, ids=[f"{tag}-{sign.id}" for tag, sign in SIGNS])
def test_every_sign_has_phrases_of_both_kinds_and_a_text(tag: str, sign: object) -> None:
    assert sign.must_hit["hard"]  # type: ignore[attr-defined]
    assert sign.must_not_hit  # type: ignore[attr-defined]
    assert load_catalog([ROOT / "locales"]).has(tag, f"alarm.signs.{sign.id}")  # type: ignore[attr-defined]


def test_all_languages_have_the_same_signs_of_the_same_kind() -> None:
    signs = [{(sign.id, sign.kind) for sign in language.signs} for language in BOOK.languages]
    assert all(others == signs[0] for others in signs)


@pytest.mark.parametrize(
    "text",
    [
        "I CAN'T BREATHE",
        "i cant breathe",
        "I can’t breathe",
        "I can\u200b't bre\u00adathe",
        "\u202eI can't breathe\u202c",
        "Ｉ ｃａｎ'ｔ ｂｒｅａｔｈｅ",
        "I cann't breathe",
        "I can't breeathe",
        "I can't brethe",
        "no puedó respirar",
        "no puedo respirrar",
        "hello. " * 580 + "I can't breathe",
    ],
)
def test_spelling_width_and_invisible_characters_make_no_difference(text: str) -> None:
    assert BOOK.hear(text) == Heard("hard", "emergency", "breathing")


@pytest.mark.parametrize(
    "text",
    [
        "no chest pain, no trouble breathing",
        "I had chest pain ten years ago",
        "what is a stroke?",
        "My mother had a stroke last year",
        "no tengo dolor en el pecho",
        "hace diez años tuve dolor en el pecho",
    ],
)
def test_a_no_the_past_and_general_questions_are_not_heard(text: str) -> None:
    assert BOOK.hear(text) == NOTHING


def test_a_no_before_one_thing_does_not_deny_the_next() -> None:
    assert BOOK.hear("no fever, but I can't breathe").strength == "hard"
    assert BOOK.hear("no tengo fiebre pero no puedo respirar").strength == "hard"


@pytest.mark.parametrize("denied", ["no", "not a joke", "nobody is here and", "without warning"])
def test_an_unrelated_no_denies_nothing(denied: str) -> None:
    assert BOOK.hear(f"{denied} I can't breathe").strength == "hard"


@pytest.mark.parametrize("denied", ["no", "no es broma", "no hay nadie y", "sin aviso"])
def test_a_no_does_not_deny_a_no(denied: str) -> None:
    assert BOOK.hear(f"{denied} no puedo respirar").strength == "hard"


def test_something_past_that_is_back_now_is_heard() -> None:
    assert BOOK.hear("my face drooped last year and now it is drooping again").strength == "hard"
    assert BOOK.hear("I had numbness between my legs 3 years ago and it is back").strength == "hard"


def test_something_past_beside_what_is_now_is_asked_about() -> None:
    assert BOOK.hear("se rompió la cadera en 2017 y ahora baila").strength == "soft"
    assert BOOK.hear("se rompió la cadera en 2017 y ahora se rompió la otra cadera").strength == "hard"


@pytest.mark.parametrize("number", ["dos", "veinte", "35", "muchos"])
def test_any_number_of_years_ago_is_past(number: str) -> None:
    assert BOOK.hear(f"hace {number} años tuve dolor en el pecho") == NOTHING


def test_what_is_told_of_a_dream_a_leaflet_or_an_animal_is_asked_about() -> None:
    for text in ("I dreamt I couldn't breathe", "the leaflet lists trouble breathing", "my dog has stopped breathing"):
        assert BOOK.hear(text).strength == "soft"
    assert BOOK.hear("in the film he was sad and now I can't breathe").strength == "hard"


def test_a_figure_of_speech_is_no_alarm_and_hides_none() -> None:
    assert BOOK.hear("I laughed so hard I couldn't breathe") == NOTHING
    assert BOOK.hear("me ahogo en un vaso de agua") == NOTHING
    assert BOOK.hear("me ahogo en un vaso de agua, y me duele mucho el pecho").strength == "hard"


def test_talk_of_an_alarm_that_is_said_to_be_now_is_asked_about() -> None:
    assert BOOK.hear("tengo miedo a no respirar, ahora no respira").strength == "hard"
    assert BOOK.hear("signs of choking now").strength == "soft"


def test_a_question_about_oneself_is_heard_softly() -> None:
    assert BOOK.hear("what should I do if I can't pee") == Heard("soft", "emergency", "bladder")


def test_what_has_been_so_for_years_is_heard_more_softly() -> None:
    assert BOOK.hear("I can't hold my pee").strength == "hard"
    assert BOOK.hear("I have not been able to hold my pee for years").strength != "hard"


def test_a_report_about_somebody_else_now_is_heard() -> None:
    assert BOOK.hear("my mother can't speak").strength == "hard"
    assert BOOK.hear("my son says he wants to kill himself") == Heard("hard", "crisis", "ending_life")


def test_an_emergency_goes_before_a_crisis_of_the_same_strength() -> None:
    assert BOOK.hear("I want to die, I took an overdose").kind == "emergency"
    assert BOOK.hear("I want to die and my legs are weak").kind == "crisis"


WORDS = ["no", "cant", "breathe", "chest", "pain", "now", "?", ".", ",", "si", "me", "duele"]


@given(st.text(max_size=400) | st.lists(st.sampled_from(WORDS)).map(" ".join))
def test_no_text_makes_it_raise(text: str) -> None:
    heard = BOOK.hear(text)
    assert (heard.strength == "none") == (heard.kind is None) == (heard.sign is None)


@pytest.mark.parametrize(
    "piece", ["can't breathe ", "no chest pain ", "a", ". ", "a.", "胸痛", "'s", "\u200b", "my leg "]
)
def test_time_grows_with_the_length_only(piece: str) -> None:
    def seconds(length: int) -> float:
        text, best = (piece * length)[:length], 1.0
        for _ in range(3):
            began = time.perf_counter()
            BOOK.hear(text)
            best = min(best, time.perf_counter() - began)
        return best

    assert seconds(4096) < 40 * seconds(512) + 0.02


def test_three_hundred_characters_take_about_a_millisecond() -> None:
    text = ("I have had this pain in my back for three weeks and my legs feel a bit weak when I walk. " * 4)[:300]
    BOOK.hear(text)
    began = time.perf_counter()
    for _ in range(50):
        BOOK.hear(text)
    assert (time.perf_counter() - began) / 50 < 0.005  # 0.3 ms on an idle machine; shared ones are slower


def book_of(tmp_path: Path, text: str) -> AlarmBook:
    (tmp_path / "xx.yml").write_text(text, "utf-8")
    return AlarmBook.load([tmp_path])


def test_an_unknown_word_group_is_named_with_its_place(tmp_path: Path) -> None:
    source = 'xx:\n  words: {breathe: [breathe]}\n  signs:\n    a: {kind: crisis, hard: ["breath"]}\n'
    with pytest.raises(StrictYamlError, match=r"xx\.yml:4:30: unknown word group `breath`; did you mean `breathe`\?"):
        book_of(tmp_path, source)


def test_faults_of_a_file_are_reported_together(tmp_path: Path) -> None:
    source = "xx:\n  word: {}\n  words: {asks: [a], x: [!], y: 5}\n  signs:\n    a: {kind: panic}\n"
    with pytest.raises(StrictYamlError) as caught:
        book_of(tmp_path, source.replace("[!]", '["!"]'))
    assert [str(fault.message) for fault in caught.value.diagnostics] == [
        "unknown key `word`; did you mean `words`?",
        "`asks` is the name of a guard; give the group another name",
        "`!` has no word in it",
        "must be a list of texts",
        "`kind` must be emergency or crisis",
    ]


def test_a_second_directory_adds_a_language(tmp_path: Path) -> None:
    source = 'xx:\n  words: {help: ["救命"]}\n  signs:\n    call_for_help: {kind: emergency, hard: [help]}\n'
    (tmp_path / "xx.yml").write_text(source, "utf-8")
    book = AlarmBook.load([ROOT / "locales" / "alarm", tmp_path])
    assert book.hear("快救命啊") == Heard("hard", "emergency", "call_for_help")
    assert book.hear("I can't breathe").strength == "hard"

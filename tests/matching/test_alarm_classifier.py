"""The classifier hears what no pattern knows, asks about it and no more, and lowers nothing that a pattern heard."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bonewise.content import folders, load_alarms
from bonewise.i18n.catalog import load_catalog
from bonewise.matching.alarm import NOTHING, AlarmBook
from bonewise.matching.alarm_examples import NO_ALARM, load_examples
from bonewise.matching.examples import Example
from bonewise.matching.phrasings import load_phrasings
from bonewise.settings import Settings
from bonewise.strict_yaml import Mark

HERE = Mark("here", 1, 1)
LOCALES = folders("locales")
EXAMPLES = load_examples([folder / "alarm_examples" for folder in LOCALES])
ALARMS = [example for example in EXAMPLES if example.label != NO_ALARM]
BOTH = load_alarms(Settings())
PATTERNS = AlarmBook.load([folder / "alarm" for folder in LOCALES])
RANK = ["none", "soft", "hard"]
TYPED = [
    f"ui.typed.{name}" for name in ("yes", "no", "unsure", "none", "skipped", "home", "help", "back", "stop", "start")
]
PIECES = sorted({word for example in EXAMPLES[::20] for word in example.text.split()})


def test_an_example_that_tells_of_an_alarm_is_asked_about_if_no_pattern_hears_it() -> None:
    wrong = [example.mark for example in ALARMS[::7] if not _is_asked_about(example)]
    assert wrong == []


def _is_asked_about(example: Example) -> bool:
    alone, heard = PATTERNS.hear(example.text), BOTH.hear(example.text)
    as_strong = heard.strength == ("hard" if alone.strength == "hard" else "soft")
    return as_strong and (alone != NOTHING or heard.kind == example.label)


def test_an_example_that_tells_of_none_is_left_to_the_patterns() -> None:
    calm = [example for example in EXAMPLES if example.label == NO_ALARM][::7]
    assert [one.mark for one in calm if BOTH.hear(one.text) != PATTERNS.hear(one.text)] == []


def test_a_phrasing_of_a_topic_is_left_to_the_patterns_where_there_are_examples_of_alarms() -> None:
    languages = {Path(example.mark.file).name for example in EXAMPLES}
    phrasings = load_phrasings([folder / "matching" for folder in LOCALES])
    learnt = [phrasing for phrasing in phrasings if Path(phrasing.mark.file).name in languages]
    assert len(learnt) < len(phrasings)
    for phrasing in learnt[::10]:
        assert BOTH.hear(phrasing.text) == PATTERNS.hear(phrasing.text)


@given(st.text(max_size=400) | st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join))
def test_it_never_makes_an_alarm_hard_and_lowers_none(text: str) -> None:
    alone, both = PATTERNS.hear(text), BOTH.hear(text)
    assert (both.strength == "hard") == (alone.strength == "hard")
    assert RANK.index(both.strength) >= RANK.index(alone.strength)
    assert both == alone or alone.kind in {None, "crisis"}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("her words came out like porridge after lunch", "emergency"),
        ("the place I sit on is like cotton and no pee comes", "emergency"),
        ("I keep counting my pills at night and think of it", "crisis"),
        ("las palabras le salen como sopa desde el almuerzo", "emergency"),
        ("cada noche cuento mis pastillas y pienso en hacerlo", "crisis"),
    ],
)
def test_what_is_told_in_other_words_is_asked_about(text: str, kind: str) -> None:
    assert PATTERNS.hear(text) == NOTHING
    assert (BOTH.hear(text).strength, BOTH.hear(text).kind, BOTH.hear(text).sign) == ("soft", kind, None)


@pytest.mark.parametrize("text", ["", "?", "7", "9:00", "Maria", "tomorrow at 9", "la clínica", "xyzzy", "😀" * 4096])
def test_a_short_answer_or_no_word_at_all_is_not_asked_about(text: str) -> None:
    assert BOTH.hear(text) == NOTHING


@pytest.mark.parametrize("text", ["Flo", "call mum", "oh dear", "vâng"])
def test_a_text_of_fewer_than_three_words_is_left_to_the_patterns(text: str) -> None:
    book = load_alarms(Settings())
    book.use_odds(lambda _: 13.0)
    assert book.hear(text, by_meaning=True) == NOTHING
    assert book.hear("my heart stopps", by_meaning=True).strength == "soft"


def test_what_is_on_a_list_of_typed_answers_is_left_to_the_patterns() -> None:
    catalog = load_catalog(LOCALES)
    lists = [catalog.text(tag, key) or "" for tag in catalog.languages for key in TYPED]
    answers = {answer.strip() for written in lists for answer in written.split(",")}
    assert len(answers) > 100
    assert [answer for answer in sorted(answers) if BOTH.hear(answer) != PATTERNS.hear(answer)] == []


@pytest.mark.parametrize(
    "told", ["half my face slid down like wax", "the place I sit on is like cotton and no pee comes"]
)
def test_an_alarm_in_one_sentence_of_a_long_message_is_asked_about(told: str) -> None:
    calm = (
        "Thanks for the pages about milk. My sister likes almonds and broccoli. We would like to read about vitamin D."
    )
    assert BOTH.hear(calm) == NOTHING
    assert BOTH.hear(f"{calm} {told}. {calm}").strength == "soft"


def test_what_the_words_are_sure_of_no_odds_take_back() -> None:
    book = load_alarms(Settings())
    book.use_odds(lambda _: -13.0)
    assert book.hear("her words came out like porridge after lunch", by_meaning=True).strength == "soft"


def test_a_text_that_leans_to_an_alarm_by_its_meaning_is_asked_about_where_it_is_heard_by_meaning() -> None:
    book = load_alarms(Settings())
    calm = "the tide was in"
    assert book.hear(calm, by_meaning=True) == NOTHING
    book.use_odds(lambda _: 13.0)
    assert book.hear(calm) == NOTHING
    assert book.hear(calm, by_meaning=True).strength == "soft"


def test_no_odds_make_an_alarm_hard_or_lowers_what_a_pattern_heard() -> None:
    book = load_alarms(Settings())
    for odds in (-13.0, 13.0):
        book.use_odds(lambda _, odds=odds: odds)  # type: ignore[misc]
        for example in EXAMPLES[::40]:
            alone, both = PATTERNS.hear(example.text), book.hear(example.text, by_meaning=True)
            assert (both.strength == "hard") == (alone.strength == "hard")
            assert RANK.index(both.strength) >= RANK.index(alone.strength)


def test_without_examples_only_the_patterns_hear() -> None:
    PATTERNS.learn()
    assert PATTERNS.hear("her words came out like porridge after lunch") == NOTHING


@pytest.mark.long
def test_the_same_examples_hear_the_same() -> None:
    again, other = (AlarmBook.load([folder / "alarm" for folder in LOCALES], EXAMPLES) for _ in range(2))
    texts = [f"{word} {other_word}" for word, other_word in pairwise(PIECES)]
    assert list(map(again.hear, texts)) == list(map(other.hear, texts))


def test_a_second_directory_adds_examples(tmp_path: Path) -> None:
    (tmp_path / "xx.yml").write_text('xx: {emergency: {heart: ["hjertet mitt stopper opp"]}}', "utf-8")
    more = load_examples([*(folder / "alarm_examples" for folder in LOCALES), tmp_path])
    book = AlarmBook.load([folder / "alarm" for folder in LOCALES], more)
    assert book.hear("Hjertet mitt stopper opp!").strength == "soft"


def _book(calm: str = "the tide was in") -> AlarmBook:
    told = [("emergency", "half my face slid"), ("emergency", "my face slid down"), (NO_ALARM, calm), (NO_ALARM, calm)]
    return AlarmBook([], [Example(label, text, HERE) for label, text in told])


@pytest.mark.parametrize("text", ["my face slid", "the tide slid", "hello"])
def test_what_was_kept_is_what_was_learnt(text: str, tmp_path: Path) -> None:
    learnt, again = _book(), _book()
    learnt.keep(tmp_path / "new" / "words.json")
    again.recall(tmp_path / "new" / "words.json")
    assert again.hear(text) == learnt.hear(text)


@pytest.mark.parametrize("damage", ["", "{}", "[1]", '{"digest": 1}'])
def test_a_file_that_is_damaged_is_named_and_learnt_again(
    damage: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "words.json"
    _book().keep(file)
    file.write_text(damage or file.read_text()[:-40])
    book = _book()
    book.recall(file)
    assert book.hear("my face slid") == _book().hear("my face slid")
    assert damage == '{"digest": 1}' or f"{file} cannot be read" in caplog.text


def test_what_was_learnt_from_other_examples_is_not_taken(tmp_path: Path) -> None:
    file = tmp_path / "words.json"
    _book(calm="my face slid").keep(file)
    book = _book()
    book.recall(file)
    assert book.hear("face slid") == _book().hear("face slid")

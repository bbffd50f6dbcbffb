"""The checks of the voice that a test can count: every English text, every flow (docs/voice.md, ten checks)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

import pytest

from bonewise.dialogue.layout import rows
from bonewise.dialogue.screen import Button
from tests.content import reading
from tests.content.texts import (
    HERE,
    Text,
    blocks,
    exceptions,
    filled,
    flows,
    links,
    option_sets,
    options,
    read,
    sources,
    steps,
    texts,
    without_marks,
    words,
)

LONG = 350
LONGEST = 700
LABEL = 30
ROWS = 4
BUTTONS = 8
GRADE = 6
GRADE_WITH_A_MEDICAL_WORD = 8
SENTENCE = 20
MEAN = 12
FEW = 3  # sentences; a mean of one or two says nothing that their length does not

NEVER = (
    r"low risk|all clear|safe|rule out|no need to see a doctor|don.t worry|just|simply|obviously|probably nothing"
    r"|ai doctor|invalid|error|failed|wrong answer|stop your tablets|everything looks fine"
)
NOT_OURS = (
    r"brittle bone disease|crumbling|crushed|collapsed|degeneration|nerve damage|paraesthesia|deficits?|pinched"
    r"|clinicians?|healthcare providers?|consultations?|medications?|investigations?|void|stools?|incontinen\w+"
    r"|accidents?|down there|patients?|sufferers?|loved ones?|the elderly|victims?|abnormal|worrying|alarming"
)
EMOJI = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff]")


def each(items: Iterable[Text], holds: Callable[[Text], None]) -> None:
    """Hold every text to a rule, and tell all that break it at once."""
    broken = {}
    for item in items:
        try:
            holds(item)
        except AssertionError as error:
            broken[item.key] = str(error)
    assert not broken, "\n".join(f"{key}: {why}" for key, why in broken.items())


def is_label(text: Text) -> bool:
    """Whether the text stands on a button, as far as its key tells."""
    key = text.key.removesuffix("@other")
    return key.endswith((".link", ".button")) or bool(re.search(r"\.(links|options|again_options)\.[^.]+$", key))


def is_sentence(text: Text) -> bool:
    """Not what stands inside a sentence, or is only compared with what somebody typed."""
    return not is_label(text) and not text.key.startswith(("places.", "ui.typed."))


def is_part(text: Text) -> bool:
    """Whether the text is sent only together with a question."""
    key = text.key.removesuffix("@other")
    return key.endswith((".help", ".again_help")) or bool(re.search(r"\.(again_)?lines\.[^.]+$", key))


def messages() -> list[Text]:
    """Texts as they are sent: a question with its lines and its help."""
    whole = [text for text in texts() if is_sentence(text) and not is_part(text)]
    return [Text(text.key, _with_lines(text), text.file) for text in whole]


def _with_lines(text: Text) -> str:
    base, _, variant = text.key.partition("@")
    stem, _, last = base.rpartition(".")
    lines, helped = {"ask": ("lines", "help"), "again": ("again_lines", "again_help")}.get(last, ("", ""))
    if not lines:
        return text.text
    suffix = f"@{variant}" if variant else ""
    found = [value for key, value in words().items() if _is_line(key, f"{stem}.{lines}.", suffix)]
    more = words().get(f"{stem}.{helped}{suffix}") or words().get(f"{stem}.{helped}")
    return "\n".join([text.text, *found, *([more] if more else [])])


def _is_line(key: str, stem: str, suffix: str) -> bool:
    if not key.startswith(stem):
        return False
    if suffix:
        return key.endswith(suffix) or f"{key}{suffix}" not in words()
    return "@" not in key


def test_a_message_is_short_or_has_a_reason() -> None:
    def holds(message: Text) -> None:
        assert len(filled(without_marks(message.text), longest=True)) <= LONGEST
        if message.key.removesuffix("@other") not in exceptions("long"):
            assert len(filled(without_marks(message.text))) <= LONG

    each(messages(), holds)


def test_a_message_reads_easily() -> None:
    def holds(message: Text) -> None:
        if message.key in exceptions("hard"):
            return
        plain = filled(without_marks(message.text)).replace(";", ".")  # the locked signs are a list
        found = [reading.words(sentence) for sentence in reading.sentences(plain)]
        assert max(found, default=0) <= SENTENCE
        if len(found) >= FEW:
            assert sum(found) / len(found) <= MEAN
        if sum(found) >= reading.GRADED_FROM:
            assert round(reading.grade(plain), 1) <= _hardest(message)

    each(messages(), holds)


def test_sentences_are_short_on_the_whole() -> None:
    plain = [filled(without_marks(message.text)).replace(";", ".") for message in messages()]
    found = [reading.words(sentence) for text in plain for sentence in reading.sentences(text)]
    assert sum(found) / len(found) <= MEAN


def _hardest(text: Text) -> int:
    """A page that names a medical word in brackets after the plain one may be a little harder."""
    flow = flows().get(text.key.partition(".")[0], {})
    return GRADE_WITH_A_MEDICAL_WORD if flow.get("kind") == "page" and "(" in text.text else GRADE


def test_a_text_has_no_word_that_we_never_use() -> None:
    def holds(text: Text) -> None:
        if text.key in exceptions("words") or text.key.startswith("ui.typed."):
            return  # what is only compared with what somebody typed is not said
        assert not re.findall(rf"\b(?:{NEVER}|{NOT_OURS})\b", text.text, re.IGNORECASE)

    each(texts(), holds)


def test_only_a_question_says_you_have() -> None:
    def holds(text: Text) -> None:
        told = [
            sentence
            for sentence in re.split(r"(?<=[.?:])[”\"]?\s+|\n", text.text)
            if re.search(r"\byou (?:have|do not have|don.t have)\b(?! to\b)", sentence, re.IGNORECASE)
        ]
        assert [sentence for sentence in told if not sentence.rstrip('*_”"').endswith("?")] == []

    each(texts(), holds)


def test_no_telephone_number_is_typed_in() -> None:
    def holds(text: Text) -> None:
        if text.key in exceptions("numbers"):
            return
        assert set(re.findall(r"(?<![\w,.:])\d{3,}(?![\w:])", text.text)).isdisjoint(called_numbers())
        assert not re.search(r"(?:\d[\s()-]?){6,}", text.text)

    each(texts(), holds)


def called_numbers() -> set[str]:
    countries = read(HERE.parents[1] / "flows" / "countries.yml")["countries"].values()
    return {
        str(country[which]) for country in countries for which in ("emergency", "urgent", "crisis") if which in country
    }


def test_a_text_does_not_shout() -> None:
    def holds(text: Text) -> None:
        assert "!" not in text.text
        loud = re.findall(r"\b[A-Z]{2,}\b", re.sub(r"\{\w+\}|https?://\S+", "", text.text))
        assert [word for word in loud if word not in exceptions("capitals")] == []

    each(texts(), holds)


def test_an_emoji_stands_once_at_the_end_and_never_alone() -> None:
    def holds(text: Text) -> None:
        found = EMOJI.findall(text.text)
        if found:
            assert len(found) == 1
            assert text.text.rstrip().endswith(found[0])
            assert text.text.strip() != found[0]
            assert not _in_a_check(text)

    each(texts(), holds)


def _in_a_check(text: Text) -> bool:
    part = text.key.partition(".")[0]
    return part in {"levels", "net", "emergency"} or part in blocks() or flows().get(part, {}).get("kind") == "check"


def test_a_label_fits_on_a_button() -> None:
    def holds(text: Text) -> None:
        assert len(text.text) <= LABEL
        assert "\n" not in text.text

    each((text for text in texts() if is_label(text)), holds)


def label(key: str, to: str) -> str:
    """What stands on a link's button; a flow that has no words yet has an empty label."""
    return words().get(f"{key}.links.{to}") or words().get(f"{to}.link", "")


def linked() -> list[object]:
    found = [(flow, step) for flow in (*flows(), *blocks()) for step in steps(flow) if step.get("links")]
    return [pytest.param(flow, step, id=f"{flow}.{step.get('say') or step.get('ask')}") for flow, step in found]


@pytest.mark.parametrize(("flow", "step"), linked())
def test_links_have_labels_and_fit_on_the_screen(flow: str, step: dict[str, object]) -> None:
    key = f"{flow}.{step.get('say') or step.get('ask')}"
    labels = [label(key, link["to"]) for link in links(step)]
    assert all(labels), f"no label for {[link['to'] for link in links(step) if not label(key, link['to'])]}"
    before = [words().get(f"{key}.button", "")] if "button" in step else []
    red = sum(link.get("style") == "danger" for link in links(step))
    cited = ["Sources"] if sources(step) else []
    own = [words().get(f"{key}.options.{option}", "") for option in options(step)[0]] if "ask" in step else []
    every = [*own, *before, *labels[: len(labels) - red], *cited, *labels[len(labels) - red :]]
    assert len(every) <= BUTTONS
    assert len(rows([Button(each) for each in every])) <= ROWS


@pytest.mark.parametrize(("flow", "step"), linked())
def test_blue_stands_once_and_red_is_for_help_only(flow: str, step: dict[str, object]) -> None:
    styles = [link.get("style", "plain") for link in links(step)]
    assert styles.count("primary") + ("button" in step) <= 1
    assert set(styles) <= {"plain", "primary", "danger"}
    assert {link["to"] for link in links(step) if link.get("style") == "danger"} <= {"emergency"}
    assert all(link.get("style") == "danger" for link in links(step) if link["to"] == "emergency")


def questions() -> list[object]:
    found = [(flow, step) for flow in (*flows(), *blocks()) for step in steps(flow) if options(step)[0]]
    return [pytest.param(flow, step, id=f"{flow}.{step['ask']}") for flow, step in found]


@pytest.mark.parametrize(("flow", "step"), questions())
def test_the_answers_to_a_question_fit_on_the_screen(flow: str, step: dict[str, object]) -> None:
    key = f"{flow}.{step['ask']}"
    if key in exceptions("buttons"):
        return
    chosen, named_set = options(step)
    stem = f"options.{named_set}" if named_set else f"{key}.options"
    labels = [words().get(f"{stem}.{each}", "") for each in chosen]
    if "many" in step and f"{key}.lines.{chosen[0]}" in words():
        labels = [f"{number} {each}" for number, each in enumerate(labels, 1)]
    skip = ["Skip"] if step.get("skip") else []
    assert len(labels) + len(skip) <= BUTTONS
    alone = [each for each, option in zip(labels, chosen, strict=True) if option in {"unsure", "none"}]
    others = [each for each in labels if each not in alone]
    groups = [others, [*alone, *skip]] if "many" in step else [[*labels, *skip]]
    assert len(rows(*[[Button(each) for each in group] for group in groups])) <= ROWS  # Back and Leave have their own


def red_flag_questions() -> list[object]:
    """The questions of a gate that are asked of everybody."""
    gates = [name for name, block in blocks().items() if block.get("flags")]
    found = [(gate, step) for gate in gates for step in steps(gate) if "ask" in step and "when" not in step]
    return [pytest.param(gate, step, id=f"{gate}.{step['ask']}") for gate, step in found]


@pytest.mark.parametrize(("gate", "step"), red_flag_questions())
def test_a_red_flag_question_can_be_answered_by_anybody(gate: str, step: dict[str, object]) -> None:
    key = f"{gate}.{step['ask']}"
    if key in exceptions("red_flags"):
        return
    assert "unsure" in options(step)[0]
    assert step.get("again") in ("unsure", ["unsure"])
    assert f"{key}.again" in words()
    for wording in ("ask", "again"):
        theirs = words().get(f"{key}.{wording}@other", words().get(f"{key}.{wording}", ""))
        assert not re.search(r"\byour?\b(?! can\b)", _of_the_body(theirs), re.IGNORECASE)


def _of_the_body(text: str) -> str:
    """The questions in a text: what else is said to the reader may say "you"."""
    return " ".join(sentence for sentence in reading.sentences(without_marks(text)) if sentence.endswith("?"))


def test_the_worst_answer_comes_first_in_every_named_set() -> None:
    for name, listed in option_sets().items():
        if "unsure" in listed and name.startswith("yes"):
            assert listed.index("yes") < listed.index("unsure") < listed.index("no")


@pytest.mark.parametrize(("key", "text"), sorted(read(HERE / "locked.yml")["locked"].items()))
def test_the_locked_texts_stand_word_for_word(key: str, text: str) -> None:
    assert _one_line(words().get(key, "")) == _one_line(text)


def _one_line(text: str) -> str:
    return re.sub(r"[\s•;*_]+", " ", text).strip()

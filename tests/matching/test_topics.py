"""What people ask about: every topic has a page, a label and phrasings in each language, and faults have a place."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.dialogue.conversation import WORLD

from bonewise.content import folders
from bonewise.dialogue.topics import OUT_OF_SCOPE
from bonewise.matching.phrasings import load_phrasings
from bonewise.matching.topics import load_topics
from bonewise.strict_yaml import StrictYamlError, load, plain

LEAST = 12
ROOT = Path(__file__).parents[2]
LANGUAGES = ("en", "es")
LEAST_ELSEWHERE = 4
ELSEWHERE = sorted({path.stem for path in (ROOT / "locales" / "matching").glob("*.yml")} - set(LANGUAGES))


def phrasings(tag: str) -> dict[str, list[str]]:
    read = plain(load(ROOT / "locales" / "matching" / f"{tag}.yml"))
    assert isinstance(read, dict)
    found: dict[str, list[str]] = read[tag]
    return found


def fault(error: pytest.ExceptionInfo[StrictYamlError]) -> str:
    [only] = error.value.diagnostics
    return str(only)


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_topic_has_enough_phrasings_and_a_label(tag: str) -> None:
    few = {topic for topic in WORLD.topics if len(phrasings(tag).get(topic, ())) < LEAST}
    assert few == set()
    assert [topic for topic in WORLD.topics if not WORLD.catalog.has(tag, f"topics.{topic}.link")] == []


@pytest.mark.parametrize("tag", ELSEWHERE)
def test_a_language_that_is_not_served_has_a_few_phrasings_of_every_topic_and_its_state(tag: str) -> None:
    found = phrasings(tag)
    few = {topic for topic in WORLD.topics if len(found.get(topic, ())) < LEAST_ELSEWHERE}
    assert few == set()
    assert len(found[OUT_OF_SCOPE]) >= LEAST
    first, *_ = (ROOT / "locales" / "matching" / f"{tag}.yml").read_text(encoding="utf-8").splitlines()
    assert first.startswith("# state: machine")


def test_what_is_asked_next_can_be_a_topic_of_another_folder(tmp_path: Path) -> None:
    (tmp_path / "topics.yml").write_text("topics:\n  b: {page: home, next: [b12]}\n", encoding="utf-8")
    assert load_topics([tmp_path, *folders("flows")], WORLD.flows.flows)["b"].next == ("b12",)


def test_the_topic_of_what_is_not_ours_exists() -> None:
    assert OUT_OF_SCOPE in WORLD.topics


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("topic: {}", "1:1: expected `topics:` with an entry for each topic"),
        ("topics:\n  a: {check: home}", "2:3: `a` has no page; write `{page: …}` with the flow that answers it"),
        ("topics:\n  a: {page: hmoe}", "2:13: there is no flow `hmoe`; did you mean `home`?"),
        ("topics:\n  a: {page: home, chekc: home}", "2:19: unknown key `chekc`; did you mean `check`?"),
        ("topics:\n  a: {page: home, next: home}", "2:25: `next` must be a list of topics and flows"),
        ("topics:\n  a: {page: home, next: [hme]}", "2:26: there is no topic or flow `hme`; did you mean `home`?"),
    ],
)
def test_a_fault_in_the_topics_has_its_place(tmp_path: Path, written: str, told: str) -> None:
    (tmp_path / "topics.yml").write_text(written, encoding="utf-8")
    with pytest.raises(StrictYamlError) as error:
        load_topics([tmp_path], {"home"})
    assert fault(error) == f"{tmp_path}/topics.yml:{told}"


def test_a_later_folder_replaces_a_topic_and_leaves_the_others(tmp_path: Path) -> None:
    (tmp_path / "topics.yml").write_text("topics:\n  b12: {page: home}\n", encoding="utf-8")
    topics = load_topics([*folders("flows"), tmp_path], WORLD.flows.flows)
    assert (topics["b12"].page, topics["thyroid"].page) == ("home", "learn_thyroid")


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("es: {}", "1:1: expected `en:`, as the file is called"),
        ('en:\n  b12: ["b"]\nfr:\n  b12: ["c"]', "3:1: `fr` is read by nobody; this file is for `en`"),
        ('en:\n  b21: ["b"]', "2:3: unknown topic `b21`; did you mean `b12`?"),
        ("en:\n  b12: b", "2:8: `b12` must be a list of lines"),
        ('en:\n  b12: ["?"]', "2:9: must be a text with a word in it; put it in quotes"),
    ],
)
def test_a_fault_in_the_phrasings_has_its_place(tmp_path: Path, written: str, told: str) -> None:
    (tmp_path / "en.yml").write_text(written, encoding="utf-8")
    with pytest.raises(StrictYamlError) as error:
        load_phrasings([tmp_path], {"b12", "thyroid"})
    assert fault(error) == f"{tmp_path}/en.yml:{told}"


def test_a_phrasing_stands_under_one_topic_only(tmp_path: Path) -> None:
    (tmp_path / "en.yml").write_text('en:\n  b12: ["Low?"]\n  thyroid: ["low"]\n', encoding="utf-8")
    with pytest.raises(StrictYamlError) as error:
        load_phrasings([tmp_path], {"b12", "thyroid"})
    assert fault(error) == f"{tmp_path}/en.yml:3:13: stands under `b12` too ({tmp_path}/en.yml:2:9); keep one"

"""The matcher that goes by meaning; a stand-in for the model turns words into vectors."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest

from bonewise.matching.examples import Example, normalised
from bonewise.strict_yaml import Mark

np = pytest.importorskip("numpy", reason="belongs to the extra [semantic]")

from bonewise.matching.learnt_file import Shelf  # noqa: E402 - needs numpy
from bonewise.matching.semantic import SemanticMatcher  # noqa: E402

HERE = Mark("here", 1, 1)
SAID = {
    "bones": ["what are weak bones", "explain weak bones", "weak bones meaning"],
    "feet": ["why do feet tingle", "feet tingle at night", "tingling feet causes"],
    "out_of_scope": ["what is the weather", "tell me a joke", "weather today"],
}
EXAMPLES = [(topic, text) for topic, texts in SAID.items() for text in texts]
PHRASINGS = [Example(topic, text, HERE) for topic, text in EXAMPLES]


def embed(text: str) -> Any:
    """The sum of a fixed vector for each word, to length 1."""
    seeds = [int(hashlib.sha256(word.encode()).hexdigest()[:8], 16) for word in normalised(text).split()]
    total = np.sum([np.random.default_rng(seed).normal(size=32) for seed in seeds], axis=0)
    return (total / np.linalg.norm(total)).astype(np.float32)


def never(_text: str) -> Any:
    raise AssertionError("it was learnt already")


@pytest.fixture
def matcher(tmp_path: Path) -> SemanticMatcher:
    return SemanticMatcher(PHRASINGS, Shelf([]).learn(EXAMPLES, embed, tmp_path / "kept.npz"), embed)


def test_a_sure_text_is_answered_at_once(matcher: SemanticMatcher) -> None:
    match = matcher.match("weak bones please explain")
    assert (match.band, match.topics[0]) == ("answer", "bones")


def test_a_phrasing_word_for_word_is_certain(matcher: SemanticMatcher) -> None:
    match = matcher.match("Why do feet tingle?")
    assert (match.band, match.topics[0], match.score) == ("answer", "feet", 1.0)
    assert sorted(match.topics) == sorted(SAID)


def test_what_is_out_of_scope_is_unknown(matcher: SemanticMatcher) -> None:
    assert matcher.match("weather joke").band == "unknown"


@pytest.mark.parametrize("text", ["", "  ", "???", "\0", "\ud83d", "😀" * 4096])
def test_a_text_without_a_word_is_unknown(matcher: SemanticMatcher, text: str) -> None:
    assert matcher.match(text).band == "unknown"


def test_what_was_learnt_is_kept_and_used_again(tmp_path: Path) -> None:
    file = tmp_path / "new" / "kept.npz"
    first = Shelf([]).learn(EXAMPLES, embed, file)
    again = Shelf([tmp_path / "no.npz", file]).learnt(EXAMPLES)
    assert again is not None
    assert first.ranked(embed("weak feet")) == again.ranked(embed("weak feet"))


def test_a_phrasing_that_moves_to_another_topic_is_learnt_without_reading_it_again(tmp_path: Path) -> None:
    file = tmp_path / "kept.npz"
    Shelf([]).learn(EXAMPLES, embed, file)
    moved = [*EXAMPLES[:-1], ("feet", EXAMPLES[-1][1])]
    shelf = Shelf([file])
    assert shelf.learnt(moved) is None
    assert shelf.learn(moved, never, file).ranked(embed("weather today"))[0][0] == "feet"


def test_threads_learn_what_one_learns(tmp_path: Path) -> None:
    alone, together = (Shelf([]).learn(EXAMPLES, embed, tmp_path / "kept.npz", threads) for threads in (1, 4))
    assert alone.ranked(embed("weak feet")) == together.ranked(embed("weak feet"))


def test_only_a_new_phrasing_is_read(tmp_path: Path) -> None:
    file, read = tmp_path / "kept.npz", []
    Shelf([]).learn(EXAMPLES, embed, file)
    shelf = Shelf([file])
    shelf.learnt([*EXAMPLES, ("feet", "numb toes")])
    shelf.learn([*EXAMPLES, ("feet", "numb toes")], lambda text: read.append(text) or embed(text), file)  # type: ignore[func-returns-value]
    assert read == ["numb toes"]


def test_where_nothing_can_be_written_it_is_learnt_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    assert Shelf([]).learn(EXAMPLES, embed, tmp_path / "file" / "kept.npz").labels == tuple(sorted(SAID))


@pytest.mark.parametrize("damage", [b"", b"PK", b"no archive", None])
def test_what_was_kept_and_is_damaged_is_learnt_again(
    tmp_path: Path, damage: bytes | None, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "kept.npz"
    Shelf([]).learn(EXAMPLES, embed, file)
    file.write_bytes(file.read_bytes()[:-40] if damage is None else damage)
    assert Shelf([file]).learnt(EXAMPLES) is None
    assert f"{file} cannot be read" in caplog.text

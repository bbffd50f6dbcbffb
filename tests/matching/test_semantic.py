"""The matcher that goes by meaning; a stand-in for the model turns words into vectors."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from bonewise.matching.phrasings import Phrasing, normalised
from bonewise.strict_yaml import Mark

np = pytest.importorskip("numpy", reason="belongs to the extra [semantic]")

from bonewise.matching.semantic import SemanticMatcher, learnt_from  # noqa: E402 - needs numpy

HERE = Mark("here", 1, 1)
SAID = {
    "bones": ["what are weak bones", "explain weak bones", "weak bones meaning"],
    "feet": ["why do feet tingle", "feet tingle at night", "tingling feet causes"],
    "out_of_scope": ["what is the weather", "tell me a joke", "weather today"],
}
PHRASINGS = [Phrasing(topic, text, HERE) for topic, texts in SAID.items() for text in texts]


def embed(text: str) -> object:
    """The sum of a fixed vector for each word, to length 1."""
    seeds = [int(hashlib.sha256(word.encode()).hexdigest()[:8], 16) for word in normalised(text).split()]
    vectors = [np.random.default_rng(seed).normal(size=32) for seed in seeds]
    total = np.sum(vectors, axis=0)
    return (total / np.linalg.norm(total)).astype(np.float32)


@pytest.fixture
def matcher(tmp_path: Path) -> SemanticMatcher:
    return SemanticMatcher(PHRASINGS, learnt_from(PHRASINGS, embed, tmp_path), embed)


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
    first = learnt_from(PHRASINGS, embed, tmp_path / "new")

    def never(_text: str) -> object:
        raise AssertionError("it was learnt already")

    again = learnt_from(PHRASINGS, never, tmp_path / "new")
    assert first.ranked(embed("weak feet")) == again.ranked(embed("weak feet"))


def test_where_nothing_can_be_written_it_is_learnt_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    assert learnt_from(PHRASINGS, embed, tmp_path / "file").topics == tuple(sorted(SAID))


@pytest.mark.parametrize("damage", [b"", b"PK", b"no archive", None])
def test_what_was_kept_and_is_damaged_is_learnt_again(
    tmp_path: Path, damage: bytes | None, caplog: pytest.LogCaptureFixture
) -> None:
    first = learnt_from(PHRASINGS, embed, tmp_path)
    [file] = tmp_path.glob("matching-*.npz")
    file.write_bytes(file.read_bytes()[:-40] if damage is None else damage)
    again = learnt_from(PHRASINGS, embed, tmp_path)
    assert first.ranked(embed("weak feet")) == again.ranked(embed("weak feet"))
    assert f"{file} cannot be read" in caplog.text


def test_half_a_character_does_not_break_it(tmp_path: Path) -> None:
    def strict(text: str) -> object:
        return embed(text.encode().decode())

    matcher = SemanticMatcher(PHRASINGS, learnt_from(PHRASINGS, strict, tmp_path), strict)
    assert matcher.match("weak bones please \ud83d explain").topics[0] == "bones"


def test_other_phrasings_are_learnt_anew(tmp_path: Path) -> None:
    learnt_from(PHRASINGS, embed, tmp_path)
    learnt_from(PHRASINGS[:-1], embed, tmp_path)
    assert len(list(tmp_path.glob("matching-*.npz"))) == 2

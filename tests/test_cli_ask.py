"""The command that tells what is made of a typed question."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from bonewise.binding import understand
from bonewise.dialogue.event import Text
from tests.dialogue.conversation import ALARMS, MATCHER
from tests.test_cli import bonewise

KEYS = ["id", "topic", "band", "candidates", "score", "alarm", "alarm_kind", "ms"]


def test_a_question_comes_to_one_object(tmp_path: Path) -> None:
    done = bonewise("ask", "¿La osteoporosis puede causar neuropatía?", "--lang", "es", "--json", folder=tmp_path)
    [line] = done.stdout.splitlines()
    found = json.loads(line)
    assert list(found) == KEYS
    assert (found["topic"], found["band"], found["score"]) == ("link_direct", "answer", 1.0)
    assert len(found["candidates"]) >= 3
    assert (found["alarm"], found["alarm_kind"]) == ("none", None)


def test_each_line_of_a_file_comes_to_one_object_with_its_id(tmp_path: Path) -> None:
    asked = [
        {"id": "a", "text": "I can't breathe", "lang": "en"},
        {"id": 7, "text": "", "lang": "es"},
        {"id": "c", "text": "was ist Osteoporose", "lang": "de"},
    ]
    file = tmp_path / "lines.jsonl"
    file.write_text("\n".join(map(json.dumps, asked)) + "\n\n", encoding="utf-8")
    done = bonewise("ask", "--file", str(file), folder=tmp_path)
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one["id"] for one in found] == ["a", 7, "c"]
    assert [(one["alarm"], one["alarm_kind"]) for one in found][:2] == [("hard", "emergency"), ("none", None)]
    assert found[1]["band"] == "unknown"


def test_a_line_ends_where_a_file_says_so_and_not_at_a_sign_within_it(tmp_path: Path) -> None:
    file = tmp_path / "lines.jsonl"
    file.write_text('\ufeff{"text": "what is\u2028osteoporosis"}\r\n{"text": "b12"}\r\n', encoding="utf-8", newline="")
    done = bonewise("ask", "--file", str(file), folder=tmp_path)
    assert [json.loads(line)["topic"] for line in done.stdout.splitlines()] == ["what_is_osteoporosis", "b12"]


def test_a_file_that_is_not_utf8_is_told_so(tmp_path: Path) -> None:
    file = tmp_path / "lines.jsonl"
    file.write_bytes('{"text": "qué"}'.encode("latin-1"))
    done = bonewise("ask", "--file", str(file), folder=tmp_path)
    assert (done.returncode, done.stderr.strip()) == (1, f"{file}: not UTF-8; save it as UTF-8")


def in_each(folder: Path, text: str, languages: Sequence[object]) -> list[dict[str, object]]:
    """What one text comes to in each of these languages."""
    file = folder / "lines.jsonl"
    file.write_text("\n".join(json.dumps({"text": text, "lang": lang}) for lang in languages), encoding="utf-8")
    done = bonewise("ask", "--file", str(file), folder=folder)
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_the_band_is_that_of_the_bot_whatever_the_language_is_said_to_be(tmp_path: Path) -> None:
    found = in_each(tmp_path, "what is osteoporosis", ["en", "es_MX", "de", "?"])
    heard = understand(ALARMS, MATCHER, Text("what is osteoporosis"))
    assert isinstance(heard, Text)
    assert [one["band"] for one in found] == [heard.band] * 4
    done = bonewise("ask", "Was ist Osteoporose", "--lang", "de", "--json", folder=tmp_path)
    assert json.loads(done.stdout)["band"] == "answer"


def test_the_alarm_is_the_same_whatever_the_language_is_said_to_be(tmp_path: Path) -> None:
    found = in_each(tmp_path, "no puedo respirar", ["en", "es", "de", None, 7])
    assert [one["alarm"] for one in found] == ["hard"] * 5


def test_without_json_it_is_told_in_a_line(tmp_path: Path) -> None:
    done = bonewise("ask", "what is osteoporosis", folder=tmp_path)
    assert done.stdout.startswith("what_is_osteoporosis (answer, 1.0); alarm: none; next: ")


@pytest.mark.parametrize(
    ("lines", "told"),
    [("{", "lines.jsonl:1: no JSON"), ('{"text": "a"}\n[]', 'lines.jsonl:2: there is no "text"')],
)
def test_a_line_that_cannot_be_read_has_its_place(tmp_path: Path, lines: str, told: str) -> None:
    file = tmp_path / "lines.jsonl"
    file.write_text(lines, encoding="utf-8")
    done = bonewise("ask", "--file", str(file), folder=tmp_path)
    assert done.returncode == 1
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_a_text_or_a_file_is_needed(tmp_path: Path) -> None:
    done = bonewise("ask", folder=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert "TEXT" in done.stderr

"""The schema for editors: current, and true to the samples."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from flow_samples import INVALID, VALID
from jsonschema import Draft202012Validator

from bonewise.flow import schema
from bonewise.flow.grammar import STEPS
from bonewise.strict_yaml import load, plain

OWN = Path(__file__).parents[2] / "flows"
VALIDATOR = Draft202012Validator(schema.build())


def test_the_file_is_what_the_grammar_says_now() -> None:
    current = (OWN / "schema.json").read_text(encoding="utf-8")
    assert current == schema.written(), "run python -m bonewise.flow.schema"


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(json.loads(schema.written()))


def test_every_shape_that_the_grammar_names_is_there_and_none_else_is() -> None:
    named = set(schema.SHAPES)
    used = {part.split('"')[0] for part in schema.written().split("#/$defs/")[1:]}
    assert used == named


@pytest.mark.parametrize("path", sorted(VALID.rglob("*.yml")), ids=lambda path: path.stem)
def test_the_valid_samples_fit(path: Path) -> None:
    assert list(VALIDATOR.iter_errors(plain(load(path)))) == []


@pytest.mark.parametrize("path", sorted(OWN.rglob("*.yml")), ids=lambda path: path.stem)
def test_the_flows_of_the_guide_fit(path: Path) -> None:
    if path.name not in {"countries.yml", "topics.yml"}:
        assert list(VALIDATOR.iter_errors(plain(load(path)))) == []


SHAPELESS = ["key_unknown", "key_missing", "id_not_an_id", "kind_unknown", "about_unknown", "duration_of_weeks",
             "step_of_no_kind", "step_of_two_kinds", "say_key_unknown", "options_one_only", "number_without_max",
             "date_offer_unknown", "condition_of_two_keys", "condition_count_of_without_min", "flag_level_unknown",
             "sources_file_without_publisher", "levels_file_out_of_order", "block_with_a_use"]  # fmt: skip


@pytest.mark.parametrize("name", SHAPELESS)
def test_what_is_wrong_in_its_shape_does_not_fit(name: str) -> None:
    assert not VALIDATOR.is_valid(plain(load(INVALID / f"{name}.yml")))


def test_it_is_written_by_running_the_module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["schema", str(tmp_path / "schema.json")])
    schema.main()
    assert (tmp_path / "schema.json").read_text(encoding="utf-8") == schema.written()


def test_every_kind_of_step_has_its_own_shape() -> None:
    assert len(schema.SHAPES["steps"]["items"]["anyOf"]) == len(STEPS)

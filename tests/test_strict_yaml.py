"""The strict loader: text stays text, and whatever could mean two things is an error with its place."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bonewise import strict_yaml
from bonewise.strict_yaml import DEEPEST, MOST_BYTES, Mapping, Mark, Scalar, Sequence, StrictYamlError, load, plain


def faults(text: str) -> list[str]:
    with pytest.raises(StrictYamlError) as caught:
        load(text, file="f.yml")
    return str(caught.value).splitlines()


@pytest.mark.parametrize(
    "text",
    ["yes", "no", "on", "off", "y", "N", "True", "NULL", "12:30", "1:20:30", "2020-01-01", "010", "0x1F", "0o17",
     "1_000", "1e3", ".5", "1.", ".inf", ".nan", "+-1", "=", "<<", "12345678901234567890"],
)  # fmt: skip
def test_what_yaml_1_1_would_make_something_else_of_stays_text(text: str) -> None:
    assert plain(load(f"- {text}\n")) == [text]


def test_only_null_true_false_and_decimal_numbers_are_not_text() -> None:
    text = "[null, ~, , true, false, 0, -7, +7, 40, 1.50, -0.25]".replace(" ,", " '',")
    assert plain(load(text)) == [None, None, "", True, False, 0, -7, 7, 40, 1.5, -0.25]


def test_an_empty_value_is_null() -> None:
    assert plain(load("a:\nb: ''\n")) == {"a": None, "b": ""}


def test_what_is_quoted_or_a_block_of_lines_is_text() -> None:
    assert plain(load("- '1'\n- \"true\"\n- |\n  null\n- >-\n  12\n  13\n")) == ["1", "true", "null\n", "12 13"]


def test_keys_are_always_text() -> None:
    assert plain(load("no: a\n1: b\ntrue: c\nnull: d\n")) == {"no": "a", "1": "b", "true": "c", "null": "d"}


def test_every_node_and_key_knows_where_it_stands() -> None:
    root = load("a: 1\nb:\n  - x\n  - {c: y}\n", file="f.yml")
    assert isinstance(root, Mapping)
    second = root.items[1]
    assert (second.key, second.mark) == ("b", Mark("f.yml", 2, 1))
    assert isinstance(second.value, Sequence)
    assert [str(node.mark) for node in second.value] == ["f.yml:3:5", "f.yml:4:5"]
    inner = second.value.items[1]
    assert isinstance(inner, Mapping)
    assert inner.get("c") == Scalar(Mark("f.yml", 4, 9), "y")
    assert inner.get("d") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\nb: 2\na: 3\n", ["f.yml:3:1: the key `a` stands twice, first at line 1"]),
        ('no: 1\n"no": 2\n', ["f.yml:2:1: the key `no` stands twice, first at line 1"]),
        ("a: &x 1\n", ["f.yml:1:4: the anchor `&x`; write the value out where it is needed"]),
        ("- *x\n", ["f.yml:1:3: the alias `*x`; write the value out"]),
        ("a: !!str 1\n", ["f.yml:1:4: the tag `tag:yaml.org,2002:str`; values have no tags here"]),
        ("!x {a: 1}\n", ["f.yml:1:1: the tag `!x`; values have no tags here"]),
        ("a: 1\n---\nb: 2\n", ["f.yml:2:1: a second document; one file holds one document"]),
        ("", ["f.yml:1:1: the file is empty"]),
        ("# only a comment\n", ["f.yml:1:1: the file is empty"]),
        ("? [a]\n: 1\n", ["f.yml:1:3: a key must be text"]),
        ("a: b\x07c\n", ["f.yml:1:5: the character U+0007 may not stand in YAML"]),
    ],
)
def test_what_could_mean_two_things_is_an_error(text: str, expected: list[str]) -> None:
    assert faults(text) == expected


def test_bad_syntax_has_its_place() -> None:
    assert [line.split(": ")[0] for line in faults("a: 1\nb: [1, 2\n")] == ["f.yml:3:1"]
    assert [line.split(": ")[0] for line in faults("a: b: c\n")] == ["f.yml:1:5"]


def test_all_faults_of_a_file_are_found_at_once() -> None:
    assert [line.split(":")[1] for line in faults("a: &x 1\nb: *x\nb: !t 1\n")] == ["1", "2", "3", "3"]


def test_depth_has_a_limit() -> None:
    deep = "[" * DEEPEST + "]" * DEEPEST
    assert plain(load(deep)) != []
    assert faults(f"[{deep}]") == [f"f.yml:1:{DEEPEST + 1}: nested deeper than {DEEPEST} levels"]
    assert "nested deeper" in faults("? " * 20_000 + "a")[0]


def test_size_has_a_limit(tmp_path: Path) -> None:
    path = tmp_path / "big.yml"
    path.write_bytes(b"a" * MOST_BYTES)
    assert load(path)
    path.write_bytes(b"a" * (MOST_BYTES + 1))
    with pytest.raises(StrictYamlError, match=f"at most {MOST_BYTES} are read"):
        load(path)
    with pytest.raises(StrictYamlError, match="split it"):
        load("é" * (MOST_BYTES // 2 + 1))


def test_a_file_that_is_not_utf_8_says_where(tmp_path: Path) -> None:
    path = tmp_path / "latin.yml"
    path.write_bytes("a: 1\nü: né".encode() + b"\xe9")
    with pytest.raises(StrictYamlError) as caught:
        load(path)
    assert str(caught.value) == f"{path.as_posix()}:2:6: not UTF-8; save the file as UTF-8"


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    path = tmp_path / "bom.yml"
    path.write_bytes(b"\xef\xbb\xbfa: 1\n")
    assert plain(load(path)) == {"a": 1}


def test_a_lone_surrogate_is_an_error() -> None:
    assert faults("a: \ud800") == ["f.yml:1:4: the character U+D800 may not stand in YAML"]


def test_without_libyaml_everything_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "a: [1, yes, {b: 'c'}]\nd: |\n  lines\n"
    expected = load(text)
    monkeypatch.setattr(strict_yaml, "_Loader", yaml.SafeLoader)
    assert load(text) == expected
    assert faults("a: &x 1\na: *x\n") == [
        "f.yml:1:4: the anchor `&x`; write the value out where it is needed",
        "f.yml:2:1: the key `a` stands twice, first at line 1",
        "f.yml:2:4: the alias `*x`; write the value out",
    ]


values = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.text(st.characters(codec="utf-8", categories="LN")),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", min_size=1), inner, max_size=3),
    max_leaves=10,
)


@given(st.dictionaries(st.text("abc", min_size=1), values, max_size=4))
def test_what_is_written_quoted_is_read_back(value: dict[str, object]) -> None:
    class NoAliases(yaml.SafeDumper):
        def ignore_aliases(self, data: object) -> bool:
            return True

    text = yaml.dump(value, Dumper=NoAliases, default_style=None, allow_unicode=True)
    assert plain(load(text)) == value


@given(st.text(max_size=60) | st.text("ab:-[]{},&*!|>'\"# \n?", max_size=60))
def test_any_text_is_read_or_refused_with_a_place(text: str) -> None:
    faults: tuple[strict_yaml.Diagnostic, ...] = ()
    try:
        load(text, file="f.yml")
    except StrictYamlError as error:
        faults = error.diagnostics
    assert all(fault.mark.line >= 1 and fault.mark.column >= 1 for fault in faults)

"""Locale files: every fault is found, with its place."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from bonewise.i18n.catalog import CatalogError, load_catalog
from bonewise.i18n.entry import Plural


def write(directory: Path, files: Mapping[str, str]) -> Path:
    for name, text in files.items():
        (directory / name).parent.mkdir(parents=True, exist_ok=True)
        (directory / name).write_text(text, encoding="utf-8")
    return directory


def faults(directory: Path) -> list[str]:
    with pytest.raises(CatalogError) as caught:
        load_catalog([directory])
    return [str(fault).removeprefix(f"{directory.as_posix()}/") for fault in caught.value.diagnostics]


def test_nested_keys_become_dotted_and_parts_may_be_folders(tmp_path: Path) -> None:
    write(tmp_path, {"ui/en.yml": 'en: {a: {b: "x", c@other: "y"}}', "flows/tingling/en.yml": 'en: {t: "z"}'})
    catalog = load_catalog([tmp_path])
    assert catalog.keys("en") == ("t", "a.b", "a.c@other")
    assert catalog.text("en", "a.b") == "x"
    assert str(catalog.mark("en", "a.b")).endswith("ui/en.yml:1:10")


def test_english_comes_first(tmp_path: Path) -> None:
    write(tmp_path, {f"ui/{tag}.yml": f'{tag}: {{a: "x"}}' for tag in ("ar", "en", "pt-BR")})
    assert load_catalog([tmp_path]).languages == ("en", "ar", "pt-BR")


def test_a_language_has_only_what_its_files_hold(tmp_path: Path) -> None:
    catalog = load_catalog([write(tmp_path, {"ui/en.yml": 'en: {a: "x"}', "ui/es.yml": "es: {}"})])
    assert catalog.languages == ("en",)
    assert catalog.has("en", "a")
    assert not catalog.has("es", "a")
    assert not catalog.has("en", "b")
    with pytest.raises(KeyError):
        catalog.text("es", "a")


def test_tables_of_other_rooms_are_no_parts(tmp_path: Path) -> None:
    tables = ("state", "alarm", "alarm_examples", "matching", "typed", "when")
    files = {f"{folder}/en.yml": "en: [1, 2]" for folder in tables}
    write(tmp_path, {**files, "style.yml": "x", "ui/en.yml": 'en: {a: "x"}', "ui/when/en.yml": 'en: {b: "y"}'})
    assert load_catalog([tmp_path]).keys("en") == ("a", "b")


def test_a_later_directory_overlays_text_by_text(tmp_path: Path) -> None:
    ours = write(tmp_path / "ours", {"ui/en.yml": 'en: {a: "x", b: "y"}'})
    theirs = write(tmp_path / "theirs", {"own/en.yml": 'en: {b: "z"}', "own/es.yml": 'es: {a: "x"}'})
    catalog = load_catalog([ours, theirs])
    assert (catalog.text("en", "a"), catalog.text("en", "b"), catalog.text("es", "a")) == ("x", "z", "x")


def test_a_mapping_of_plural_categories_is_a_plural(tmp_path: Path) -> None:
    write(tmp_path, {"ui/en.yml": 'en: {days: {one: "one day", other: "{count} days"}, sort: {other: "o", gp: "g"}}'})
    catalog = load_catalog([tmp_path])
    assert catalog.text("en", "days") == Plural({"one": "one day", "other": "{count} days"})
    assert catalog.text("en", "sort.other") == "o"


def test_the_same_key_in_two_parts_is_an_error(tmp_path: Path) -> None:
    write(tmp_path, {"a/en.yml": 'en: {k: "x"}', "b/en.yml": 'en:\n  k: "x"'})
    assert faults(tmp_path) == [f"b/en.yml:2:3: `k` stands a second time, first at {tmp_path.as_posix()}/a/en.yml:1:6"]


@pytest.mark.parametrize(
    ("name", "text", "place", "message"),
    [
        ("ui/en.yml", "es: {a: x}", "1:1", "one first key, `en:`"),
        ("ui/en.yml", 'en: {a: "x"}\nes: {a: "x"}', "1:1", "one first key, `en:`"),
        ("ui/en.yml", "[1]", "1:1", "one first key, `en:`"),
        ("ui/en.yml", "en: x", "1:5", "must stand under `en:`"),
        ("ui/english.yml", 'english: {a: "x"}', "1:1", "name the file after a language"),
        ("ui/pt-br.yml", 'pt-br: {a: "x"}', "1:1", "name the file after a language"),
        ("ui/en.yml", "en: {a: 1}", "1:9", "`a` must be a text"),
        ("ui/en.yml", "en: {a: true}", "1:9", "`a` must be a text"),
        ("ui/en.yml", "en: {a: }", "1:9", "`a` must be a text"),
        ("ui/en.yml", 'en: {a: ["x"]}', "1:9", "`a` must be a text"),
        ("ui/en.yml", 'en: {a: "{B}"}', "1:9", "write a placeholder as {name}"),
        ("ui/en.yml", 'en: {a: "{b.c}"}', "1:9", "write a placeholder as {name}"),
        ("ui/en.yml", 'en: {a.b: "x"}', "1:6", "the key `a.b`"),
        ("ui/en.yml", 'en: {a@self: "x"}', "1:6", "the key `a@self`"),
        ("ui/en.yml", 'en: {a: {one: "x"}}', "1:6", "needs the plural form `other`"),
        ("ui/en.yml", 'en: {a: {few: "x", other: "y"}}', "1:10", "en has no plural form `few`: one, other"),
        ("ui/en.yml", 'en: {a: "x", a: "y"}', "1:14", "stands twice"),
    ],
)
def test_a_fault_is_named_with_its_place(tmp_path: Path, name: str, text: str, place: str, message: str) -> None:
    (fault,) = faults(write(tmp_path, {name: text}))
    assert fault.startswith(f"{name}:{place}: ")
    assert message in fault


def test_all_faults_of_all_files_are_found(tmp_path: Path) -> None:
    write(tmp_path, {"ui/en.yml": 'en:\n  a: 1\n  b: "{"\n', "ui/es.yml": "es: 1", "z/en.yml": "en: {a: &x y}"})
    assert [fault.split(": ")[0] for fault in faults(tmp_path)] == [
        "ui/en.yml:2:6",
        "ui/en.yml:3:6",
        "ui/es.yml:1:5",
        "z/en.yml:1:9",
    ]


ENGLISH = 'en: {a: "{x} {y}", days: {one: "a day of {x}", other: "{count} days of {x}"}, v: "{x}"}'


@pytest.mark.parametrize(
    ("spanish", "message"),
    [
        ('a: "{x}"', "`a` in es: add {y},"),
        ('a: "{x} {y} {z}"', "`a` in es: take out {z},"),
        ('a: "{x} {why}"', "`a` in es: add {y}; take out {why},"),
        ('days: {one: "{count} de {x}", other: "de {x}"}', "`days.other` in es: add {count},"),
        ('days: {one: "día", other: "{count} de {x}"}', "`days.one` in es: add {x},"),
        ('days: "de {x}"', "`days` in es: add {count},"),
        ('v@other: "z"', "`v@other` in es: add {x},"),
    ],
)
def test_a_translation_has_the_placeholders_of_english(tmp_path: Path, spanish: str, message: str) -> None:
    (fault,) = faults(write(tmp_path, {"ui/en.yml": ENGLISH, "ui/es.yml": f"es: {{{spanish}}}"}))
    assert message in fault


def test_plural_forms_may_leave_the_count_out(tmp_path: Path) -> None:
    spanish = (
        'es: {a: "{y} {x} {y}", days: {one: "un día de {x}", other: "{count} de {x}"}, v@other: "{x}", own: "{z}"}'
    )
    catalog = load_catalog([write(tmp_path, {"ui/en.yml": ENGLISH, "ui/es.yml": spanish})])
    assert catalog.has("es", "days")


def test_the_projects_own_locales_load() -> None:
    locales = Path(__file__).parents[2] / "locales"
    assert load_catalog([locales]).languages[0] == "en"

"""What the pages for people point to is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bonewise.settings import Settings

ROOT = Path(__file__).parents[1]
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_to_a_file_leads_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    targets = [*re.findall(r"\]\(([^)#\s]+)", text), *re.findall(r'src="([^"]+)"', text)]
    inside = [target for target in targets if "://" not in target]
    assert [target for target in inside if not (page.parent / target).exists()] == []


def test_the_readme_points_to_each_page_once() -> None:
    _, _, read_on = (ROOT / "README.md").read_text(encoding="utf-8").partition("## Read on")
    pointed_to = re.findall(r"^- \[[^]]+\]\(([^)]+)\)", read_on, re.MULTILINE)
    there = {page.relative_to(ROOT).as_posix() for page in PAGES} - {"README.md"}
    assert sorted(pointed_to) == sorted(there)


def test_the_readme_names_every_setting() -> None:
    table = (ROOT / "README.md").read_text(encoding="utf-8").partition("| setting |")[2]
    assert {f"BOT_{name.upper()}" for name in Settings.model_fields} <= set(re.findall(r"`(BOT_\w+)`", table))


def test_each_promise_names_a_test_that_is_there() -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", (ROOT / "docs" / "operating.md").read_text(encoding="utf-8"))
    assert named
    missing = [name for file, name in named if not re.search(rf"\b{name}\b", (ROOT / file).read_text(encoding="utf-8"))]
    assert missing == []

"""The pages as a whole: each can be reached, none is a dead end, and what is stated has a source."""

from __future__ import annotations

import pytest

from tests.content.texts import FLOWS, flows, links, read, sources, steps, words

BUILT_IN = {"emergency"}
FROM_COMMANDS = {"home", "start", "privacy", "about", "language", "country"}
FROM_QUESTIONS = {topic["page"] for topic in read(FLOWS / "topics.yml")["topics"].values()}
STATES_NOTHING = {"menu", "lists", "crisis", "kept", "people", "forget", "guide", "state", "statement", "reviews"}
PAGES = [name for name, flow in flows().items() if flow["kind"] == "page"]
SOURCES = read(FLOWS / "sources.yml")["sources"]


def leads_to(flow: str) -> set[str]:
    return {link["to"] for step in steps(flow) for link in links(step)}


def reached() -> set[str]:
    seen: set[str] = set()
    waiting = FROM_COMMANDS | FROM_QUESTIONS
    while waiting:
        flow = waiting.pop()
        seen.add(flow)
        waiting |= (leads_to(flow) & set(flows())) - seen
    return seen


def test_every_page_can_be_reached_by_links_or_a_typed_question() -> None:
    assert set(PAGES) - reached() == set()


@pytest.mark.parametrize("page", PAGES)
def test_a_page_leads_to_what_exists_and_not_to_itself(page: str) -> None:
    assert leads_to(page) - BUILT_IN <= set(flows())
    assert page not in leads_to(page)
    assert leads_to(page)


@pytest.mark.parametrize("page", PAGES)
def test_what_a_page_states_has_a_source_that_exists(page: str) -> None:
    for step in steps(page):
        assert set(sources(step)) <= set(SOURCES)
        assert bool(sources(step)) != (step["say"] in STATES_NOTHING)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_has_a_text_and_a_label(page: str) -> None:
    assert f"{page}.link" in words()
    assert all(f"{page}.{step['say']}.text" in words() for step in steps(page))


@pytest.mark.parametrize("page", [page for page in PAGES if page.startswith(("learn_", "caregiver_", "signs_"))])
def test_no_text_stands_for_a_link_that_the_page_does_not_have(page: str) -> None:
    named = {key.rpartition(".")[2] for key in words() if key.startswith(f"{page}.") and ".links." in key}
    assert named <= leads_to(page)


def test_a_card_that_speaks_of_emergency_help_has_the_red_button() -> None:
    speak = {
        key.split(".")[0] for key, text in words().items() if "et emergency help" in text and key.endswith(".text")
    }
    assert [page for page in speak & set(PAGES) if "emergency" not in leads_to(page)] == []

"""Every screen that speaks of a review goes by the shape that was reviewed: one from before a change counts no more."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bonewise.dialogue import event as e
from bonewise.dialogue.world import World
from bonewise.flow.model import Review
from bonewise.flow.shape import shape
from tests.dialogue.calm import calm
from tests.dialogue.conversation import WORLD, Conversation

CHECKS = sorted(name for name, flow in WORLD.flows.flows.items() if flow.kind == "check")


def reviewed(**shapes: str) -> World:
    """The world with these checks reviewed, each in the shape it had then."""
    flows = dict(WORLD.flows.flows)
    for name, had in shapes.items():
        flows[name] = replace(flows[name], reviewed=Review("Dr A. Example", "2026-11-25", had))
    return replace(WORLD, flows=replace(WORLD.flows, flows=flows))


def page(world: World) -> tuple[str, str]:
    """What the page about reviews says is reviewed, and what not."""
    talk = Conversation(world=world)
    text = "\n".join(screen.text for screen in talk.does(e.Press("go:about_state")).screens)  # type: ignore[union-attr]
    done, _, left = text.rpartition("**Reviewed by")[2].partition("**Not reviewed yet:**")
    return done, left


def title(flow: str) -> str:
    return str(WORLD.catalog.text("en", f"{flow}.title"))


def test_while_nobody_has_reviewed_anything_the_page_says_so_of_every_check() -> None:
    done, left = page(WORLD)
    assert str(WORLD.catalog.text("en", "about_state.none")) in done
    assert [flow for flow in CHECKS if title(flow) not in left] == []


def test_a_review_counts_until_the_shape_changes() -> None:
    done, left = page(reviewed(foot_check=shape(WORLD.flows.flows["foot_check"]), back="0" * 12))
    assert title("foot_check") in done
    assert title("foot_check") not in left
    assert title("back") not in done
    assert title("back") in left


@pytest.mark.parametrize(("had", "says"), [("now", False), ("before", True)])
def test_a_result_says_that_nobody_reviewed_it_unless_somebody_did_as_it_is(had: str, says: bool) -> None:
    world = reviewed(foot_check=shape(WORLD.flows.flows["foot_check"]) if had == "now" else "0" * 12)
    talk = Conversation(world=world)
    talk.does(e.Press("go:foot_check.self"))
    calm(talk, "end")
    unreviewed = str(WORLD.catalog.text("en", "net.unreviewed"))
    assert any(unreviewed in screen.text for screen in talk.new) is says

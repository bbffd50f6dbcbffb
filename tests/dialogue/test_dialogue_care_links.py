"""Who may do what with a link, by their role and how it stands: every pair is tried with every deed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest

from bonewise.dialogue import event as e
from bonewise.dialogue.care_links import hash_of, token_hash_in
from bonewise.dialogue.person import CareLink
from tests.dialogue.conversation import KNOWN, WEDNESDAY, Conversation

STATES = ("invited", "opened", "accepted", "on")
UNTIL = WEDNESDAY + timedelta(days=1)
STANDING = [*product(("person",), STATES), *product(("caregiver",), STATES[1:])]
PRESSED = ("show", "confirm", "accept", "copies", "no_copies", "end", "plan", "x")
FLOWS = {"care_join": "accept", "care_copies": "copies"}
ALLOWED = {
    *((role, state, "end") for role, state in STANDING),
    ("person", "accepted", "confirm"),
    ("person", "on", "copies"),
    ("person", "on", "no_copies"),
    ("caregiver", "opened", "accept"),
}


def one_who_is(role: str, state: str) -> Conversation:
    link = CareLink("0123456789ab", role, state, UNTIL, "h", "p2", "Maria", "Ana", copies=state == "on")
    return Conversation({**KNOWN, "care_links": (link,)})


@pytest.mark.parametrize(("role", "state", "what"), [(*who, what) for who in STANDING for what in PRESSED])
def test_a_forged_press_does_only_what_may_be_done(role: str, state: str, what: str) -> None:
    talk = one_who_is(role, state)
    [before] = talk.person.care_links
    talk.does(e.Press(f"care:{before.id}:{what}"))
    if what == "copies":
        assert ("care_copies" in [one.flow for one in talk.person.sessions]) is ((role, state, what) in ALLOWED)
        return
    does = (role, state, what) in ALLOWED and what != "accept"  # a yes comes with a name, by its flow
    assert ((talk.person.care_links != (before,)) or bool(talk.turn.told)) is does


@pytest.mark.parametrize(("role", "state", "flow"), [(*who, flow) for who in STANDING for flow in FLOWS])
def test_a_flow_that_is_opened_by_hand_does_only_what_may_be_done(role: str, state: str, flow: str) -> None:
    talk = one_who_is(role, state)
    before = talk.person.care_links
    talk.does(e.Press(f"go:{flow}"))
    if (role, state, FLOWS[flow]) == ("caregiver", "opened", "accept"):
        talk.answers("accept", "yes")
        talk.types("Ana")
        assert [(link.state, link.shown) for link in talk.person.care_links] == [("accepted", "Ana")]
        assert [(news.what, news.name) for news in talk.turn.told] == [("accepted", "Ana")]
        return
    if flow == "care_copies":  # opened for no link, it has none to change
        talk.answers("agree", "yes")
    assert talk.person.care_links == before
    assert talk.turn.told == ()


def test_nobody_is_confirmed_before_their_name_is_known() -> None:
    talk = one_who_is("person", "accepted")
    talk.person = replace(talk.person, care_links=(replace(talk.person.care_links[0], name=""),))
    talk.does(e.Press("care:0123456789ab:confirm"))
    assert talk.person.care_links[0].state == "accepted"


def test_news_of_a_link_that_is_over_says_nothing_but_its_end() -> None:
    talk = Conversation()
    for what in ("accepted", "confirmed", "copy"):
        assert talk.does(e.Linked("gone", what, "Ana", "plan")).screens == ()
    assert len(talk.does(e.Linked("gone", "ended", "Ana")).screens) == 1


def test_a_name_of_which_nothing_is_seen_is_asked_for_again() -> None:
    talk = one_who_is("caregiver", "opened")
    talk.does(e.Press("go:care_join"))
    talk.answers("accept", "yes")
    talk.types("\u2066\u2069")
    assert talk.person.care_links[0].state == "opened"


def test_a_deep_link_carries_a_token_that_is_known_by_its_hash() -> None:
    assert token_hash_in("join-abc") == hash_of("abc")
    assert token_hash_in("go-learn") is None

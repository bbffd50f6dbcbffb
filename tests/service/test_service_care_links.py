"""Links between two people across their turns, on a real file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.service.channel import Channel
from tests.service.linking import (
    NOON,
    PLAN,
    accepts,
    answers,
    does,
    greet,
    heard,
    hears,
    invites,
    link_of,
    linked,
    opens,
    presses,
    two,
)
from tests.service.meddling import Meddling
from tests.service.serving import Clock, Served
from tests.service.test_service_wiping import found_in

from bonewise.dialogue import event as e
from bonewise.service.transport import NotSent, Refused, SendError
from bonewise.store.base import Statement, Store

HOUR = 3600.0
LINKS = "SELECT id FROM care_link"
COPY = "**Someone you help was reminded of something.** See how you can help."


async def is_due(served: Served, seconds: float = HOUR + 300) -> None:
    """The plan falls due, and all that comes of it has happened."""
    served.forward(seconds)
    await served.has(0, "SELECT id FROM reminder WHERE state IN ('pending', 'queued')")
    await served.settled()


async def copied(served: Served, error: SendError) -> None:
    """Two are linked, a plan falls due, and the copy of it meets an error on its way."""
    await linked(served)
    await does(served, "maria", e.Text(PLAN))
    served.channel.fails[COPY].append(error)
    await is_due(served)


async def test_invited_accepted_and_confirmed_two_people_are_linked(tmp_path: Path) -> None:
    async with two(tmp_path) as served:
        await greet(served, "maria", "ana")
        token = await invites(served)
        assert (await link_of(served, "maria")).state == "invited"
        await opens(served, "ana", token)
        assert any("Maria" in text and "asks you to help" in text for text in served.channel.texts_to("ana"))
        await accepts(served)
        await hears(served, "maria", "care.news.accepted")
        assert (await link_of(served, "maria")).state == "accepted"
        await presses(served, "maria", "confirm")
        await hears(served, "ana", "care.news.confirmed")
        await answers(served, "maria", "yes")
        mine, theirs = await link_of(served, "maria"), await link_of(served, "ana")
        assert (mine.role, mine.state, mine.name, mine.copies) == ("person", "on", "Ana", True)
        assert (theirs.role, theirs.state, theirs.name, theirs.copies) == ("caregiver", "on", "Maria", True)
        assert (mine.agreed, mine.terms, theirs.agreed) == ("2026-11-25", 1, None)


async def test_a_token_is_kept_as_its_hash_only_and_no_name_in_clear(tmp_path: Path) -> None:
    async with two(tmp_path) as served:
        await greet(served, "maria", "ana")
        token = await invites(served)
        await opens(served, "ana", token)
        await accepts(served)
        assert found_in(tmp_path, [token.encode(), b"Maria", b"Ana"]) == []


@pytest.mark.parametrize("kind", ["plan", "visit", "follow_up", "watch"])
async def test_a_nudge_is_copied_to_the_caregiver_without_a_word_of_why(tmp_path: Path, kind: str) -> None:
    async with two(tmp_path) as served:
        await linked(served)
        await does(served, "maria", e.Text(f"{PLAN} {kind}"))
        before = len(served.channel.texts_to("ana"))
        await is_due(served)
        await hears(served, "ana", "care.news.copy")
        [copy] = served.channel.texts_to("ana")[before:]
        assert "Maria" not in copy
        await presses(served, "ana", kind)
        assert "Maria" in served.channel.texts_to("ana")[-1]
        assert not any("planted" in text for text in served.channel.texts_to("ana"))


async def test_what_is_in_own_words_is_never_copied(tmp_path: Path) -> None:
    async with two(tmp_path) as served:
        await linked(served)
        await does(served, "maria", e.Text(f"{PLAN} own"))
        await is_due(served)
        assert heard(served, "ana", "care.news.copy") == 0


async def test_without_consent_nothing_is_copied(tmp_path: Path) -> None:
    async with two(tmp_path) as served:
        await linked(served, copies="no")
        await does(served, "maria", e.Text(PLAN))
        await is_due(served)
        assert heard(served, "ana", "care.news.copy") == 0
        assert (await link_of(served, "maria")).agreed is None


async def test_there_is_one_copy_a_day_at_most(tmp_path: Path) -> None:
    async with two(tmp_path) as served:
        await linked(served)
        await does(served, "maria", e.Text(PLAN), e.Text(PLAN))
        await is_due(served)
        assert heard(served, "ana", "care.news.copy") == 1


async def test_consent_that_is_taken_back_stops_a_copy_that_waits(tmp_path: Path) -> None:
    async with two(tmp_path) as served:
        await copied(served, NotSent("down", retry_after=60))
        await served.has(1, "SELECT id FROM outbox WHERE state = 'pending'")
        await presses(served, "maria", "no_copies")
        await is_due(served, 120)
        assert heard(served, "ana", "care.news.copy") == 0
        assert not (await link_of(served, "ana")).copies


async def test_a_copy_keeps_the_quiet_hours_of_the_caregiver(tmp_path: Path) -> None:
    async with two(tmp_path) as served:
        await linked(served)
        served.clock.forward(9 * HOUR)
        await does(served, "maria", e.Text(PLAN))
        await is_due(served)
        assert heard(served, "ana", "care.news.copy") == 0
        await served.has(1, "SELECT id FROM outbox WHERE state = 'postponed'")
        served.forward(10.5 * HOUR)
        await hears(served, "ana", "care.news.copy")


@pytest.mark.parametrize("who", ["maria", "ana"])
async def test_either_ends_it_at_once_and_the_other_is_told_in_one_line(tmp_path: Path, who: str) -> None:
    other = {"maria": "ana", "ana": "maria"}[who]
    async with two(tmp_path) as served:
        await linked(served)
        await presses(served, who, "end")
        assert await served.rows(LINKS) == []
        await hears(served, other, "care.news.ended")
        await does(served, "maria", e.Text(PLAN))
        await is_due(served)
        assert heard(served, "ana", "care.news.copy") == 0


async def forgets(served: Served, who: str) -> None:
    await does(served, who, e.Command("forget_now"))


async def blocks(served: Served, who: str) -> None:
    await does(served, who, e.Left(back=False))


async def stops(served: Served, who: str) -> None:
    await does(served, who, e.Command("stop"))


@pytest.mark.parametrize("who", ["maria", "ana"])
@pytest.mark.parametrize("leaves", [forgets, blocks, stops])
async def test_who_wipes_all_blocks_us_or_wants_no_messages_has_no_links(
    tmp_path: Path, leaves: Callable[[Served, str], Any], who: str
) -> None:
    other = {"maria": "ana", "ana": "maria"}[who]
    async with two(tmp_path) as served:
        await linked(served)
        await leaves(served, who)
        assert await served.rows(LINKS) == []
        assert (await served.person(other)).care_links == ()
        await hears(served, other, "care.news.ended")


async def test_an_invitation_can_be_guessed_five_times_an_hour(tmp_path: Path) -> None:
    async with two(tmp_path) as served:
        await greet(served, "maria", "ana")
        token = await invites(served)
        for number in range(5):
            await opens(served, "ana", f"{number:032x}")
        assert heard(served, "ana", "care.over") == 5
        await opens(served, "ana", token)
        assert heard(served, "ana", "care.too_often") == 1
        assert (await served.person("ana")).care_links == ()
        served.forward(HOUR)
        await opens(served, "ana", token)
        assert (await link_of(served, "ana")).state == "opened"


async def test_an_invitation_is_used_once(tmp_path: Path) -> None:
    async with two(tmp_path) as served:
        await greet(served, "maria", "ana", "eve")
        token = await invites(served)
        await opens(served, "ana", token)
        await opens(served, "eve", token)
        assert heard(served, "eve", "care.over") == 1
        assert (await served.person("eve")).care_links == ()
        await opens(served, "ana", token)
        await accepts(served)
        assert (await link_of(served, "maria")).name == "Ana"


async def test_of_two_who_open_an_invitation_at_the_same_moment_one_gets_it(tmp_path: Path) -> None:
    async with two(tmp_path, wrap=Meddling) as served:
        await greet(served, "maria", "ana", "eve")
        token = await invites(served)
        [eve] = await served.rows("SELECT id FROM person WHERE address = 'eve'")
        store: Any = served.context.store

        async def take(first: Store) -> None:
            await first.commit([Statement("UPDATE care_link SET caregiver_id = $1, state = 'opened'", (eve["id"],))])

        store.before("UPDATE care_link SET state = 'opened'", take)
        await opens(served, "ana", token)
        assert store.over
        assert (await served.person("ana")).care_links == ()
        assert heard(served, "ana", "care.over") == 1


async def test_an_invitation_is_over_after_48_hours_and_its_row_is_gone(tmp_path: Path) -> None:
    clock = Clock(NOON)
    async with two(tmp_path, clock=clock) as served:
        await greet(served, "maria", "ana")
        token = await invites(served)
        served.forward(48 * HOUR)
        await opens(served, "ana", token)
        assert heard(served, "ana", "care.over") == 1
        assert (await served.person("maria")).care_links == ()
    async with two(tmp_path, clock=clock) as served:
        await served.has(0, LINKS)


async def test_a_yes_holds_for_48_hours_and_cannot_be_confirmed_after_that(tmp_path: Path) -> None:
    async with two(tmp_path) as served:
        await greet(served, "maria", "ana")
        await opens(served, "ana", await invites(served))
        await accepts(served)
        link = await link_of(served, "maria")
        served.forward(48 * HOUR)
        await does(served, "maria", e.Press(f"care:{link.id}:confirm"))
        assert heard(served, "maria", "care.gone") == 1
        assert heard(served, "ana", "care.news.confirmed") == 0


async def test_its_maker_cannot_use_an_invitation(tmp_path: Path) -> None:
    async with two(tmp_path) as served:
        await greet(served, "maria")
        await opens(served, "maria", await invites(served))
        assert heard(served, "maria", "care.own_invitation") == 1
        assert (await link_of(served, "maria")).state == "invited"


async def test_who_is_linked_already_does_not_use_up_a_second_invitation(tmp_path: Path) -> None:
    async with two(tmp_path) as served:
        await linked(served)
        token = await invites(served)
        await opens(served, "ana", token)
        assert heard(served, "ana", "care.linked_already") == 1
        await greet(served, "eve")
        await opens(served, "eve", token)
        assert (await link_of(served, "eve")).state == "opened"


async def test_a_caregiver_who_has_blocked_us_is_linked_no_more_once_a_copy_finds_that_out(tmp_path: Path) -> None:
    async with two(tmp_path) as served:
        await copied(served, Refused("blocked", gone=True))
        await hears(served, "maria", "care.news.ended")
        assert await served.rows(LINKS) == []


async def test_what_is_wiped_while_a_copy_is_on_its_way_is_copied_no_more(tmp_path: Path) -> None:
    async with two(tmp_path) as served:
        await copied(served, NotSent("down", retry_after=60))
        await forgets(served, "maria")
        served.forward(120)
        await hears(served, "ana", "care.news.ended")
        await served.settled()
        assert heard(served, "ana", "care.news.copy") == 0


async def test_confirmed_twice_is_confirmed_once(tmp_path: Path) -> None:
    async with two(tmp_path) as served:
        await greet(served, "maria", "ana")
        await opens(served, "ana", await invites(served))
        await accepts(served)
        await presses(served, "maria", "confirm")
        await presses(served, "maria", "confirm")
        assert heard(served, "ana", "care.news.confirmed") == 1
        assert (await link_of(served, "maria")).state == "on"


async def test_ended_by_both_at_once_it_is_over_once(tmp_path: Path) -> None:
    async with two(tmp_path, wrap=Meddling) as served:
        await linked(served)
        link = await link_of(served, "maria")
        store: Any = served.context.store
        store.before_do("DELETE FROM care_link", "DELETE FROM care_link")  # as Ana's own turn does
        await presses(served, "maria", "end")
        assert store.over
        assert heard(served, "maria", "care.gone") == 1
        await does(served, "ana", e.Press(f"care:{link.id}:end"))
        assert heard(served, "ana", "care.gone") == 1
        assert await served.rows("SELECT id FROM inbox WHERE state <> 'done'") == []


async def test_nobody_else_can_do_anything_with_a_link(tmp_path: Path) -> None:
    async with two(tmp_path) as served:
        await linked(served)
        await greet(served, "eve")
        before = await link_of(served, "maria")
        for what in ("show", "confirm", "copies", "no_copies", "end", "plan"):
            await does(served, "eve", e.Press(f"care:{before.id}:{what}"))
        assert heard(served, "eve", "care.gone") == 6
        assert await link_of(served, "maria") == before


async def test_what_a_channel_sends_cannot_pass_for_news_of_a_link(tmp_path: Path) -> None:
    async with two(tmp_path) as served:
        await linked(served)
        await does(served, "maria", e.Text("linked copy"), e.Command("linked", "copy"))
        assert heard(served, "ana", "care.news.copy") == 0


async def test_a_stranger_who_opens_an_invitation_is_asked_first_whether_anything_may_be_kept(tmp_path: Path) -> None:
    async with two(tmp_path) as served:
        await greet(served, "maria")
        await opens(served, "new", await invites(served))
        assert (await served.person("new")).sessions[-1].flow == "consent_first"


async def test_a_copy_that_was_made_outlives_the_process(tmp_path: Path) -> None:
    clock, channel = Clock(NOON), Channel()
    async with two(tmp_path, clock=clock) as served:
        await copied(served, NotSent("down", retry_after=60))
    clock.forward(120)
    async with two(tmp_path, clock=clock, channel=channel) as served:
        await hears(served, "ana", "care.news.copy")
        await served.settled()
        assert heard(served, "ana", "care.news.copy") == 1

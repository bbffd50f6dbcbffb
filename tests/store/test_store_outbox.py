"""Messages: the best class first, in a person's order, one at a time; in doubt only once they were on their way."""

from __future__ import annotations

import pytest
from tests.store.filling import BOT, column, messages_of, people_of, read, run

from bonewise.store import outbox, people
from bonewise.store.base import Row, Statement
from bonewise.store.errors import Conflict
from bonewise.store.outbox import TEXT_KEPT_FOR, NewMessage
from bonewise.store.people import delete
from bonewise.store.sqlite import SqliteStore

NOW = 1000.0
LEASE = 60.0
BURST = 10.0


async def claim(store: SqliteStore, owner: str = "me", now: float = NOW, channel: str = "telegram") -> Row | None:
    try:
        [row] = await run(store, outbox.claim(BOT, channel, owner, now, now + LEASE, BURST))
    except Conflict:
        return None
    return row


async def claimed(store: SqliteStore, now: float = NOW) -> list[int]:
    """What can be leased at a moment."""
    rows = []
    while (row := await claim(store, now=now)) is not None:
        rows.append(row["id"])
    return rows


async def send(store: SqliteStore, message_id: str | None = "m") -> int | None:
    """Send one message from beginning to end."""
    row = await claim(store)
    if row is None:
        return None
    await store.commit([outbox.sending(row["id"], "me", NOW)])
    await store.commit([outbox.sent(row["id"], "me", message_id)])
    return int(row["id"])


async def states(store: SqliteStore) -> dict[int, str]:
    return {row["id"]: row["state"] for row in await read(store, "SELECT id, state FROM outbox ORDER BY id")}


async def test_a_message_with_a_known_key_is_not_added_again(store: SqliteStore) -> None:
    await people_of(store, "a")
    await messages_of(store, (1, "a", "reply"))
    await store.commit([outbox.insert(BOT, NewMessage(2, "a", "telegram", "key 1", 0, 0.0, b"again"))])
    assert await states(store) == {1: "pending"}


async def test_a_message_to_nobody_is_a_conflict(store: SqliteStore) -> None:
    with pytest.raises(Conflict):
        await messages_of(store, (1, "nobody", "reply"))


async def test_the_best_class_goes_first(store: SqliteStore) -> None:
    await people_of(store, "a", "b", "c", "d")
    await messages_of(store, (1, "a", "tip"), (2, "b", "nudge"), (3, "c", "reminder"), (4, "d", "reply"))
    assert await claimed(store) == [4, 3, 2, 1]


async def test_in_its_turn_what_waited_longest_goes_first_whatever_its_class_but_no_reply(store: SqliteStore) -> None:
    await people_of(store, "a", "b", "c", "d")
    await messages_of(store, (1, "a", "reply"), (2, "b", "tip"), (3, "c", "reminder"), (4, "d", "nudge"))
    order = []
    while True:
        try:
            [row] = await run(store, outbox.claim(BOT, "telegram", "me", NOW, NOW + LEASE, BURST, oldest=True))
        except Conflict:
            break
        order.append(row["id"])
    assert order == [2, 3, 4]


@pytest.mark.parametrize(("tips", "order"), [(True, [1, 4]), (False, [3, 2])])
async def test_tips_can_be_claimed_apart_from_all_else(store: SqliteStore, tips: bool, order: list[int]) -> None:
    await people_of(store, "a", "b", "c", "d")
    await messages_of(store, (1, "a", "tip"), (2, "b", "nudge"), (3, "c", "reply"), (4, "d", "tip"))
    claims = [outbox.claim(BOT, "telegram", "me", NOW, NOW + LEASE, BURST, tips=tips) for _ in range(3)]
    assert [row["id"] for claim in claims[:2] for row in await run(store, claim)] == order
    with pytest.raises(Conflict):
        await run(store, claims[2])


async def test_one_message_of_a_person_at_a_time_in_their_order(store: SqliteStore) -> None:
    await people_of(store, "a", "b")
    await messages_of(store, (1, "a", "reply"), (2, "a", "reply"), (3, "b", "reply"))
    assert await claimed(store) == [1, 3]
    for row in (1, 3):
        await store.commit([outbox.sending(row, "me", NOW)])
    assert await claimed(store) == []
    await store.commit([outbox.sent(1, "me", "m")])
    assert await claimed(store) == [2]


async def test_one_that_waits_for_its_moment_or_its_person_holds_up_those_after_it(store: SqliteStore) -> None:
    await people_of(store, "a", "b")
    await messages_of(store, (1, "a", "reply"), (2, "a", "reply"), (3, "b", "reply"), (4, "b", "reply"))
    await claim(store)
    await claim(store)
    await store.commit([outbox.retry(1, "me", NOW, NOW + 5), outbox.end(3, "me", "waiting")])
    assert await claimed(store, NOW + 4.9) == []
    await store.commit([outbox.arrived("b")])
    assert await claimed(store, NOW + 5) == [1, 3]


async def test_one_that_is_postponed_holds_up_nothing_and_comes_at_its_moment(store: SqliteStore) -> None:
    await people_of(store, "a")
    await messages_of(store, (1, "a", "nudge"), (2, "a", "nudge"))
    await claim(store)
    await store.commit([outbox.postpone(1, "me", NOW + 60)])
    assert await run(store, outbox.next_postponed(BOT)) == [{"due_at": NOW + 60}]
    assert await claimed(store) == [2]
    await store.commit([outbox.resume(BOT, NOW + 59), outbox.sent(2, "me", "m")])
    assert await claimed(store, NOW + 60) == []
    await store.commit([outbox.resume(BOT, NOW + 60)])
    assert await claimed(store, NOW + 60) == [1]


async def test_nobody_misses_a_message_that_is_not_theirs_any_more(store: SqliteStore) -> None:
    await people_of(store, "a")
    await messages_of(store, (1, "a", "reminder"), reminder="r")
    await claim(store)
    await store.commit([outbox.cancel("a", "r")])
    with pytest.raises(Conflict):
        await store.commit([outbox.miss(1, "me")])
    assert await states(store) == {1: "dropped"}


async def test_messages_of_another_channel_or_bot_are_left_alone(store: SqliteStore) -> None:
    await people_of(store, "a", "b")
    await store.commit([outbox.insert("other bot", NewMessage(1, "a", "telegram", "key", 0, 0.0, b""))])
    await store.commit([outbox.insert(BOT, NewMessage(2, "b", "web", "key", 0, 0.0, b""))])
    assert await claimed(store) == []
    assert await claim(store, channel="web") is not None


async def test_replies_run_ahead_of_a_chats_pace_for_a_while_and_others_do_not(store: SqliteStore) -> None:
    await people_of(store, "a", "b")
    await messages_of(store, (1, "a", "reply"), (2, "b", "reminder"))
    for person in ("a", "b"):
        await store.commit([people.pace(person, NOW, BURST, BURST)])
    assert await claimed(store) == [1]
    assert await claimed(store, NOW + BURST - 0.1) == []
    assert await claimed(store, NOW + BURST) == [2]


async def test_replies_do_not_run_ahead_for_ever(store: SqliteStore) -> None:
    await people_of(store, "a")
    await messages_of(store, (1, "a", "reply"))
    await store.commit([people.pace("a", NOW, BURST + 1, BURST)])
    assert await claimed(store) == []
    assert await claimed(store, NOW + 1) == [1]


async def test_a_clock_that_is_set_back_holds_up_no_message(store: SqliteStore) -> None:
    await people_of(store, "a")
    await store.commit(
        [
            outbox.insert(BOT, NewMessage(1, "a", "telegram", "key 1", 0, NOW + 3600, b"")),
            people.pace("a", NOW + 3600, 1.0, BURST),
        ]
    )
    assert await claimed(store) == [1]
    await store.commit([outbox.retry(1, "me", NOW, NOW + 5)])
    assert await claimed(store) == []
    assert await claimed(store, NOW + 5) == [1]


async def test_a_message_is_on_its_way_only_under_a_lease_that_lasts(store: SqliteStore) -> None:
    await people_of(store, "a")
    await messages_of(store, (1, "a", "reply"))
    await claim(store)
    for owner, least in [("other", NOW), ("me", NOW + LEASE)]:
        with pytest.raises(Conflict):
            await store.commit([outbox.sending(1, owner, least)])
    await store.commit([outbox.sending(1, "me", NOW + LEASE - 1)])
    assert await states(store) == {1: "sending"}


@pytest.mark.parametrize(
    "statement",
    [
        outbox.sent(1, "dead", "m"),
        outbox.end(1, "dead", "failed"),
        outbox.retry(1, "dead", NOW, NOW),
        outbox.doubt(1, "dead"),
    ],
)
async def test_who_lost_the_lease_changes_nothing(store: SqliteStore, statement: Statement) -> None:
    await people_of(store, "a")
    await messages_of(store, (1, "a", "reply"))
    await claim(store, "me")
    await store.commit([statement])
    assert await read(store, "SELECT state, owner, tries, resent FROM outbox") == [
        {"state": "leased", "owner": "me", "tries": 0, "resent": 0}
    ]


@pytest.mark.parametrize(
    ("kind", "after_one", "after_two"),
    [
        ("reply", "pending", "unknown"),
        ("reminder", "pending", "unknown"),
        ("nudge", "pending", "unknown"),
        ("tip", "unknown", "unknown"),
    ],
)
async def test_in_doubt_all_but_a_tip_are_sent_once_more(
    store: SqliteStore, kind: str, after_one: str, after_two: str
) -> None:
    await people_of(store, "a")
    await messages_of(store, (1, "a", kind))
    for expected in (after_one, after_two):
        if await claim(store) is not None:
            await store.commit([outbox.sending(1, "me", NOW)])
            await store.commit([outbox.doubt(1, "me")])
        assert await states(store) == {1: expected}


@pytest.mark.parametrize(("kind", "state"), [("reply", "pending"), ("reminder", "pending"), ("tip", "unknown")])
async def test_what_a_dead_process_was_sending_is_in_doubt_and_what_it_leased_is_not(
    store: SqliteStore, kind: str, state: str
) -> None:
    await people_of(store, "a", "b")
    await messages_of(store, (1, "a", kind), (2, "b", kind))
    for _ in range(2):
        await claim(store, "dead")
    await store.commit([outbox.sending(1, "dead", NOW)])
    await store.commit(outbox.take_back(BOT, "me", NOW))
    assert await states(store) == {1: "sending", 2: "leased"}
    await store.commit(outbox.take_back(BOT, "me", NOW + LEASE))
    assert await states(store) == {1: state, 2: "pending"}


async def test_nobody_takes_back_their_own_or_what_is_settled(store: SqliteStore) -> None:
    await people_of(store, "a", "b", "c")
    await messages_of(store, (1, "a", "reply"), (2, "b", "reply"), (3, "c", "reply"))
    for _ in range(3):
        await claim(store)
    await store.commit([outbox.sending(2, "me", NOW), outbox.end(3, "me", "waiting")])
    await store.commit(outbox.take_back(BOT, "me", NOW + 1e9))
    assert await states(store) == {1: "leased", 2: "sending", 3: "waiting"}


async def test_who_stops_gives_back_what_is_not_on_its_way(store: SqliteStore) -> None:
    await people_of(store, "a", "b", "c")
    await messages_of(store, (1, "a", "reply"), (2, "b", "reply"), (3, "c", "reply"))
    await claim(store)
    await claim(store)
    await claim(store, "other")
    await store.commit([outbox.sending(2, "me", NOW), outbox.release("me")])
    assert await states(store) == {1: "pending", 2: "sending", 3: "leased"}


@pytest.mark.parametrize(
    ("state", "after"),
    [
        ("pending", "dropped"),
        ("leased", "dropped"),
        ("waiting", "dropped"),
        ("postponed", "dropped"),
        ("missed", "missed"),
        ("sending", "sending"),
        ("sent", "sent"),
        ("failed", "failed"),
        ("unknown", "unknown"),
    ],
)
async def test_a_changed_reminder_is_not_sent_any_more_unless_it_is_on_its_way(
    store: SqliteStore, state: str, after: str
) -> None:
    await people_of(store, "a")
    await messages_of(store, (1, "a", "reminder"), reminder="r")
    await store.commit([Statement("UPDATE outbox SET state = $1, owner = 'me', lease_until = 1e9", (state,))])
    await store.commit([outbox.cancel("a", "r")])
    assert await states(store) == {1: after}
    if state == "leased":
        with pytest.raises(Conflict):
            await store.commit([outbox.sending(1, "me", NOW)])


@pytest.mark.parametrize(
    ("end", "state"),
    [
        (outbox.retry(1, "me", NOW, NOW), "dropped"),
        (outbox.end(1, "me", "waiting"), "dropped"),
        (outbox.end(1, "me", "failed"), "failed"),
        (outbox.doubt(1, "me"), "unknown"),
        (outbox.take_back(BOT, "other", NOW + LEASE)[1], "unknown"),
        (outbox.sent(1, "me", "m"), "sent"),
    ],
)
async def test_one_that_is_on_its_way_when_its_reminder_is_changed_is_not_sent_once_more(
    store: SqliteStore, end: Statement, state: str
) -> None:
    await people_of(store, "a")
    await messages_of(store, (1, "a", "reminder"), reminder="r")
    await claim(store)
    await store.commit([outbox.sending(1, "me", NOW), outbox.cancel("a", "r")])
    assert await states(store) == {1: "sending"}
    await store.commit([end])
    assert await states(store) == {1: state}


async def test_only_messages_of_that_reminder_of_that_person_are_dropped(store: SqliteStore) -> None:
    await people_of(store, "a", "b")
    await messages_of(store, (1, "a", "reply"))
    await messages_of(store, (2, "a", "reminder"), reminder="other")
    await messages_of(store, (3, "b", "reminder"), reminder="r")
    await store.commit([outbox.cancel("a", "r")])
    assert set((await states(store)).values()) == {"pending"}


async def test_the_message_to_edit_is_the_last_that_was_sent_in_the_slot(store: SqliteStore) -> None:
    await people_of(store, "a", "b")
    assert await run(store, outbox.last_in_slot("a", "s")) == []
    await messages_of(store, (1, "a", "reply"), (2, "a", "reply"), (3, "a", "reply"), (4, "b", "reply"), slot="s")
    await messages_of(store, (5, "a", "reply"), slot="other")
    for message_id in ("one", None):
        await store.commit([outbox.claim(BOT, "telegram", "me", NOW, NOW + LEASE, 0)])
        row = min(row for row, state in (await states(store)).items() if state == "leased")
        await store.commit([outbox.sent(row, "me", message_id)])
    assert await run(store, outbox.last_in_slot("a", "s")) == [{"message_id": "one"}]


async def test_the_history_is_what_was_sent_after_a_row_in_order(store: SqliteStore) -> None:
    await people_of(store, "a", "b")
    await messages_of(store, *((row, "a", "reply") for row in (1, 2, 3)), (4, "b", "reply"))
    while await send(store) is not None:
        pass
    await messages_of(store, (5, "a", "reply"))
    rows = await run(store, outbox.history("a", 1))
    assert rows == [{"id": row, "sealed": b"text", "message_id": "m"} for row in (2, 3)]


async def test_texts_of_settled_messages_are_erased_after_a_month(store: SqliteStore) -> None:
    await people_of(store, "a", "b")
    await messages_of(store, (1, "a", "reply"), (2, "a", "reply"), (3, "b", "reply"))
    await send(store)
    await store.commit([outbox.forget(BOT, TEXT_KEPT_FOR)])
    assert await column(store, "SELECT id FROM outbox WHERE sealed IS NULL") == []
    await store.commit([outbox.forget(BOT, TEXT_KEPT_FOR + 1)])
    assert await column(store, "SELECT id FROM outbox WHERE sealed IS NULL") == [1]
    assert await run(store, outbox.history("a", 0)) == []


@pytest.mark.parametrize(
    ("statement", "index"),
    [
        (outbox.claim(BOT, "telegram", "me", 0, 1, 8), "outbox_pending"),
        (outbox.claim(BOT, "telegram", "me", 0, 1, 8, oldest=True), "outbox_oldest"),
        (outbox.next_postponed(BOT), "outbox_postponed"),
        (outbox.resume(BOT, 1e12), "outbox_postponed"),
        (outbox.forget(BOT, 1e12), "outbox_text"),
        (outbox.last_in_slot("a", "s"), "outbox_person"),
        (outbox.history("a", 1), "outbox_person"),
        (delete("a"), ""),
    ],
)
async def test_no_statement_reads_the_whole_table(store: SqliteStore, statement: Statement, index: str) -> None:
    plan = await run(store, Statement(f"EXPLAIN QUERY PLAN {statement.sql}", statement.args))
    steps = " ".join(row["detail"] for row in plan)
    assert index in steps
    assert "SCAN" not in steps

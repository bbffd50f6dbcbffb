from __future__ import annotations

from typing import Any

import pytest

from bonewise.channel.telegram.sorting import PREFIX, Side, Sorter
from bonewise.dialogue.event import Command, Event, Group, Left, Press, Text, Unreadable

PERSON = {"id": 7, "is_bot": False, "first_name": "Maria"}
PRIVATE = {"id": 7, "type": "private", "first_name": "Maria"}
GROUP = {"id": -5, "type": "supergroup", "title": "Family"}


def cannot_wait(event: Event) -> bool:
    return "help!" in getattr(event, "text", "") + getattr(event, "argument", "")


def sort(update: dict[str, Any], prefix: str = "bw_") -> tuple[Side, Event | None]:
    found = Sorter("a_bot", prefix, cannot_wait).sort({"update_id": 1, **update})
    return found.side, found.received and found.received.event


def message(chat: dict[str, Any] = PRIVATE, **content: Any) -> dict[str, Any]:
    return {"message": {"message_id": 1, "date": 1, "chat": chat, "from": PERSON, **content}}


def press(data: str, chat: dict[str, Any] = PRIVATE) -> dict[str, Any]:
    return {"callback_query": {"id": "1", "from": PERSON, "data": data, **message(chat)}}


@pytest.mark.parametrize(
    ("text", "side", "event"),
    [
        ("/bw_start", Side.OURS, Command("start")),
        ("/BW_Check now", Side.OURS, Command("check", "now")),
        ("/start", Side.THEIRS, Command("start")),
        ("/bw_dance", Side.THEIRS, Command("bw_dance")),
        ("/start bw_go-learn", Side.OURS, Command("start", "go-learn")),
        ("/start bw_join-0a", Side.OURS, Command("start", "join-0a")),
        ("/start go-learn", Side.THEIRS, Command("start", "go-learn")),
        ("/game help!", Side.OURS, Command("game", "help!")),
        ("hello", Side.OPEN, Text("hello")),
        ("help!", Side.OURS, Text("help!")),
    ],
)
def test_a_private_text_is_ours_by_its_prefix_or_because_it_cannot_wait(text: str, side: Side, event: Event) -> None:
    assert sort(message(text=text)) == (side, event)


@pytest.mark.parametrize(
    ("data", "side", "event"),
    [
        ("bw_go:home", Side.OURS, Press("go:home", "1")),
        ("bw_a:0123456789ab:3:2", Side.OURS, Press("a:0123456789ab:3:2", "1")),
        ("go:home", Side.THEIRS, Press("go:home", "1")),
        ("bw_anything", Side.THEIRS, Press("bw_anything", "1")),
        ("", Side.THEIRS, Press("", "1")),
    ],
)
def test_a_press_is_ours_if_its_data_is_of_our_making(data: str, side: Side, event: Event) -> None:
    assert sort(press(data)) == (side, event)


def test_in_a_group_only_our_commands_and_buttons_are_ours() -> None:
    assert sort(message(GROUP, text="/bw_learn@a_bot")) == (Side.OURS, Group("/learn"))
    assert sort(press("bw_go:learn", GROUP)) == (Side.OURS, Group("go:learn"))
    for other in (message(GROUP, text="/learn"), message(GROUP, text="@a_bot help!"), press("go:learn", GROUP)):
        assert sort(other)[0] is Side.NOT_OURS
    assert sort(message(GROUP, text="hello")) == (Side.NOT_OURS, None)


def test_what_is_said_without_words_goes_where_a_text_goes() -> None:
    assert sort(message(voice={})) == (Side.OPEN, Unreadable("voice"))
    assert sort({"edited_message": message(text="x")["message"]}) == (Side.OPEN, Unreadable("edited", "x"))


def test_what_cannot_wait_is_ours_in_a_message_that_was_changed_as_well() -> None:
    changed = {"edited_message": message(text="help!")["message"]}
    assert sort(changed) == (Side.OURS, Unreadable("edited", "help!"))


def test_that_somebody_left_is_for_both_and_counts_as_no_turn() -> None:
    change = {"chat": PRIVATE, "from": PERSON, "date": 1, "new_chat_member": {"status": "kicked"}}
    found = Sorter("a_bot", "", cannot_wait).sort({"update_id": 1, "my_chat_member": change})
    assert found.received is not None
    assert (found.side, found.received.event) == (Side.BOTH, Left(False))
    assert not found.received.key.startswith("u")


def test_without_a_prefix_all_our_commands_are_ours_and_no_others() -> None:
    assert sort(message(text="/start"), "") == (Side.OURS, Command("start"))
    assert sort(message(text="/game"), "")[0] is Side.THEIRS
    assert sort(press("go:home"), "")[0] is Side.OURS


@pytest.mark.parametrize(
    ("prefix", "fits"),
    [("", True), ("bw_", True), ("abcdefgh", True), ("abcdefghi", False), ("_b", False), ("B", False)],
)
def test_a_prefix_is_short_and_fit_for_a_command(prefix: str, fits: bool) -> None:
    assert bool(PREFIX.fullmatch(prefix)) is fits

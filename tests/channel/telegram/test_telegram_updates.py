from typing import Any

import pytest
from telegram import Update

from bonewise.channel.telegram.updates import UNREADABLE, received
from bonewise.dialogue.event import Command, Group, Left, Position, Press, Text, Unreadable

ANN = {"id": 7, "is_bot": False, "first_name": "Ann", "language_code": "pt-br"}
PRIVATE = {"id": 7, "type": "private", "first_name": "Ann"}
FAMILY = {"id": -100, "type": "supergroup", "title": "Family"}
BOT = {"id": 1, "is_bot": True, "first_name": "Bonewise", "username": "bone_bot"}


def message(chat: dict[str, Any] = PRIVATE, **content: Any) -> dict[str, Any]:
    return {"message_id": 5, "date": 1_700_000_000, "chat": chat, "from": ANN, **content}


def said(**content: Any) -> dict[str, Any]:
    return {"update_id": 40, "message": message(**content)}


def pressed(chat: dict[str, Any] = PRIVATE, date: int = 1_700_000_000, **query: Any) -> dict[str, Any]:
    shown = {"message_id": 5, "date": date, "chat": chat}
    asked = {"id": "q1", "from": ANN, "chat_instance": "c", "message": shown, "data": "go:home", **query}
    return {"update_id": 41, "callback_query": asked}


def member(status: str, chat: dict[str, Any] = PRIVATE) -> dict[str, Any]:
    standing = {"user": BOT, "until_date": 0}
    change = {"chat": chat, "from": ANN, "date": 1_700_000_000}
    old, new = {"status": "member", "user": BOT}, {"status": status, **standing}
    return {"update_id": 42, "my_chat_member": {**change, "old_chat_member": old, "new_chat_member": new}}


def event(update: dict[str, Any]) -> object:
    got = received(update, "bone_bot")
    return got and got.event


@pytest.mark.parametrize(
    ("update", "expected"),
    [
        (said(text="my feet tingle"), Text("my feet tingle")),
        (said(text="/check"), Command("check")),
        (said(text="/Check@bone_bot  my feet "), Command("check", "my feet")),
        (said(text="/start care_x-1"), Command("start", "care_x-1")),
        (said(text="/start\ntwo\nlines"), Command("start", "two\nlines")),
        (said(text="/ check"), Text("/ check")),
        (said(text="1/2 of my foot"), Text("1/2 of my foot")),
        (said(location={"latitude": 1.5, "longitude": 2}), Position(1.5, 2.0)),
        (said(venue={"title": "x"}, location={"latitude": 1.5, "longitude": 2.5}), Position(1.5, 2.5)),
        (said(photo=[], caption="I can't breathe"), Text("I can't breathe")),
        (said(text="x", forward_origin={"type": "hidden_user"}), Unreadable("forward", "x")),
        (said(photo=[], caption="x", forward_origin={"type": "user"}), Unreadable("forward", "x")),
        (said(voice={}, forward_origin={"type": "user"}), Unreadable("forward")),
        (said(animation={}, document={}), Unreadable("animation")),
        (said(pinned_message={}), None),
        (said(story_of_2031={}), None),
        ({"update_id": 1, "edited_message": message(text="x")}, Unreadable("edited", "x")),
        ({"update_id": 1, "edited_message": message(photo=[], caption="x")}, Unreadable("edited", "x")),
        ({"update_id": 1, "edited_message": message(location={"latitude": 1, "longitude": 2})}, None),
        (pressed(), Press("go:home", "5")),
        (pressed(date=0), Press("go:home", None)),
        (pressed(data=None), None),
        (member("kicked"), Left(back=False)),
        (member("member"), Left(back=True)),
        (member("left", FAMILY), None),
        ({"update_id": 1, "channel_post": message(text="x")}, None),
        ({"update_id": 1, "purchased_something_new": {"from": ANN}}, None),
    ],
)
def test_each_kind_of_update_becomes_its_event(update: dict[str, Any], expected: object) -> None:
    if "callback_query" in update and update["callback_query"]["data"] is None:
        del update["callback_query"]["data"]
    assert event(update) == expected


@pytest.mark.parametrize("kind", UNREADABLE)
def test_what_cannot_be_read_is_named(kind: str) -> None:
    assert event(said(**{kind: {"file_id": "x"}})) == Unreadable(kind)


@pytest.mark.parametrize(
    ("update", "expected"),
    [
        (said(chat=FAMILY, text="/help"), Group("/help")),
        (said(chat=FAMILY, text="/learn@Bone_Bot"), Group("/learn")),
        (said(chat=FAMILY, text="/learn@other_bot"), None),
        (said(chat=FAMILY, text="@bone_bot what is DXA"), Group("what is DXA")),
        (said(chat=FAMILY, text="@bone_bottle what is DXA"), None),
        (said(chat=FAMILY, text="my private trouble"), None),
        (said(chat=FAMILY, photo=[]), None),
        ({"update_id": 1, "edited_message": message(FAMILY, text="/help")}, None),
        (pressed(FAMILY, data="a:s:1:2"), Group("a:s:1:2")),
    ],
)
def test_a_group_only_ever_makes_group_events_and_only_when_it_speaks_to_us(
    update: dict[str, Any], expected: object
) -> None:
    assert event(update) == expected


def test_who_it_came_from_travels_along() -> None:
    got = received(pressed(), "bone_bot")
    assert got is not None
    assert (got.key, got.address, got.language, got.name, got.press) == ("u41", "7", "pt-br", "Ann", "q1")


def test_a_group_is_addressed_as_a_whole_and_no_name_is_kept_for_it() -> None:
    got = received(said(chat=FAMILY, text="/help"), "bone_bot")
    assert got is not None
    assert (got.address, got.name, got.press) == ("-100", None, None)


@pytest.mark.parametrize("broken", [{}, {"chat": PRIVATE}, {"chat": None, "from": ANN}, None, [], "x"])
@pytest.mark.parametrize("kind", ["message", "edited_message", "callback_query", "my_chat_member"])
def test_a_broken_update_is_nothing_and_never_an_error(kind: str, broken: object) -> None:
    assert received({"update_id": 1, kind: broken}, "bone_bot") is None


@pytest.mark.parametrize(
    "update",
    [
        said(text="/start a"),
        said(text="hello"),
        said(location={"latitude": 1.5, "longitude": 2.5}),
        pressed(),
        pressed(date=0),
        member("kicked"),
        said(chat=FAMILY, text="/help"),
    ],
)
def test_an_update_of_python_telegram_bot_reads_the_same_as_plain_data(update: dict[str, Any]) -> None:
    parsed = Update.de_json(update, None)
    assert received(parsed, "bone_bot") == received(update, "bone_bot")

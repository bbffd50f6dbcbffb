from typing import Any

import pytest

from bonewise.channel.telegram.keyboard import keyboard, standing
from bonewise.dialogue.screen import Button, Screen

YES, NO, HELP = Button("Yes", press="a:s:1:0"), Button("No", press="a:s:1:1"), Button("Help", press="go:help")


def screen(*rows: tuple[Button, ...], rtl: bool = False) -> Screen:
    return Screen("Well?", "ar" if rtl else "en", rtl, rows)


def labels(shown: Screen) -> list[list[str]]:
    made = keyboard(shown)
    assert made is not None
    return [[button.text for button in row] for row in made.inline_keyboard]


def test_no_buttons_make_no_keyboard() -> None:
    assert keyboard(screen()) is None
    assert keyboard(screen(())) is None


def test_rows_stand_as_they_are_told() -> None:
    assert labels(screen((YES, NO), (HELP,))) == [["Yes", "No"], ["Help"]]


def test_rows_are_turned_round_for_right_to_left_languages() -> None:
    assert labels(screen((YES, NO), (HELP,), rtl=True)) == [["No", "Yes"], ["Help"]]


def test_each_kind_of_button_does_what_it_says() -> None:
    rows = ((YES,), (Button("Copy 112", copy="112", style="danger"),), (Button("NHS", url="https://nhs.uk"),))
    made = keyboard(screen(*rows))
    assert made is not None
    assert made.to_dict()["inline_keyboard"] == [
        [{"text": "Yes", "callback_data": "a:s:1:0"}],
        [{"text": "Copy 112", "copy_text": {"text": "112"}, "style": "danger"}],
        [{"text": "NHS", "url": "https://nhs.uk"}],
    ]


def test_only_primary_and_danger_have_a_colour() -> None:
    styles = [Button("x", press="s:x", style=style) for style in ("plain", "primary", "danger")]
    made = keyboard(screen(tuple(styles)))
    assert made is not None
    assert [button.style for button in made.inline_keyboard[0]] == [None, "primary", "danger"]


def test_data_has_64_bytes_at_most() -> None:
    assert keyboard(screen((Button("x", press="g" * 64),)))
    with pytest.raises(ValueError, match="64 bytes"):
        keyboard(screen((Button("x", press="g" * 65),)))
    with pytest.raises(ValueError, match="64 bytes"):
        keyboard(screen((Button("x", press="é" * 33),)))


@pytest.mark.parametrize(
    "rows",
    [
        tuple((YES,) * 8 for _ in range(13)),
        ((YES,) * 9,),
        tuple((Button("x" * 300, press="s:x"),) for _ in range(40)),
        ((Button("x", copy="9" * 257),),),
        ((Button("x"),),),
    ],
)
def test_what_telegram_would_refuse_is_an_error_here(rows: tuple[tuple[Button, ...], ...]) -> None:
    with pytest.raises(ValueError, match=r"."):
        keyboard(screen(*rows))


def test_a_screen_without_buttons_brings_the_button_that_calls_for_help_below_the_chat() -> None:
    below = standing(Screen("text", "en", help="I need help now"))
    assert below is not None
    assert [[key.text for key in row] for row in below.keyboard] == [["I need help now"]]
    assert below.is_persistent


@pytest.mark.parametrize(
    "more", [{"help": None}, {"slot": "q.1"}, {"buttons": ((Button("Yes", press="go:home"),),)}], ids=str
)
def test_a_screen_with_buttons_or_one_that_is_edited_later_does_not_bring_it(more: dict[str, Any]) -> None:
    assert standing(Screen("text", "en", **{"help": "I need help now", **more})) is None

import re

import pytest
from telegram import InlineKeyboardMarkup

from bonewise.channel.telegram.render import LONGEST, MOMENT, Part, render
from bonewise.dialogue.screen import Button, Screen

GO_ON = ((Button("Go on", press="s:resume"),),)


def one(screen: Screen) -> Part:
    (part,) = render(screen)
    return part


def units(part: Part) -> int:
    return len(part.plain.encode("utf-16-le")) // 2


def test_light_markdown_becomes_telegrams_html() -> None:
    assert one(Screen("**Call now.**\n_Question 2_", "en")).html == "<b>Call now.</b>\n<i>Question 2</i>"


@pytest.mark.parametrize("name", ["<b>Ann", "</b>", "&lt;Ann&gt;", "Ann & Co", '<a href="tg://user?id=1">x</a>'])
def test_a_name_is_only_ever_a_name(name: str) -> None:
    part = one(Screen(f"**Hello** {name}.", "en"))
    assert part.plain == f"Hello {name}."
    assert re.findall(r"<[^>]*>", part.html) == ["<b>", "</b>"]


def test_what_is_folded_stands_below_in_a_quote_that_opens() -> None:
    part = one(Screen("**Is it new?**", "en", folded="The _nerves_ & more."))
    assert part.html == ("<b>Is it new?</b>\n\n<blockquote expandable>The <i>nerves</i> &amp; more.</blockquote>")


def test_a_time_between_two_marks_is_worded_by_the_readers_app() -> None:
    text = f"We'll write on {MOMENT}Tuesday at 10:00{MOMENT}."
    part = one(Screen(text, "en", moment=1_764_061_200))
    assert part.html == ('We\'ll write on <tg-time unix="1764061200" format="wDt">Tuesday at 10:00</tg-time>.')
    assert part.plain == "We'll write on Tuesday at 10:00."


def test_without_a_moment_or_without_marks_the_words_stay_as_they_are() -> None:
    assert one(Screen(f"On {MOMENT}Tuesday{MOMENT}.", "en")).html == "On Tuesday."
    assert one(Screen("On Tuesday.", "en", moment=1)).html == "On Tuesday."


def test_a_line_of_a_right_to_left_language_that_starts_with_a_foreign_word_is_led_right() -> None:
    text = "**Bonewise** دليل\n\u2068112\u2069 اتصل\n**اتصل** 112\n\n\u2068Ann\u2069 مرحبا\n/forget"
    lines = one(Screen(text, "ar", rtl=True)).html.split("\n")
    assert [line.startswith("\u200f") for line in lines] == [True, False, False, False, False, True]
    assert "\u200f" not in one(Screen("Bonewise", "en")).html


def test_a_text_of_one_message_keeps_its_buttons() -> None:
    part = one(Screen("x" * LONGEST, "en", buttons=GO_ON))
    assert isinstance(part.keyboard, InlineKeyboardMarkup)


def test_a_long_text_is_cut_between_paragraphs_and_the_buttons_are_on_the_last_part() -> None:
    paragraphs = [f"**Part {number}.** " + "word " * 300 for number in range(6)]
    parts = render(Screen("\n\n".join(paragraphs), "en", buttons=GO_ON))
    assert len(parts) == 3
    assert all(part.html.startswith("<b>Part ") for part in parts)
    assert all(units(part) <= LONGEST for part in parts)
    assert [part.keyboard is not None for part in parts] == [False, False, True]


def test_emoji_count_as_telegrams_apps_count_them() -> None:
    parts = render(Screen("🦴" * LONGEST, "en"))
    assert [units(part) for part in parts] == [LONGEST, LONGEST]


def test_formatting_does_not_count() -> None:
    assert one(Screen("**" + "x" * (LONGEST - 4) + "** &<>", "en")).plain.endswith("x &<>")


def test_a_fold_that_does_not_fit_below_comes_by_itself() -> None:
    text, folded = "x" * 3000, "y " * 1500
    first, second = render(Screen(text, "en", folded=folded, buttons=GO_ON))
    assert first.plain == text
    assert second.html.startswith("<blockquote expandable>y")
    assert first.keyboard is None
    assert second.keyboard is not None

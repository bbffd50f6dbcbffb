"""What an output looks like on its way to the page."""

from __future__ import annotations

from typing import Any

import pytest

from bonewise.channel.web.render import render
from bonewise.channel.web.words import PageWords
from bonewise.dialogue.screen import Button, Screen, Strip


def _buttons(words: PageWords, *buttons: Button) -> list[dict[str, Any]]:
    return render(7, Screen("Hello", "en", buttons=(buttons,)), None, words)["buttons"]


def test_a_new_message_is_known_by_its_row(words: PageWords) -> None:
    data = render(7, Screen("Hello", "en", role="page"), None, words)
    assert (data["row"], data["message"], data["edit"], data["role"]) == (7, "7", False, "page")


def test_an_edit_names_the_message_that_it_changes(words: PageWords) -> None:
    data = render(9, Screen("Hello", "en", replace="question"), "7", words)
    assert (data["row"], data["message"], data["edit"]) == (9, "7", True)


def test_a_kept_message_is_no_edit(words: PageWords) -> None:
    assert render(7, Screen("Hello", "en"), "7", words)["edit"] is False


def test_a_strip_only_takes_the_buttons_off(words: PageWords) -> None:
    assert render(9, Strip("question"), "7", words) == {"row": 9, "message": "7", "edit": True, "strip": True}


def test_language_and_direction_stand_on_the_message(words: PageWords) -> None:
    data = render(7, Screen("مرحبا", "ar", rtl=True), None, words)
    assert (data["lang"], data["dir"]) == ("ar", "rtl")


@pytest.mark.parametrize("text", ["<script>", '"><img src=x>', "&lt;"])
def test_texts_are_escaped(words: PageWords, text: str) -> None:
    data = render(7, Screen(text, "en", folded=text), None, words)
    assert "<script" not in data["html"] + data["folded"]
    assert "<img" not in data["html"] + data["folded"]
    assert "&lt;lt;" not in data["html"]


def test_a_number_to_copy_becomes_a_call_in_the_language_of_the_message(words: PageWords) -> None:
    button = Button("Copiar +34 (91) 1", copy="+34 (91) 1", style="danger")
    [data] = render(7, Screen("Hola", "es", buttons=((button,),)), None, words)["buttons"]
    assert (data["tel"], data["style"]) == ("+34911", "danger")
    assert "Llamar" in data["label"]
    assert "Copiar" not in data["label"]


def test_a_text_to_copy_stays_one(words: PageWords) -> None:
    [data] = _buttons(words, Button("Copy", copy="I need you with me now."))
    assert (data["copy"], data["label"]) == ("I need you with me now.", "Copy")


@pytest.mark.parametrize(
    ("button", "lasting"),
    [
        (Button("Yes", press="a:s1:2:yes"), False),
        (Button("Legs", press="t:s1:2:legs"), False),
        (Button("Back", press="b:s1:2"), False),
        (Button("Wipe", press="s:wipe"), False),
        (Button("Read", press="go:learn"), True),
        (Button("More", press="card:tingling.link"), True),
        (Button("Sources", press="src:tingling"), True),
        (Button("Summary", press="o:s1:summary"), True),
        (Button("Done", press="n:r1:done"), True),
        (Button("Help", press="s:help", style="danger"), True),
        (Button("Open", url="https://example.org"), True),
    ],
)
def test_answers_go_with_their_question_and_links_stay(words: PageWords, button: Button, lasting: bool) -> None:
    assert _buttons(words, button)[0]["lasting"] is lasting

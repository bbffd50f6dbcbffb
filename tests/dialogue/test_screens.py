"""The screens stand as voice.md, "The screens", draws them: parts, order and colour; not their wording."""

from __future__ import annotations

import pytest

from bonewise.dialogue import event as e
from bonewise.dialogue.screen import Screen
from bonewise.i18n.markup import plain
from tests.dialogue.calm import calm
from tests.dialogue.conversation import KNOWN, STRANGER, WORLD, Conversation
from tests.dialogue.rules import buttons_of
from tests.dialogue.words import stands_in

LANGUAGES = ("en", "es")
in_each_language = pytest.mark.parametrize("language", LANGUAGES)


def looks(screen: Screen) -> list[tuple[str, str]]:
    """What each button does, without ids, and its colour."""
    return [(does(button.press) if button.press else "copy", button.style) for button in buttons_of(screen)]


def does(press: str) -> str:
    kind, *parts = press.split(":")
    return f"{kind}:{parts[-1]}" if kind in {"go", "in", "s", "o", "n", "a", "t", "card"} else kind


def in_order(screen: Screen, *keys: str) -> None:
    """Raises `AssertionError` unless the texts under these keys stand in the screen, one after the other."""
    places = [stands_in(WORLD, screen.lang, key, screen.text) for key in keys]
    assert None not in places, [key for key, place in zip(keys, places, strict=True) if place is None]
    assert places == sorted(places), keys  # type: ignore[type-var]


def checked(language: str = "en", **more: object) -> Conversation:
    """A conversation at the first question of the check."""
    talk = Conversation({**KNOWN, **more}, language=language)
    talk.does(e.Press("go:tingling.self"))
    return talk


@in_each_language
def test_the_first_hello_is_three_messages_with_help_before_any_consent(language: str) -> None:
    talk = Conversation(STRANGER, language=language)
    talk.types("xyz")
    assert looks(talk.new[0]) == [("a:pressed", "primary"), ("go:emergency", "danger"), ("go:language", "plain")]
    talk.answers("hello", "pressed")
    assert looks(talk.new[0]) == [
        ("a:yes", "plain"),
        ("a:read_only", "plain"),
        ("go:privacy", "plain"),
        ("go:emergency", "danger"),
        ("b", "plain"),
        ("l", "plain"),
    ]
    talk.answers("consent.keep", "read_only")
    assert looks(talk.new[0]) == [
        *((f"a:{code}", "plain") for code in ("GB", "US", "ES", "MX")),
        ("a:skipped", "plain"),
        ("go:emergency", "danger"),
        ("b", "plain"),
        ("l", "plain"),
    ]


def test_on_the_page_nothing_is_said_of_telegram() -> None:
    talk = Conversation({"channel": "web"})
    talk.does(e.Opened("Europe/London"))
    talk.answers("hello", "pressed")
    assert "Telegram" not in talk.new[0].text


@in_each_language
def test_home_leads_to_the_check_first_and_has_help_last(language: str) -> None:
    talk = Conversation(language=language)
    talk.commands("home")
    assert looks(talk.new[0]) == [
        ("in:check_menu", "primary"),
        ("in:learn", "plain"),
        ("go:plan_visit", "plain"),
        ("in:caregiver", "plain"),
        ("in:reminder_menu", "plain"),
        ("go:emergency", "danger"),
    ]


@in_each_language
def test_whom_it_is_about_is_asked_without_colour_and_then_it_is_said_what_comes(language: str) -> None:
    talk = Conversation(language=language)
    talk.does(e.Press("go:tingling"))
    assert looks(talk.new[0]) == [("go:tingling.self", "plain"), ("go:tingling.someone", "plain"), ("go:home", "plain")]
    talk.presses("go:tingling.someone")
    assert looks(talk.new[0]) == [("a:skipped", "plain"), ("go:emergency", "danger"), ("l", "plain")]
    talk.answers("name", "skipped")
    intro, question = talk.new
    in_order(intro, "ui.about.stay_near", "ui.intro")
    assert not intro.buttons
    assert question.role == "question"


@in_each_language
def test_gate_a_is_ticked_in_words_and_no_answer_has_a_colour(language: str) -> None:
    talk = checked(language)
    signs = ["t:stroke", "t:breathing", "t:cold_limb", "t:legs_gone", "t:stroke_gone"]
    asked = talk.new[-1]
    assert looks(asked) == [(name, "plain") for name in [*signs, "a:unsure", "a:none", "l"]]
    in_order(
        asked, "life.signs.ask", *(f"life.signs.lines.{sign[2:]}" for sign in signs), "life.signs.help", "ui.progress"
    )
    talk.presses("t:stroke_gone")
    ticked = talk.chat[-1]
    assert looks(ticked) == [*((name, "plain") for name in signs), ("d", "primary"), ("c", "plain"), ("l", "plain")]
    [*others, last] = [button for button in buttons_of(ticked) if button.press and button.press.startswith("t:")]
    before = buttons_of(asked)[len(others)]
    assert plain(last.label) != plain(before.label)
    assert plain(last.label).endswith(plain(before.label))
    assert last.ticked
    assert not any(button.ticked for button in others)


@in_each_language
def test_not_sure_about_gate_a_asks_the_same_signs_once_more(language: str) -> None:
    talk = checked(language)
    first = looks(talk.new[-1])
    talk.answers("life.signs", "unsure")
    in_order(talk.new[-1], "life.signs.again", "life.signs.again_lines.stroke", "ui.progress")
    assert looks(talk.new[-1]) == [*first[:-1], ("b", "plain"), ("l", "plain")]


@in_each_language
def test_gate_b_has_the_worst_answer_first_and_folds_away_why_it_is_asked(language: str) -> None:
    talk = checked(language)
    calm(talk, "spine_nerves.saddle")
    [asked] = talk.new
    assert looks(asked) == [(name, "plain") for name in ("a:yes", "a:unsure", "a:no", "b", "l")]
    in_order(asked, "spine_nerves.saddle.ask", "spine_nerves.saddle.help", "ui.progress")
    assert asked.folded == WORLD.catalog.text(language, "spine_nerves.saddle.why")
    talk.answers("spine_nerves.saddle", "unsure")
    assert looks(talk.new[0]) == looks(asked)
    assert stands_in(WORLD, language, "spine_nerves.saddle.again", talk.new[0].text) is not None


@in_each_language
def test_an_answered_question_keeps_its_place_and_loses_its_buttons(language: str) -> None:
    talk = checked(language)
    calm(talk, "spine_nerves.saddle")
    asked = talk.new[0]
    talk.answers("spine_nerves.saddle", "no")
    answered = talk.turn.screens[0]
    assert isinstance(answered, Screen)
    assert (answered.role, answered.replace, answered.buttons) == ("answered", asked.slot, ())
    in_order(answered, "spine_nerves.saddle.ask", "ui.you_said")
    assert stands_in(WORLD, language, "ui.progress", answered.text) is None


@in_each_language
def test_the_emergency_card_says_what_to_do_first_and_has_one_red_button(language: str) -> None:
    talk = checked(language)
    talk.presses("t:breathing")
    card, net = talk.new
    in_order(card, "levels.emergency.lead", "levels.emergency.do", "life.RF02.why", "emergency.say")
    assert looks(card) == [
        ("copy", "danger"),
        ("s:someone", "plain"),
        ("s:alone", "plain"),
        ("o:share", "plain"),
        ("o:mistake", "plain"),
    ]
    assert buttons_of(card)[0].copy == "999"
    assert "999" in card.text
    assert stands_in(WORLD, language, "ui.progress", card.text) is None
    in_order(net, "net.unsure", "emergency.worse", "net.disclaimer")
    assert looks(net) == [("o:sources", "plain")]


@in_each_language
def test_an_emergency_of_somebody_else_speaks_of_them(language: str) -> None:
    talk = Conversation(language=language)
    talk.does(e.Press("go:tingling.other"))
    talk.answers("adult.over_18", "yes")
    talk.presses("t:breathing")
    in_order(talk.new[0], "levels.emergency.lead", "levels.emergency.do@other", "life.RF02.why")


@in_each_language
def test_without_a_country_the_card_offers_to_choose_one(language: str) -> None:
    talk = checked(language, country=None)
    talk.presses("t:breathing")
    assert looks(talk.new[0])[0] == ("go:country", "plain")


@in_each_language
def test_the_crisis_card_puts_the_person_before_the_pain_and_has_both_numbers(language: str) -> None:
    talk = Conversation(language=language)
    talk.does(e.Press("s:crisis"))
    [card] = talk.new
    in_order(card, "levels.crisis.lead", "levels.crisis.do", "emergency.crisis_more")
    assert looks(card) == [
        ("copy", "danger"),
        ("copy", "danger"),
        ("s:ask_to_come", "plain"),
        ("s:someone", "plain"),
        ("s:alone", "plain"),
    ]


def of_level(language: str, level: str, part: str) -> str:
    """Where the words of a level stand: with the check if it has its own."""
    own = f"tingling.levels.{level}.{part}"
    return own if WORLD.catalog.has(language, own) else f"levels.{level}.{part}"


@in_each_language
def test_a_level_says_what_fits_the_check_and_else_what_fits_all(language: str) -> None:
    assert of_level(language, "routine", "do") == "tingling.levels.routine.do"
    assert of_level(language, "soon", "do") == "levels.soon.do"


@in_each_language
@pytest.mark.parametrize(
    ("until", "step", "value", "level", "reason"),
    [
        ("pattern", "pattern", "toes_first", "routine", "tingling.toes_first"),
        ("course", "course", ("spread",), "soon", "tingling.RF49"),
        ("medicines", "medicines", ("chemo_numb",), "same_day", "tingling.RF38"),
    ],
)
def test_a_result_has_all_parts_in_order_in_three_messages(
    language: str, until: str, step: str, value: str, level: str, reason: str
) -> None:
    talk = checked(language)
    calm(talk, until)
    talk.answers(step, value)
    calm(talk, "end")
    do, why, net = talk.new
    in_order(do, f"levels.{level}.lead", of_level(language, level, "do"))
    in_order(why, "ui.result.why", f"{reason}.why", "ui.result.say")
    in_order(
        net,
        "net.unsure",
        of_level(language, level, "time"),
        "net.signs",
        "net.permission",
        "net.disclaimer",
        "net.unreviewed",
    )
    assert not do.buttons
    assert not why.buttons
    shown = looks(net)
    assert shown[0] == ("go:plan_visit.self", "primary")
    assert shown[-1] == ("go:emergency", "danger")
    assert [style for _, style in shown[1:-1]] == ["plain"] * (len(shown) - 2)
    functions = [name for name, _ in shown if name in {"o:summary", "o:share", "o:sources", "go:tingling"}]
    assert functions == ["o:summary", "o:share", "o:sources", "go:tingling"]


@in_each_language
def test_a_plan_is_read_back_without_any_colour(language: str) -> None:
    talk = Conversation(language=language)
    talk.does(e.Press("go:plan_visit.self"))
    for step, value in (("for_what", "gp"), ("day", "2026-11-26"), ("hour", "09.00"), ("barrier", "skipped")):
        talk.answers(step, value)
    assert [style for name, style in looks(talk.new[0]) if name != "a:yes"] == ["plain"] * 5
    assert stands_in(WORLD, language, "plan_visit.sure.ask", talk.new[0].text) is not None


@in_each_language
@pytest.mark.parametrize("late", [False, True])
def test_the_lock_screen_of_a_nudge_names_nothing_of_health(language: str, late: bool) -> None:
    talk = Conversation(language=language)
    talk.does(e.Press("go:plan_visit.self"))
    said = (("for_what", "other"), ("own_words", "osteoporosis and numb feet"), ("day", "2026-11-26"))
    for step, value in (*said, ("hour", "09.00"), ("barrier", "afraid"), ("sure", "yes")):
        talk.answers(step, value)
    if late:
        talk.now = talk.person.reminders[0].due.replace(hour=12)
    talk.falls_due("plan")
    [nudge] = talk.new
    only = ["nudge.lock_screen.plan", "nudge.late"] if late else ["nudge.lock_screen.plan"]
    in_order(nudge, *only)
    assert len(nudge.text.split("\n")) == len(only)
    for words in ("osteoporosis", "numb"):
        assert words not in nudge.text
    assert looks(nudge) == [
        ("n:show", "primary"),
        ("n:done", "plain"),
        ("n:not_yet", "plain"),
        ("n:snooze", "plain"),
        ("n:stop", "plain"),
    ]
    assert (nudge.role, nudge.kind) == ("nudge", "reminder")


@in_each_language
def test_what_follows_a_nudge_has_no_colour(language: str) -> None:
    talk = Conversation(language=language)
    talk.does(e.Press("go:plan_visit.self"))
    for step, value in (
        ("for_what", "gp"),
        ("day", "2026-11-26"),
        ("hour", "09.00"),
        ("barrier", "skipped"),
        ("sure", "yes"),
    ):
        talk.answers(step, value)
    talk.falls_due("plan")
    for button in ("n:done", "n:snooze", "n:not_yet"):
        talk.presses(button)
        assert {style for _, style in looks(talk.new[-1])} == {"plain"}


@in_each_language
def test_the_rows_of_wiping_are_swapped_and_never_red(language: str) -> None:
    talk = checked(language)
    calm(talk, "end")
    talk.commands("forget")
    assert looks(talk.new[0]) == [("s:wipe", "plain"), ("s:save_first", "plain"), ("s:keep", "plain")]
    assert all(len(row) == 1 for row in talk.new[0].buttons)
    talk.presses("s:wipe")
    assert looks(talk.new[0]) == [("s:keep", "plain"), ("s:wipe_now", "plain")]
    assert all(len(row) == 1 for row in talk.new[0].buttons)


@in_each_language
def test_a_text_that_was_not_understood_offers_two_topics_and_a_way_out(language: str) -> None:
    talk = Conversation(language=language)
    talk.types("xyz")
    assert looks(talk.new[0]) == [("go:tingling", "plain"), ("go:learn", "plain"), ("s:none_of_these", "plain")]
    assert "999" in talk.new[0].text


@in_each_language
def test_an_old_button_says_where_the_check_stands(language: str) -> None:
    talk = checked(language)
    calm(talk, "spine_nerves.bladder")
    talk.presses_old("a:no")
    [screen] = talk.new
    assert looks(screen) == [("s:resume", "primary"), ("e", "plain"), ("r", "plain")]
    assert "4" in screen.text
    assert talk.turn.toast


@in_each_language
def test_a_page_has_its_links_its_sources_and_help_last(language: str) -> None:
    talk = Conversation(language=language)
    talk.does(e.Press("go:learn_link"))
    [page] = talk.new
    assert page.role == "page"
    assert looks(page)[0][1] == "primary"
    assert looks(page)[-1] == ("go:emergency", "danger")
    assert any(button.press == "src:learn_link" for button in buttons_of(page))


def test_a_link_on_a_page_turns_the_page_and_a_question_is_a_new_message() -> None:
    talk = Conversation()
    talk.commands("home")
    talk.presses("go:learn")
    assert talk.new == []
    assert talk.turn.screens[0].message == "0"  # type: ignore[union-attr]
    talk.commands("home")
    talk.presses("go:plan_visit")
    assert [screen.role for screen in talk.new] == ["question"]

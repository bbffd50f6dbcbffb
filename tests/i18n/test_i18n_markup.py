"""Light Markdown: what authors may write, and that what people type can never format anything."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bonewise.i18n import markup
from bonewise.i18n.bidi import tame
from bonewise.i18n.markup import Span, escape, length, plain, spans, stray_mark, to_page_html, to_telegram_html

NASTY = st.one_of(
    st.text(max_size=60),
    st.lists(
        st.sampled_from(
            [
                "<b>",
                "&",
                "&lt;",
                "**",
                "*",
                "_",
                "\\",
                "\\*",
                "<tel:1>",
                "\u202e",
                "\u2069",
                "\n",
                "a",
                " ",
                "{name}",
                "\x00",
            ]
        ),
        max_size=30,
    ).map("".join),
    st.just("👩‍🦼" * 1024),
)
ROUND = ["{}", "**{}**", "_{}_", "**a {} b** c", "a _{}_ <tel:112>", "\\{}", "**{}", "_{}", "<tel:{}>"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", "plain"),
        ("**bold** and _italic_", "<b>bold</b> and <i>italic</i>"),
        ("**bold _both_** _on_", "<b>bold </b><b><i>both</i></b> <i>on</i>"),
        ("**never closed", "**never closed"),
        ("**a\nb**", "**a\nb**"),
        ("snake_case_name and a_b", "snake_case_name and a_b"),
        ("_ not italic _", "_ not italic _"),
        (r"\*\* \_ \\ \<", "** _ \\ &lt;"),
        ("a & b < c > d", "a &amp; b &lt; c &gt; d"),
        ("Call <tel:112>.", "Call 112."),
        ("<tel:javascript>", "&lt;tel:javascript&gt;"),
    ],
)
def test_telegram_html_has_bold_italic_and_nothing_else(text: str, expected: str) -> None:
    assert to_telegram_html(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**a**\n_b_", "<strong>a</strong><br><em>b</em>"),
        ('"<script>"', "&quot;&lt;script&gt;&quot;"),
        ("<tel:+34 900-123>", '<a href="tel:+34900123">+34 900-123</a>'),
        ("**<tel:*4141>**", '<strong><a href="tel:*4141">*4141</a></strong>'),
        ("<tel:1><tel:2>", '<a href="tel:1">1</a><a href="tel:2">2</a>'),
        ("call 112", "call 112"),
    ],
)
def test_page_html_links_marked_numbers_only(text: str, expected: str) -> None:
    assert to_page_html(text) == expected


@pytest.mark.parametrize("number", ["", "abc", "1>", "1\n2", "<tel:1>", "+", "112 or 911", "٣"])
def test_only_a_telephone_number_can_be_marked_as_one(number: str) -> None:
    with pytest.raises(ValueError, match="not a telephone number"):
        markup.phone(number)


@given(NASTY)
def test_an_escaped_text_shows_letter_for_letter_and_unformatted(value: str) -> None:
    escaped = escape(value)
    assert all(span == Span(span.text) for span in spans(escaped))
    assert plain(escaped) == tame(value)


@given(NASTY, st.sampled_from(ROUND))
def test_a_value_never_changes_the_looks_of_the_text_round_it(value: str, text: str) -> None:
    before, after = text.split("{}")
    filled = spans(f"{before}\u2068{escape(value)}\u2069{after}")
    model = spans(f"{before}\u2068\u2069{after}")
    assert _looks(filled) == _looks(model)


@given(NASTY)
def test_html_holds_no_tag_that_a_value_brought(value: str) -> None:
    for render, tags in ((to_telegram_html, ["<b>", "</b>"]), (to_page_html, ["<strong>", "</strong>"])):
        rendered = render(f"**\u2068{escape(value)}\u2069**")
        assert re.findall("<[^>]*>", rendered) == tags
        assert html.unescape(re.sub("<[^>]*>", "", rendered)) == plain(f"\u2068{escape(value)}\u2069")


@given(st.text(alphabet="*_\\<tel:12>\n aé", max_size=80))
def test_any_text_gives_balanced_tags(text: str) -> None:
    for rendered in (to_telegram_html(text), to_page_html(text)):
        opened: list[str] = []
        for close, name in re.findall(r"<(/?)(b|i|strong|em|a)\b[^>]*>", rendered):
            if not close:
                opened.append(name)
            else:
                assert opened.pop() == name
        assert not opened


@given(st.text(max_size=200))
def test_text_without_marks_is_its_own_plain_form(text: str) -> None:
    bare = re.sub(r"[*_\\<]", "", text)
    assert plain(bare) == bare


@pytest.mark.timeout(10)
def test_many_marks_cost_linear_time() -> None:
    assert plain("**a _" * 20_000) == "a _" * 20_000


def test_length_counts_visible_code_points_and_utf16_units() -> None:
    assert length("**a** _👣_\n<tel:112>") == (7, 8)


def _looks(found: tuple[Span, ...]) -> list[tuple[bool, bool, bool]]:
    """The looks of the runs, in order, without those of nothing but the value."""
    return [span[1:] for span in found]


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("**bold** and _slanted_, snake_case, {a_b}, <tel:112>", None),
        (r"\**not bold, a \<b> and \_", None),
        ("**begun", "**"),
        ("**begun\nand ended** later", "**"),
        ("an _open word", "_"),
        ("closed_ only", "_"),
        ("<b>bold</b>", "<b>"),
        ("[a link](https://example.org)", "]("),
        ("a < b and 2 * 3", None),
    ],
)
def test_a_mark_that_would_be_seen_is_found(text: str, mark: str | None) -> None:
    assert stray_mark(text) == mark

r"""Light Markdown: `**bold**`, `_italic_`, line breaks, `<tel:112>` for a telephone number, nothing else.

A pair of marks ends in the line where it began; a mark without its partner stands for itself. A backslash before
`\ * _ <` makes them plain letters. `_` is a mark at the edge of a word only.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from bonewise.i18n.bidi import tame

_TOKEN = re.compile(
    r"\\(?P<plain>[\\*_<])"
    r"|(?P<bold>\*\*)"
    r"|(?P<italic>_)"
    r"|<tel:(?P<phone>[+*]?[0-9][0-9 ()./*#-]*)>"
    r"|(?P<text>[^\\*_<]+|.)",
    re.DOTALL,
)
_LEAD = re.compile(r"\*\*.+?\*\*")
_HOLE = re.compile(r"\{[a-z0-9_]+\}")
_FOREIGN = re.compile(r"(?<!\\)</?(?!tel:)[A-Za-z][^>\n]*>|\]\(|`|^#+ ", re.MULTILINE)
"""HTML and the rest of Markdown."""
_SPECIAL = re.compile(r"[\\*_<]")


class Span(NamedTuple):
    """A run of letters that look the same. Of a telephone number, `text` is how it is written."""

    text: str
    bold: bool = False
    italic: bool = False
    phone: bool = False


class Length(NamedTuple):
    """How long the visible text is, in the two measures that channels count in."""

    points: int
    units: int


class _Token(NamedTuple):
    kind: str
    text: str
    at: int


def escape(text: str) -> str:
    """Letters that are not markup, as light Markdown: it shows as it is, in one line, and cannot format anything."""
    return _SPECIAL.sub(r"\\\g<0>", tame(text))


def phone(number: str) -> str:
    """A telephone number as light Markdown. Raises `ValueError` for anything else."""
    mark = f"<tel:{number}>"
    if [span for span in spans(mark) if span.phone] != [Span(number, phone=True)]:
        raise ValueError(f"{number!r} is not a telephone number: digits, spaces and ()./-*# after an optional + or *")
    return mark


def spans(text: str) -> tuple[Span, ...]:
    """The text in runs of equal looks; line breaks stay in the text of the runs."""
    if not _SPECIAL.search(text):
        return (Span(text),) if text else ()
    runs = [run for number, line in enumerate(text.split("\n")) for run in (*_newline(number), *_line(line))]
    merged: list[Span] = []
    for run in runs:
        if merged and not run.phone and merged[-1][1:] == run[1:]:
            merged[-1] = run._replace(text=merged[-1].text + run.text)
        else:
            merged.append(run)
    return tuple(merged)


def plain(text: str) -> str:
    """The visible text alone."""
    return "".join(span.text for span in spans(text))


def stray_mark(text: str) -> str | None:
    """A mark that would be seen: one without a partner, or none of ours. The placeholders are not filled in yet."""
    shown = _HOLE.sub("x", text)
    if foreign := _FOREIGN.search(shown):
        return foreign[0]
    return next((mark for line in shown.split("\n") for mark in _unpaired(line)), None)


def lead(text: str) -> str:
    """The bold words that a text begins with, still bold; the whole text if it begins with none."""
    found = _LEAD.match(text)
    return found[0] if found else text


def length(text: str) -> Length:
    """The length of the visible text in code points and in UTF-16 units."""
    visible = plain(text)
    return Length(len(visible), len(visible.encode("utf-16-le")) // 2)


def to_telegram_html(text: str) -> str:
    """The text as HTML of the Bot API; a number stays plain, since Telegram makes numbers tappable itself."""
    return "".join(_dressed(html.escape(span.text, quote=False), span, "b", "i") for span in spans(text))


def to_page_html(text: str) -> str:
    """The text as HTML for a page; everything is escaped, a number becomes a `tel:` link (RFC 3966)."""
    return "".join(_dressed(_page_text(span), span, "strong", "em") for span in spans(text))


def _page_text(span: Span) -> str:
    shown = html.escape(span.text).replace("\n", "<br>")
    if not span.phone:
        return shown
    dialled = re.sub(r"[^0-9+*#]", "", span.text).replace("#", "%23")
    return f'<a href="tel:{dialled}">{shown}</a>'


def _dressed(shown: str, span: Span, bold: str, italic: str) -> str:
    if span.italic:
        shown = f"<{italic}>{shown}</{italic}>"
    return f"<{bold}>{shown}</{bold}>" if span.bold else shown


def _newline(number: int) -> tuple[Span, ...]:
    return (Span("\n"),) if number else ()


def _line(line: str) -> list[Span]:
    return _run(*_marked(line))


def _marked(line: str) -> tuple[list[_Token], frozenset[int], frozenset[int]]:
    """The tokens of a line, and the places of its marks for bold and for italic that have a partner."""
    tokens = [
        _Token(str(match.lastgroup), str(match[str(match.lastgroup)]), match.start()) for match in _TOKEN.finditer(line)
    ]
    bold = _paired(tokens, "bold", lambda token, opens: True)
    italic = _paired(tokens, "italic", lambda token, opens: _at_edge(line, token.at, opens))
    return tokens, bold, italic


def _unpaired(line: str) -> Iterator[str]:
    tokens, bold, italic = _marked(line)
    for place, token in enumerate(tokens):
        if (token.kind == "bold" and place not in bold) or (
            token.kind == "italic" and place not in italic and _is_outer(line, token.at)
        ):
            yield token.text


def _is_outer(line: str, at: int) -> bool:
    return _at_edge(line, at, True) or _at_edge(line, at, False)


def _paired(tokens: list[_Token], kind: str, fits: Callable[[_Token, bool], bool]) -> frozenset[int]:
    """The places of all marks of a kind that have a partner."""
    pairs: list[int] = []
    opened: int | None = None
    for place, token in enumerate(tokens):
        if token.kind != kind:
            continue
        if opened is not None and fits(token, False):
            pairs += [opened, place]
            opened = None
        elif opened is None and fits(token, True):
            opened = place
    return frozenset(pairs)


def _at_edge(line: str, at: int, opens: bool) -> bool:
    outside, inside = (
        (line[at - 1 : at], line[at + 1 : at + 2]) if opens else (line[at + 1 : at + 2], line[at - 1 : at])
    )
    return not outside.isalnum() and bool(inside.strip())


def _run(tokens: list[_Token], bold: frozenset[int], italic: frozenset[int]) -> list[Span]:
    runs: list[Span] = []
    is_bold = is_italic = False
    for place, token in enumerate(tokens):
        if place in bold:
            is_bold = not is_bold
        elif place in italic:
            is_italic = not is_italic
        else:
            runs.append(Span(token.text, is_bold, is_italic, token.kind == "phone"))
    return runs

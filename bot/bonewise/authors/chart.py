"""The chart of a flow as SVG: its questions from top to bottom, when each is asked, and the signs that it raises."""

from __future__ import annotations

import html
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bonewise.authors.in_words import Wording
from bonewise.authors.levels import COLOURS
from bonewise.authors.table import notes_of, title_of
from bonewise.flow import condition as c
from bonewise.flow.model import SKIPPED, Ask, Flow, Many, One, Rule

_LINE, _PAD, _GAP = 18, 10, 16  # px
_LETTER = 7.0  # px; an average letter of the 13 px font
_LEFT, _MIDDLE, _RIGHT = (20, 260), (300, 420), (740, 440)  # x and width
_WIDTH = 1200
_ALWAYS = ""  # stands for the question of a rule that reads none


@dataclass(frozen=True, slots=True)
class _Box:
    """A box of wrapped lines at the top left corner x, y."""

    x: int
    width: int
    lines: tuple[str, ...]
    fill: str = "#FFFFFF"
    ink: str = "#1B1B1B"
    bold: int = 0  # how many lines from the top

    @property
    def height(self) -> int:
        return len(self.lines) * _LINE + 2 * _PAD

    def draw(self, y: int) -> str:
        """The box with its lines as SVG, its upper edge at y."""
        size = f'width="{self.width}" height="{self.height}"'
        box = f'<rect x="{self.x}" y="{y}" {size} rx="6" fill="{self.fill}" class="box"/>'
        texts = "".join(
            f'<text x="{self.x + _PAD}" y="{y + _PAD + 13 + number * _LINE}" fill="{self.ink}" '
            f'class="{"bold" if number < self.bold else "line"}">{html.escape(line)}</text>'
            for number, line in enumerate(self.lines)
        )
        return box + texts


def as_svg(wording: Wording) -> str:
    """The chart, which prints on white and says each level in words as well as in colour."""
    parts: list[str] = []
    y = 20 + _LINE
    parts.append(f'<text x="20" y="{y}" class="title">{html.escape(title_of(wording))}</text>')
    for note in notes_of(wording):
        y += _LINE
        parts.append(f'<text x="20" y="{y}">{html.escape(note)}</text>')
    y += _GAP
    rules = _rules_by_question(wording.flow)
    for rule in rules.get(_ALWAYS, []):
        box = _rule_box(wording, rule)
        parts.append(box.draw(y))
        y += box.height + _GAP
    for ask in (step for step in wording.flow.steps if isinstance(step, Ask)):
        drawn, height = _row(wording, ask, rules.get(ask.id, []), y)
        parts.append(drawn)
        y += height + _GAP
    if wording.flow.otherwise is not None:
        level = wording.flow.otherwise
        box = _level_box(wording.say("chart.otherwise"), wording.level(level), COLOURS[level])
        parts.append(box.draw(y))
        y += box.height + _GAP
    style = (
        "text{font:13px system-ui,sans-serif}.bold{font-weight:700}.title{font-size:20px;font-weight:700}"
        ".box{stroke:#8A8F98}.way{stroke:#8A8F98;stroke-width:2}"
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{y}" viewBox="0 0 {_WIDTH} {y}" '
        f'role="img" aria-label="{html.escape(title_of(wording))}"><style>{style}</style>'
        f'<rect width="{_WIDTH}" height="{y}" fill="#FFFFFF"/>\n' + "\n".join(parts) + "\n</svg>\n"
    )


def _row(wording: Wording, ask: Ask, rules: list[Rule], y: int) -> tuple[str, int]:
    """One question with its condition at the left and its signs at the right, and how high they are."""
    heading = _wrapped(f"{ask.id}: {wording.question(ask)}", _MIDDLE[1])
    question = _Box(*_MIDDLE, (*heading, *_answer_lines(wording, ask)), fill="#F1F3F5", bold=len(heading))
    right = [_rule_box(wording, rule) for rule in rules]
    drawn = [question.draw(y)]
    height = question.height
    if ask.when is not None:
        said = wording.say("chart.asked_if", condition=wording.condition(ask.when))
        left = _Box(*_LEFT, _wrapped(said, _LEFT[1]))
        drawn.insert(0, left.draw(y) + _way(_LEFT, _MIDDLE, y))
        height = max(height, left.height)
    below = y
    for box in right:
        drawn.append(box.draw(below) + _way(_MIDDLE, _RIGHT, below))
        below += box.height + _PAD
    return "".join(drawn), max(height, below - y)


def _way(start: tuple[int, int], end: tuple[int, int], y: int) -> str:
    middle = y + _PAD + _LINE // 2
    return f'<line x1="{start[0] + start[1]}" y1="{middle}" x2="{end[0]}" y2="{middle}" class="way"/>'


def _answer_lines(wording: Wording, ask: Ask) -> tuple[str, ...]:
    lines: list[str] = []
    listed = ask.kind.options if isinstance(ask.kind, One | Many) else ()
    for option in (*listed, *((SKIPPED,) if ask.skip else ())):
        lines += _wrapped(f"– {wording.option(ask, option)}", _MIDDLE[1])
    if ask.again:
        again = ", ".join(wording.option(ask, option) for option in sorted(ask.again))
        lines += _wrapped(wording.say("chart.asked_again", answers=again), _MIDDLE[1])
    if ask.keep:
        lines += _wrapped(wording.say("chart.kept"), _MIDDLE[1])
    return tuple(lines)


def _rule_box(wording: Wording, rule: Rule) -> _Box:
    ends = f" {wording.say('chart.ends')}" if rule.stop else ""
    said = f"{rule.id}: {wording.condition(rule.when)}.{ends}"
    return _level_box(said, wording.level(rule.level), COLOURS[rule.level])


def _level_box(said: str, level: str, fill: str) -> _Box:
    lines = (*_wrapped(level, _RIGHT[1]), *_wrapped(said, _RIGHT[1]))
    return _Box(*_RIGHT, lines, fill=fill, ink="#FFFFFF", bold=len(_wrapped(level, _RIGHT[1])))


def _wrapped(text: str, width: int) -> tuple[str, ...]:
    return tuple(textwrap.wrap(text, int((width - 2 * _PAD) / _LETTER))) or ("",)


def _rules_by_question(flow: Flow) -> Mapping[str, list[Rule]]:
    """The rules by the last question that each reads: there it is decided."""
    order = {step.id: place for place, step in enumerate(flow.steps)}
    found: dict[str, list[Rule]] = {}
    for rule in _rules(flow):
        read = sorted(c.questions(rule.when, flow.facts), key=lambda step: order[step])
        found.setdefault(read[-1] if read else _ALWAYS, []).append(rule)
    return found


def _rules(flow: Flow) -> Iterator[Rule]:
    for flag in flow.flags:
        yield from flag.rules

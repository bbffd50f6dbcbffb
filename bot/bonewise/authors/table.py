"""The decision table of a check, for the clinician who signs it: which answers lead to which level, and why."""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Iterator
from typing import NamedTuple

from bonewise.authors.in_words import Wording
from bonewise.authors.levels import COLOURS
from bonewise.flow.model import Level, Rule
from bonewise.flow.shape import is_reviewed, shape

COLUMNS = ("level", "flag", "answers", "why", "sources")


class Row(NamedTuple):
    """One way to a level."""

    level: Level
    flag: str
    answers: str
    why: str
    sources: str


def rows(wording: Wording) -> Iterator[Row]:
    """Every rule of the flow, most urgent first, and last what holds when none is raised."""
    rules = [rule for flag in wording.flow.flags for rule in flag.rules]
    for rule in sorted(rules, key=lambda rule: -rule.level.urgency):
        yield _row(wording, rule)
    if wording.flow.otherwise is not None:
        why = _why(wording, f"{wording.flow.id}.otherwise")
        yield Row(wording.flow.otherwise, "", wording.say("chart.otherwise"), why, "")


def _row(wording: Wording, rule: Rule) -> Row:
    answers = wording.condition(rule.when)
    ends = f" {wording.say('chart.ends')}" if rule.stop else ""
    return Row(rule.level, rule.id, f"{answers}.{ends}", _why(wording, rule.key), ", ".join(rule.sources))


def _why(wording: Wording, key: str) -> str:
    return wording.say(f"{key}.why") if wording.has(f"{key}.why") else ""


def as_csv(wording: Wording) -> str:
    """The table as CSV (RFC 4180) with a heading."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([wording.say(f"chart.columns.{name}") for name in COLUMNS])
    writer.writerows((wording.level(row.level), *row[1:]) for row in rows(wording))
    return out.getvalue()


def as_html(wording: Wording) -> str:
    """The table as a page that prints well and needs nothing else."""
    head = "".join(f"<th>{_text(wording.say(f'chart.columns.{name}'))}</th>" for name in COLUMNS)
    body = "\n".join(_line(wording, row) for row in rows(wording))
    title = _text(title_of(wording))
    notes = "".join(f"<p>{_text(note)}</p>" for note in notes_of(wording))
    return (
        f'<!doctype html>\n<html lang="{wording.tag}"><head><meta charset="utf-8"><title>{title}</title>'
        f"<style>{_STYLE}</style></head>\n<body><h1>{title}</h1>{notes}\n"
        f"<table><thead><tr>{head}</tr></thead><tbody>\n{body}\n</tbody></table></body></html>\n"
    )


_STYLE = (
    "body{font:14px/1.4 system-ui,sans-serif;margin:2em;color:#1b1b1b}table{border-collapse:collapse}"
    "td,th{border:1px solid #8a8f98;padding:.4em .6em;text-align:left;vertical-align:top}"
    "thead{display:table-header-group}tr{break-inside:avoid}.level{color:#fff;font-weight:600}"
    "@media print{body{margin:0}.level{print-color-adjust:exact}}"
)


def title_of(wording: Wording) -> str:
    """The heading of a flow's chart and table."""
    key = next((key for key in (f"{wording.flow.id}.title", f"{wording.flow.id}.link") if wording.has(key)), None)
    return wording.say("chart.title", title=wording.say(key) if key else wording.flow.id)


def notes_of(wording: Wording) -> tuple[str, str]:
    """What it was made from, and who has reviewed it."""
    reviewed = wording.flow.reviewed if is_reviewed(wording.flow) else None
    return (
        wording.say("chart.made", version=str(wording.flow.version), shape=shape(wording.flow)),
        wording.say("chart.reviewed", by=reviewed.by, on=reviewed.date)
        if reviewed
        else wording.say("chart.unreviewed"),
    )


def _line(wording: Wording, row: Row) -> str:
    level = f'<td class="level" style="background:{COLOURS[row.level]}">{_text(wording.level(row.level))}</td>'
    return f"<tr>{level}{''.join(f'<td>{_text(cell)}</td>' for cell in row[1:])}</tr>"


def _text(text: str) -> str:
    return html.escape(text)

"""How the findings of a check are printed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum

from bonewise.proof.finding import Finding, Talk


class Form(StrEnum):
    """How findings are printed."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"


def printed(findings: Sequence[Finding], form: Form) -> Iterator[str]:
    """The findings as they are printed."""
    match form:
        case Form.TEXT:
            yield from (line for finding in findings for line in finding.lines())
            if not findings:
                yield "All flows load, every text is there, and no conversation goes wrong."
        case Form.JSON:
            yield json.dumps([_as_data(finding) for finding in findings], ensure_ascii=False, indent=1)
        case Form.GITHUB:
            yield from map(_annotation, findings)


def _as_data(finding: Finding) -> dict[str, object]:
    return {
        "code": finding.code,
        "severity": finding.severity,
        "file": finding.mark.file,
        "line": finding.mark.line,
        "column": finding.mark.column,
        "flow": finding.flow,
        "at": finding.at,
        "message": finding.message,
        "talk": _talk_as_data(finding.talk),
        "against": _talk_as_data(finding.other),
    }


def _talk_as_data(talk: Talk | None) -> dict[str, object] | None:
    if talk is None:
        return None
    return {"person": sorted(talk.traits), "answers": [[step, value] for step, value in talk.answers]}


def _annotation(finding: Finding) -> str:
    mark, text = finding.mark, "\n".join((finding.message, *list(finding.lines())[1:]))
    place = f"file={_escaped(mark.file, True)},line={mark.line},col={mark.column}"
    return f"::{finding.severity} {place},title={finding.code} {finding.flow}::{_escaped(text)}"


def _escaped(text: str, in_property: bool = False) -> str:
    pairs: Iterable[tuple[str, str]] = (("%", "%25"), ("\r", "%0D"), ("\n", "%0A"))
    if in_property:
        pairs = (*pairs, (":", "%3A"), (",", "%2C"))
    for character, code in pairs:
        text = text.replace(character, code)
    return text

"""Answers prepared in a file, played through a flow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bonewise.flow.answers import Answers
from bonewise.flow.fit import canonical
from bonewise.flow.model import (
    NONE,
    PRESSED,
    SKIPPED,
    UNSURE,
    Ask,
    Date,
    Flow,
    Kind,
    Many,
    Number,
    One,
    Place,
    Text,
    Time,
    Value,
)
from bonewise.flow.play import answer, play
from bonewise.flow.state import State
from bonewise.strict_yaml import Diagnostic, Mark, Node, Scalar, Sequence, load, plain
from bonewise.strict_yaml import Mapping as MappingNode

KNOWN = frozenset({"consented", "country_known", "zone_known", "messages_on", "telegram"})
"""What holds of the person of a case: somebody new whose age is not known yet."""

_KEYS = ("id", "about", "answers")
_MOST_STEPS = 300


class CaseError(Exception):
    """Cases that cannot be played; each says which one, where, and why."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        super().__init__("\n".join(map(str, self.diagnostics)))


@dataclass(frozen=True, slots=True)
class Case:
    """One person's answers, by question."""

    id: str
    about: str
    answers: Mapping[str, Value]
    mark: Mark


def read_cases(path: Path, flow: Flow) -> tuple[Case, ...]:
    """The cases of a file. Raises `CaseError`, `StrictYamlError` and `OSError`."""
    node = load(path)
    if not isinstance(node, Sequence):
        raise CaseError([Diagnostic(node.mark, "expected a list of cases: `- {id: …, answers: {question: value}}`")])
    faults: list[Diagnostic] = []
    cases = [_case(one, number, flow, faults) for number, one in enumerate(node.items, 1)]
    seen: set[str] = set()
    for case in cases:
        if case.id in seen:
            faults.append(Diagnostic(case.mark, f"case {case.id}: there is another case of this `id`"))
        seen.add(case.id)
    if faults:
        raise CaseError(faults)
    return tuple(cases)


def _case(node: Node, number: int, flow: Flow, faults: list[Diagnostic]) -> Case:
    name = _word(node, "id") or str(number)
    about = _word(node, "about") or flow.about[0]

    def fault(mark: Mark, why: str) -> None:
        faults.append(Diagnostic(mark, f"case {name}: {why}"))

    if not isinstance(node, MappingNode):
        fault(node.mark, "expected `id`, `about` and `answers`")
        return Case(name, about, {}, node.mark)
    for item in node:
        if item.key not in _KEYS:
            fault(item.mark, f"`{item.key}` is none of {', '.join(_KEYS)}")
    if about not in flow.about:
        fault(node.mark, f"`about: {about}` is none of {', '.join(flow.about)}")
    named = node.get("id")
    if named is not None and not isinstance(named, Scalar):
        fault(named.mark, "`id` is one word or line")
    given = node.get("answers")
    if given is not None and not isinstance(given, MappingNode):
        fault(given.mark, "`answers` is a mapping of questions to values")
    answers: dict[str, Value] = {}
    for item in given if isinstance(given, MappingNode) else ():
        ask = flow.ask(item.key)
        value = _value(ask, item.value) if ask else None
        if ask is None:
            fault(item.mark, f"`{flow.id}` has no question `{item.key}`: see `bonewise questions {flow.id}`")
        elif value is None:
            fault(item.value.mark, f"{plain(item.value)!r} cannot answer `{item.key}`, which takes {_takes(ask.kind)}")
        else:
            answers[item.key] = value
    return Case(name, about, answers, node.mark)


def _word(node: Node, key: str) -> str | None:
    found = node.get(key) if isinstance(node, MappingNode) else None
    return str(found.value) if isinstance(found, Scalar) and found.value is not None else None


def _value(ask: Ask, node: Node) -> Value | None:
    given: Any = plain(node)
    if isinstance(ask.kind, Many) and not isinstance(given, list) and given != SKIPPED:
        given = [given]
    return canonical(ask, given)


def _takes(kind: Kind) -> str:
    match kind:
        case One(options, provider=None) | Many(options):
            return ", ".join(options)
        case Number(low, high):
            return f"a number from {low:g} to {high:g}"
        case Date():
            return "a day, YYYY-MM-DD"
        case Time():
            return "a time, HH:MM"
        case Place():
            return "a country code"
    return "an id" if isinstance(kind, One) else "a text"


def play_case(flow: Flow, case: Case) -> dict[str, Any]:
    """What a case comes to. A question that it does not answer gets the mildest answer, and is named in `missing`.

    `level` is None for a flow without one. Raises `CaseError` where an answer is needed that nobody can guess.
    """
    traits = KNOWN | ({"about_other"} if case.about == "other" else set())
    answers: Answers = ()
    asked: dict[str, bool] = {}
    for _ in range(_MOST_STEPS):
        state = play(flow, answers, traits=traits)
        if state.open is None:
            return _outcome(case, state, asked)
        answers = answer(flow, answers, _answer(flow, case, state, asked), traits=traits)
    raise CaseError([Diagnostic(case.mark, f"case {case.id}: the answers lead in a circle")])


def _answer(flow: Flow, case: Case, state: State, asked: dict[str, bool]) -> Value:
    step = state.open
    if not isinstance(step, Ask):
        return PRESSED
    asked[step.id] = step.id in case.answers
    value = case.answers.get(step.id, mildest(step))
    if value is None:
        raise CaseError([Diagnostic(case.mark, f"case {case.id}: `{step.id}` of {flow.id} needs an answer")])
    return value


def mildest(ask: Ask) -> Value | None:
    """The answer of somebody who has nothing to tell; None where there is none to guess."""
    match ask.kind:
        case Many(options):
            return (NONE,) if NONE in options else (_last(options),)
        case One(options, provider=None):
            return NONE if NONE in options else _last(options)
        case _ if ask.skip:
            return SKIPPED
        case Number(low, high, worse=worse):
            return high if worse == "less" else low
        case Text():
            return "-"
    return None


def _last(options: tuple[str, ...]) -> str:
    """The mildest of a list that begins with the worst."""
    return next(option for option in reversed(options) if option != UNSURE or len(options) == 1)


def _outcome(case: Case, state: State, asked: Mapping[str, bool]) -> dict[str, Any]:
    return {
        "id": case.id,
        "level": str(state.level) if state.level else None,
        "flags": [rule.id for rule in state.raised],
        "cards": [card.id for card in state.cards],
        "asked": list(asked),
        "missing": [step for step, answered in asked.items() if not answered],
        "unused": [step for step in case.answers if step not in asked],
    }


def play_file(path: Path, flow: Flow) -> Iterator[dict[str, Any]]:
    """What each case of a file comes to. Raises as `read_cases` and `play_case` do."""
    for case in read_cases(path, flow):
        yield play_case(flow, case)

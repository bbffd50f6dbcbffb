"""The steps of a flow, read in their places."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bonewise.flow import condition as c
from bonewise.flow.faults import Faults
from bonewise.flow.fields import Word, word
from bonewise.flow.grammar import OPTION
from bonewise.flow.load_conditions import Conditions, Context
from bonewise.flow.load_do import read_arguments
from bonewise.flow.load_kinds import read_kind
from bonewise.flow.load_layout import Laid
from bonewise.flow.load_leaves import Placed
from bonewise.flow.load_links import read_links
from bonewise.flow.load_names import Names, check_known, read_sources
from bonewise.flow.load_pictures import read_picture
from bonewise.flow.model import NONE, UNSURE, Ask, Do, Many, One, Say, Step


def place_questions(steps: Iterable[Laid], names: Names) -> dict[str, Placed]:
    """The questions by id, without their conditions: what conditions are checked against."""
    placed: dict[str, Placed] = {}
    for laid in steps:
        kind = read_kind(laid.fields, names) if laid.kind == "ask" else None
        if kind is not None:
            ask = Ask(laid.id, laid.key, laid.fields.mark, kind, skip=laid.fields.flag("skip"))
            placed.setdefault(laid.id, Placed(ask, laid.place, "when" in laid.fields or laid.guard is not None))
    return placed


@dataclass(frozen=True, slots=True)
class StepReader:
    """Reads the steps of one flow."""

    asks: Mapping[str, Placed]
    names: Names
    conditions: Conditions
    faults: Faults

    def read(self, laid: Laid) -> Step | None:
        """The step, or None after a fault."""
        if laid.kind == "say":
            return self._say(laid)
        return self._ask(laid) if laid.kind == "ask" else self._do(laid)

    def when(self, laid: Laid) -> c.Condition | None:
        """The step's condition, together with that of its block's `use`."""
        own, guard = laid.fields.node("when"), laid.guard
        context = Context(laid.block, before=laid.place, level=True)
        read = [
            *([self.conditions.read(guard, Context(before=laid.place, level=True))] if guard else []),
            *([self.conditions.read(own, context)] if own else []),
        ]
        found = tuple(condition for condition in read if condition is not None)
        return found[0] if len(found) == 1 else c.All(found) if found else None

    def _say(self, laid: Laid) -> Say:
        fields = laid.fields
        return Say(
            id=laid.id,
            key=laid.key,
            mark=fields.mark,
            when=self.when(laid),
            button=fields.id("button") or None,
            picture=read_picture(fields, self.names.directories),
            sources=read_sources(fields, self.names),
            links=read_links(fields, self.names, self.conditions),
            by=self._by(laid),
        )

    def _by(self, laid: Laid) -> str | None:
        found = laid.fields.word("by")
        placed = found and self._earlier(found, laid)
        if found is None or placed is None:
            return None
        if not isinstance(placed.ask.kind, One) or placed.ask.kind.provider:
            self.faults.add(found.mark, f"`by` needs a question with one answer of a list, which `{found.text}` is not")
        return placed.ask.id

    def _ask(self, laid: Laid) -> Ask | None:
        placed = self.asks.get(laid.id)
        if placed is None:
            return None
        fields, ask = laid.fields, placed.ask
        if isinstance(ask.kind, Many):
            self._check_alone(ask.kind, laid)
        return Ask(
            id=ask.id,
            key=ask.key,
            mark=ask.mark,
            kind=ask.kind,
            when=self.when(laid),
            again=frozenset(answer.text for answer in fields.words("again", OPTION) if self._is_answer(answer, ask)),
            skip=ask.skip,
            edit=self._edit(laid, ask),
            keep=fields.flag("keep"),
            links=read_links(fields, self.names, self.conditions),
        )

    def _check_alone(self, kind: Many, laid: Laid) -> None:
        if not set(kind.options) - {NONE, UNSURE}:
            self.faults.add(laid.fields.key_mark("many"), "`many` needs an option besides `none` and `unsure`")

    def _is_answer(self, answer: Word, ask: Ask) -> bool:
        options = ask.kind.options if isinstance(ask.kind, One | Many) else ()
        if answer.text not in options:
            self.faults.unknown(answer.mark, f"answer to `{ask.id}`:", answer.text, options)
        return answer.text in options

    def _edit(self, laid: Laid, ask: Ask) -> dict[str, str]:
        edits: dict[str, str] = {}
        for item in laid.fields.items("edit"):
            self._is_answer(Word(item.key, item.mark), ask)
            target = word(item.value, f"`{item.key}`", self.faults)
            placed = target and self._earlier(target, laid)
            if placed:
                edits[item.key] = placed.ask.id
        return edits

    def _earlier(self, name: Word, laid: Laid) -> Placed | None:
        """The question of this name, which must come before the step."""
        context = Context(laid.block)
        placed = self.asks.get(context.full(name.text))
        if placed is None:
            check_known(name.mark, "question", name.text, context.here(self.asks), self.faults)
        elif placed.place >= laid.place:
            self.faults.add(name.mark, f"`{name.text}` is not asked before this step; move it up")
        return placed

    def _do(self, laid: Laid) -> Do | None:
        action = laid.fields.word("do")
        if action is None:
            return None
        if action.text not in self.names.actions:
            self.faults.unknown(action.mark, "action", action.text, self.names.actions)
            return None
        arguments = read_arguments(laid, self.names.actions[action.text], self._earlier)
        return Do(laid.id, action.text, laid.fields.mark, arguments, self.when(laid))

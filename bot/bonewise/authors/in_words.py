"""A condition in the words of a language, as a clinician reads it."""

from __future__ import annotations

from dataclasses import dataclass

from bonewise.dialogue.speaker import PLACE_WORDS
from bonewise.dialogue.wording import option_key
from bonewise.dialogue.world import World
from bonewise.flow import condition as c
from bonewise.flow.model import NONE, SKIPPED, UNSURE, Ask, Flow, Many
from bonewise.i18n.markup import lead, plain


@dataclass(frozen=True, slots=True)
class Wording:
    """Says the conditions of one flow in one language. Raises `KeyError` for a text that the language lacks."""

    world: World
    flow: Flow
    tag: str

    def say(self, key: str, **values: str) -> str:
        """The text under a key without its formatting; what differs by country is as for an unknown country."""
        text = plain(str(self.world.catalog.text(self.tag, key)))
        places = {name: f"places.default.{name}" for name in PLACE_WORDS if f"{{{name}}}" in text}
        for name, value in {**{name: self.say(place) for name, place in places.items()}, **values}.items():
            text = text.replace(f"{{{name}}}", value)
        return text

    def has(self, key: str) -> bool:
        """Whether the language has the text."""
        return self.world.catalog.has(self.tag, key)

    def question(self, ask: Ask) -> str:
        """A question without what is to be done at once."""
        if self.has(f"{ask.key}.short"):
            return self.say(f"{ask.key}.short")
        return plain(lead(str(self.world.catalog.text(self.tag, f"{ask.key}.ask"))))

    def option(self, ask: Ask, option: str) -> str:
        """An answer; of a list of signs its whole line."""
        line = f"{ask.key}.lines.{option}"
        return self.say(line if self.has(line) else option_key(ask, option))

    def condition(self, condition: c.Condition) -> str:
        """The condition as one sentence part."""
        match condition:
            case c.Is(step, values):
                return self._answers(step, values, "chart.or")
            case c.Has(step, which, options):
                said = self._answers(step, options, "chart.and" if which == "all" else "chart.or")
                return self.say("chart.not", part=said) if which == "none" else said
            case c.Between(step, low, high):
                return f"{self._step(step)} {self._bounds(low, high)}"
            case c.Chosen(step, low, high):
                return f"{self._step(step)} {self.say('chart.how_many', bounds=self._bounds(low, high))}"
            case c.FactIs(fact):
                return self.condition(self.flow.facts[fact])
            case c.LevelBelow(level):
                return self.say("chart.below", level=self.level(level))
            case c.Person(which, traits):
                said = self._joined([self.say(f"chart.person.{trait}") for trait in traits], "chart.or")
                return self.say("chart.not", part=said) if which == "none" else said
            case c.All(of):
                return self._joined([self._part(part) for part in of], "chart.and")
            case c.Any(of):
                return self._joined([self._part(part) for part in of], "chart.or")
            case c.Not(one):
                return self.say("chart.not", part=self._part(one))
            case c.Count(of, least):
                parts = self._joined([self._part(part) for part in of], "chart.comma")
                return self.say("chart.at_least", number=str(least), parts=parts)

    def level(self, level: str) -> str:
        """What a level tells to do, in its lead words."""
        return self.say(f"levels.{level}.lead").rstrip(".")

    def _part(self, condition: c.Condition) -> str:
        inner = self.flow.facts[condition.fact] if isinstance(condition, c.FactIs) else condition
        said = self.condition(inner)
        return f"({said})" if isinstance(inner, c.All | c.Any) and len(inner.of) > 1 else said

    def _answers(self, step: str, values: tuple[str, ...], joint: str) -> str:
        ask = self.flow.ask(step)
        if ask is None:
            return step
        said = [self.option(ask, value).rstrip(".") for value in values]
        if isinstance(ask.kind, Many) and not {NONE, UNSURE, SKIPPED} & set(values):
            return self._joined([f"“{one}”" for one in said], joint)
        return f"{self._named(ask)} {self._joined([f'“{one}”' for one in said], joint)}"

    def _step(self, step: str) -> str:
        ask = self.flow.ask(step)
        return self._named(ask) if ask else step

    def _named(self, ask: Ask) -> str:
        """A question in a sentence: with its id where another one of the flow reads alike."""
        question = self.question(ask)
        alike = [other for other in self.flow.steps if isinstance(other, Ask) and self.question(other) == question]
        return question if len(alike) == 1 else f"{question} ({ask.id})"

    def _bounds(self, low: float | None, high: float | None) -> str:
        if high is None:
            return self.say("chart.from", low=f"{low:g}")
        if low is None:
            return self.say("chart.up_to", high=f"{high:g}")
        return self.say("chart.between", low=f"{low:g}", high=f"{high:g}")

    def _joined(self, parts: list[str], joint: str) -> str:
        return self.say(joint).join(parts)

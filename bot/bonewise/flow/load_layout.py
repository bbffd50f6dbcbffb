"""The order of a flow's steps, the blocks it uses laid out among them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bonewise.flow.faults import Faults
from bonewise.flow.fields import Fields, Word
from bonewise.flow.grammar import BLOCK, RESERVED_STEPS, STEP_KINDS, STEPS
from bonewise.flow.load_names import Names, check_known
from bonewise.strict_yaml import Mapping as MappingNode
from bonewise.strict_yaml import Mark, Node


@dataclass(frozen=True, slots=True)
class Laid:
    """One step as it stands in a file, in its place in the flow; `guard` is the `when` of the block's `use`."""

    fields: Fields
    kind: str  # say | ask | do
    id: str
    flow: str
    place: int
    block: str | None = None
    guard: Node | None = None

    @property
    def key(self) -> str:
        """Where the step's texts stand."""
        return self.id if self.block else f"{self.flow}.{self.id}"


@dataclass(frozen=True, slots=True)
class Used:
    """A block that a flow uses."""

    id: str
    gate: bool
    mark: Mark
    fields: Fields


@dataclass
class Layout:
    """Lays out a flow's steps: first their order, so that every condition can know which questions come earlier."""

    flow: str
    names: Names
    faults: Faults

    def __post_init__(self) -> None:
        self.steps: list[Laid] = []
        self.blocks: list[Used] = []

    def lay(self, fields: Fields) -> None:
        """Lay out all steps of the flow."""
        for node in fields.list("steps"):
            for kind, step in _step(node, STEP_KINDS, self.faults):
                if kind == "use":
                    self._use(step)
                else:
                    self._add(kind, step, None, None)

    def _use(self, use: Fields) -> None:
        block = use.word("use")
        if block is None:
            return
        check_known(block.mark, "block", block.text, self.names.blocks, self.faults)
        if any(used.id == block.text for used in self.blocks):
            self.faults.add(block.mark, f"the block `{block.text}` is used already")
        elif block.text in self.names.blocks:
            # The block's own keys are checked once, where it is loaded.
            fields = Fields(self.names.blocks[block.text], BLOCK, "a block", Faults())
            self.blocks.append(Used(block.text, use.flag("gate"), use.key_mark("gate"), fields))
            for node in fields.list("steps"):
                for kind, step in _step(node, ("say", "ask", "do"), self.faults):
                    self._add(kind, step, block, use.node("when"))

    def _add(self, kind: str, step: Fields, block: Word | None, guard: Node | None) -> None:
        name = step.word(kind)
        if name is None:
            return
        if kind != "do":
            _check_name(name, self.faults)
        full = f"{block.text}.{name.text}" if block else name.text
        if kind == "do":
            full = _nth(full, sum(laid.id.split("#")[0] == full for laid in self.steps if laid.kind == "do"))
        elif any(laid.id == full for laid in self.steps):
            self.faults.add(name.mark, f"a second step `{name.text}`")
        place = len(self.steps)
        self.steps.append(Laid(step, kind, full, self.flow, place, block.text if block else None, guard))


def _step(node: Node, kinds: tuple[str, ...], faults: Faults) -> Iterator[tuple[str, Fields]]:
    keys = [item.key for item in node] if isinstance(node, MappingNode) else []
    present = [kind for kind in kinds if kind in keys]
    if len(present) != 1:
        faults.add(node.mark, f"a step has exactly one of {', '.join(f'`{kind}`' for kind in kinds)}")
        return
    yield present[0], Fields(node, STEPS[present[0]], _CALLED[present[0]], faults)


_CALLED = {"say": "a `say`", "ask": "a question", "use": "a `use`", "do": "a `do`"}


def _check_name(name: Word, faults: Faults) -> None:
    if name.text in RESERVED_STEPS:
        faults.add(name.mark, f"no step can be called `{name.text}`: the word has a meaning of its own")


def _nth(name: str, before: int) -> str:
    return f"{name}#{before + 1}" if before else name

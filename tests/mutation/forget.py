"""Takes an option or a question out of a flow, with all that mentions it, as an author would.

What can no longer hold goes too: rules, cards, offers, steps and facts, and what reads those, until nothing is left.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from bonewise.strict_yaml import Item, Mapping, Node, Scalar, Sequence

_LISTS = ("has_any", "has_all", "has_none")


def without_option(flow: Node, question: str, option: str) -> Node:
    """The flow without an option of a question. The question must list its options itself."""
    return _settled(flow, _Gone(options={(question, option)}))


def without_question(flow: Node, question: str) -> Node:
    """The flow without a question."""
    return _settled(flow, _Gone(questions={question}))


@dataclass
class _Gone:
    """What is there no more. A block's name stands for all its questions and facts."""

    options: set[tuple[str, str]] = field(default_factory=set)
    questions: set[str] = field(default_factory=set)
    facts: set[str] = field(default_factory=set)
    blocks: set[str] = field(default_factory=set)
    rules: set[str] = field(default_factory=set)

    def count(self) -> int:
        return len(self.questions) + len(self.facts) + len(self.blocks)

    def has_question(self, name: str) -> bool:
        return name in self.questions or name.partition(".")[0] in self.blocks

    def has_fact(self, name: str) -> bool:
        return name in self.facts or ("." in name and name.partition(".")[0] in self.blocks)


def _settled(flow: Node, gone: _Gone) -> Node:
    known = -1
    while known < gone.count():
        known = gone.count()
        flow = _pruned(flow, gone)
    return flow


def _pruned(flow: Node, gone: _Gone) -> Node:
    assert isinstance(flow, Mapping)
    return replace(flow, items=tuple(item._replace(value=_part(item, gone)) for item in flow))


def _part(item: Item, gone: _Gone) -> Node:
    value = item.value
    match item.key, value:
        case "steps", Sequence():
            steps = (_step(step, gone) for step in value)
            return replace(value, items=tuple(step for step in steps if step is not None))
        case "facts", Mapping():
            return _facts(value, gone)
        case "flags", Mapping():
            flags = ((flag, _flag(flag, gone)) for flag in value)
            return replace(value, items=tuple(flag._replace(value=new) for flag, new in flags if new is not None))
        case (("cards" | "offers"), Mapping()):
            parts = ((part, _guarded(part.value, gone)) for part in value)
            return replace(value, items=tuple(part._replace(value=new) for part, new in parts if new is not None))
        case "accept", Sequence():
            return replace(value, items=tuple(one for one in value if not _accepts_gone(one, gone)))
        case "renamed", Mapping():
            return replace(value, items=tuple(one for one in value if not gone.has_question(_word(one.value))))
    return value


def _accepts_gone(accept: Node, gone: _Gone) -> bool:
    where = _word(accept.get("at")) if isinstance(accept, Mapping) else ""
    return gone.has_question(where) or where in gone.rules


def _step(step: Node, gone: _Gone) -> Node | None:
    assert isinstance(step, Mapping)
    name = _word(step.get("ask"))
    left = None if name and gone.has_question(name) else _guarded(step, gone)
    if left is None or gone.has_question(_word(step.get("by"))):
        if name:
            gone.questions.add(name)
        if step.get("use") is not None:
            gone.blocks.add(_word(step.get("use")))
        return None
    return _with_fewer_options(left, name, gone) if name else left


def _with_fewer_options(ask: Mapping, name: str, gone: _Gone) -> Mapping:
    items = []
    for item in ask:
        value = item.value
        if item.key in {"one", "many", "again"} and not isinstance(value, Mapping):
            value = _fewer(value, name, gone) or value
            if item.key == "again" and (name, _word(value)) in gone.options:
                continue
        items.append(item._replace(value=value))
    return replace(ask, items=tuple(items))


def _facts(facts: Mapping, gone: _Gone) -> Mapping:
    left = []
    for fact in facts:
        new = _condition(fact.value, gone)
        if isinstance(new, bool):
            gone.facts.add(fact.key)
        else:
            left.append(fact._replace(value=new))
    return replace(facts, items=tuple(left))


def _flag(flag: Item, gone: _Gone) -> Node | None:
    value = flag.value
    if not isinstance(value, Sequence):
        return _rule(value, flag.key, gone)
    rules = tuple(new for rule in value if (new := _rule(rule, flag.key, gone)) is not None)
    return replace(value, items=rules) if rules else None


def _rule(rule: Node, flag: str, gone: _Gone) -> Mapping | None:
    left = _guarded(rule, gone)
    if left is None:
        assert isinstance(rule, Mapping)
        gone.rules.add(_word(rule.get("id")) or flag)
    return left


def _guarded(part: Node, gone: _Gone) -> Mapping | None:
    """Something with a `when`, or None if that holds no more."""
    assert isinstance(part, Mapping)
    when = part.get("when")
    if when is None:
        return part
    new = _condition(when, gone)
    if new is False:
        return None
    items = (item._replace(value=new) if item.key == "when" and not isinstance(new, bool) else item for item in part)
    return replace(part, items=tuple(item for item in items if item.key != "when" or new is not True))


def _condition(node: Node, gone: _Gone) -> Node | bool:
    """What is left of a condition: True or False where its answer does not depend on anything that is left."""
    assert isinstance(node, Mapping)
    [item] = node.items
    new: Node | bool
    match item.key:
        case "all" | "any":
            new = _joined(item.value, gone, decides=item.key == "any")
        case "not":
            inner = _condition(item.value, gone)
            new = not inner if isinstance(inner, bool) else inner
        case "count":
            new = _count(item.value, gone)
        case "fact":
            new = False if gone.has_fact(_word(item.value)) else item.value
        case "level" | "person":
            new = item.value
        case question:
            new = False if gone.has_question(question) else _leaf(question, item.value, gone)
    return new if isinstance(new, bool) else replace(node, items=(item._replace(value=new),))


def _joined(of: Node, gone: _Gone, *, decides: bool) -> Node | bool:
    assert isinstance(of, Sequence)
    parts = [_condition(part, gone) for part in of]
    if decides in [part for part in parts if isinstance(part, bool)]:
        return decides
    left = tuple(part for part in parts if not isinstance(part, bool))
    return replace(of, items=left) if left else not decides


def _count(count: Node, gone: _Gone) -> Node | bool:
    assert isinstance(count, Mapping)
    of, least = count.get("of"), count.get("min")
    assert isinstance(of, Sequence)
    assert isinstance(least, Scalar)
    parts = [_condition(part, gone) for part in of]
    left = tuple(part for part in parts if not isinstance(part, bool))
    if len(left) < int(least.value or 0):
        return False
    return replace(count, items=tuple(i._replace(value=replace(of, items=left)) if i.key == "of" else i for i in count))


def _leaf(question: str, said: Node, gone: _Gone) -> Node | bool:
    if not isinstance(said, Mapping):
        return _fewer(said, question, gone) or False
    [part] = said.items
    if part.key not in _LISTS:
        return said
    left = _fewer(part.value, question, gone)
    if left is None or (part.key == "has_all" and left != part.value):
        return part.key == "has_none"
    return replace(said, items=(part._replace(value=left),))


def _fewer(listed: Node, question: str, gone: _Gone) -> Node | None:
    if not isinstance(listed, Sequence):
        return None if (question, _word(listed)) in gone.options else listed
    left = tuple(one for one in listed if (question, _word(one)) not in gone.options)
    return replace(listed, items=left) if left else None


def _word(node: Node | None) -> str:
    return str(node.value) if isinstance(node, Scalar) else ""

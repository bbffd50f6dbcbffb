"""Loads `topics.yml`: for each topic the page that answers it, the check that fits, and what people ask next.

topics:
  link_direct: {page: learn_link, check: tingling, next: [link_how_indirect, falls]}
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from bonewise.dialogue.topics import Topic, Topics
from bonewise.matching.examples import did_you_mean
from bonewise.strict_yaml import Diagnostic, Item, Mapping, Mark, Node, Scalar, StrictYamlError, load
from bonewise.strict_yaml import Sequence as Listed

FILE = "topics.yml"
_KEYS = ("page", "check", "next")


def load_topics(directories: Sequence[Path], flows: Collection[str]) -> Topics:
    """The topics of `topics.yml` in each directory; a later directory's entry replaces an earlier one's.

    `flows` are the flows that a topic can name. Raises `StrictYamlError` with every fault, and `OSError`.
    """
    faults: list[Diagnostic] = []
    paths = [path for path in (directory / FILE for directory in directories) if path.exists()]
    items = {item.key: item for path in paths for item in _entries(load(path), faults)}
    topics = {name: _topic(item, flows, items, faults) for name, item in items.items()}
    if faults:
        raise StrictYamlError(faults)
    return topics


def _entries(root: Node, faults: list[Diagnostic]) -> Iterator[Item]:
    topics = root.get("topics") if isinstance(root, Mapping) else None
    if isinstance(topics, Mapping):
        yield from topics
    else:
        faults.append(Diagnostic(root.mark, "expected `topics:` with an entry for each topic"))


def _topic(item: Item, flows: Collection[str], topics: Collection[str], faults: list[Diagnostic]) -> Topic:
    named: dict[str, str] = {}
    following: tuple[str, ...] = ()
    for key, mark, value in item.value if isinstance(item.value, Mapping) else ():
        if key not in _KEYS:
            faults.append(Diagnostic(mark, f"unknown key `{key}`{did_you_mean(key, _KEYS)}"))
        elif key == "next":
            following = _following(value, {*topics, *flows}, faults)
        else:
            named[key] = _flow(value, flows, faults)
    if "page" not in named:
        faults.append(_missing_page(item.key, item.mark))
    return Topic(item.key, named.get("page", ""), named.get("check"), following)


def _missing_page(topic: str, mark: Mark) -> Diagnostic:
    return Diagnostic(mark, f"`{topic}` has no page; write `{{page: …}}` with the flow that answers it")


def _following(node: Node, known: Collection[str], faults: list[Diagnostic]) -> tuple[str, ...]:
    if not isinstance(node, Listed):
        faults.append(Diagnostic(node.mark, "`next` must be a list of topics and flows"))
        return ()
    return tuple(_named(one, known, "topic or flow", faults) for one in node.items)


def _flow(node: Node, flows: Collection[str], faults: list[Diagnostic]) -> str:
    return _named(node, flows, "flow", faults)


def _named(node: Node, known: Collection[str], kind: str, faults: list[Diagnostic]) -> str:
    name = node.value if isinstance(node, Scalar) else None
    if not isinstance(name, str) or name not in known:
        faults.append(Diagnostic(node.mark, f"there is no {kind} `{name}`{did_you_mean(str(name), known)}"))
    return str(name)

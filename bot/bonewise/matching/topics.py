"""Loads `topics.yml`: for each topic the page that answers it, and the check that fits.

topics:
  link_direct: {page: learn_link, check: tingling}
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from bonewise.dialogue.topics import Topic, Topics
from bonewise.matching.alarm_file import did_you_mean
from bonewise.strict_yaml import Diagnostic, Item, Mapping, Mark, Node, Scalar, StrictYamlError, load

FILE = "topics.yml"
_KEYS = ("page", "check")


def load_topics(directories: Sequence[Path], flows: Collection[str]) -> Topics:
    """The topics of `topics.yml` in each directory; a later directory's entry replaces an earlier one's.

    `flows` are the flows that a topic can name. Raises `StrictYamlError` with every fault, and `OSError`.
    """
    faults: list[Diagnostic] = []
    topics: dict[str, Topic] = {}
    for path in (directory / FILE for directory in directories):
        if path.exists():
            topics.update({item.key: _topic(item, flows, faults) for item in _entries(load(path), faults)})
    if faults:
        raise StrictYamlError(faults)
    return topics


def _entries(root: Node, faults: list[Diagnostic]) -> Iterator[Item]:
    topics = root.get("topics") if isinstance(root, Mapping) else None
    if isinstance(topics, Mapping):
        yield from topics
    else:
        faults.append(Diagnostic(root.mark, "expected `topics:` with an entry for each topic"))


def _topic(item: Item, flows: Collection[str], faults: list[Diagnostic]) -> Topic:
    named: dict[str, str] = {}
    for key, mark, value in item.value if isinstance(item.value, Mapping) else ():
        if key not in _KEYS:
            faults.append(Diagnostic(mark, f"unknown key `{key}`{did_you_mean(key, _KEYS)}"))
        else:
            named[key] = _flow(value, flows, faults)
    if "page" not in named:
        faults.append(_missing_page(item.key, item.mark))
    return Topic(item.key, named.get("page", ""), named.get("check"))


def _missing_page(topic: str, mark: Mark) -> Diagnostic:
    return Diagnostic(mark, f"`{topic}` has no page; write `{{page: …}}` with the flow that answers it")


def _flow(node: Node, flows: Collection[str], faults: list[Diagnostic]) -> str:
    name = node.value if isinstance(node, Scalar) else None
    if not isinstance(name, str) or name not in flows:
        faults.append(Diagnostic(node.mark, f"there is no flow `{name}`{did_you_mean(str(name), flows)}"))
    return str(name)

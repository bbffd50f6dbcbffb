"""One locale file, flattened to dotted keys."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bonewise.i18n.entry import CATEGORIES, OTHER, Entry, Plural
from bonewise.i18n.tags import canonical, locale_of
from bonewise.i18n.template import TemplateError, parse
from bonewise.strict_yaml import Diagnostic, Item, Mapping, Mark, Node, Scalar, StrictYamlError, load

_KEY = re.compile(r"[A-Za-z0-9_-]+(@other)?")


def read_part(path: Path, faults: list[Diagnostic]) -> Iterator[tuple[str, Entry]]:
    """The file's texts by key; what is wrong is added to `faults` and left out."""
    try:
        root = load(path)
    except StrictYamlError as error:
        faults.extend(error.diagnostics)
        return
    tag = path.stem
    if canonical(tag) != tag:
        faults.append(Diagnostic(root.mark, f"`{tag}.yml`: name the file after a language, as in pt-BR.yml"))
    elif (texts := _under_root(root, tag, faults)) is not None:
        yield from _Reader(tag, faults).texts(texts, ())


def _under_root(root: Node, tag: str, faults: list[Diagnostic]) -> Mapping | None:
    if not isinstance(root, Mapping) or [item.key for item in root] != [tag]:
        faults.append(Diagnostic(root.mark, f"the file must have one first key, `{tag}:`, as its name says"))
        return None
    texts = root.items[0].value
    if isinstance(texts, Mapping):
        return texts
    faults.append(Diagnostic(texts.mark, f"keys and texts must stand under `{tag}:`"))
    return None


@dataclass(frozen=True, slots=True)
class _Reader:
    tag: str
    faults: list[Diagnostic]

    def texts(self, mapping: Mapping, path: tuple[str, ...]) -> Iterator[tuple[str, Entry]]:
        for item in mapping:
            if not _KEY.fullmatch(item.key):
                self._fault(item.mark, f"the key `{item.key}`: use letters, digits, _ and -, at the end perhaps @other")
            else:
                yield from self._item(item, (*path, item.key))

    def _item(self, item: Item, path: tuple[str, ...]) -> Iterator[tuple[str, Entry]]:
        key = ".".join(path)
        if not isinstance(item.value, Mapping):
            if (text := self._text(item.value, key)) is not None:
                yield key, Entry(text, item.mark)
        elif item.value.items and all(form.key in CATEGORIES for form in item.value):
            yield from self._plural(item, key)
        else:
            yield from self.texts(item.value, path)

    def _plural(self, item: Item, key: str) -> Iterator[tuple[str, Entry]]:
        assert isinstance(item.value, Mapping)  # noqa: S101
        used = locale_of(self.tag).plural_form.tags | {OTHER}
        for form in item.value:
            if form.key not in used:
                self._fault(form.mark, f"{self.tag} has no plural form `{form.key}`: {', '.join(sorted(used))}")
        forms = {form.key: self._text(form.value, f"{key}.{form.key}") for form in item.value}
        if OTHER not in forms:
            self._fault(item.mark, f"`{key}` needs the plural form `{OTHER}`")
        else:
            yield key, Entry(Plural({name: text for name, text in forms.items() if text is not None}), item.mark)

    def _text(self, node: Node, key: str) -> str | None:
        if not isinstance(node, Scalar) or not isinstance(node.value, str):
            self._fault(node.mark, f"`{key}` must be a text: put it in double quotes")
            return None
        try:
            parse(node.value)
        except TemplateError as error:
            self._fault(node.mark, str(error))
            return None
        return node.value

    def _fault(self, mark: Mark, message: str) -> None:
        self.faults.append(Diagnostic(mark, message))

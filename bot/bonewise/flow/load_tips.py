"""The book of tips: each has a topic, at least one source, and a page that it leads on to."""

from __future__ import annotations

from collections.abc import Mapping

from bonewise.flow.faults import Faults
from bonewise.flow.fields import Fields
from bonewise.flow.grammar import FLAG, TIP
from bonewise.flow.load_names import Names, check_known, read_sources
from bonewise.flow.model import Flow
from bonewise.flow.tip import Tip
from bonewise.strict_yaml import Item


def read_tips(items: Mapping[str, Item], flows: Mapping[str, Flow], names: Names, faults: Faults) -> dict[str, Tip]:
    """The tips by id, as they stand in the file; `flows` are those that `more` can name."""
    return {item.key: _tip(item, flows, names, faults) for item in items.values()}


def _tip(item: Item, flows: Mapping[str, Flow], names: Names, faults: Faults) -> Tip:
    fields = Fields(item.value, TIP, f"the tip `{item.key}`", faults)
    if FLAG.fullmatch(item.key) is None:
        faults.add(item.mark, f"a tip cannot be called `{item.key}`: at most 32 letters, digits and _, a letter first")
    if "source" not in fields and "sources" not in fields:
        faults.add(item.mark, f"the tip `{item.key}` states something, so it needs a `source`")
    return Tip(
        id=item.key,
        topic=fields.id("topic"),
        sources=read_sources(fields, names),
        more=_page(fields, flows),
        mark=item.mark,
    )


def _page(fields: Fields, flows: Mapping[str, Flow]) -> str:
    more = fields.word("more")
    if more is None:
        return ""
    check_known(more.mark, "flow", more.text, flows, fields.faults)
    if more.text in flows and flows[more.text].kind != "page":
        fields.faults.add(more.mark, f"`{more.text}` is no page, and a tip leads on to something to read")
    return more.text

"""What one person does to another goes through the other's inbox, in the same transaction: no session but one's own
is ever written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from bonewise.dialogue.event import Linked
from bonewise.dialogue.received import Received
from bonewise.service.care_links import OtherEnd
from bonewise.service.context import Context
from bonewise.service.log import log_error, ref
from bonewise.service.receive import event
from bonewise.store.base import Statement
from bonewise.store.errors import SealBroken


def tell(context: Context, row: int, ends: Mapping[str, OtherEnd], news: Iterable[Linked]) -> Iterator[Statement]:
    """The news goes into the inbox of the other one of each link, once for the event `row` that it came of."""
    for number, one in enumerate(news):
        end = ends.get(one.link)
        if end is None:
            continue
        name = f"linked:{row}:{number}"
        try:
            key = context.vault.key(end.person, end.wrapped_key)
        except SealBroken as error:
            log_error(f"key of {ref(end.person)}", error)
            continue
        yield event(context, end.person, key, name, Received(name, end.address, one))

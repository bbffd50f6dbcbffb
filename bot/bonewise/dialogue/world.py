"""All that is the same for everybody: flows, words, countries, and what the operator set."""

from __future__ import annotations

from dataclasses import dataclass, field

from bonewise.dialogue.places import Countries
from bonewise.flow.load import Flows
from bonewise.i18n.catalog import Catalog


@dataclass(frozen=True, slots=True)
class World:
    """What `react` needs besides the person."""

    flows: Flows
    catalog: Catalog
    countries: Countries = field(default_factory=dict)
    report_to: str | None = None  # where a reader can report a mistake: an address
    bot_name: str | None = None  # the bot's user name, for the way from a group to the private chat

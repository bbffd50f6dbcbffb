"""All that is the same for everybody: flows, words, countries, and what the operator set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bonewise.dialogue.common_words import CommonWords
from bonewise.dialogue.places import Countries
from bonewise.dialogue.topics import Topics
from bonewise.flow.load import Flows
from bonewise.i18n.catalog import Catalog
from bonewise.i18n.spoken import Spoken
from bonewise.i18n.tags import SOURCE
from bonewise.scheduling.when_words import WhenWords


@dataclass(frozen=True, slots=True)
class World:
    """What `react` needs besides the person."""

    flows: Flows
    catalog: Catalog
    countries: Countries = field(default_factory=dict)
    topics: Topics = field(default_factory=dict)
    report_to: str | None = None  # where a reader can report a mistake: an address
    spoken: Spoken = field(default_factory=lambda: Spoken({}))
    common_words: CommonWords = field(default_factory=dict)
    when_words: Mapping[str, WhenWords] = field(default_factory=dict)  # by language
    bot_name: str | None = None  # the bot's user name, for the way from a group to the private chat
    host_actions: frozenset[str] = frozenset()  # what `do:` can name beside the bot's own

    mode: str = "check"  # check | guide: whether personal levels are worked out, or only lists of signs are shown

    def when(self, tag: str) -> WhenWords:
        """The words of typed days and times, English where a language has none."""
        return self.when_words.get(tag, self.when_words[SOURCE])

"""Finds and loads flows and words: those of the package, and an operator's own laid over them."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from bonewise.dialogue.actions import ACTIONS
from bonewise.dialogue.common_words import load_common_words
from bonewise.dialogue.places import PlacesError, load_countries
from bonewise.dialogue.providers import PROVIDERS
from bonewise.dialogue.traits import TRAITS
from bonewise.dialogue.world import World
from bonewise.flow.load import FlowError, load_flows
from bonewise.flow.texts import needed_texts
from bonewise.i18n.catalog import Catalog, CatalogError, load_catalog
from bonewise.i18n.catalog_files import part_files
from bonewise.i18n.spoken import Spoken
from bonewise.i18n.tags import SOURCE, maximal
from bonewise.matching.alarm import AlarmBook
from bonewise.matching.alarm_examples import load_examples
from bonewise.matching.alarm_phrases import broken_phrases, unheard
from bonewise.matching.phrasings import load_phrasings
from bonewise.matching.topics import load_topics
from bonewise.scheduling.when_words import WhenWordsError, load_when
from bonewise.settings import INSTALLED, Settings
from bonewise.strict_yaml import Diagnostic, Mark, StrictYamlError

ALARM_WORDS = INSTALLED / "alarm_words.json"
"""What the alarm classifier learnt from the package's own examples, if the build step ran."""
_PACKAGE = Path(__file__).parent
_log = logging.getLogger(__name__)


class NoAlarmsError(Exception):
    """There are no alarm patterns at all."""


_FileErrors = (FlowError, CatalogError, PlacesError, WhenWordsError, StrictYamlError)
ContentErrors = (NoAlarmsError, *_FileErrors)


def folders(name: str, *own: Path | None) -> list[Path]:
    """The folder `flows` or `locales` of the package or checkout, and those of the operator or host after it."""
    inside = _PACKAGE / name
    standard = inside if inside.is_dir() else _PACKAGE.parent.parent / name
    return [standard, *(folder for folder in own if folder)]


def load_world(settings: Settings, bot_name: str | None = None) -> World:
    """Everything that is the same for everybody. Raises one of `ContentErrors`."""
    flows, locales = folders("flows", settings.flows_dir), folders("locales", settings.locales_dir)
    return world_of(flows, locales, report_to=settings.report_to, bot_name=bot_name, mode=settings.mode)


def world_of(
    flows: Sequence[Path],
    locales: Sequence[Path],
    *,
    report_to: str | None = None,
    bot_name: str | None = None,
    mode: str = "check",
    actions: Mapping[str, Mapping[str, str]] = MappingProxyType({}),
) -> World:
    """The same from these folders. `actions` are a host's own, each with its arguments and their types.

    A language whose alarms are not heard is left out, with a warning in the log.
    """
    loaded = load_flows(flows, actions={**actions, **ACTIONS}, providers=frozenset(PROVIDERS), traits=TRAITS)
    catalog = _served(load_catalog(locales), locales)
    return World(
        flows=loaded,
        catalog=catalog,
        spoken=Spoken.of(catalog),
        countries=load_countries(flows),
        common_words=load_common_words(locales),
        when_words=load_when(locales),
        topics=load_topics(flows, loaded.flows),
        report_to=report_to,
        bot_name=bot_name,
        mode=mode,
        host_actions=frozenset(actions) - ACTIONS.keys(),
    )


def load_alarms(settings: Settings) -> AlarmBook:
    """The alarm patterns of every language. Raises `StrictYamlError`, and `NoAlarmsError` when there are none."""
    return alarms_in(folders("locales", settings.locales_dir))


def alarms_in(locales: Sequence[Path]) -> AlarmBook:
    """The same from these folders of locales."""
    examples = load_examples([folder / "alarm_examples" for folder in locales])
    told = {Path(one.mark.file).name for one in examples}  # else the words of a language would only tell of no alarm
    phrasings = load_phrasings([folder / "matching" for folder in locales])
    asked = [one.text for one in phrasings if Path(one.mark.file).name in told]
    book = AlarmBook.load([folder / "alarm" for folder in locales], examples, asked)
    book.recall(ALARM_WORDS)
    if not book.languages:
        raise NoAlarmsError("no alarm words found; without them no emergency in a text is heard")
    return book


def _served(catalog: Catalog, locales: Sequence[Path]) -> Catalog:
    deaf = deaf_languages(locales)
    for fault in deaf.values():
        _log.warning("%s", fault)
    return Catalog({tag: texts for tag, texts in catalog.entries.items() if tag not in deaf}) if deaf else catalog


def deaf_languages(locales: Sequence[Path]) -> dict[str, Diagnostic]:
    """The languages that only folders after the first have, and in which not every alarm is heard, each with why.

    Such a language is not served. Raises `StrictYamlError` for faults in alarm patterns.
    """
    shipped, *later = ({path.stem for path in part_files(folder)} for folder in locales)
    own = sorted(set().union(*later) - shipped)
    alarms = AlarmBook.load([folder / "alarm" for folder in locales]).languages if own else ()
    found = {}
    for tag in own:
        if lacking := unheard(one for one in alarms if maximal(one.tag)[:2] == maximal(tag)[:2]):
            file = (locales[-1] / "alarm" / f"{tag}.yml").as_posix()
            what = ", ".join(f"{strength} {kind}" for strength, kind in lacking)
            do = "write signs with patterns, and `must_hit` phrases that they hear, in this file"
            found[tag] = Diagnostic(Mark(file, 1, 1), f"`{tag}` is not served: no {what} is heard in it; {do}")
    return found


def missing_texts(world: World) -> Iterator[Diagnostic]:
    """The texts that a reader would miss, each with the place that needs it."""
    for text in needed_texts(world.flows):
        for tag in world.catalog.languages if text.everywhere else (SOURCE,):
            if text.required and not world.catalog.has(tag, text.key):
                what = f"the text `{text.key}` is missing; write it in locales/<part>/{tag}.yml"
                yield Diagnostic(text.mark, what)


def checked_world(settings: Settings) -> World | list[Diagnostic]:
    """The flows and words, or all that is wrong with them before any flow is explored."""
    locales = folders("locales", settings.locales_dir)
    try:
        alarms = load_alarms(settings)
        if faults := [*deaf_languages(locales).values(), *broken_phrases(alarms.languages)]:
            return faults
        world = load_world(settings)
        load_phrasings([folder / "matching" for folder in locales], world.topics)
        return list(missing_texts(world)) or world
    except NoAlarmsError as error:
        return [Diagnostic(Mark("locales/alarm", 1, 1), str(error))]
    except _FileErrors as error:
        return list(error.diagnostics)

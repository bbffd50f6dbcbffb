"""Makes what finds the topic of a typed question: by meaning where the extra `[semantic]` runs, else by letters.

To learn the phrasings takes a minute. What was learnt is kept where the model is installed, by the build step
`python -m bonewise.matchers`, or in the data folder by a running bot, which answers by letters until then.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Thread

from bonewise.content import folders, load_world
from bonewise.dialogue.topics import Topics
from bonewise.matching.embedding import ModelError, is_installed, shared_embedder
from bonewise.matching.matcher import Match, Matcher
from bonewise.matching.ngrams import NgramMatcher
from bonewise.matching.phrasings import load_phrasings
from bonewise.settings import INSTALLED, Settings

log = logging.getLogger(__name__)

FILE = "matching.npz"


class Learner:
    """Matches by letters until the phrasings are learnt on a thread of its own, and by meaning from then on."""

    def __init__(self, letters: Matcher, learn: Callable[[], Matcher]) -> None:
        self._matcher = letters
        self._learn = learn
        self._thread = Thread(target=self._take_over, name="learning", daemon=True)
        self._thread.start()

    def match(self, text: str) -> Match:
        """What this text is about."""
        return self._matcher.match(text)

    def learnt(self) -> Matcher:
        """Wait for the matcher by meaning; the one by letters if the learning failed."""
        self._thread.join()
        return self._matcher

    def _take_over(self) -> None:
        try:
            self._matcher = self._learn()
            log.info("typed questions are matched by meaning from now on")
        except Exception:
            log.exception("typed questions are matched by letters: the phrasings could not be learnt")


def load_matcher(settings: Settings, topics: Topics) -> Matcher:
    """What finds the topic of a typed question, at once. Raises `StrictYamlError`."""
    return matcher_in(folders("locales", settings.locales_dir), topics, settings.data_dir)


def learnt_matcher(settings: Settings, topics: Topics) -> Matcher:
    """The same; waits until the phrasings are learnt."""
    locales = folders("locales", settings.locales_dir)
    matcher = matcher_in(locales, topics, settings.data_dir, threads=os.cpu_count() or 1)
    return matcher.learnt() if isinstance(matcher, Learner) else matcher


def matcher_in(locales: Sequence[Path], topics: Topics, data_dir: Path, threads: int = 1) -> Matcher:
    """The same from these folders of locales; what is learnt from the phrasings is kept in `data_dir`.

    So many threads learn at once, each of which takes a core from what else is done here.
    By meaning with the extra `[semantic]`, else by letters; the log says why.
    """
    phrasings = load_phrasings([folder / "matching" for folder in locales], topics)
    if not phrasings or not is_installed():
        log.info("typed questions are matched by letters: there is no extra [semantic], or no phrasing")
        return NgramMatcher(phrasings)
    try:
        embed = shared_embedder()
    except ModelError as error:
        log.warning("typed questions are matched by letters: %s", error)
        return NgramMatcher(phrasings)
    from bonewise.matching.learnt_file import Shelf
    from bonewise.matching.semantic import SemanticMatcher

    examples = [(phrasing.label, phrasing.text) for phrasing in phrasings]
    shelf = Shelf([INSTALLED / FILE, data_dir / FILE])
    learnt = shelf.learnt(examples)
    if learnt is not None:
        log.info("typed questions are matched by meaning")
        return SemanticMatcher(phrasings, learnt, embed)

    def learn() -> Matcher:
        return SemanticMatcher(phrasings, shelf.learn(examples, embed, data_dir / FILE, threads), embed)

    return Learner(NgramMatcher(phrasings), learn)


def main() -> None:
    """Learn the phrasings of the package, and keep that where the model is installed."""
    logging.basicConfig(level="INFO", format="%(message)s")
    learnt_matcher(Settings.model_construct(data_dir=INSTALLED), load_world(Settings.model_construct()).topics)


if __name__ == "__main__":
    main()

"""Has the alarm layer learn its examples: by words, and by their meaning too where the extra `[semantic]` runs.

The meaning takes a minute. What was learnt is kept where that of the matcher is; until then it goes by words.
"""

from __future__ import annotations

import logging
import os
from pathlib import Path
from threading import Thread

from bonewise.content import ALARM_WORDS, load_alarms
from bonewise.matching.alarm import AlarmBook
from bonewise.matching.embedding import ModelError, is_installed, shared_embedder
from bonewise.settings import INSTALLED, Settings

log = logging.getLogger(__name__)

FILE = "alarms.npz"


def learn_alarm_odds(alarms: AlarmBook, data_dir: Path, threads: int = 1) -> Thread | None:
    """Let `alarms` go by meaning: at once if that was learnt before, else when the thread that is given back has ended.

    What is learnt is kept in `data_dir`. So many threads learn at once.
    """
    if not alarms.examples or not is_installed():
        return None
    try:
        embed = shared_embedder()
    except ModelError as error:
        log.warning("alarms are heard by words alone: %s", error)
        return None
    from bonewise.matching.alarm_odds import AlarmOdds
    from bonewise.matching.learnt_file import Shelf

    shelf = Shelf([INSTALLED / FILE, data_dir / FILE])
    learnt = shelf.learnt(alarms.examples)
    if learnt is not None:
        alarms.use_odds(AlarmOdds(learnt, embed))
        return None

    def learn() -> None:
        try:
            learnt = shelf.learn(alarms.examples, embed, data_dir / FILE, threads)
        except Exception:
            log.exception("alarms are heard by words alone: the examples could not be learnt")
        else:
            alarms.use_odds(AlarmOdds(learnt, embed))

    thread = Thread(target=learn, name="learning alarms", daemon=True)
    thread.start()
    return thread


def load_learnt_alarms(settings: Settings) -> AlarmBook:
    """The alarm layer once all is learnt. Raises what `load_alarms` raises."""
    alarms = load_alarms(settings)
    if thread := learn_alarm_odds(alarms, settings.data_dir, threads=os.cpu_count() or 1):
        thread.join()
    return alarms


def main() -> None:
    """Learn the examples of the package, and keep that where the model is installed."""
    logging.basicConfig(level="INFO", format="%(message)s")
    settings = Settings.model_construct(data_dir=INSTALLED)
    load_alarms(settings).keep(ALARM_WORDS)
    load_learnt_alarms(settings)


if __name__ == "__main__":
    main()

"""Learns by meaning where the extra `[semantic]` runs: at once from what was kept, else on a thread of its own.

To learn takes a minute. What was learnt is kept where the model is installed, by a build step, or in the data folder.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from bonewise.matching.embedding import Embedder, ModelError, is_installed, shared_embedder
from bonewise.settings import INSTALLED

if TYPE_CHECKING:
    from bonewise.matching.learnt import Learnt

log = logging.getLogger(__name__)


def learn_by_meaning(
    examples: Sequence[tuple[str, str]],
    file: str,
    data_dir: Path,
    use: Callable[[Learnt, Embedder], None],
    without: str,
    threads: int = 1,
) -> Thread | None:
    """Give `use` what is learnt from labels and texts, and the model: at once if that was kept in a file of this name.

    Else when the thread that is given back has ended; so many threads learn, each of which takes a core from what else
    is done here. `without` is what the log says where nothing can be learnt.
    """
    if not examples or not is_installed():
        log.info("%s: there is no extra [semantic], or nothing to learn from", without)
        return None
    try:
        embed = shared_embedder()
    except ModelError as error:
        log.warning("%s: %s", without, error)
        return None
    from bonewise.matching.learnt_file import Shelf  # needs numpy, of the extra

    shelf = Shelf([INSTALLED / file, data_dir / file])
    learnt = shelf.learnt(examples)
    if learnt is not None:
        use(learnt, embed)
        return None

    def work() -> None:
        try:
            use(shelf.learn(examples, embed, data_dir / file, threads), embed)
        except Exception:
            log.exception("%s: the examples could not be learnt", without)

    thread = Thread(target=work, name=f"learning {file}", daemon=True)
    thread.start()
    return thread

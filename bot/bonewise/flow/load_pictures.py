"""The pictures of pages: files in the folder `pictures` beside the directory of flows that names them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from bonewise.flow.faults import Faults
from bonewise.flow.fields import Fields, Word
from bonewise.flow.grammar import PICTURE
from bonewise.flow.model import Flows, Say, Step
from bonewise.flow.picture import Picture

FOLDER = "pictures"
LARGEST = 5 * 1024 * 1024  # bytes; Telegram takes twice as much, and people pay for what they load
_BEGINNINGS = {".png": (b"\x89PNG\r\n\x1a\n",), ".jpg": (b"\xff\xd8\xff",), ".webp": (b"RIFF",)}


def read_picture(fields: Fields, directories: Sequence[Path]) -> Picture | None:
    """The picture that a `say` names, or None if it names none or after a fault."""
    name = fields.word("picture", PICTURE)
    if name is None:
        return None
    path = _folder(name, directories) / name.text
    content = _content(path, name, fields.faults)
    if content is None:
        return None
    if not content.startswith(_BEGINNINGS[path.suffix]):
        fields.faults.add(name.mark, f"`{name.text}` is no {path.suffix[1:]} file; save it as one, or rename it")
    return Picture(hashlib.sha256(content).hexdigest()[:16] + path.suffix, path)


def check_pictures(kind: str, steps: Sequence[Step], faults: Faults) -> None:
    """Note a fault where a picture cannot be shown."""
    shown = [step for step in steps if isinstance(step, Say) and step.picture]
    for step in shown if kind != "page" else ():
        faults.add(step.mark, "only a page has a `picture`; link to one from here")
    for step in shown[1:] if kind == "page" else ():
        faults.add(step.mark, "a page has one `picture`; make a page of its own for this one")


def pictures_of(flows: Flows) -> dict[str, Path]:
    """The files of all pictures, by id."""
    says = [step for flow in flows.flows.values() for step in flow.steps if isinstance(step, Say)]
    return {say.picture.id: say.picture.path for say in says if say.picture}


def _folder(name: Word, directories: Sequence[Path]) -> Path:
    """Of directories in each other the inner one counts."""
    around = [directory for directory in directories if Path(name.mark.file).is_relative_to(directory)]
    return max(around, key=lambda directory: len(directory.parts)).parent / FOLDER


def _content(path: Path, name: Word, faults: Faults) -> bytes | None:
    try:
        if path.stat().st_size <= LARGEST:
            return path.read_bytes()
        faults.add(name.mark, f"`{name.text}` is larger than {LARGEST // 1024**2} MB; make it smaller")
    except FileNotFoundError:
        faults.add(name.mark, f"there is no `{name.text}` in the folder `{FOLDER}` beside that of the flows")
    except OSError as error:
        faults.add(name.mark, f"`{name.text}` cannot be read: {error.strerror}")
    return None

"""What people said, sealed at rest: AES-256-GCM under a key of each person's own.

A person's key is random, and itself sealed ("wrapped") under the key-encryption key of the bot. Who deletes the
wrapped key has deleted everything sealed under it, in every copy.

A sealed value is one byte of format, 12 bytes of nonce (random, as NIST SP 800-38D section 8.2.2 allows for far
fewer than 2^32 values per key), then ciphertext and tag. The purpose and the person are authenticated along with
it, so a value that is moved to another row, column or person does not open.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bonewise.store.errors import SealBroken

KEY_BYTES = 32

_FORMAT = b"\x01"
_NONCE_BYTES = 12
_WRAP = "key"


class Key:
    """Seals and opens for one person."""

    def __init__(self, key: bytes, person: str) -> None:
        self._cipher = AESGCM(key)
        self._person = person

    def seal(self, purpose: str, plain: bytes) -> bytes:
        """Seal `plain` for a purpose, such as the table and id of its row."""
        nonce = os.urandom(_NONCE_BYTES)
        return _FORMAT + nonce + self._cipher.encrypt(nonce, plain, self._bound_to(purpose))

    def open(self, purpose: str, sealed: bytes) -> bytes:
        """Open what was sealed for this purpose and person. Raises `SealBroken`."""
        nonce, text = sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :]
        try:
            if sealed[:1] != _FORMAT:
                raise SealBroken(f"a sealed {purpose.split(':')[0]} has an unknown format: install a newer release")
            return self._cipher.decrypt(nonce, text, self._bound_to(purpose))
        except (InvalidTag, ValueError) as error:
            raise SealBroken(
                f"a sealed {purpose.split(':')[0]} does not open: it was changed, or another key-encryption key is set"
            ) from error

    def _bound_to(self, purpose: str) -> bytes:
        return f"{purpose}\0{self._person}".encode()


class Vault:
    """Makes, wraps and unwraps the keys of people. `key` is the key-encryption key, 32 bytes."""

    def __init__(self, key: bytes) -> None:
        if len(key) != KEY_BYTES:
            raise ValueError(f"the key-encryption key has {len(key)} bytes; it must have {KEY_BYTES}")
        self._key = key

    @classmethod
    def from_file(cls, path: Path) -> Self:
        """Read the key-encryption key from a file, or make the file (readable by its owner only) at first start.

        Without the file the database cannot be read: it belongs into a backup of its own. Raises `SealBroken`
        for a file of another length, and `OSError`.
        """
        if not path.exists():
            _write_new(path, os.urandom(KEY_BYTES))
        key = path.read_bytes()
        if len(key) != KEY_BYTES:
            raise SealBroken(f"{path}: the key has {len(key)} bytes instead of {KEY_BYTES}: restore it from its backup")
        return cls(key)

    def new_key(self, person: str) -> tuple[Key, bytes]:
        """A new key for a person, and its wrapped form to be kept."""
        key = os.urandom(KEY_BYTES)
        return Key(key, person), Key(self._key, person).seal(_WRAP, key)

    def key(self, person: str, wrapped: bytes) -> Key:
        """The key of a person. Raises `SealBroken`."""
        return Key(Key(self._key, person).open(_WRAP, wrapped), person)


def _write_new(path: Path, key: bytes) -> None:
    """Write under another name first, so that a crash never leaves half a key; and flush the name, too.

    What is sealed under a key that a power failure took away is lost.
    """
    descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix=path.name)  # mode 0600
    with os.fdopen(descriptor, "wb") as file:
        file.write(key)
        file.flush()
        os.fsync(file.fileno())
    Path(draft).rename(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)

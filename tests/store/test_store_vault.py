"""What is sealed opens only where it was sealed, and the key of all keys is never half there."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bonewise.store.errors import SealBroken
from bonewise.store.vault import KEY_BYTES, Vault

VAULT = Vault(bytes(range(KEY_BYTES)))
CUT = """
import os, signal, sys
from pathlib import Path
from bonewise.store import vault
os.fsync = lambda _file: os.kill(os.getpid(), signal.SIGKILL)
vault.Vault.from_file(Path(sys.argv[1]))
"""


@given(st.binary())
def test_what_is_sealed_opens_again_and_does_not_stand_in_clear(plain: bytes) -> None:
    key, _ = VAULT.new_key("ann")
    sealed = key.seal("inbox:1", plain)
    assert key.open("inbox:1", sealed) == plain
    assert len(plain) < 4 or plain not in sealed


def test_the_same_words_are_never_sealed_the_same() -> None:
    key, _ = VAULT.new_key("ann")
    assert len({key.seal("person", b"the same") for _ in range(100)}) == 100


@given(st.integers(0, 39), st.integers(0, 7))
def test_a_change_of_any_bit_is_noticed(byte: int, bit: int) -> None:
    key, _ = VAULT.new_key("ann")
    sealed = bytearray(key.seal("person", b"11 letters."))
    assert len(sealed) == 40
    sealed[byte] ^= 1 << bit
    with pytest.raises(SealBroken):
        key.open("person", bytes(sealed))


@pytest.mark.parametrize("length", [0, 1, 12, 13, 28, 39])
def test_a_sealed_value_that_is_cut_off_is_noticed(length: int) -> None:
    key, _ = VAULT.new_key("ann")
    with pytest.raises(SealBroken):
        key.open("person", key.seal("person", b"11 letters.")[:length])


def test_a_value_moved_to_another_row_does_not_open_and_the_error_does_not_quote_the_row() -> None:
    key, _ = VAULT.new_key("ann")
    with pytest.raises(SealBroken, match=r"^a sealed inbox does not open: it was changed, or another key-encryption"):
        key.open("inbox:2", key.seal("inbox:1", b"text"))


def test_a_value_moved_to_another_column_does_not_open() -> None:
    key, _ = VAULT.new_key("ann")
    with pytest.raises(SealBroken):
        key.open("session", key.seal("person", b"text"))


def test_a_value_moved_to_another_person_does_not_open_even_with_the_key_moved_along() -> None:
    key, wrapped = VAULT.new_key("ann")
    other, _ = VAULT.new_key("ben")
    sealed = key.seal("person", b"text")
    with pytest.raises(SealBroken):
        other.open("person", sealed)
    with pytest.raises(SealBroken):
        VAULT.key("ben", wrapped)


def test_a_wrapped_key_opens_what_was_sealed_under_it() -> None:
    key, wrapped = VAULT.new_key("ann")
    assert VAULT.key("ann", wrapped).open("person", key.seal("person", b"text")) == b"text"


def test_another_key_encryption_key_opens_nothing() -> None:
    _, wrapped = VAULT.new_key("ann")
    with pytest.raises(SealBroken):
        Vault(bytes(KEY_BYTES)).key("ann", wrapped)


def test_a_format_of_the_future_is_told_apart() -> None:
    key, _ = VAULT.new_key("ann")
    with pytest.raises(SealBroken, match="unknown format: install a newer release"):
        key.open("person", b"\x02" + key.seal("person", b"text")[1:])


def test_a_key_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="has 16 bytes; it must have 32"):
        Vault(bytes(16))


def test_the_key_file_is_made_once_and_only_its_owner_can_read_it(tmp_path: Path) -> None:
    path = tmp_path / "key"
    old = os.umask(0)
    try:
        _, wrapped = Vault.from_file(path).new_key("ann")
    finally:
        os.umask(old)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(path.read_bytes()) == KEY_BYTES
    Vault.from_file(path).key("ann", wrapped)
    assert list(tmp_path.iterdir()) == [path]


def test_two_key_files_are_not_the_same(tmp_path: Path) -> None:
    _, wrapped = Vault.from_file(tmp_path / "one").new_key("ann")
    with pytest.raises(SealBroken):
        Vault.from_file(tmp_path / "two").key("ann", wrapped)


def test_a_process_that_dies_while_it_makes_the_key_leaves_no_half_key(tmp_path: Path) -> None:
    path = tmp_path / "key"
    died = subprocess.run([sys.executable, "-c", CUT, str(path)], check=False)
    assert died.returncode == -signal.SIGKILL
    assert not path.exists()
    Vault.from_file(path)


def test_half_a_key_file_is_refused_with_its_name_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.write_bytes(bytes(16))
    with pytest.raises(SealBroken, match=r"/key: the key has 16 bytes instead of 32: restore it from its backup"):
        Vault.from_file(path)
    assert path.read_bytes() == bytes(16)

"""Who is at the page: a random token in a cookie, and the address made of it.

The token never leaves the cookie; everything else knows the person by its hash, so whoever reads the database
cannot take over a talk.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from hashlib import sha256
from typing import NamedTuple

from starlette.responses import Response

COOKIE = "bonewise"
YEAR = 365 * 24 * 3600  # seconds

_VALUE = re.compile(r"([ps])([0-9a-f]{32})")


class Visitor(NamedTuple):
    """One browser. `token` has 128 random bits; `shared` is a computer that other people use too."""

    token: str
    shared: bool = False

    @property
    def address(self) -> str:
        """Where messages to this person go: the SHA-256 of the token, in hex."""
        return sha256(self.token.encode()).hexdigest()


def new_visitor() -> Visitor:
    """Somebody who was never here."""
    return Visitor(secrets.token_hex(16))


def read_visitor(cookies: Mapping[str, str]) -> Visitor | None:
    """Who the cookie says it is, or None without a cookie of ours."""
    match = _VALUE.fullmatch(cookies.get(COOKIE, ""))
    return Visitor(match[2], match[1] == "s") if match else None


def remember(response: Response, visitor: Visitor, *, secure: bool) -> None:
    """Set the cookie: for a year, or until the browser closes on a shared computer."""
    response.set_cookie(
        COOKIE,
        ("s" if visitor.shared else "p") + visitor.token,
        max_age=None if visitor.shared else YEAR,
        path="/",
        secure=secure,
        httponly=True,
        samesite="strict",
    )

"""The parameters of a call, however they were sent: query, form, multipart or JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from aiohttp import BodyPartReader, web

from tests.telegram_api.errors import bad_call


@dataclass(frozen=True)
class Upload:
    """A file that came with a call."""

    filename: str
    content: bytes


@dataclass
class Given:
    """What a call brought along."""

    parameters: dict[str, Any] = field(default_factory=dict)
    files: dict[str, Upload] = field(default_factory=dict)


async def read(request: web.Request) -> Given:
    """Read a call's parameters. Raises `BadCallError` for a body that cannot be read."""
    given = Given(dict(request.query))
    if request.content_type == "application/json" and request.can_read_body:
        given.parameters |= from_json(await request.text())
    elif request.content_type.startswith("multipart/"):
        await _read_multipart(request, given)
    elif request.can_read_body:
        given.parameters |= dict(await request.post())
    return given


def from_json(body: str) -> dict[str, Any]:
    """The parameters in a JSON body."""
    try:
        parameters = json.loads(body)
    except ValueError:
        raise bad_call("can't parse the request body as JSON") from None
    if not isinstance(parameters, dict):
        raise bad_call("the request body must be a JSON object")
    return parameters


async def _read_multipart(request: web.Request, given: Given) -> None:
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or part.name is None:
            raise bad_call("can't parse the multipart body")
        if part.filename is None:
            given.parameters[part.name] = await part.text()
        else:
            given.files[part.name] = Upload(part.filename, bytes(await part.read()))
            given.parameters.setdefault(part.name, part.name)

"""What an operator can set, from the environment or a file for each secret.

SettingsError
└── faults   one line for each wrong setting: which, what is wrong, how to mend it
"""

from __future__ import annotations

import base64
import difflib
import os
import re
import sys
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, SecretBytes, SecretStr, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

_TOKEN = re.compile(r"[0-9]{3,20}:[A-Za-z0-9_-]{20,80}")
_ADDRESS = re.compile(r"https?://[^\s/]+(/[^\s]*)?")
_PUSHED_TO = re.compile(r"(?P<scheme>https?)://(?P<host>\[[0-9a-f:]+\]|[^\s/:@?#]+)(:[0-9]+)?/[A-Za-z0-9._~/-]+")
_SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")
_THIS_COMPUTER = ("localhost", "127.0.0.1", "[::1]")
_KEY_BYTES = 32
PAID_RATES = range(31, 971)
"""Messages a second: more than the 30 that cost nothing, which are left to what is not paid for, and 1000 with them.

https://core.telegram.org/bots/api#paid-broadcasts
"""
INSTALLED = Path(sys.prefix, "share", "bonewise")
"""Where the build steps keep what they learnt."""
_PREFIX = "BOT_"
_ALIKE = 0.8  # of 1, how like a setting a name must be to be taken for it; the prefix alone makes for much of it


class SettingsError(Exception):
    """Settings that the bot cannot start with."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        super().__init__("\n".join(faults))


def _token(value: str) -> str:
    if not _TOKEN.fullmatch(value.strip()):
        raise ValueError("this is no bot token; copy the one that BotFather sent, such as 123456:ABC-DEF")
    return value.strip()


def _token_in(value: str) -> str:
    try:
        return _token(Path(value).read_text(encoding="utf-8", errors="replace"))
    except OSError:
        raise ValueError(f"cannot read {value}; check its path and rights") from None


def _key(value: str) -> bytes:
    for decode in (bytes.fromhex, partial(base64.b64decode, validate=True)):
        with suppress(ValueError):
            key = decode(value.strip())
            if len(key) == _KEY_BYTES:
                return key
    raise ValueError(f"this is no key; it must be {_KEY_BYTES} bytes in hex or base64")


def _server(value: str) -> str:
    address = value.strip().rstrip("/")
    if not _ADDRESS.fullmatch(address):
        raise ValueError("this is no address; write one such as http://127.0.0.1:8081")
    if address.endswith("/bot"):
        raise ValueError("leave out the /bot at the end; it is added for you")
    return address


def _webhook(value: str) -> str:
    address = value.strip()
    found = _PUSHED_TO.fullmatch(address)
    if found is None:
        raise ValueError("this is no address with a plain path; write one such as https://bones.example/telegram")
    if found["scheme"] != "https" and found["host"] not in _THIS_COMPUTER:
        raise ValueError("Telegram sends to https only; put a web server with a certificate in front")
    return address


def _secret(value: str) -> str:
    if not _SECRET.fullmatch(value.strip()):
        raise ValueError("this is no secret; write 16 to 256 of A-Z, a-z, 0-9, _ and -, or leave it out")
    return value.strip()


def _paid_rate(value: str) -> int:
    if not value.strip().isdecimal() or int(value) not in PAID_RATES:
        raise ValueError(
            f"write messages a second, from {PAID_RATES[0]} to {PAID_RATES[-1]}, or leave it out: fewer cost nothing"
        )
    return int(value)


def _folder(value: str) -> Path:
    path = Path(value)
    if not path.is_dir():
        raise ValueError(f"there is no folder {path}; make it, or leave the setting out")
    return path


def _names(value: Any) -> Any:
    return tuple(name.strip() for name in value.split(",") if name.strip()) if isinstance(value, str) else value


class Settings(BaseSettings):
    """The settings, each under BOT_ and its name. Read them with `read_settings`."""

    model_config = SettingsConfigDict(env_prefix=_PREFIX, env_ignore_empty=True, extra="ignore")

    token: Annotated[SecretStr, BeforeValidator(_token)] | None = None
    token_file: Annotated[SecretStr, BeforeValidator(_token_in)] | None = None  # the path becomes what is in it
    key: Annotated[SecretBytes, BeforeValidator(_key)] | None = None  # without it a key file is in the data folder
    api_base_url: Annotated[str, BeforeValidator(_server)] | None = None
    webhook_url: Annotated[str, BeforeValidator(_webhook)] | None = None  # without it updates are fetched
    webhook_secret: Annotated[SecretStr, BeforeValidator(_secret)] | None = None  # without it made of the token
    data_dir: Path = Path("data")
    flows_dir: Annotated[Path, BeforeValidator(_folder)] | None = None
    locales_dir: Annotated[Path, BeforeValidator(_folder)] | None = None
    host: str = "127.0.0.1"
    port: int = Field(default=8080, ge=0, le=65535)
    hosts: Annotated[tuple[str, ...], NoDecode, BeforeValidator(_names)] = ("localhost", "127.0.0.1")
    paid_rate: Annotated[int, BeforeValidator(_paid_rate)] | None = None  # without it nothing is paid for
    report_to: str | None = None
    mode: str = Field(default="check", pattern="^(check|guide)$")
    log_level: str = Field(default="INFO", pattern="^(DEBUG|INFO|WARNING|ERROR)$")

    @property
    def bot(self) -> str:
        """Under which name the bot of these settings keeps its rows."""
        return "page" if self.token is None else self.token.get_secret_value().partition(":")[0]

    @property
    def key_bytes(self) -> bytes | None:
        """The key that is set; without it there is one in the data folder."""
        return None if self.key is None else self.key.get_secret_value()


_NAMES = tuple(f"{_PREFIX}{name}".upper() for name in Settings.model_fields)


def read_settings() -> Settings:
    """The settings of the environment. Raises `SettingsError` with all that is wrong."""
    faults = [_unknown(name) for name in sorted(os.environ) if name.startswith(_PREFIX) and name.upper() not in _NAMES]
    try:
        settings = Settings()
    except ValidationError as error:
        wrong = [_fault(dict(fault)) for fault in error.errors(include_input=False)]
        raise SettingsError([*faults, *wrong]) from None
    if settings.token_file is not None:
        settings = settings.model_copy(update={"token": settings.token_file})
    if settings.webhook_url is not None and settings.token is None:
        faults.append("BOT_WEBHOOK_URL: this needs a bot; set BOT_TOKEN or BOT_TOKEN_FILE as well")
    if faults:
        raise SettingsError(faults)
    return settings


def _unknown(name: str) -> str:
    near = difflib.get_close_matches(name.upper(), _NAMES, 1, cutoff=_ALIKE)
    return f"{name}: there is no such setting; " + (
        f"did you mean {near[0]}?" if near else "README.md names those that there are"
    )


def _fault(fault: dict[str, Any]) -> str:
    name = f"{_PREFIX}{fault['loc'][0]}".upper() if fault["loc"] else "settings"
    return f"{name}: {str(fault['msg']).removeprefix('Value error, ')}"

"""What an operator can set, from the environment or a file for each secret.

SettingsError
└── faults   one line for each wrong setting: which, what is wrong, how to mend it
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

_TOKEN = re.compile(r"[0-9]{3,20}:[A-Za-z0-9_-]{20,80}")
_ADDRESS = re.compile(r"https?://[^\s/]+(/[^\s]*)?")


class SettingsError(Exception):
    """Settings that the bot cannot start with."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        super().__init__("\n".join(faults))


def _token(value: str) -> str:
    if not _TOKEN.fullmatch(value.strip()):
        raise ValueError("this is no bot token; copy the one that BotFather sent, such as 123456:ABC-DEF")
    return value.strip()


def _server(value: str) -> str:
    address = value.strip().rstrip("/")
    if not _ADDRESS.fullmatch(address):
        raise ValueError("this is no address; write one such as http://127.0.0.1:8081")
    if address.endswith("/bot"):
        raise ValueError("leave out the /bot at the end; it is added for you")
    return address


def _folder(value: str) -> Path:
    path = Path(value)
    if not path.is_dir():
        raise ValueError(f"there is no folder {path}; make it, or leave the setting out")
    return path


def _names(value: Any) -> Any:
    return tuple(name.strip() for name in value.split(",") if name.strip()) if isinstance(value, str) else value


class Settings(BaseSettings):
    """The settings, each under BOT_ and its name. Read them with `read_settings`."""

    model_config = SettingsConfigDict(env_prefix="BOT_", extra="ignore")

    token: Annotated[SecretStr, BeforeValidator(_token)] | None = None
    token_file: Path | None = None
    key: SecretStr | None = None  # 32 bytes in hex or base64; without it a key file is made in the data folder
    api_base_url: Annotated[str, BeforeValidator(_server)] | None = None
    data_dir: Path = Path("data")
    flows_dir: Annotated[Path, BeforeValidator(_folder)] | None = None
    locales_dir: Annotated[Path, BeforeValidator(_folder)] | None = None
    host: str = "127.0.0.1"
    port: int = Field(default=8080, ge=0, le=65535)
    hosts: Annotated[tuple[str, ...], NoDecode, BeforeValidator(_names)] = ("localhost", "127.0.0.1")
    report_to: str | None = None
    log_level: str = Field(default="INFO", pattern="^(DEBUG|INFO|WARNING|ERROR)$")


def read_settings() -> Settings:
    """The settings of the environment. Raises `SettingsError` with all that is wrong."""
    try:
        settings = Settings()
    except ValidationError as error:
        raise SettingsError([_fault(dict(fault)) for fault in error.errors(include_input=False)]) from None
    return _with_token_file(settings)


def _fault(fault: dict[str, Any]) -> str:
    name = f"BOT_{fault['loc'][0]}".upper() if fault["loc"] else "settings"
    return f"{name}: {str(fault['msg']).removeprefix('Value error, ')}"


def _with_token_file(settings: Settings) -> Settings:
    if settings.token_file is None:
        return settings
    try:
        token = _token(settings.token_file.read_text(encoding="utf-8"))
    except OSError:
        raise SettingsError([f"BOT_TOKEN_FILE: cannot read {settings.token_file}; check its path and rights"]) from None
    except ValueError as error:
        raise SettingsError([f"BOT_TOKEN_FILE: {error}"]) from None
    return settings.model_copy(update={"token": SecretStr(token)})

"""What can be known of the container without an engine: that its files name what exists, and keep what they promise."""

from __future__ import annotations

import asyncio
import json
import re
import shlex
import socket
import sys
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement

from bonewise import health
from bonewise.service.service import DRAIN
from bonewise.settings import Settings
from tests.end_to_end.process import running

ROOT = Path(__file__).parents[1]
DATA = "/data"
SERVICE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]["bonewise"]
SETTINGS = {f"BOT_{name.upper()}" for name in Settings.model_fields}


def instructions() -> list[tuple[str, str]]:
    """The Dockerfile's instructions, each in one line."""
    lines = [line for line in (ROOT / "Dockerfile").read_text().splitlines() if not line.startswith("#")]
    joined = re.sub(r"\\\n\s*", "", "\n".join(lines))
    return [(name, rest) for name, _, rest in (line.partition(" ") for line in joined.splitlines() if line)]


def last_stage() -> list[tuple[str, str]]:
    found = instructions()
    return found[max(number for number, (name, _) in enumerate(found) if name == "FROM") :]


def of(name: str, stage: list[tuple[str, str]]) -> list[str]:
    return [rest for instruction, rest in stage if instruction == name]


def environment() -> dict[str, str]:
    return dict(pair.split("=", 1) for rest in of("ENV", last_stage()) for pair in shlex.split(rest))


def test_the_example_names_every_setting_once_and_nothing_else() -> None:
    named = re.findall(r"^#?(\w+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)
    assert sorted(named) == sorted(SETTINGS)


def test_the_example_takes_nothing_from_the_image_when_it_is_copied() -> None:
    example = re.findall(r"^(\w+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)
    ours = {name for name in environment() if name.startswith("BOT_")}
    assert ours <= SETTINGS
    assert {*ours, "BOT_PORT"}.isdisjoint(example)


def test_an_example_that_is_only_copied_is_as_good_as_no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for line in re.findall(r"^\w+=.*", (ROOT / ".env.example").read_text(), re.MULTILINE):
        monkeypatch.setenv(*line.split("=", 1))
    assert Settings() == Settings.model_construct()


def test_the_service_can_write_nowhere_but_into_its_volume_and_tmp() -> None:
    assert SERVICE["read_only"] is True
    assert SERVICE["tmpfs"] == ["/tmp"]  # noqa: S108 - a path in the container
    assert SERVICE["volumes"] == [f"data:{DATA}"]
    assert environment()["BOT_DATA_DIR"] == DATA
    assert of("VOLUME", last_stage()) == [DATA]
    assert "data" in yaml.safe_load((ROOT / "docker-compose.yml").read_text())["volumes"]


def test_the_service_has_no_rights_to_spare() -> None:
    assert SERVICE["cap_drop"] == ["ALL"]
    assert SERVICE["security_opt"] == ["no-new-privileges:true"]
    assert "privileged" not in SERVICE
    assert all(port.startswith("127.0.0.1:") for port in SERVICE["ports"])


def test_a_stop_gives_more_time_than_draining_takes() -> None:
    assert int(SERVICE["stop_grace_period"].removesuffix("s")) > DRAIN


def test_the_port_that_is_published_is_the_one_that_is_served() -> None:
    port = str(Settings.model_fields["port"].default)
    assert port == str(health.PORT)
    assert of("EXPOSE", last_stage()) == [port]
    assert [published.rpartition(":")[2] for published in SERVICE["ports"]] == [port]


def test_the_process_is_a_user_of_its_own_and_gets_the_signals_itself() -> None:
    stage = last_stage()
    [user] = of("USER", stage)
    assert user == "10001:10001"
    names = [name for name, _ in stage]
    assert "RUN" not in names[names.index("USER") :]
    assert json.loads(of("ENTRYPOINT", stage)[0]) + json.loads(of("CMD", stage)[0]) == ["bonewise", "run"]


def test_images_are_of_a_named_version_and_no_secret_is_built_in() -> None:
    assert of("ARG", instructions()) == ["PYTHON=3.11-slim"]
    assert {rest.split()[0] for rest in of("FROM", instructions())} == {"python:${PYTHON}"}
    assert not {"BOT_TOKEN", "BOT_TOKEN_FILE", "BOT_KEY"} & environment().keys()
    assert "ADD" not in [name for name, _ in instructions()]


def test_what_is_copied_reaches_the_build_and_nothing_else_does() -> None:
    ignored = (ROOT / ".dockerignore").read_text().split()
    allowed = {line.removeprefix("!") for line in ignored if line.startswith("!")}
    copied = {
        source for rest in of("COPY", instructions()) if not rest.startswith("--from") for source in rest.split()[:-1]
    }
    assert ignored[0] == "*"
    assert copied == allowed
    assert all((ROOT / name).exists() for name in copied)


def test_what_is_taken_out_of_the_image_is_nothing_that_runs() -> None:
    [taken_out] = re.findall(r"bin/pip uninstall --yes (.*)", (ROOT / "Dockerfile").read_text())
    assert "hatchling" in taken_out.split()
    assert needed("bonewise") & set(taken_out.split()) == set()


def needed(name: str) -> set[str]:
    """What a distribution needs to run, and what that needs, without extras."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        for line in metadata.requires(waiting.pop()) or ():
            one = Requirement(line)
            if one.name.lower() not in found and (one.marker is None or one.marker.evaluate({"extra": ""})):
                found.add(one.name.lower())
                waiting.append(one.name)
    return found


async def test_the_health_check_says_whether_it_answers(tmp_path: Path) -> None:
    async with running(tmp_path, hosts="chat.example") as bot:
        assert await checked(BOT_PORT=bot.port) == 0
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))  # held, so that nobody else opens it meanwhile
        port = str(nobody.getsockname()[1])
        assert await checked(BOT_PORT=port) == 1
        assert await checked(BOT_PORT=port, BOT_TOKEN="1:a", BOT_WEBHOOK_URL="https://bones.example/telegram") == 1
        assert await checked(BOT_PORT=port, BOT_TOKEN="1:a") == 0


async def checked(**settings: str) -> int:
    """The exit code of the image's health check with these settings."""
    [check] = of("HEALTHCHECK", last_stage())
    python, *rest = json.loads(check.partition("CMD ")[2])
    assert python == "python"
    process = await asyncio.create_subprocess_exec(sys.executable, *rest, env=settings)
    return await process.wait()

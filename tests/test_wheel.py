"""The wheel as somebody installs it: one package, with its flows and words in it, and no checkout anywhere near."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MIND = {name: value for name, value in os.environ.items() if not name.startswith(("BOT_", "PYTHON", "BONEWISE_"))}


def run(*command: str | Path, folder: Path) -> str:
    """What a command says on stdout; fails with what it says on stderr."""
    done = subprocess.run([*map(str, command)], cwd=folder, env=MIND, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet")
    run(*pip, "wheel", "--no-index", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, ROOT, folder=folder)
    [built] = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clean environment with the wheel; what it needs is seen where it is installed already."""
    home = tmp_path_factory.mktemp("home")
    run(sys.executable, "-m", "venv", "--without-pip", home, folder=home)
    python = home / "bin" / "python"
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", "--python", python)
    run(*pip, "install", "--no-index", "--no-deps", wheel, folder=home)
    own = Path(run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", folder=home).strip())
    (own / "needed.pth").write_text(sysconfig.get_path("purelib"))
    return python


def names(wheel: Path) -> list[str]:
    with zipfile.ZipFile(wheel) as archive:
        return archive.namelist()


def test_it_installs_one_package_and_no_other_name(wheel: Path) -> None:
    first = {name.partition("/")[0] for name in names(wheel)}
    assert {name for name in first if not name.endswith(".dist-info")} == {"bonewise"}


def test_it_carries_all_its_flows_words_and_files(wheel: Path) -> None:
    here = {
        f"bonewise/{path.relative_to(start).as_posix()}"
        for start, folder in (
            (ROOT / "bot/bonewise", ROOT / "bot/bonewise"),
            (ROOT, ROOT / "flows"),
            (ROOT, ROOT / "locales"),
        )
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }
    assert here - set(names(wheel)) == set()


def test_it_checks_its_flows_from_an_empty_folder(python: Path, tmp_path: Path) -> None:
    assert "goes wrong" in run(python.with_name("bonewise"), "check", "home", folder=tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_host_attaches_what_was_installed(python: Path, tmp_path: Path) -> None:
    found = run(python, "-c", "import bonewise; print(bonewise.attach.__module__, bonewise.__file__)", folder=tmp_path)
    module, file = found.split()
    assert module == "bonewise.plugin"
    assert Path(file).is_relative_to(python.parents[1])

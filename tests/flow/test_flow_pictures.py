"""Pictures: found beside the flows that name them, and looked at before anybody is shown them."""

from __future__ import annotations

from pathlib import Path

import pytest
from flow_samples import PICTURES, VALID, load, valid

from bonewise.flow.load import FlowError
from bonewise.flow.load_pictures import LARGEST, pictures_of
from bonewise.flow.model import Say
from bonewise.flow.picture import Picture
from bonewise.flow.texts import NeededText, needed_texts

PNG = (PICTURES / "two_systems.png").read_bytes()


def operator(folder: Path, content: bytes, name: str = "mine.png") -> Path:
    """An operator's folder of flows, with a page that shows this picture."""
    (folder / "flows" / "deep").mkdir(parents=True)
    (folder / "pictures").mkdir()
    (folder / "pictures" / name).write_bytes(content)
    page = f"flow: mine\nversion: 1\nkind: page\nsteps:\n  - {{say: hello, picture: {name}}}\n"
    (folder / "flows" / "deep" / "mine.yml").write_text(page, encoding="utf-8")
    return folder / "flows"


def fault(*directories: Path) -> str:
    with pytest.raises(FlowError) as caught:
        load(*directories)
    [found] = caught.value.diagnostics
    return str(found)


def picture_of(*directories: Path, flow: str = "mine") -> Picture:
    [say] = (step for step in load(*directories).flows[flow].steps if isinstance(step, Say))
    assert say.picture is not None
    return say.picture


def test_a_page_has_the_picture_of_the_folder_beside_its_flows() -> None:
    picture = picture_of(VALID, flow="learn_link")
    assert picture.path == PICTURES / "two_systems.png"
    assert pictures_of(valid()) == {picture.id: picture.path}


@pytest.mark.parametrize(
    ("name", "content"), [("mine.png", PNG), ("mine.jpg", b"\xff\xd8\xff\xe0"), ("a-1_b.webp", b"RIFF....WEBPVP8 ")]
)
def test_an_operators_flow_has_the_picture_beside_the_operators_flows(
    name: str, content: bytes, tmp_path: Path
) -> None:
    flows = operator(tmp_path, content, name)
    assert picture_of(VALID, flows).path == tmp_path / "pictures" / name
    assert len(pictures_of(load(VALID, flows))) == (1 if content == PNG else 2)


def test_a_picture_that_changes_gets_another_id(tmp_path: Path) -> None:
    flows = operator(tmp_path, PNG)
    before = picture_of(VALID, flows).id
    (tmp_path / "pictures" / "mine.png").write_bytes(PNG + b"more")
    assert picture_of(VALID, flows).id != before


def test_a_picture_has_a_size_that_people_can_load(tmp_path: Path) -> None:
    flows = operator(tmp_path, PNG + bytes(LARGEST - len(PNG)))
    assert picture_of(VALID, flows)
    with (tmp_path / "pictures" / "mine.png").open("ab") as file:
        file.write(b"x")
    assert fault(VALID, flows) == f"{flows}/deep/mine.yml:5:27: `mine.png` is larger than 5 MB; make it smaller"


@pytest.mark.parametrize("content", [b"<svg/>", b"\xff\xd8\xff\xe0"])
def test_a_picture_is_what_its_name_says(content: bytes, tmp_path: Path) -> None:
    flows = operator(tmp_path, content)
    assert fault(VALID, flows).endswith(":5:27: `mine.png` is no png file; save it as one, or rename it")


def test_a_picture_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    flows = operator(tmp_path, PNG)
    (tmp_path / "pictures" / "mine.png").unlink()
    (tmp_path / "pictures" / "mine.png").mkdir()
    assert ":5:27: `mine.png` cannot be read: " in fault(VALID, flows)


def test_what_a_picture_shows_is_said_in_every_language() -> None:
    mark = valid().flows["learn_link"].steps[0].mark
    assert NeededText("learn_link.short_answer.picture", mark, everywhere=True) in needed_texts(valid())

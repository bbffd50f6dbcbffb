"""What a button sends back: short, and nothing that is not known."""

from __future__ import annotations

from bonewise.dialogue import data

HOSTED = 8  # bytes of a host's prefix


def test_as_many_other_topics_as_there_is_room_for_stand_on_the_button_of_what_was_not_meant() -> None:
    named = data.not_meant("compression_fracture_nerves", ["b12", "diabetes", "compression_fracture_what"])
    assert named == "not:compression_fracture_nerves:b12+diabetes"
    parsed = data.parse(named)
    assert parsed is not None
    assert data.others_meant(parsed.parts[1]) == ["b12", "diabetes"]
    assert len(named) <= data.LIMIT - HOSTED


def test_without_other_topics_there_is_none_to_read() -> None:
    assert data.others_meant(data.not_meant("b12").rpartition(":")[2]) == []

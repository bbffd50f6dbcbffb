"""The project's own words of typed days and times."""

from pathlib import Path

from bonewise.scheduling.when_words import load_when

WORDS = load_when([Path(__file__).parents[2] / "locales"])

"""The words shown to people, in English and Chinese, from one catalogue.

They are neutral: they state what records contain.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

LANGUAGES = ("en", "zh")
Words = Mapping[str, str]


@cache
def catalogue() -> Mapping[str, Words]:
    """Every text by key, each in every language."""
    with (files("lookthrough.words") / "catalogue.toml").open("rb") as stream:
        texts: dict[str, dict[str, str]] = tomllib.load(stream)
    for key, words in texts.items():
        if tuple(words) != LANGUAGES:
            raise ValueError(f"catalogue.toml: {key} needs texts in {' and '.join(LANGUAGES)}")
    return texts


def say(key: str, language: str, **values: str) -> str:
    """The text with its {fields} filled in. Raises KeyError for an unknown key or a missing field."""
    return catalogue()[key][language].format_map(values)


def in_both(key: str, **values: str) -> dict[str, str]:
    return {language: say(key, language, **values) for language in LANGUAGES}

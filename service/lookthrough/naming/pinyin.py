"""How Chinese names sound, as people type it: without tones, in one piece, or the first letters only."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

_TONES = re.compile(r"(?<=[a-z])[1-5]")
_UMLAUT = re.compile(r"([ln])(?:v|yu)")


@lru_cache(maxsize=65_536)
def syllables(run: str) -> tuple[str, ...]:
    """One syllable a character of a run of simplified Chinese characters, in plain letters."""
    from pypinyin import lazy_pinyin  # noqa: PLC0415  its dictionaries take most of a second

    return tuple(_plain(syllable) for syllable in lazy_pinyin(run))


def typed(text: str) -> str:
    """Syllables as somebody may type them, in the letters of `syllables`: `zi4jie2`, `lv`, `lyu`."""
    return _plain(_TONES.sub("", text))


def _plain(syllable: str) -> str:
    return _UMLAUT.sub(r"\1u", syllable)


def initials(sounds: Sequence[str]) -> str:
    return "".join(syllable[0] for syllable in sounds)

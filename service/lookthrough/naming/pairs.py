"""Whether two names may be names of one entity: a guess for people to judge, never proof."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import product

from rapidfuzz import fuzz

from .folding import fold, has_han
from .legal_forms import Words, parts
from .pinyin import syllables

LEAST_ALIKE = 88
"""Of 100, below which two names in letters are not taken for one with a slip."""


class Alike(StrEnum):
    """What two names have in common."""

    SAME_NAME = "same_name"
    SAME_BUT_FORM = "same_name_but_form"
    SAME_SOUND = "same_sound"
    SIMILAR_NAME = "similar_name"


_SCORES = {Alike.SAME_NAME: 90, Alike.SAME_BUT_FORM: 85, Alike.SAME_SOUND: 75}


@dataclass(frozen=True, slots=True, order=True)
class Pair:
    """Two names that are alike; `score` in hundredths, below 100 since a name alone proves nothing."""

    score: int
    how: Alike
    one: str
    other: str
    forms_contradict: bool


def best_pair(some: Iterable[str], others: Iterable[str]) -> Pair | None:
    """The two names that are most alike, if any are."""
    pairs = (_pair(one, other) for one, other in product(some, list(others)) if one and other)
    return max((pair for pair in pairs if pair), default=None)


def _pair(one: str, other: str) -> Pair | None:
    words, others = fold(one), fold(other)
    mine, theirs = parts(words), parts(others)
    if not mine.core or not theirs.core or _numbers(words) != _numbers(others):
        return None
    if words == others:
        return Pair(_SCORES[Alike.SAME_NAME], Alike.SAME_NAME, one, other, forms_contradict=False)
    found = _alike(mine.core, theirs.core)
    if found is None:
        return None
    how, score = found
    return Pair(score, how, one, other, forms_contradict=mine.contradicts(theirs))


def _alike(one: Words, other: Words) -> tuple[Alike, int] | None:
    piece, other_piece = "".join(one), "".join(other)
    if piece == other_piece:
        return Alike.SAME_BUT_FORM, _SCORES[Alike.SAME_BUT_FORM]
    if _chinese(one) != _chinese(other) and _sound(one) == _sound(other):
        return Alike.SAME_SOUND, _SCORES[Alike.SAME_SOUND]
    likeness = fuzz.token_sort_ratio(" ".join(one), " ".join(other))
    if likeness < LEAST_ALIKE:
        return None
    return Alike.SIMILAR_NAME, round(likeness * 0.8)


def _chinese(words: Words) -> bool:
    return any(map(has_han, words))


def _sound(words: Words) -> str:
    return "".join(syllable for word in words for syllable in (syllables(word) if has_han(word) else (word,)))


def _numbers(words: Words) -> list[str]:
    """What tells a second fund from a third; a slip in a number is another number."""
    return sorted(word for word in words if any(c.isdigit() for c in word) or not word.strip("ivx"))

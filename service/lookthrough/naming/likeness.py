"""How well a name answers a text that somebody typed, and how alike two names are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import DamerauLevenshtein

from .folding import fold, has_han
from .legal_forms import Words, parts
from .pinyin import initials, syllables, typed

THOUSANDTHS = 1_000
_TOO_FAR = 600


class Answer(IntEnum):
    """In what way a name answers, the best first."""

    SAME = 0
    SAME_BUT_FORM = 1
    SOUNDS_SAME = 2
    BEGINS = 3
    HAS_WORDS = 4
    SOUNDS_BEGIN = 5
    INITIALS = 6
    SIMILAR = 7


@dataclass(frozen=True, slots=True)
class _Name:
    """A name as it is compared: in words, in one piece with and without its form, as it sounds."""

    words: Words
    core: Words
    piece: str
    core_piece: str
    sound: str
    first_letters: str


@lru_cache(maxsize=65_536)
def _taken_apart(name: str) -> _Name:
    words = fold(name)
    core = parts(words).core
    sounds = [s for word in core for s in (syllables(word) if has_han(word) else (word,))]
    chinese = any(map(has_han, core))
    return _Name(
        words=words,
        core=core,
        piece="".join(words),
        core_piece="".join(core),
        sound="".join(sounds) if chinese else "",
        first_letters=initials(sounds) if chinese else "",
    )


def rank(text: str, names: Iterable[str]) -> tuple[int, int] | None:
    """How well the best of the names answers: the way, then how far it is (thousandths); less is better.

    None where no name is like the text at all.
    """
    asked = _taken_apart(text)
    found = (_rank(asked, _taken_apart(name)) for name in names if name)
    return min((rank for rank in found if rank), default=None)


def _rank(asked: _Name, name: _Name) -> tuple[int, int] | None:
    if not asked.piece or not name.piece:
        return None
    nearness = round(max(fuzz.ratio(asked.piece, one) for one in (name.piece, name.sound)) * 10)
    way = _way(asked, name)
    if way is Answer.SIMILAR:
        similarity = _similarity(asked, name)
        if similarity < _TOO_FAR:
            return None
        nearness = (2 * similarity + nearness) // 3  # of names with a word as near, the shorter is meant
    return int(way), THOUSANDTHS - nearness


def _way(asked: _Name, name: _Name) -> Answer:
    if asked.piece == name.piece:
        return Answer.SAME
    if asked.core_piece == name.core_piece:
        return Answer.SAME_BUT_FORM
    if asked.sound and asked.sound == name.sound:
        return Answer.SOUNDS_SAME
    if name.piece.startswith(asked.piece):
        return Answer.BEGINS
    if all(_is_in(word, name) for word in asked.core):
        return Answer.HAS_WORDS
    return _way_it_sounds(asked, name)


def _way_it_sounds(asked: _Name, name: _Name) -> Answer:
    heard = asked.sound or typed(asked.piece)
    if heard == name.sound:
        return Answer.SOUNDS_SAME
    if heard in name.sound:
        return Answer.SOUNDS_BEGIN
    if heard in name.first_letters:
        return Answer.INITIALS
    return Answer.SIMILAR


def _is_in(word: str, name: _Name) -> bool:
    if has_han(word):
        return any(word in other for other in name.words)
    return any(other.startswith(word) for other in name.words)


def _similarity(asked: _Name, name: _Name) -> int:
    """The mean over the words asked for of how near each comes to some word, in thousandths."""
    pieces = {*name.words, name.core_piece, name.sound} - {""}
    as_words = [max(_near(word, piece) for piece in pieces) for word in asked.core]
    in_one_piece = max(
        _near(one, piece) for one in {asked.core_piece, asked.sound} - {""} for piece in pieces
    )
    return max(in_one_piece, round(sum(as_words) / len(as_words)))


def _near(one: str, other: str) -> int:
    return round(DamerauLevenshtein.normalized_similarity(one, other) * THOUSANDTHS)

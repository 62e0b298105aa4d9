"""What is indexed of a name, and what is asked of the index for a text that somebody typed.

The index splits text at blanks and Chinese text into its characters. It holds the folded names, and in one
piece what people may run together or type as it sounds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from .folding import fold, has_han
from .legal_forms import parts
from .pinyin import initials, syllables, typed

VERSION = 1
"""Raised with every change of what `indexed` gives, so that what is stored is made anew."""

_LONGEST = 40
_ONE_WRONG_FROM, _TWO_WRONG_FROM = 4, 8
_ONE_MISSING = range(4, 11)


def indexed(names: Iterable[str]) -> str:
    """The text to index for the names of one entity."""
    return " ".join(dict.fromkeys(word for name in names if name for word in _indexed(name)))


def _indexed(name: str) -> Iterator[str]:
    words = fold(name)
    yield from words
    letters = [word for word in words if not has_han(word)]
    if len(letters) > 1:
        yield "".join(letters)[:_LONGEST]
    for run in words:
        if has_han(run):
            yield "".join(syllables(run))[:_LONGEST]
    for run in parts(words).core:
        if has_han(run):
            yield from _sounds(syllables(run))


def _sounds(sounds: Sequence[str]) -> Iterator[str]:
    """From every character on to the end: syllables in one piece, and their first letters."""
    for start in range(len(sounds)):
        yield "".join(sounds[start:])[:_LONGEST]
        if len(sounds) - start > 1:
            yield initials(sounds[start:])[:_LONGEST]


def asked(text: str) -> str:
    """The question to the index, in the language of its parser, for any text at all; empty for no words.

    Every word must be there: as it is, begun, slightly misspelt, or as it sounds. Legal forms need not.
    """
    words = fold(text)
    split = parts(words)
    clauses = [" AND ".join(_clause(word) for word in split.core)] if split.core else []
    if not any(map(has_han, words)):
        pieces = {piece for some in (words, split.core) if (piece := "".join(some))}
        clauses += [_word(piece[:_LONGEST]) for piece in sorted(pieces | set(map(typed, pieces)))]
    wanted = " OR ".join(f"({clause})" for clause in clauses)
    # an exact form beside the name only moves it up
    return f"+({wanted}) {' '.join(split.form)}".rstrip() if wanted else ""


def _clause(word: str) -> str:
    return _characters(word) if has_han(word) else _word(word)


def _word(word: str) -> str:
    """Folded words hold nothing but small letters and digits, so nothing in them acts as an operator."""
    fuzzy = 0 if word.isdigit() else (len(word) >= _ONE_WRONG_FROM) + (len(word) >= _TWO_WRONG_FROM)
    forms = [f"{word}^8", f"{word}*^2", *([f"{word}~{fuzzy}"] if fuzzy else [])]
    return f"({' OR '.join(forms)})"


def _characters(run: str) -> str:
    """Side by side, all of them somewhere, all but one, or others that sound the same."""
    forms = [f'"{run}"^8', f"({' AND '.join(run)})^2"]
    if len(run) in _ONE_MISSING:
        forms += [f"({' AND '.join(some)})" for some in combinations(run, len(run) - 1)]
    if len(run) > 1 and (sound := "".join(syllables(run))):
        forms.append(f"{sound[:_LONGEST]}*")
    return f"({' OR '.join(forms)})"

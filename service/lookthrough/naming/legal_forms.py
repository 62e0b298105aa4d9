"""A name and its legal form: `Co., Ltd.` and `有限公司` say what a company is, not what it is called."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from .folding import fold, has_han

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Parts:
    """A folded name taken apart: what it is called, and the forms that what stands beside it may mean."""

    core: Words
    form: Words
    classes: frozenset[str]

    def contradicts(self, other: Parts) -> bool:
        """Both say a form, and no form is meant by both."""
        return bool(self.classes and other.classes) and self.classes.isdisjoint(other.classes)


@cache
def forms() -> Mapping[Words, frozenset[str]]:
    """Every spelling in folded words, with the forms that it stands for."""
    with (files("lookthrough.naming") / "legal_forms.toml").open("rb") as stream:
        table: dict[str, list[str]] = tomllib.load(stream)
    found: defaultdict[Words, set[str]] = defaultdict(set)
    for form, spellings in table.items():
        for spelling in spellings:
            found[fold(spelling)].add(form)
    return {words: frozenset(meant) for words, meant in found.items()}


@cache
def _longest() -> int:
    return max(map(len, forms()))


@lru_cache(maxsize=65_536)
def parts(words: Words) -> Parts:
    """Take the longest spelling of a form off the end, else off the beginning; never the whole name.

    >>> parts(fold("Volvo Car AB (publ)")).core
    ('volvo', 'car')
    """
    split = _words_at_an_end(words) or _characters_at_an_end(words)
    return split or Parts(words, (), frozenset())


def _words_at_an_end(words: Words) -> Parts | None:
    for length in range(min(_longest(), len(words) - 1), 0, -1):
        for core, form in ((words[:-length], words[-length:]), (words[length:], words[:length])):
            if form in forms():
                return Parts(core, form, forms()[form])
    return None


def _characters_at_an_end(words: Words) -> Parts | None:
    for place, form in _attached(words):
        word = words[place]
        rest = word.removesuffix(form) if word.endswith(form) else word.removeprefix(form)
        if rest:
            return Parts((*words[:place], rest, *words[place + 1 :]), (form,), forms()[form,])
    return None


def _attached(words: Words) -> Iterable[tuple[int, str]]:
    """Forms in Chinese characters that the last word ends with or the first begins with."""
    for form in _han_forms():
        if words and words[-1].endswith(form):
            yield len(words) - 1, form
        if words and words[0].startswith(form):
            yield 0, form


@cache
def _han_forms() -> Sequence[str]:
    spelt = [words[0] for words in forms() if len(words) == 1 and has_han(words[0])]
    return sorted(spelt, key=lambda form: (-len(form), form))

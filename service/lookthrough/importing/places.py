"""Countries and nationalities in words, as registers file them, to ISO 3166 codes."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

_CUTS = re.compile(r"[,/;|]| and ")


@cache
def _table(name: str) -> dict[str, str]:
    text = (files("lookthrough.importing") / "places.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)[name]
    return {word: code for code, words in table.items() for word in words}


def country(words: str) -> str | None:
    """The code of a country, or of a part of the United Kingdom; None where the words are not known."""
    return _table("countries").get(_plain(words))


def nationalities(words: str) -> tuple[str, ...] | None:
    """The codes of one or several nationalities; None unless all of them are known."""
    whole = _table("nationalities").get(_plain(words))
    if whole:
        return (whole,)
    codes = [_table("nationalities").get(_plain(part)) for part in _CUTS.split(words) if part.strip()]
    known = tuple(dict.fromkeys(code for code in codes if code))
    return known if known and all(codes) else None


def _plain(words: str) -> str:
    return " ".join(words.casefold().replace(".", "").replace("&", "and").split()).removeprefix("the ")

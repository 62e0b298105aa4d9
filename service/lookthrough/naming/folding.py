"""Names without what people leave out: case, accents, points, the choice between two Chinese scripts."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from opencc import OpenCC

HAN = "\u3005\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_HAN_RUN = re.compile(f"([{HAN}]+)")
_LEFT_OUT = re.compile(r"['’‘ʼ`´.·]")
_PLAIN = str.maketrans(
    {"ø": "o", "đ": "d", "ð": "d", "ł": "l", "ı": "i", "ħ": "h", "æ": "ae", "œ": "oe", "þ": "th"}
)


@lru_cache(maxsize=65_536)
def fold(name: str) -> tuple[str, ...]:
    """The words of a name in small letters; every run of Chinese characters is one, in simplified script.

    >>> fold("L'Oréal S.A.")
    ('loreal', 'sa')
    >>> fold("騰訊 Holdings")
    ('腾讯', 'holdings')
    """
    text = unicodedata.normalize("NFKC", name).casefold()
    text = simplified(_LEFT_OUT.sub("", text))
    text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    text = unicodedata.normalize("NFC", text).translate(_PLAIN)
    text = "".join(c if c.isalnum() else " " for c in text)
    return tuple(_HAN_RUN.sub(r" \1 ", text).split())


def has_han(text: str) -> bool:
    return _HAN_RUN.search(text) is not None


def simplified(text: str) -> str:
    """Traditional characters as simplified ones; all else stays."""
    return _converter().convert(text) if has_han(text) else text


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


def compact(identifier: str) -> str:
    """An identifier without case, blanks and signs: `CHE-123.456.789` is `CHE123456789`."""
    return "".join(c for c in unicodedata.normalize("NFKC", identifier).upper() if c.isalnum())

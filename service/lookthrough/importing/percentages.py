"""Percentages as registers and investigators write them in words and signs, to the forms of `figures`."""

from __future__ import annotations

import re
import unicodedata

from .figures import share

LONGEST = 250
"""Characters; longer texts are sentences, not figures."""

_FIGURE = r"(?:[0-9]+(?:[.,][0-9]+|/[0-9]+)?|\.[0-9]+)"
_SIGN = r"\s*(?:%|percent|per cent|pct)?\s*"
_OVER = r"(?P<over>>(?!=)|over\b|above\b|more than\b|greater than\b)"
_FROM = r"(?P<from>>=|≥|at least\b|not less than\b|no less than\b|from\b)"
_UNDER = r"(?P<under><(?!=)|under\b|below\b|less than\b)"
_UP_TO = r"(?P<up_to><=|≤|up to\b|at most\b|not more than\b|no more than\b)"
_LOW, _HIGH = rf"(?:{_OVER}|{_FROM})\s*", rf"(?:{_UNDER}|{_UP_TO})\s*"
_THEN = rf"(?:(?:-|to\b|and\b|but\b|;)\s*(?:{_HIGH})?|{_HIGH.replace('?P<', '?P<also_')})"

_FORMS = (
    re.compile(rf"(?P<exact>{_FIGURE}){_SIGN}"),
    re.compile(rf"(?:between\s+|{_LOW})?(?P<low>{_FIGURE}){_SIGN}{_THEN}(?P<high>{_FIGURE}){_SIGN}"),
    re.compile(rf"{_LOW}(?P<low>{_FIGURE}){_SIGN}"),
    re.compile(rf"(?P<low>{_FIGURE}){_SIGN}(?:\+|or more|and more|or above|and above|or over)"),
    re.compile(rf"{_HIGH}(?P<high>{_FIGURE}){_SIGN}"),
    re.compile(rf"(?P<high>{_FIGURE}){_SIGN}(?:or less|and less|or below|and below|or under)"),
    re.compile(
        rf"(?P<left>[\[(])\s*(?P<low>{_FIGURE.replace(',', '')}){_SIGN}[,;-]\s*"
        rf"(?P<high>{_FIGURE.replace(',', '')}){_SIGN}(?P<right>[\])])"
    ),
)
_DASHES = str.maketrans("‐‑‒–—−", "------")


def percent(words: str) -> str | None:
    """The percent as `figures.share` reads it (`25–50 %` is `[25,50]`); None for words not understood.

    A comma before decimals is a point. A fraction needs its sign: `1/2` may be half of it or half a percent.
    Raises Fault where a figure lies outside 0 to 100, or the ends of a range are the wrong way round.
    """
    plain = " ".join(unicodedata.normalize("NFKC", words).translate(_DASHES).casefold().split())
    if len(plain) > LONGEST or ("/" in plain and not re.search("%|percent|per cent|pct", plain)):
        return None
    found = next((match for form in _FORMS if (match := form.fullmatch(plain))), None)
    if found is None:
        return None
    text = _text({name: value for name, value in found.groupdict().items() if value})
    share(text)
    return text


def _text(parts: dict[str, str]) -> str:
    if "exact" in parts:
        return _figure(parts["exact"])
    low, high = _figure(parts.get("low", "0")), _figure(parts.get("high", "100"))
    opens = "over" in parts or parts.get("left") == "("
    shuts = bool({"under", "also_under"} & parts.keys()) or parts.get("right") == ")"
    if low == high and not opens and not shuts:
        return low
    return f"{'(' if opens else '['}{low},{high}{')' if shuts else ']'}"


def _figure(text: str) -> str:
    return text.replace(",", ".")

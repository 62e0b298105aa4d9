"""Natures of control in the register's short words: `Ownership of shares – 75% or more`."""

from __future__ import annotations

import re

from lookthrough.control.facts import Kind, Lane

from .psc_codes import Nature

_BANDS = {
    "more than 25% but not more than 50%": "(25,50]",
    "more than 50% but less than 75%": "(50,75)",
    "75% or more": "[75,100]",
    "more than 25%": "(25,100]",
}
_LANES = {
    "ownership of shares": Lane.SHARES,
    "shares": Lane.SHARES,
    "ownership of voting rights": Lane.VOTES,
    "holds voting rights": Lane.VOTES,
    "voting rights": Lane.VOTES,
    "right to surplus assets": Lane.SHARES,
}
_KINDS = {"trust": Kind.TRUST, "firm": Kind.PARTNERSHIP}
_THROUGH = (
    r"(?: (?:with control over the trustees|as (?:the )?trustees|as a member|over the trustees) "
    r"of a (?P<through>trust|firm))?"
)
_BAND = rf"(?P<band>{'|'.join(_BANDS)})"
_BOARD = r"(?:right to appoint or remove (?:directors|members|persons))"
_OVER = r"has significant influence over a (?P<through>trust|firm) which "

_FIGURES = re.compile(rf"(?P<right>{'|'.join(_LANES)}) [–-] {_BAND}{_THROUGH}")
_FIGURES_OF = re.compile(
    rf"{_OVER}(?:holds|has) {_BAND} of the (?P<right>shares|voting rights) in the entity"
)
_APPOINTS = re.compile(
    rf"{_BOARD}{_THROUGH}|{_OVER.replace('through', 'other')}has the {_BOARD} of the entity"
)
_CONTROLS = re.compile(
    rf"has significant influence(?: or control| over the entity){_THROUGH}"
    rf"|{_OVER.replace('through', 'other')}(?:has control of|controls) the entity"
)
_NOMINEE = "overseas entity holds land or property in "


def described(words: str) -> tuple[Nature, ...] | None:
    """The stakes that a phrase states: one, or none where land is held; None for words of somebody else."""
    plain = " ".join(words.casefold().split())
    if plain.startswith(_NOMINEE):
        return ()
    if found := _FIGURES.fullmatch(plain) or _FIGURES_OF.fullmatch(plain):
        holding = "surplus-assets" if found["right"] == "right to surplus assets" else ""
        return (Nature(_LANES[found["right"]], _BANDS[found["band"]], holding, _through(found)),)
    for form, lane in ((_APPOINTS, Lane.BOARD), (_CONTROLS, Lane.CONTROL)):
        if found := form.fullmatch(plain):
            return (Nature(lane, "", "", _through(found)),)
    return None


def _through(found: re.Match[str]) -> Kind | None:
    told = found.groupdict()
    return _KINDS.get(told.get("through") or told.get("other") or "")

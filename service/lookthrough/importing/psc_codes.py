"""Natures of control in the register of people with significant control (Companies Act 2006, Schedule 1A)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lookthrough.control.facts import Kind, Lane

from .cells import Fault

_BANDS = {"25-to-50": "(25,50]", "50-to-75": "(50,75)", "75-to-100": "[75,100]", "more-than-25": "(25,100]"}
"""As the regulations word them: over 25 to 50 at most, over 50 but less than 75, 75 or more."""

_LANES = {
    "ownership-of-shares": Lane.SHARES,
    "voting-rights": Lane.VOTES,
    "right-to-share-surplus-assets": Lane.SHARES,
    "right-to-appoint-and-remove-directors": Lane.BOARD,
    "right-to-appoint-and-remove-members": Lane.BOARD,
    "right-to-appoint-and-remove-person": Lane.BOARD,
    "significant-influence-or-control": Lane.CONTROL,
}
_THROUGH = {"trust": Kind.TRUST, "firm": Kind.PARTNERSHIP}
_CODE = re.compile(
    rf"(?:part-)?(?P<right>{'|'.join(_LANES)})(?:-(?P<band>{'|'.join(_BANDS)})-percent)?"
    r"(?:-as-(?:control-over-)?(?P<through>trust|firm))?"
    r"(?:-limited-liability-partnership|-registered-overseas-entity)?"
)
_NOMINEE = "registered-owner-as-nominee-"
"""The overseas entity holds land for the person; that says nothing of who holds the entity."""

NAMELESS = (
    "psc-exists-but-not-identified",
    "psc-details-not-confirmed",
    "steps-to-find-psc-not-yet-completed",
    "psc-contacted-but-no-response",
    "awaiting-confirmation-from-psc",
    "no-beneficial-owner-identified",
    "at-least-one-beneficial-owner-unidentified",
    "at-least-one-beneficial-owner-unidentified-and-information-not-provided-for-at-least-one-beneficial-owner",
)
"""Statements that somebody holds, or may hold, a stake and is not named."""
SAYINGS = (
    "no-individual-or-entity-with-signficant-control",
    "psc-has-failed-to-confirm-changed-details",
    "restrictions-notice-issued-to-psc",
    "all-beneficial-owners-identified",
    "information-not-provided-for-at-least-one-beneficial-owner",
    "nobody-has-become-or-ceased-to-be-a-beneficial-owner",
    "somebody-has-become-or-ceased-to-be-a-beneficial-owner",
    "no-change-beneficial-owner-relevant-period",
    "change-beneficial-owner-relevant-period",
    "no-trust-involved-relevant-period",
    "trust-involved-relevant-period",
    "no-change-beneficiary-relevant-period",
    "change-beneficiary-relevant-period",
)
"""Statements that name no stake; that nobody is registrable leaves up to 25% with each of unknown holders."""


@dataclass(frozen=True, slots=True)
class Nature:
    """What a code says: lane, `percent` as text, and what stands between if it is held through that."""

    lane: Lane
    percent: str
    holding: str
    through: Kind | None


def nature(code: str) -> Nature | None:
    """The stake that a code states; None for one that states none. Raises Fault for one that is not known."""
    if code.startswith(_NOMINEE):
        return None
    found = _CODE.fullmatch(code)
    if found is None:
        raise Fault(f"{code[:100]!r} is no nature of control that is known.")
    lane, band = _LANES[found["right"]], found["band"]
    if lane.has_figure != (band is not None):
        raise Fault(f"{code[:100]!r} is no nature of control that is known.")
    holding = "surplus-assets" if found["right"] == "right-to-share-surplus-assets" else ""
    through = _THROUGH[found["through"]] if found["through"] else None
    return Nature(lane, _BANDS[band] if band else "", holding, through)


def names_nobody(statement: str) -> bool:
    """Whether a statement says that somebody is not named. Raises Fault for one that is not known."""
    code = statement.removesuffix("-partnership")
    if code not in (*NAMELESS, *SAYINGS):
        raise Fault(f"{statement[:100]!r} is no statement that is known.")
    return code in NAMELESS

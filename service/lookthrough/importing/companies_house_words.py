"""The words of the basic company data of Companies House, in lower case: categories and statuses."""

from __future__ import annotations

from lookthrough.control.facts import Kind

_COMPANIES = (
    "private limited company",
    "private unlimited company",
    "private unlimited",
    "public limited company",
    "old public company",
    "community interest company",
    "pri/ltd by guar/nsc (private, limited by guarantee, no share capital)",
    "pri/lbg/nsc (private, limited by guarantee, no share capital, use of 'limited' exemption)",
    "priv ltd sect. 30 (private limited company, section 30 of the companies act)",
    "european public limited-liability company (se)",
    "united kingdom societas",
    "protected cell company",
    "charitable incorporated organisation",
    "scottish charitable incorporated organisation",
    "registered society",
    "industrial and provident society",
    "royal charter company",
    "further education and sixth form college corps",
    "uk economic interest grouping",
)
_PARTNERSHIPS = (
    "limited liability partnership",
    "limited partnership",
    "scottish limited partnership",
    "scottish partnership",
    "scottish qualifying partnership",
)
_FUNDS = (
    "investment company with variable capital",
    "investment company with variable capital (securities)",
    "investment company with variable capital(umbrella)",
)
_ANYTHING = ("overseas entity", "other company type", "converted/closed", "unregistered company")

CATEGORIES: dict[str, Kind] = {
    **dict.fromkeys(_COMPANIES, Kind.COMPANY),
    **dict.fromkeys(_PARTNERSHIPS, Kind.PARTNERSHIP),
    **dict.fromkeys(_FUNDS, Kind.FUND),
    **dict.fromkeys(_ANYTHING, Kind.UNKNOWN),
}
"""Charities, societies and chartered bodies count as companies that somebody may hold: taken for bodies
without owners, all that they hold would be proven clean."""

STATUSES = (
    "active",
    "active - proposal to strike off",
    "administration order",
    "administrative receiver",
    "in administration",
    "in administration/administrative receiver",
    "in administration/receiver manager",
    "liquidation",
    "live but receiver manager on at least one charge",
    "receiver manager / administrative receiver",
    "receivership",
    "voluntary arrangement",
    "voluntary arrangement / administrative receiver",
    "voluntary arrangement / receiver manager",
)
"""Companies that exist."""
GONE = (
    "dissolved",
    "converted/closed",
    "converted / closed",
    "closed",
    "removed",
    "petition to restore - dissolved",
)
"""Companies that don't exist any more."""

"""Charts that every pack can be asked about: the parties in question are on every list and seated in CN."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from tests.unit.control.build import Row, stakes

from lookthrough.control.facts import Attribute, Kind
from lookthrough.control.predicate import Party
from lookthrough.control.results import LocationResult, ParentResult
from lookthrough.control.stakes import OwnershipGraph
from lookthrough.control.verdict import Verdict, judge
from lookthrough.policies import PolicyDocument

from .samples import LIBRARY, TODAY, lists_of

EVERY_LIST = frozenset(name for pack in LIBRARY.all() for name in lists_of(pack))
_SEATS = (Attribute.HEADQUARTERS, Attribute.INCORPORATION, Attribute.PRINCIPAL_PLACE)
_HOMES = (Attribute.NATIONALITY, Attribute.RESIDENCE)


@dataclass(frozen=True)
class Chart:
    """`stakes` as `X 50 A; A 50 B`, in percent.

    What they leave of a company is held by a clean person, and whoever nobody holds by another.
    """

    stakes: str
    subject: str
    parties: str

    def facts(self) -> OwnershipGraph:
        asked = self.parties.split()
        rows = [self._row(text) for text in self.stakes.split(";")]
        rows += [(f"rest-{company}", company, str(rest)) for company, rest in _rests(rows)]
        rows += [(f"owner-{top}", top, "100") for top in _tops(rows)]
        people = {name: _party(name, restricted=name in asked) for row in rows for name in row[:2]}
        return OwnershipGraph(people, stakes(rows))

    @staticmethod
    def _row(text: str) -> Row:
        owner, percent, owned = text.split()
        return owner, owned, percent


def _rests(rows: Iterable[Row]) -> list[tuple[str, Fraction]]:
    held: dict[str, Fraction] = {}
    for _, owned, percent in rows:
        held[owned] = held.get(owned, Fraction()) + Fraction(percent)
    return [(company, 100 - total) for company, total in held.items() if total < 100]


def _tops(rows: Iterable[Row]) -> list[str]:
    rows = list(rows)
    owned = {row[1] for row in rows}
    return sorted({row[0] for row in rows if row[0] not in owned and not row[0].startswith("rest-")})


def _party(name: str, *, restricted: bool) -> Party:
    if name.startswith(("rest-", "owner-")):
        return Party(name, Kind.PERSON, locations=dict.fromkeys(_HOMES, frozenset({"US"})))
    seat = frozenset({"CN" if restricted else "SG"})
    lists = EVERY_LIST if restricted else frozenset[str]()
    return Party(name, Kind.COMPANY, locations=dict.fromkeys(_SEATS, seat), lists=lists)


def answer(pack: PolicyDocument, facts: OwnershipGraph, subject: str, variant: str | None = None) -> Verdict:
    as_of = max(TODAY, pack.in_force_from or date.min)
    return judge(pack.resolve(variant, as_of).policy, facts, subject)


def lower(verdict: Verdict, test: str | None = None) -> Fraction:
    """The lower bound of the named test, or of the first that has figures."""
    found = [result for result in verdict.results if test in (None, result.test.id)]
    figures = [result for result in found if not isinstance(result, LocationResult | ParentResult)]
    return figures[0].bounds.lower

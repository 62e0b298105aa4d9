"""Direct stakes on one side of an entity, with ids that sources take for one counted as one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from lookthrough.control.claims import Known, Segment, segments
from lookthrough.control.clocks import Clocks
from lookthrough.control.facts import Lane, StakeClaim
from lookthrough.control.interval import UNKNOWN, Interval

from .database import Transaction
from .errors import QueryCutOff
from .evidence import counted_as_one, read_claims, read_held_claims
from .parties import EntityFacts, Told, facts_of, read_doubles
from .snapshot import Limits
from .versions import TYPES, StakeKey, claim_order

Side = Literal["owners", "holdings"]


@dataclass(frozen=True, slots=True)
class DirectStake:
    """A stake as all claims about it say together on the day; `other` is the end that was not asked for."""

    key: StakeKey
    other: str
    segment: Segment

    @property
    def interval(self) -> Interval | None:
        """None in a lane without figures."""
        return self.segment.interval or UNKNOWN if self.key.lane.has_figure else None

    @property
    def least(self) -> float:
        """As Neo4j has it of a stake: −1 where there is no figure."""
        return -1.0 if self.interval is None else float(self.interval.low)

    def place(self) -> tuple[float, str, str, str]:
        """By falling least, then id, in the order in which pages come."""
        return (-self.least, self.other, TYPES[self.key.lane], self.key.holding)


def any_doubles(tx: Transaction, entity: str, told: Collection[str], clocks: Clocks) -> bool:
    """Whether a source takes the entity (its ids: `told`) or any owner or holding of it for another id."""
    return len(told) > 1 or bool(tx.run("read/doubled", entity=entity, known_at=clocks.known_at))


def stakes_together(
    tx: Transaction,
    entity: str,
    ids: Mapping[str, Told],
    side: Side,
    lanes: Collection[Lane],
    clocks: Clocks,
) -> tuple[list[DirectStake], dict[str, EntityFacts]]:
    """All stakes on the day, in order, and the parties to them; `ids` are those that count as the entity.

    A dissolved party neither holds nor is held. Raises QueryCutOff where there are too many claims.
    """
    read = read_claims if side == "owners" else read_held_claims
    claims = read(tx, ids, lanes, clocks, Limits().stakes)
    if claims is None:
        raise QueryCutOff(f"there are too many stakes to bring the ids of {entity!r} together")
    met = {end for known in claims for end in (known.claim.owner, known.claim.owned)}
    told = {**ids, **read_doubles(tx, sorted(met | {entity}), clocks)}
    one = counted_as_one(told, entity)
    members: defaultdict[str, list[Told]] = defaultdict(list)
    for id, each in sorted(told.items()):
        members[one.get(id, id)].append(each)
    parties = {id: facts_of(id, some, clocks.as_of) for id, some in members.items()}
    found = (
        DirectStake(key, key.owner if side == "owners" else key.owned, segment)
        for key, segment in _on(claims, one, clocks.as_of)
        if not (parties[key.owner].dissolved or parties[key.owned].dissolved)
    )
    return sorted(found, key=DirectStake.place), parties


def _on(
    claims: Collection[Known[StakeClaim]], one: Mapping[str, str], day: date
) -> Iterator[tuple[StakeKey, Segment]]:
    by_key: defaultdict[StakeKey, list[Known[StakeClaim]]] = defaultdict(list)
    for known in claims:
        claim = known.claim
        owner, owned = one.get(claim.owner, claim.owner), one.get(claim.owned, claim.owned)
        by_key[StakeKey(owner, owned, claim.lane, claim.holding)].append(known)
    for key, told in by_key.items():
        for segment in segments(sorted(told, key=claim_order)):
            if (segment.valid_from or date.min) <= day < (segment.valid_to or date.max):
                yield key, segment

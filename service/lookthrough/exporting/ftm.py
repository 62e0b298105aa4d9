"""FollowTheMoney: an entity a line, as `lookthrough load --format ftm` and the tools of others read them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

import orjson

from lookthrough.control.everything import EntityFacts, Facts, SourceFacts
from lookthrough.control.facts import Lane, StakeClaim
from lookthrough.control.interval import UNKNOWN
from lookthrough.importing.ftm_words import OF_VOTES

from .formats import Export
from .ftm_parties import party
from .ftm_words import Entity, digest, entity, id_of, percentage


class FtmFormat:
    """One file of entities, links among them."""

    name = "ftm"
    is_folder = False

    def write(self, facts: Iterable[Facts], export: Export) -> None:
        file = export.files.open()
        for each in facts:
            for told in _told(each, export.account.left_out):
                file.write(orjson.dumps(told, option=orjson.OPT_APPEND_NEWLINE))
                export.account.written[str(told["schema"])] += 1


def _told(each: Facts, left_out: Counter[str]) -> Iterator[Entity]:
    if isinstance(each, SourceFacts):
        left_out["sources"] += 1
    elif isinstance(each, EntityFacts):
        yield from party(each, left_out)
    else:
        yield from (_stake(told.fact, left_out) for told in each.claims)


def _stake(claim: StakeClaim, left_out: Counter[str]) -> Entity:
    left_out.update(f"stakes: {name}" for name in ("holding", "confidence") if getattr(claim, name))
    schema, (owner, owned) = ("Ownership", ("owner", "asset"))
    if not claim.lane.has_figure:
        schema, (owner, owned) = ("Control", ("controller", "controlled"))
    days = (("startDate", claim.valid_from), ("endDate", claim.valid_to))
    told = [
        (owner, [id_of(claim.owner)]),
        (owned, [id_of(claim.owned)]),
        ("percentage", _percentage(claim)),
        ("role", [OF_VOTES[-1]] if claim.lane is Lane.VOTES else []),
        ("controlType", ["appointment"] if claim.lane is Lane.BOARD else []),
        ("sharesType", [claim.holding] if schema == "Ownership" else []),
        *((name, [day.isoformat()]) for name, day in days if day),
        ("sourceUrl", [claim.url]),
        ("recordId", [claim.ref]),
        ("summary", [claim.note]),
    ]
    marks = (claim.owner, claim.owned, claim.lane, claim.holding, claim.source, claim.ref, *days)
    return entity(digest("stake", *marks, *_percentage(claim)), schema, told, [claim.source])


def _percentage(claim: StakeClaim) -> list[str]:
    return [percentage(claim.interval)] if claim.interval and claim.interval != UNKNOWN else []

"""Results of the mathematics as parts of documents: fractions become decimal text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from lookthrough.control.changes import Reduction
from lookthrough.control.claims import Known
from lookthrough.control.decimals import decimal, exact
from lookthrough.control.facts import StakeClaim
from lookthrough.control.results import (
    CascadeResult,
    FullLinksResult,
    LocationResult,
    OwnershipResult,
    ParentResult,
    Result,
)
from lookthrough.control.stakes import Stake
from lookthrough.control.verdict import Gap
from lookthrough.control.weights import Link

from .chains import FoundChain, FoundChains
from .clocks import print_instant
from .documents import Chain, ChainLink, Change, Join, LinkClaim, MissingFact, TestResult

Behind = Mapping[Stake, Sequence[Known[StakeClaim]]]
"""The claims behind stakes."""


@dataclass(frozen=True, slots=True)
class ChainSums:
    """The total of the chains shown and the rest of R, as documents print them."""

    total: str
    total_exact: str | None
    rest: str
    rest_exact: str | None


def chain_sums(found: FoundChains) -> ChainSums:
    return ChainSums(decimal(found.total), exact(found.total), decimal(found.rest), exact(found.rest))


def test_document(result: Result) -> TestResult:
    """The figures that apply to the kind of the test; the others are left out."""
    plain = TestResult(id=result.test.id, kind="location", outcome=result.outcome.value, reason=result.reason)
    if isinstance(result, LocationResult):
        return plain
    test = result.test
    held = plain.model_copy(
        update={
            "kind": test.kind.value,
            "lane": test.lane.value,
            "threshold": decimal(test.line.threshold),
            "operator": test.line.operator.value,
        }
    )
    return held if isinstance(result, ParentResult) else _with_figures(held, result)


def _with_figures(
    document: TestResult, result: OwnershipResult | FullLinksResult | CascadeResult
) -> TestResult:
    bounds = result.bounds
    figures = {
        "arithmetic": "cascade" if isinstance(result, CascadeResult) else "multiplicative",
        "pooling": result.test.pooling.value,
        "lower": decimal(bounds.lower),
        "upper": decimal(bounds.upper, up=True),
        "lower_exact": exact(bounds.lower),
        "upper_exact": exact(bounds.upper),
        "lower_strict": bounds.lower_strict,
        "upper_strict": bounds.upper_strict,
        "slack": _cut(result.slack),
    }
    if not isinstance(result, CascadeResult):
        figures |= {
            name: write(part)
            for name, part in (
                ("restricted", result.restricted),
                ("clean", result.clean),
                ("unknown", result.unknown),
            )
            for name, write in ((name, decimal), (f"{name}_exact", exact))
        }
    return document.model_copy(update=figures)


def joins_document(result: CascadeResult, behind: Behind | None = None) -> list[Chain]:
    """The joining order that leads to the subject, as one chain; none where nothing leads to it."""
    joins = [
        Join(
            entity=join.entity,
            sum=decimal(join.sum),
            links=[
                *(link_document(link, behind) for link in join.links),
                *(_control(stake, behind) for stake in join.control),
            ],
        )
        for join in result.joins()
    ]
    return [Chain(test=result.test.id, joins=joins)] if joins else []


def path_document(result: ParentResult, behind: Behind | None = None) -> list[Chain]:
    """The path from the ultimate parent down to the subject, where there is one."""
    links = [link_document(link, behind) for link in result.climb.path]
    return [Chain(test=result.test.id, links=links)] if links else []


def _control(stake: Stake, behind: Behind | None) -> ChainLink:
    return ChainLink(
        owner=stake.owner,
        owned=stake.owned,
        lane=stake.lane,
        sources=list(stake.sources),
        claims=_claims([stake], behind),
    )


def _claims(stakes: Sequence[Stake], behind: Behind | None) -> list[LinkClaim] | None:
    """Who says what of a link, where several sources speak of one of its stakes or there is a conflict."""
    told = [known for stake in stakes for known in (behind or {}).get(stake, ())]
    return [claim_document(known) for known in told] or None


def claim_document(known: Known[StakeClaim]) -> LinkClaim:
    claim = known.claim
    return LinkClaim(
        source=claim.source,
        percent=claim.percent,
        valid_from=claim.valid_from.isoformat() if claim.valid_from else None,
        known_from=print_instant(known.known_from),
        confidence=claim.confidence or None,
    )


def chain_document(test: str, chain: FoundChain, behind: Behind | None = None) -> Chain:
    return Chain(
        test=test,
        links=[link_document(link, behind) for link in chain.links],
        product_min=decimal(chain.product),
        product_max=decimal(chain.product_max),
        product_min_exact=exact(chain.product),
    )


def link_document(link: Link, behind: Behind | None = None) -> ChainLink:
    return ChainLink(
        owner=link.owner,
        owned=link.owned,
        lane=link.stakes[0].lane,
        min=decimal(link.low),
        max=decimal(link.high),
        weight=decimal(link.weight),
        sources=list(link.sources),
        claims=_claims(link.stakes, behind),
    )


def missing_document(gap: Gap, reason: str | None = None) -> MissingFact:
    return MissingFact(
        test=gap.test,
        kind=gap.kind,
        entity=gap.entity,
        share_of_unknown=_cut(gap.share),
        reason=reason,
        decisive=gap.decisive,
    )


def change_document(test: str, reduction: Reduction) -> Change:
    return Change(
        test=test,
        owner=reduction.stake.owner,
        owned=reduction.stake.owned,
        holding=reduction.stake.holding or None,
        from_=decimal(reduction.start),
        to=decimal(reduction.to),
        to_open=reduction.to_open,
    )


def _cut(figure: Fraction | None) -> str | None:
    return None if figure is None else decimal(figure)

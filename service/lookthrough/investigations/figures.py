"""Results of the mathematics as parts of documents: fractions become decimal text."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from lookthrough.control.changes import Reduction
from lookthrough.control.decimals import decimal, exact
from lookthrough.control.verdict import Gap, LocationResult, OwnershipResult, Result
from lookthrough.control.weights import Link

from .chains import FoundChain, FoundChains
from .documents import Chain, ChainLink, Change, MissingFact, TestResult


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
    if isinstance(result, LocationResult):
        return TestResult(
            id=result.test.id, kind="location", outcome=result.outcome.value, reason=result.reason
        )
    return _ownership(result)


def _ownership(result: OwnershipResult) -> TestResult:
    test, bounds = result.test, result.bounds
    return TestResult(
        id=test.id,
        kind=test.kind,
        outcome=result.outcome.value,
        reason=result.reason,
        lane=test.lane,
        arithmetic=test.arithmetic,
        pooling=test.pooling,
        threshold=decimal(test.line.threshold),
        operator=test.line.operator,
        lower=decimal(bounds.lower),
        upper=decimal(bounds.upper, up=True),
        lower_exact=exact(bounds.lower),
        upper_exact=exact(bounds.upper),
        lower_strict=bounds.lower_strict,
        upper_strict=bounds.upper_strict,
        restricted=decimal(result.restricted),
        clean=decimal(result.clean),
        unknown=decimal(result.unknown),
        restricted_exact=exact(result.restricted),
        clean_exact=exact(result.clean),
        unknown_exact=exact(result.unknown),
        slack=_cut(result.slack),
    )


def chain_document(test: str, chain: FoundChain) -> Chain:
    return Chain(
        test=test,
        links=[_link(link) for link in chain.links],
        product_min=decimal(chain.product),
        product_max=decimal(chain.product_max),
        product_min_exact=exact(chain.product),
    )


def _link(link: Link) -> ChainLink:
    return ChainLink(
        owner=link.owner,
        owned=link.owned,
        lane=link.stakes[0].lane,
        min=decimal(link.low),
        max=decimal(link.high),
        weight=decimal(link.weight),
        sources=list(link.sources),
    )


def missing_document(gap: Gap) -> MissingFact:
    return MissingFact(
        test=gap.test,
        kind=gap.kind,
        entity=gap.entity,
        share_of_unknown=_cut(gap.share),
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

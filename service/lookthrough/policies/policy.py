"""One policy document, checked: its texts, its dates, its variants, its digest."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import cast

from lookthrough.control.policy import Policy

from .document import Clause, WrittenHolding, WrittenLocation, WrittenPolicy
from .errors import UnknownVariant
from .fields import Places, Text
from .plain import PlainTable, canonical_text, digest_of, json_text, plain_table
from .regions import RegionList, Regions
from .resolving import PolicyWarning, ResolvedPolicy, Resolver
from .variants import readings


class PolicyDocument:
    """A policy as written, with the region lists and the table of territories that it refers to.

    Raises PolicyError, naming `source` and the key, where the document is not a policy.
    """

    def __init__(
        self, document: object, source: str, regions: Regions, territories: Mapping[str, str]
    ) -> None:
        plain = plain_table(document, source)
        self._json = json_text(plain)
        self._readings = readings(plain, source, regions.keys())
        self._regions = regions
        self._territories = territories

    @property
    def written(self) -> WrittenPolicy:
        """The tables and keys of the file, with what they mean where they are left out."""
        return self._readings.policy

    @property
    def id(self) -> str:
        return self._readings.policy.id

    @property
    def version(self) -> str:
        return self._readings.policy.version

    @property
    def title(self) -> Text:
        return self._readings.policy.title

    @property
    def authority(self) -> str:
        """Who made the rule; empty where the document does not say."""
        return self._readings.policy.authority

    @property
    def sources(self) -> tuple[str, ...]:
        return self._readings.policy.sources

    @property
    def trust(self) -> tuple[str, ...]:
        """Sources that are heard before all others, in order."""
        return self._readings.policy.trust

    @property
    def max_age_days(self) -> int | None:
        """How old a source may be before a verdict warns."""
        return self._readings.policy.max_age_days

    @property
    def notes(self) -> Text | None:
        return self._readings.policy.notes

    @property
    def in_force_from(self) -> date | None:
        return self._readings.policy.in_force_from

    @property
    def in_force_to(self) -> date | None:
        """The first day on which the rule is no longer in force."""
        return self._readings.policy.in_force_to

    @property
    def suspended(self) -> tuple[tuple[date, date], ...]:
        """Intervals in which the rule is suspended; on the second day of a pair it is back."""
        return self._readings.policy.suspended

    def in_force(self, on: date) -> bool:
        """Whether the day lies in [in_force_from, in_force_to) and in no suspended interval."""
        started = self.in_force_from is None or self.in_force_from <= on
        ended = self.in_force_to is not None and self.in_force_to <= on
        return started and not ended and not any(start <= on < end for start, end in self.suspended)

    @property
    def default_variant(self) -> str:
        """The name of the policy as written: `base` where the document names none."""
        return next(iter(self._readings.tests))

    def variants(self) -> list[str]:
        """The default variant, then the others in the order of the file."""
        return list(self._readings.tests)

    def reading(self, variant: str | None) -> tuple[WrittenHolding | WrittenLocation, ...]:
        """The tests of one variant (None: the default). Raises KeyError where it has no such variant."""
        return self._readings.tests[variant or self.default_variant]

    def resolve(self, variant: str | None, as_of: date) -> ResolvedPolicy:
        """The records of one variant (None: the default) with the region lists as of the date.

        Raises UnknownVariant.
        """
        name = self.default_variant if variant is None else variant
        if name not in self._readings.tests:
            raise UnknownVariant(self.id, name, self._readings.tests)
        resolver = Resolver(self._regions, self._territories, as_of)
        seeds = self._readings.policy.seeds
        tests = tuple(resolver.test(written, seeds) for written in self._readings.tests[name])
        return ResolvedPolicy(
            policy=Policy(join=self._readings.policy.join, tests=tests),
            variant=name,
            warnings=(*self._warnings(as_of), *resolver.warnings),
        )

    def _warnings(self, as_of: date) -> Iterable[PolicyWarning]:
        if not self.in_force(as_of):
            yield PolicyWarning("not_in_force", f"policy {self.id}@{self.version} is not in force on {as_of}")

    def as_json(self) -> PlainTable:
        """The document as written, dates as `YYYY-MM-DD`; parsed again it has the same digest."""
        return cast("PlainTable", json.loads(self._json))

    @cached_property
    def digest(self) -> str:
        """`sha256:…` over everything that decides what the policy means.

        That is the document, the order of its variants (answers list them in it), every region list it
        refers to, and the table of territories if a condition counts territories with their states.
        """
        return digest_of(self._content)

    @property
    def canonical(self) -> str:
        """What the digest is made of, as `kept_policy` reads it."""
        return canonical_text(self._content)

    @property
    def region_lists(self) -> dict[str, RegionList]:
        """The region lists that it refers to, by id."""
        return {name: self._regions[name] for name in sorted(self._region_names())}

    @property
    def _content(self) -> PlainTable:
        content: PlainTable = {
            "document": self.as_json(),
            "variants": list(self.variants()),
            "regions": {name: entry.digest for name, entry in self.region_lists.items()},
        }
        if any(clause.territories == "parent" for clause in self._clauses()):
            content["territories"] = dict(self._territories)
        return content

    def _region_names(self) -> set[str]:
        written = [places for clause in self._clauses() for places in (clause.inside, clause.outside)]
        return {places.region for places in written if isinstance(places, Places) and places.region}

    def _clauses(self) -> Iterable[Clause]:
        """Every condition of every variant, nested ones included; some of them more than once."""
        tops: list[Clause | None] = [self._readings.policy.seeds]
        for tests in self._readings.tests.values():
            tops += [test if isinstance(test, WrittenLocation) else test.seeds for test in tests]
        waiting = [clause for clause in tops if clause]
        while waiting:
            clause = waiting.pop()
            yield clause
            waiting += clause.nested

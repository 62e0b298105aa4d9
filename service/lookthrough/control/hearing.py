"""Whom a question hears: all sources alike, some before all others, one alone, or all but one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from .claims import Known
from .facts import Claim

C = TypeVar("C", bound=Claim)


@dataclass(frozen=True, slots=True)
class Hearing:
    """`trust`: where one of these sources speaks, only the first of them is heard.

    `only`: nobody else is; `without`: everybody else is.
    """

    trust: tuple[str, ...] = ()
    only: str | None = None
    without: str | None = None

    @property
    def is_everybody(self) -> bool:
        return self == EVERYBODY

    def may_speak(self, source: str) -> bool:
        return source != self.without and self.only in (None, source)

    def split(self, speaking: Iterable[Known[C]]) -> tuple[list[Known[C]], list[Known[C]]]:
        """Claims about one thing: those that are heard, and those that a trusted source sets aside."""
        told = [known for known in speaking if self.may_speak(known.claim.source)]
        sources = {known.claim.source for known in told}
        first = next((source for source in self.trust if source in sources), None)
        if first is None:
            return told, []
        heard = [known for known in told if known.claim.source == first]
        return heard, [known for known in told if known.claim.source != first]


EVERYBODY = Hearing()

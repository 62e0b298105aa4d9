"""The two clocks of a question."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Clocks:
    """`as_of`: the day in the world; `known_at`: the instant (with offset) of what the database knew."""

    as_of: date
    known_at: datetime

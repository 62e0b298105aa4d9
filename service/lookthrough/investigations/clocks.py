"""The two clocks as people and programs write them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

from lookthrough.control.clocks import Clocks
from lookthrough.graph.database import Transaction
from lookthrough.graph.loads import Ledger

from .errors import BadQuestion

_DAY = re.compile(r"^\d{4}-\d{2}-\d{2}$")
_INSTANT = re.compile(r"^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(\.\d{1,6})?([Zz]|[+-]\d{2}:\d{2})$")


def parse_as_of(text: str | None) -> date:
    """`YYYY-MM-DD`; today in UTC where None. Raises BadQuestion."""
    return parse_day(text, "as_of") or datetime.now(UTC).date()


def parse_day(text: str | None, field: str) -> date | None:
    """`YYYY-MM-DD`; None stays None. Raises BadQuestion, which names the field."""
    if text is None:
        return None
    try:
        if _DAY.match(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise BadQuestion(f"{field}: {text!r} is not a date such as 2026-11-23")


def parse_known_at(text: str | None) -> datetime | None:
    """An RFC 3339 instant with offset; None stays None. Raises BadQuestion."""
    if text is None:
        return None
    try:
        if _INSTANT.match(text):
            return datetime.fromisoformat(text.upper()).astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise BadQuestion(f"known_at: {text!r} is not an instant with offset such as 2026-11-23T12:00:00Z")


def print_instant(instant: datetime) -> str:
    """RFC 3339 in UTC, microseconds in full where there are any."""
    return instant.astimezone(UTC).isoformat().replace("+00:00", "Z")


def clocks_of(tx: Transaction, as_of: date, known_at: datetime | None) -> Clocks:
    """The clocks of a question; where it names no instant, the last change of the facts."""
    last_change = tx.rows(Ledger, "read/ledger")[0].last_change
    return Clocks(as_of, known_at or last_change or datetime.fromtimestamp(0, UTC))

"""How the percent of a stake is made from the cells of a row, exactly."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from .cells import Fault
from .figures import LONGEST_PERCENT, share
from .mapped_cells import CellFault, Conditions, holds
from .toml_keys import Keys

_FIGURE = re.compile(r"[0-9]+(?:\.[0-9]*)?|\.[0-9]+")
_UNITS = {"percent": 1, "fraction": 100}


@dataclass(frozen=True, slots=True)
class Figure:
    """A percent from one column, from the two ends of an interval, or from so many shares of so many.

    `times` makes a percent of the unit in which figures stand.
    """

    column: str
    low: str
    high: str
    low_open: bool
    high_open: bool
    count: str
    total: str
    times: int
    decimal: str
    thousands: str
    words: Mapping[str, str]
    when: Conditions

    @property
    def columns(self) -> tuple[str, ...]:
        named = (self.column, self.low, self.high, self.count, self.total)
        return (*(column for column in named if column), *self.when)

    @classmethod
    def of(cls, keys: Keys, when: Conditions) -> Figure:
        """The figure that a mapping states. Raises UnusableFile."""
        column, low, high = keys.text("column"), keys.text("min"), keys.text("max")
        count, total = keys.text("count"), keys.text("total")
        _refuse_mixture(keys)
        words = keys.table("words")
        return cls(
            column=column,
            low=low,
            high=high,
            low_open=keys.flag("min_open"),
            high_open=keys.flag("max_open"),
            count=count,
            total=total,
            times=_UNITS[keys.one_of("unit", _UNITS, "percent")],
            decimal=keys.one_of("decimal", (".", ","), "."),
            thousands=keys.one_of("thousands", (",", ".", " ", "'")),
            words={word.casefold(): _stated(words, word) for word in words},
            when=when,
        )

    def made(self, row: Mapping[str, str]) -> str:
        if not holds(self.when, row):
            return ""
        if self.column:
            return self._single(row.get(self.column, ""))
        if self.count:
            return self._of_shares(row.get(self.count, ""), row.get(self.total, ""))
        return self._between(row.get(self.low, ""), row.get(self.high, ""))

    def _single(self, text: str) -> str:
        if not text:
            return ""
        known = self.words.get(text.casefold())
        if known is not None:
            return known
        return _percent(self._figure(self.column, text) * self.times)

    def _of_shares(self, held: str, issued: str) -> str:
        """Unknown unless both are there: a number of shares alone says nothing of the whole."""
        if not held or not issued:
            return ""
        shares, all_shares = self._figure(self.count, held), self._figure(self.total, issued)
        if not all_shares:
            raise CellFault(self.total, "There are no shares of which this could be a part.")
        if shares > all_shares:
            raise CellFault(self.count, f"These are more shares than there are, {issued}.")
        return _percent(shares / all_shares * 100)

    def _between(self, low: str, high: str) -> str:
        if not low and not high:
            return ""
        least = self._figure(self.low, low) * self.times if low else Fraction(0)
        most = self._figure(self.high, high) * self.times if high else Fraction(100)
        if least == most:
            return _percent(least)
        left, right = "(" if self.low_open and low else "[", ")" if self.high_open and high else "]"
        return f"{left}{_percent(least)},{_percent(most)}{right}"

    def _figure(self, column: str, text: str) -> Fraction:
        """The figure that a cell states, exactly; a percent sign may follow it where percents are meant."""
        if len(text) > LONGEST_PERCENT:
            raise CellFault(column, f"A figure has at most {LONGEST_PERCENT} characters.")
        plain = text.removesuffix("%").rstrip() if self.times == 1 else text
        plain = plain.replace(self.thousands, "") if self.thousands else plain
        if self.decimal == ",":
            plain = "" if "." in plain else plain.replace(",", ".")
        if _FIGURE.fullmatch(plain) is None:
            raise CellFault(column, "It is no figure as the mapping says that figures are written.")
        return Fraction(plain)


def _percent(figure: Fraction) -> str:
    """The figure as docs/csv.md writes a percent: as a decimal number where that is exact."""
    if 10**LONGEST_PERCENT % figure.denominator:
        return str(figure)
    places = next(n for n in range(LONGEST_PERCENT + 1) if 10**n % figure.denominator == 0)
    digits = str(figure.numerator * 10**places // figure.denominator).rjust(places + 1, "0")
    return f"{digits[:-places]}.{digits[-places:]}" if places else digits


def _refuse_mixture(keys: Keys) -> None:
    """Exactly one of the ways in which a percent can be told."""
    ways = [keys.has("column"), keys.has("min") or keys.has("max"), keys.has("count") or keys.has("total")]
    if sum(ways) != 1:
        raise keys.wrong(
            "column", "must stand alone: a percent has a column, or min and max, or count and total"
        )
    if keys.has("count") is not keys.has("total"):
        missing = "total" if keys.has("count") else "count"
        raise keys.wrong(missing, "is missing: a part needs both the count and the total")


def _stated(words: Keys, word: str) -> str:
    """The percent that a word stands for."""
    told = words.text(word)
    try:
        share(told)
    except Fault as fault:
        raise words.wrong(word, f"is no percent. {fault}") from None
    return told

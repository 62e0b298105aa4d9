"""Identifiers of one register under the schemes that different sources use for it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import TypedDict

from .folding import compact

Identifier = tuple[str, str]


class _Register(TypedDict, total=False):
    also: list[str]
    digits: int


@cache
def _registers() -> Mapping[str, _Register]:
    with (files("lookthrough.naming") / "registers.toml").open("rb") as stream:
        table: dict[str, _Register] = tomllib.load(stream)
    return table


@cache
def _schemes() -> Mapping[str, str]:
    """The first scheme of a register by each of its schemes."""
    return {one: name for name, register in _registers().items() for one in (name, *register.get("also", []))}


def is_register(scheme: str) -> bool:
    """Whether the scheme, the first of its register, gives one entity one number."""
    return scheme in _registers()


def canonical(identifiers: Iterable[Identifier]) -> frozenset[Identifier]:
    """Under the first scheme of each register, without blanks and signs.

    >>> sorted(canonical([("RA000585", "1234567"), ("gb-coh", "01234567")]))
    [('gb-coh', '01234567')]
    """
    return frozenset(_canonical(scheme.lower(), compact(value)) for scheme, value in identifiers)


def _canonical(scheme: str, value: str) -> Identifier:
    name = _schemes().get(scheme, scheme)
    digits = _registers().get(name, {}).get("digits", 0)
    return name, value.zfill(digits) if value.isdigit() else value


def written(identifiers: Iterable[Identifier]) -> list[str]:
    """The values as sources may write them, without blanks and signs."""
    values = {value for _, value in canonical(identifiers) if value}
    return sorted(values | {short for value in values if (short := value.lstrip("0"))})


def contradicting(some: Iterable[Identifier], others: Iterable[Identifier]) -> list[str]:
    """Registers that give one entity one number, in which these have different ones."""
    mine, theirs = canonical(some), canonical(others)
    return [
        register
        for register in _registers()
        if (ours := _of(mine, register)) and (other := _of(theirs, register)) and ours.isdisjoint(other)
    ]


def _of(identifiers: Iterable[Identifier], register: str) -> set[str]:
    return {value for scheme, value in identifiers if scheme == register}

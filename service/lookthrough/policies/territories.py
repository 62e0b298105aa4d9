"""Which state a dependent territory counts with, for conditions that say `territories = "parent"`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from pydantic import TypeAdapter

from .plain import json_text, toml_table

_FILE = "territories.toml"
_States = TypeAdapter(dict[str, tuple[str, ...]])


@cache
def shipped_territories() -> Mapping[str, str]:
    """Territory → state, as ISO 3166-1 alpha-2 codes, from the table that ships in the package."""
    content = files("lookthrough.policies").joinpath(_FILE).read_bytes()
    states = _States.validate_json(json_text(toml_table(content, _FILE)))
    return MappingProxyType({code: state for state, codes in states.items() for code in codes})

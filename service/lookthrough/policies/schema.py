"""The form of a policy file as JSON Schema, for editors and other programs."""

from __future__ import annotations

from typing import cast

from pydantic import JsonValue

from .document import POLICY

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_SAYS_NOTHING: JsonValue = {"type": "null"}


def policy_schema() -> dict[str, JsonValue]:
    """JSON Schema of a policy as a JSON document.

    It knows the keys and the form of their values. What keys mean to each other, and whether a region list
    exists, is for `lookthrough policies check`.
    """
    written = cast("dict[str, JsonValue]", POLICY.json_schema())
    return {"$schema": _DIALECT, **cast("dict[str, JsonValue]", _plain(written)), "title": "Policy"}


def _plain(schema: JsonValue) -> JsonValue:
    """Without null: a key that says nothing is left out, in TOML as in JSON."""
    if isinstance(schema, list):
        return [_plain(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {key: _plain(part) for key, part in schema.items() if not (key == "default" and part is None)}
    choices = kept.get("anyOf")
    if not isinstance(choices, list) or _SAYS_NOTHING not in choices:
        return kept
    others = [choice for choice in choices if choice != _SAYS_NOTHING]
    del kept["anyOf"]
    (only,) = others if len(others) == 1 else ({"anyOf": others},)
    return {**cast("dict[str, JsonValue]", only), **kept}

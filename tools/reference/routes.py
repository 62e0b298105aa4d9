"""The page of every route and every document that the API takes and gives, from its own description."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lookthrough.web.reference import Answer, Field, Operation, Schema, reference

from .markdown import cell, code, table

HEAD = """# Every route

Made from the application (`make reference`); a running service shows the same at `/docs`, and
[openapi.json](../openapi.json) is its description for programs. What the routes are for is on the page about
the [HTTP API](../api.md).
"""


def page(openapi: Mapping[str, object]) -> str:
    told = reference(openapi)
    operations = "\n".join(_operation(each) for each in told.operations)
    schemas = "\n".join(_schema(each) for each in told.schemas)
    return f"{HEAD}\n{operations}\n## Documents\n\n{schemas}"


def _operation(told: Operation) -> str:
    parts = [f"## {told.method} {told.path}", told.summary, _fields(told.parameters)]
    if told.body:
        parts.append(f"Takes {_link(told.body)}.")
    if told.example:
        parts.append(f"```json\n{told.example}\n```")
    parts.append("\n".join(_answer(each) for each in told.answers))
    return "\n\n".join(part for part in parts if part) + "\n"


def _answer(told: Answer) -> str:
    of = f": {_link(told.of)}" if told.of else ""
    return f"- `{told.status}` {cell(told.meaning)}{of}"


def _schema(told: Schema) -> str:
    parts = [f"### {told.name}", told.meaning, _fields(told.fields)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _fields(fields: list[Field]) -> str:
    if not fields:
        return ""
    rows = [(code(each.name), _type(each), _given(each), each.meaning) for each in fields]
    return table(("", "type", "", "meaning"), rows)


def _type(field: Field) -> str:
    """The type in words, with the document that it is made of as a link."""
    return re.sub(rf"\b{field.of}\b", _link(field.of), field.type, count=1) if field.of else field.type


def _given(field: Field) -> str:
    if field.required:
        return "required"
    return f"default {code(field.default)}" if field.default else ""


def _link(name: str) -> str:
    return f"[{name}](#{name.lower()})"

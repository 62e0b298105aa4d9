"""The API reference as the page shows it, from the application's own OpenAPI document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import cast

import orjson

Json = Mapping[str, object]
METHODS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter, or a field of a document; `of` names the document it refers to."""

    name: str
    type: str
    of: str | None
    required: bool
    default: str | None
    meaning: str


@dataclass(frozen=True, slots=True)
class Answer:
    status: str
    meaning: str
    of: str | None


@dataclass(frozen=True, slots=True)
class Operation:
    id: str
    method: str
    path: str
    summary: str
    parameters: list[Field]
    body: str | None
    example: str | None
    answers: list[Answer]


@dataclass(frozen=True, slots=True)
class Schema:
    name: str
    meaning: str
    fields: list[Field]


@dataclass(frozen=True, slots=True)
class Reference:
    operations: list[Operation]
    schemas: list[Schema]


def reference(openapi: Json) -> Reference:
    """Operations in the order of their routes, schemas by name."""
    schemas = _table(_table(openapi.get("components")).get("schemas"))
    return Reference(
        operations=list(_operations(openapi, schemas)),
        schemas=[_schema(name, _table(schemas[name])) for name in sorted(schemas)],
    )


def _operations(openapi: Json, schemas: Json) -> Iterator[Operation]:
    for path, methods in _table(openapi.get("paths")).items():
        for method, told in _table(methods).items():
            if method in METHODS:
                yield _operation(path, method, _table(told), schemas)


def _operation(path: str, method: str, told: Json, schemas: Json) -> Operation:
    body = _reference(_content_schema(_table(told.get("requestBody"))))
    return Operation(
        id=str(told["operationId"]),
        method=method.upper(),
        path=path,
        summary=_text(told.get("description")) or _text(told.get("summary")),
        parameters=[_parameter(_table(each)) for each in _list(told.get("parameters"))],
        body=body,
        example=_example(_table(schemas.get(body or ""))),
        answers=[_answer(code, _table(each)) for code, each in _table(told.get("responses")).items()],
    )


def _parameter(told: Json) -> Field:
    return _field(
        str(told["name"]),
        {**_table(told.get("schema")), "description": told.get("description")},
        required=bool(told.get("required")),
    )


def _answer(status: str, told: Json) -> Answer:
    return Answer(status, _text(told.get("description")), _reference(_content_schema(told)))


def _schema(name: str, told: Json) -> Schema:
    required = _list(told.get("required"))
    fields = [
        _field(each, _table(schema), required=each in required)
        for each, schema in _table(told.get("properties")).items()
    ]
    return Schema(name, _text(told.get("description")), fields)


def _field(name: str, told: Json, *, required: bool) -> Field:
    default = told.get("default")
    return Field(
        name=name,
        type=_type(told),
        of=_reference(told),
        required=required,
        default=None if default in (None, "") else str(default),
        meaning=_text(told.get("description")),
    )


def _type(told: Json) -> str:
    """The type in words: `string`, `list of Chain`, `string or null`, one of some values."""
    if "$ref" in told:
        return str(told["$ref"]).rpartition("/")[2]
    if "enum" in told:
        return " | ".join(str(value) for value in _list(told["enum"]))
    if "const" in told:
        return str(told["const"])
    if "anyOf" in told:
        return " or ".join(_type(_table(each)) for each in _list(told["anyOf"]))
    if told.get("type") == "array":
        return f"list of {_type(_table(told.get('items')))}"
    return str(told.get("type", "any"))


def _reference(told: Json) -> str | None:
    """The name of the schema that a type is made of, if it is made of one."""
    if "$ref" in told:
        return str(told["$ref"]).rpartition("/")[2]
    parts = [part for part in (*_list(told.get("anyOf")), told.get("items")) if part]
    return next((name for part in parts if (name := _reference(_table(part)))), None)


def _content_schema(told: Json) -> Json:
    for media in _table(told.get("content")).values():
        return _table(_table(media).get("schema"))
    return {}


def _example(schema: Json) -> str | None:
    examples = _list(schema.get("examples"))
    return orjson.dumps(examples[0], option=orjson.OPT_INDENT_2).decode() if examples else None


def _table(value: object) -> Json:
    return cast(Json, value) if isinstance(value, Mapping) else {}


def _list(value: object) -> list[object]:
    return cast("list[object]", value) if isinstance(value, list) else []


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""

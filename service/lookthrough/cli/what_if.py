"""`what-if`: a verdict before and after edits to the facts."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, cast

import orjson
import typer

from lookthrough.investigations.edits import parse_edits
from lookthrough.investigations.what_if import what_if as ask_what_if

from . import rendering
from .output import AsOf, Json, KnownAt, database, out, write_json
from .questions import Entity, PolicyName, Trust, Variant, question_of

LARGEST_FILE = 1_000_000
STAKE = ("owner", "owned", "percent", "lane", "holding")
UNKNOWN = "?"


def add_to(app: typer.Typer) -> None:
    app.command("what-if")(what_if)


def what_if(
    entity: Entity,
    policy: PolicyName,
    set_stake: Annotated[
        list[str] | None, typer.Option(help="'OWNER OWNED PERCENT [LANE [HOLDING]]'; ? = percent unknown")
    ] = None,
    add: Annotated[
        list[str] | None, typer.Option(help="a stake beside those on record, written so too")
    ] = None,
    remove: Annotated[list[str] | None, typer.Option(help="'OWNER OWNED [LANE [HOLDING]]'")] = None,
    set_location: Annotated[
        list[str] | None, typer.Option(help="'ENTITY ATTRIBUTE CODES', codes as CN or CN|HK; ? = not known")
    ] = None,
    edits: Annotated[
        Path | None, typer.Option(help="a JSON file with a list of edits as the API takes them")
    ] = None,
    variant: Variant = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    trust: Trust = None,
    json: Json = False,
) -> None:
    """The verdict on record, and with edits made: the file's, then remove, set, add, location."""
    written: list[object] = [
        *(_from_file(edits) if edits else []),
        *_edits("remove_stake", "--remove", remove, (*STAKE[:2], *STAKE[3:]), needed=2),
        *_edits("set_stake", "--set-stake", set_stake, STAKE, needed=3),
        *_edits("add_stake", "--add", add, STAKE, needed=3),
        *_edits(
            "set_location", "--set-location", set_location, ("entity", "attribute", "jurisdiction"), needed=3
        ),
    ]
    question = question_of(entity, policy, variant, as_of, known_at, trust)
    parsed = parse_edits(written)
    with database() as db:
        document = ask_what_if(db, question, parsed)
    if json:
        write_json(document.to_json())
    else:
        out.print(rendering.what_if(document))


def _edits(
    op: str, option: str, given: Sequence[str] | None, fields: Sequence[str], *, needed: int
) -> list[dict[str, str]]:
    return [{"op": op, **_words(option, text, fields, needed)} for text in given or ()]


def _words(option: str, text: str, fields: Sequence[str], needed: int) -> dict[str, str]:
    """The words of one option by field; an id with blanks stands in quotes of its own."""
    try:
        words = shlex.split(text)
    except ValueError as error:
        raise typer.BadParameter(f"{text!r}: {error}", param_hint=option) from None
    if not needed <= len(words) <= len(fields):
        told = " ".join([*fields[:needed], *(f"[{field}]" for field in fields[needed:])])
        raise typer.BadParameter(f"{text!r} is not {told.upper()}", param_hint=option)
    named = zip(fields, words, strict=False)
    unknown = ("percent", "jurisdiction")
    return {field: "" if field in unknown and word == UNKNOWN else word for field, word in named}


def _from_file(path: Path) -> list[object]:
    with path.open("rb") as stream:
        content = stream.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise typer.BadParameter(f"{path}: larger than a megabyte", param_hint="--edits")
    try:
        written: object = orjson.loads(content)
    except orjson.JSONDecodeError as error:
        raise typer.BadParameter(f"{path}: not JSON: {error}", param_hint="--edits") from None
    if not isinstance(written, list):
        raise typer.BadParameter(f"{path}: not a list of edits", param_hint="--edits")
    return cast("list[object]", written)

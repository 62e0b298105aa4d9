"""`lookthrough policies`: the packs, and what helps with files of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import orjson
import typer
from pydantic import JsonValue
from rich.markup import escape
from rich.table import Column, Table

from lookthrough.investigations.policies import check, comparison, summaries
from lookthrough.policies.library import Library
from lookthrough.policies.schema import policy_schema

from .output import Json, out, write_json

app = typer.Typer(help="The policy packs.", invoke_without_command=True)

Reference = Annotated[str, typer.Argument(help="id, id@version, or the path of a policy file")]


@app.callback()
def every(context: typer.Context, json: Json = False) -> None:
    """The packs that ship."""
    if context.invoked_subcommand is not None:
        return
    page = summaries(Library())
    if json:
        write_json(page.to_json())
        return
    table = _table(Column("policy", no_wrap=True), "title", "readings")
    for item in page.items:
        cells = (f"{item.id}@{item.version}", item.title.en, ", ".join(item.variants))
        table.add_row(*map(escape, cells))
    out.print(table)


@app.command()
def show(policy: Reference, json: Json = False) -> None:
    """One policy as a document, with its notes."""
    found = Library().find(policy)
    if json:
        write_json(orjson.dumps(found.as_json()))
        return
    out.print(f"[bold]{escape(found.title.en)}[/bold]  {found.id}@{found.version}  {escape(found.authority)}")
    out.print(f"readings: {', '.join(found.variants())}\n{found.digest}", markup=False)
    for source in found.sources:
        out.print(source, markup=False)
    if found.notes:
        out.print(f"\n{found.notes.en}", markup=False)
    out.print_json(orjson.dumps(found.as_json()).decode())


@app.command()
def diff(left: Reference, right: Reference, json: Json = False) -> None:
    """What two policies, or two versions of one, say differently, field by field."""
    library = Library()
    found = comparison(library.find(left), library.find(right))
    if json:
        write_json(found.to_json())
        return
    sides = (f"{side.id}@{side.version}" for side in (found.left, found.right))
    table = _table("field", *map(escape, sides))
    for each in found.deciding:
        table.add_row(*map(escape, (each.field, _cell(each.left), _cell(each.right))))
    out.print(table if found.deciding else "They decide alike.")
    if found.texts:
        out.print(f"Texts that differ: {', '.join(found.texts)}", markup=False)


@app.command("check")
def check_file(file: Annotated[Path, typer.Argument(help="the policy file")], json: Json = False) -> None:
    """Whether a file of one's own is a policy; exits 2 with one sentence if it is not."""
    found = check(Library().read(file), str(file))
    if json:
        write_json(found.to_json())
    else:
        out.print(found.sentence, markup=False, soft_wrap=True)


@app.command()
def schema(json: Json = False) -> None:
    """The form of a policy file as JSON Schema; the same with --json, in one line."""
    written = policy_schema()
    write_json(orjson.dumps(written, option=None if json else orjson.OPT_INDENT_2))


def _table(*columns: str | Column) -> Table:
    return Table(*columns, box=None, header_style="bold")


def _cell(value: JsonValue) -> str:
    if value is None:
        return "-"
    return value if isinstance(value, str) else orjson.dumps(value).decode()

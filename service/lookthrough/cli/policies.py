"""`lookthrough policies`: the packs."""

from __future__ import annotations

from typing import Annotated

import orjson
import typer
from rich.table import Table

from lookthrough.investigations.policies import summaries
from lookthrough.policies.library import Library

from .output import Json, out, write_json

app = typer.Typer(help="The policy packs.", invoke_without_command=True)


@app.callback()
def every(context: typer.Context, json: Json = False) -> None:
    """The packs that ship."""
    if context.invoked_subcommand is not None:
        return
    page = summaries(Library())
    if json:
        write_json(page.to_json())
        return
    table = Table("id", "version", "authority", "title", "readings", box=None, header_style="bold")
    for item in page.items:
        table.add_row(item.id, item.version, item.authority, item.title.en, ", ".join(item.variants))
    out.print(table)


@app.command()
def show(
    policy: Annotated[str, typer.Argument(help="id, id@version, or the path of a policy file")],
    json: Json = False,
) -> None:
    """One policy as a document, with its notes."""
    found = Library().find(policy)
    if json:
        write_json(orjson.dumps(found.as_json()))
        return
    out.print(f"[bold]{found.title.en}[/bold]  {found.id}@{found.version}  {found.authority}")
    out.print(f"readings: {', '.join(found.variants())}\n{found.digest}", markup=False)
    for source in found.sources:
        out.print(source, markup=False)
    if found.notes:
        out.print(f"\n{found.notes.en}", markup=False)
    out.print_json(orjson.dumps(found.as_json()).decode())

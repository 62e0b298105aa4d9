"""`lookthrough map`: a mapping for somebody's table, and what it would make of the first rows."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import orjson
import typer

from lookthrough.investigations.mapping import Preview, propose, try_out

from .load import print_rejections
from .output import Json, out, write_json


def add_to(app: typer.Typer) -> None:
    app.command("map")(map_file)


def map_file(
    file: Annotated[Path, typer.Argument(help="CSV in any encoding, SQLite, DuckDB or Parquet")],
    mapping: Annotated[
        Path | None, typer.Option("--map", help="try out this mapping instead of proposing one")
    ] = None,
    table: Annotated[str, typer.Option(help="propose for this table of a database alone")] = "",
    to: Annotated[Path | None, typer.Option("--out", help="write the proposed mapping there")] = None,
    rows: Annotated[int, typer.Option(min=1, max=1000, help="how many rows to show")] = 10,
    json: Json = False,
) -> None:
    """Propose a mapping for a table and show what its first rows become; nothing is loaded."""
    if mapping and (table or to):
        raise typer.BadParameter(
            "--map tries out a mapping that is there; --table and --out go with a proposal"
        )
    preview = try_out(file, mapping, rows) if mapping else propose(file, table, rows)
    if to:
        with to.open("x", encoding="utf-8") as written:
            written.write(preview.toml)
    if json:
        write_json(orjson.dumps(preview.document()))
    else:
        _print(preview, to)


def _print(preview: Preview, to: Path | None) -> None:
    if preview.toml and not to:
        out.print(preview.toml, markup=False, soft_wrap=True)
    for doubt in preview.doubts:
        out.print(f"doubtful: {doubt.column or preview.file}: {doubt.why}", markup=False, soft_wrap=True)
    for fact in preview.facts:
        said = ", ".join(f"{name} {value}" for name, value in fact.items() if name != "fact")
        out.print(f"{fact['fact']}: {said}", markup=False, soft_wrap=True)
    for why, count in preview.left_out.items():
        out.print(f"{why} ({count})", markup=False)
    print_rejections(preview.rejections)
    if preview.unused:
        out.print(f"columns not read: {', '.join(preview.unused)}", markup=False, soft_wrap=True)
    if to:
        out.print(f"written to {to}", markup=False, soft_wrap=True)

"""`lookthrough retract`: what a source said is taken back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import orjson
import typer
from rich.table import Table

from lookthrough.investigations.retracting import RetractionReport, Wanted
from lookthrough.investigations.retracting import retract as take_back

from .load import Format, print_rejections, refuse_both
from .output import Json, database, out, write_json


def add_to(app: typer.Typer) -> None:
    app.command()(retract)


def retract(
    source: Annotated[str, typer.Option(help="the source; with --file that of rows that name none")] = "",
    ref: Annotated[str, typer.Option(help="only what the source says with this ref")] = "",
    file: Annotated[
        list[Path] | None, typer.Option(help="a file, folder, .gz or .zip: what its rows say; repeatable")
    ] = None,
    form: Annotated[Format, typer.Option("--format", help="what the files are")] = Format.AUTO,
    mapping: Annotated[
        Path | None, typer.Option("--map", help="the mapping that they were loaded by")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="count only")] = False,
    json: Json = False,
) -> None:
    """Take back what a source said: from now on it is not known, at earlier instants it still is."""
    refuse_both(form, mapping)
    wanted = Wanted(source, ref, tuple(file or ()), form.value, mapping)
    with database() as db:
        report = take_back(db, wanted, dry_run=dry_run)
    if json:
        write_json(orjson.dumps(report.document()))
    else:
        _print(report)


def _print(report: RetractionReport) -> None:
    table = Table(show_header=False, box=None)
    for kind, count in report.closed.items():
        table.add_row(kind.replace("_", " "), f"{count:,}")
    table.add_row("would be closed" if report.dry_run else "closed", f"{report.total:,}")
    out.print(table)
    print_rejections(report.rejections)

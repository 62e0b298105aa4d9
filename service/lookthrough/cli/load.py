"""`lookthrough load`: files into the graph."""

from __future__ import annotations

from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import orjson
import typer
from rich.progress import Progress as Bar
from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from lookthrough.investigations.loading import LoadReport, Progress, load_files

from .output import Json, database, err, out, write_json

SHOWN = 20


class Format(StrEnum):
    AUTO = "auto"
    CSV = "csv"


def add_to(app: typer.Typer) -> None:
    app.command()(load)


def load(
    paths: Annotated[list[Path], typer.Argument(help="files, folders, .gz and .zip")],
    form: Annotated[Format, typer.Option("--format", help="what the files are")] = Format.AUTO,
    source: Annotated[str, typer.Option(help="the source of rows that name none")] = "",
    json: Json = False,
) -> None:
    """Load files; rows that cannot be used are named and the rest is loaded."""
    del form  # CSV is what there is to recognise
    with database() as db, _bar() as bar:
        task = bar.add_task("", file="", rows="", total=None)

        def show(progress: Progress) -> None:
            bar.update(task, file=progress.file, rows=f"{progress.rows:,} rows")

        report = load_files(db, paths, source, show)
    if json:
        write_json(orjson.dumps(asdict(report)))
    else:
        _print(report)


def _bar() -> Bar:
    columns = (
        SpinnerColumn(),
        TextColumn("{task.fields[file]}", markup=False),
        TextColumn("{task.fields[rows]}"),
        TimeElapsedColumn(),
    )
    return Bar(*columns, console=err, transient=True, disable=not err.is_terminal)


def _print(report: LoadReport) -> None:
    table = Table(show_header=False, box=None)
    for name, value in asdict(report).items():
        if isinstance(value, int) and not isinstance(value, bool):
            table.add_row(name.replace("_", " "), f"{value:,}")
    out.print(table)
    for rejection in report.rejections[:SHOWN]:
        place = f"{rejection.file}:{rejection.line} {rejection.field}"
        out.print(f"{place} {rejection.value!r}: {rejection.reason}", markup=False, soft_wrap=True)
    if len(report.rejections) > SHOWN:
        out.print(f"… and {len(report.rejections) - SHOWN} more; --json lists them all")
    if report.ignored:
        out.print(f"not read: {', '.join(report.ignored)}", markup=False)

"""`lookthrough load`: files into the graph."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import orjson
import typer
from rich.progress import Progress as Bar
from rich.progress import (
    ProgressColumn,
    SpinnerColumn,
    Task,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text

from lookthrough.graph.connecting import embedded_server
from lookthrough.graph.embedded import EmbeddedServer
from lookthrough.importing.rows import Rejection
from lookthrough.investigations.completing import Completion
from lookthrough.investigations.first_load import FirstLoad, load_first
from lookthrough.investigations.loading import LoadReport, Progress, load_files
from lookthrough.settings import Settings

from .output import Json, database, err, out, write_json

SHOWN = 20


class Format(StrEnum):
    """`auto`, and every format of the catalogue."""

    AUTO = "auto"
    CSV = "csv"
    BODS = "bods"
    PSC = "psc"
    FTM = "ftm"
    COMPANIES_HOUSE = "companies-house"
    GLEIF_XML = "gleif-xml"
    GLEIF_JSON = "gleif-json"
    GLEIF_CSV = "gleif-csv"
    OFAC_SDN = "ofac-sdn"
    OFAC_CONSOLIDATED = "ofac-consolidated"
    REJECTED = "rejected"


def add_to(app: typer.Typer) -> None:
    app.command()(load)


def load(
    paths: Annotated[list[Path], typer.Argument(help="files, folders, .gz and .zip")],
    form: Annotated[Format, typer.Option("--format", help="what the files are")] = Format.AUTO,
    mapping: Annotated[
        Path | None, typer.Option("--map", help="read tables of any kind as this mapping says")
    ] = None,
    source: Annotated[str, typer.Option(help="the source of rows that name none")] = "",
    rejected: Annotated[
        Path | None, typer.Option(help="write rejected records there, to mend and load again")
    ] = None,
    complete: Annotated[
        bool,
        typer.Option("--complete", help="close what the sources said before and do not say now"),
    ] = False,
    allow_empty: Annotated[
        bool, typer.Option("--allow-empty", help="with --complete: also of a --source without a row")
    ] = False,
    bulk: Annotated[
        bool, typer.Option("--bulk", help="a first load into the embedded server, by its offline importer")
    ] = False,
    json: Json = False,
) -> None:
    """Load files; rows that cannot be used are named and the rest is loaded."""
    if allow_empty and not complete:
        raise typer.BadParameter("--allow-empty goes with --complete")
    if bulk and complete:
        raise typer.BadParameter("--bulk is for a first load; there is nothing that --complete could close")
    refuse_both(form, mapping)
    completion = Completion(allow_empty) if complete else None
    with _bar() as bar:
        task = bar.add_task("", file="", rows="", total=None)

        def show(progress: Progress) -> None:
            total = progress.rows / progress.share if progress.share else None
            rows = f"{progress.rows:,} rows"
            bar.update(task, file=progress.file, rows=rows, completed=progress.rows, total=total)

        if bulk:
            asked = FirstLoad(paths, source, form.value, rejected, mapping)
            report = load_first(_embedded(), asked, show)
        else:
            with database() as db:
                report = load_files(db, paths, source, show, form.value, rejected, completion, mapping)
    if json:
        write_json(orjson.dumps(report.document()))
    else:
        _print(report)


def _embedded() -> EmbeddedServer:
    settings = Settings()
    if settings.neo4j_uri:
        raise typer.BadParameter(
            "--bulk makes the files of the embedded server; load into LOOKTHROUGH_NEO4J_URI without it"
        )
    return embedded_server(settings)


def refuse_both(form: Format, mapping: Path | None) -> None:
    if mapping and form is not Format.AUTO:
        raise typer.BadParameter("--map says how files are read; --format does not go with it")


class _Rate(ProgressColumn):
    """Rows a second, over the last half minute."""

    def render(self, task: Task) -> Text:
        return Text(f"{task.speed:,.0f} rows/s" if task.speed else "")


def _bar() -> Bar:
    columns = (
        SpinnerColumn(),
        TextColumn("{task.fields[file]}", markup=False),
        TextColumn("{task.fields[rows]}"),
        _Rate(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    return Bar(*columns, console=err, transient=True, disable=not err.is_terminal)


def _print(report: LoadReport) -> None:
    table = Table(show_header=False, box=None)
    for name, value in report.document().items():
        if isinstance(value, int) and not isinstance(value, bool):
            table.add_row(name.replace("_", " "), f"{value:,}")
    for kind, count in report.closed.items():
        table.add_row(f"closed {kind.replace('_', ' ')}", f"{count:,}")
    out.print(table)
    for left in report.not_closed:
        out.print(f"nothing closed of {left.source!r}: {left.reason}", markup=False, soft_wrap=True)
    for file in report.files_read:
        out.print(f"{file.file}: read as {file.format}, because {file.why}", markup=False, soft_wrap=True)
        told = [f"noted {kind} ({count})" for kind, count in sorted(file.notes.items())]
        told += [f"unknown field {name} ({count})" for name, count in sorted(file.unknown_fields.items())]
        for line in told:
            out.print(f"  {line}", markup=False, soft_wrap=True)
    print_rejections(report.rejections)
    if report.ignored:
        out.print(f"not read: {', '.join(report.ignored)}", markup=False)


def print_rejections(rejections: Sequence[Rejection]) -> None:
    for rejection in rejections[:SHOWN]:
        place = f"{rejection.file}:{rejection.line or f'record {rejection.item}'} {rejection.field}"
        out.print(f"{place} {rejection.value!r}: {rejection.reason}", markup=False, soft_wrap=True)
    if len(rejections) > SHOWN:
        out.print(f"… and {len(rejections) - SHOWN} more; --json lists them all")

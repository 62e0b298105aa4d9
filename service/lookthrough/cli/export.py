"""`lookthrough export`: what is known, into files."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import orjson
import typer
from rich.progress import Progress as Bar
from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

from lookthrough.investigations.clocks import parse_day, parse_known_at
from lookthrough.investigations.exporting import ExportReport, HashReport, Wanted, canonical_hash
from lookthrough.investigations.exporting import export as write_out

from .output import Json, KnownAt, database, err, out, write_json


class Format(StrEnum):
    """Every format that facts are written in."""

    CSV = "csv"
    BODS = "bods"
    FTM = "ftm"
    PARQUET = "parquet"
    GRAPHML = "graphml"
    CYPHER = "cypher"
    CANONICAL = "canonical"


def add_to(app: typer.Typer) -> None:
    app.command()(export)


def export(
    path: Annotated[Path | None, typer.Argument(help="the file or folder to write")] = None,
    form: Annotated[Format, typer.Option("--format", help="what to write")] = Format.CSV,
    as_of: Annotated[str | None, typer.Option(help="YYYY-MM-DD: only what speaks on that day")] = None,
    known_at: KnownAt = None,
    force: Annotated[bool, typer.Option("--force", help="replace what an earlier export wrote")] = False,
    only_hash: Annotated[
        bool, typer.Option("--hash", help="write nothing; only the hash of the canonical export")
    ] = False,
    json: Json = False,
) -> None:
    """Write out all that is known; what the format cannot say is counted and named."""
    if (path is None) is not only_hash:
        raise typer.BadParameter("name a file or folder to write, or --hash for the hash alone")
    asked = (parse_day(as_of, "as_of"), parse_known_at(known_at))
    if path is None and asked != (None, None):
        raise typer.BadParameter("--hash is about all that was ever known, and takes no clocks")
    with database() as db, _bar() as bar:
        task = bar.add_task("", rows="", total=None)

        def show(number: int) -> None:
            bar.update(task, rows=f"{number:,} entities and stakes")

        if path is None:
            report: HashReport | ExportReport = canonical_hash(db, show)
        else:
            report = write_out(db, Wanted(path, form.value, *asked, force), show)
    if json:
        write_json(orjson.dumps(report.document()))
    else:
        _print(report)


def _bar() -> Bar:
    columns = (SpinnerColumn(), TextColumn("{task.fields[rows]}"), TimeElapsedColumn())
    return Bar(*columns, console=err, transient=True, disable=not err.is_terminal)


def _print(report: HashReport | ExportReport) -> None:
    hashed = report.hashed if isinstance(report, ExportReport) else report
    if isinstance(report, ExportReport):
        for kind, count in sorted(report.account.written.items()):
            _say(f"{kind.replace('_', ' ')}: {count:,}")
        for name, count in sorted(report.account.left_out.items()):
            _say(f"left out: {name} ({count:,})")
        _say(f"written to {', then '.join(str(part) for part in report.parts)}")
    for load in hashed.unfinished:
        _say(f"a load was not finished; what it wrote so far is in the hash: {load}")
    _say(hashed.hash)


def _say(line: str) -> None:
    out.print(line, markup=False, soft_wrap=True)

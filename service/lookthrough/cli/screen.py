"""`lookthrough screen`: verdicts on many entities."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import Annotated, cast

import orjson
import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TimeElapsedColumn
from rich.text import Text

from lookthrough.investigations.clocks import parse_as_of, parse_known_at
from lookthrough.investigations.screening import (
    Entry,
    Screened,
    Screening,
    ScreeningQuestion,
    ScreeningRow,
    Tally,
)
from lookthrough.investigations.screening_files import check_ending, entries, writing
from lookthrough.policies.library import Library
from lookthrough.settings import Settings
from lookthrough.words import say

from . import rendering
from .output import AsOf, Json, KnownAt, database, err, out, write_json
from .questions import PolicyName, Variant

IN_MEMORY = 16_000_000
SHOWN = 20


def add_to(app: typer.Typer) -> None:
    app.command()(screen)


def screen(
    policy: PolicyName,
    file: Annotated[Path | None, typer.Argument(help="a CSV file with a column of ids")] = None,
    every: Annotated[bool, typer.Option("--all", help="all entities instead of a file's")] = False,
    variant: Variant = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    column: Annotated[str, typer.Option(help="the column of the file that holds the ids")] = "entity",
    to: Annotated[
        Path | None, typer.Option("--out", help="write there: .ndjson verdicts, .csv or .parquet rows")
    ] = None,
    json: Json = False,
) -> None:
    """Verdicts on many entities, a row for each row of the file; nothing is stored."""
    if (file is None) is not every:
        raise typer.BadParameter("either a file or --all says whom to screen", param_hint="FILE")
    if to is not None:
        check_ending(to)
    asked = ScreeningQuestion(
        policy=Library().find(policy),
        variant=variant,
        as_of=parse_as_of(as_of),
        known_at=parse_known_at(known_at),
        max_age_days=Settings().max_fact_age_days,
    )
    listed = None if file is None else entries(file, column)
    with database() as db:
        screening = Screening(db, asked)
        rows = _with_progress(screening, listed)
        if to is not None:
            _to_file(screening, rows, to, json=json)
        elif json:
            _to_json(screening, rows)
        else:
            _summary(_to_terminal(rows))


def _with_progress(screening: Screening, listed: list[Entry] | None) -> Iterator[Screened]:
    columns = (SpinnerColumn(), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as bar:
        task = bar.add_task("", total=None if listed is None else len(listed))
        for screened in screening.rows(screening.everything() if listed is None else listed):
            bar.advance(task)
            yield screened


def _to_file(screening: Screening, rows: Iterable[Screened], to: Path, *, json: bool) -> None:
    tally, problems = Tally(), list[ScreeningRow]()
    with writing(to) as write:
        for screened in rows:
            write(screened)
            _count(tally, problems, screened.row)
    if json:
        write_json(orjson.dumps({**_told(screening), **tally.counts().model_dump(), "file": str(to)}))
    else:
        out.print(str(to), markup=False, soft_wrap=True)
        _summary((tally, problems))


def _to_json(screening: Screening, rows: Iterable[Screened]) -> None:
    """One document, written when all of it is there."""
    tally = Tally()
    with SpooledTemporaryFile(IN_MEMORY) as document:
        document.write(orjson.dumps(_told(screening))[:-1] + b',"items":[')
        for screened in rows:
            document.write(b"," * bool(tally.total) + screened.row.to_json())
            tally.add(screened.row.outcome, screened.row.reason)
        document.write(b'],"next":null,' + tally.counts().to_json()[1:])
        document.seek(0)
        _copy(cast("Iterable[bytes]", iter(lambda: document.read(1_000_000), b"")))


def _copy(parts: Iterable[bytes]) -> None:
    stream = typer.get_binary_stream("stdout")
    for part in parts:
        stream.write(part)
    stream.write(b"\n")
    stream.flush()


def _told(screening: Screening) -> dict[str, object]:
    return {
        "policy": screening.policy.model_dump(),
        "as_of": screening.asked.as_of.isoformat(),
        "known_at": screening.known_at,
    }


def _to_terminal(rows: Iterable[Screened]) -> tuple[Tally, list[ScreeningRow]]:
    tally, problems = Tally(), list[ScreeningRow]()
    for screened in rows:
        row = screened.row
        _count(tally, problems, row)
        if row.outcome:
            out.print(rendering.screened(row), soft_wrap=True)
    return tally, problems


def _count(tally: Tally, problems: list[ScreeningRow], row: ScreeningRow) -> None:
    tally.add(row.outcome, row.reason)
    if row.problem and len(problems) < SHOWN:
        problems.append(row)


def _summary(counted: tuple[Tally, list[ScreeningRow]]) -> None:
    tally, problems = counted
    counts = tally.counts()
    for outcome, count in counts.outcomes.items():
        out.print(Text.assemble(rendering.outcome(outcome), f"  {count:,}"))
    for reason, count in counts.undetermined.items():
        out.print(f"    {say(f'reason.{reason}', 'en')}: {count:,}", markup=False)
    for row in problems:
        err.print(f"row {row.row}: {row.problem}", markup=False, soft_wrap=True)
    if counts.problems:
        err.print(f"{counts.problems:,} of {counts.total:,} rows have no verdict")

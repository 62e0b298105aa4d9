"""`lookthrough doctor`: is everything as it must be."""

from __future__ import annotations

from dataclasses import asdict

import orjson
import typer

from lookthrough.graph.connecting import connect, embedded_server
from lookthrough.graph.database import Database
from lookthrough.graph.embedded import JarCache, default_cache
from lookthrough.graph.errors import GraphUnavailable
from lookthrough.investigations.checkup import Finding, disk, examine
from lookthrough.settings import Settings

from .ending import AWAY, FAILED
from .output import Json, out, write_json


def add_to(app: typer.Typer) -> None:
    app.command()(doctor)


def doctor(json: Json = False) -> None:
    """Check the server, the schema and the facts, and say what to do."""
    settings = Settings()
    findings, code = _server(settings), FAILED
    if all(finding.well for finding in findings):
        database = connect(settings)
        away = _away(database)
        code = AWAY if away else FAILED
        findings += [away] if away else examine(database)
        database.close()
    if json:
        write_json(orjson.dumps({"findings": [asdict(finding) for finding in findings]}))
    else:
        _print(findings)
    if not all(finding.well for finding in findings):
        raise typer.Exit(code)


def _server(settings: Settings) -> list[Finding]:
    """What can be told of the embedded server without starting it."""
    if settings.neo4j_uri:
        return [Finding("server", True, f"{settings.neo4j_uri}, not started by us")]
    status = embedded_server(settings).status()
    broken = JarCache(settings.cache or default_cache()).verify()
    detail = f"{len(broken)} jars are missing or changed" if broken else "jars are as locked"
    state = "runs" if status.running else status.reason or "does not run; commands start it"
    return [
        Finding("jars", True, detail, "they are fetched again when the server starts" if broken else ""),
        Finding("server", status.reason is None, state, "`lookthrough neo4j start` starts it again"),
        *([disk(status.home)] if status.home.exists() else []),
    ]


def _away(database: Database) -> Finding | None:
    try:
        database.verify()
    except GraphUnavailable as error:
        return Finding("neo4j", False, str(error), "see that it runs, and who may log in")
    return None


def _print(findings: list[Finding]) -> None:
    for finding in findings:
        mark = "✓" if finding.well else "✗"
        advice = "" if finding.well or not finding.advice else f" — {finding.advice}"
        out.print(f"{mark} {finding.check}: {finding.detail}{advice}", markup=False, soft_wrap=True)

"""The command `lookthrough`: its commands, and how each of them ends."""

from __future__ import annotations

import sys
from importlib.metadata import version
from typing import Annotated

import typer

from . import (
    backup,
    browse,
    chart,
    doctor,
    export,
    load,
    mapping,
    match,
    neo4j,
    ownership,
    policies,
    questions,
    retract,
    screen,
    serve,
    stored,
    what_if,
)
from .ending import exit_code, interrupted, stopped
from .output import quiet_libraries, set_up_streams

INTERRUPTED = 130
"""What typer makes of Ctrl-C, as shells do; ours is 1, like every end that is not named."""

app = typer.Typer(
    name="lookthrough",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
for module in (
    serve,
    load,
    mapping,
    retract,
    export,
    backup,
    questions,
    screen,
    what_if,
    stored,
    ownership,
    chart,
    browse,
    doctor,
):
    module.add_to(app)
app.add_typer(policies.app, name="policies")
app.add_typer(match.app, name="match")
app.add_typer(neo4j.app, name="neo4j")


def _tell_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"lookthrough {version('lookthrough')}")
        raise typer.Exit


@app.callback()
def lookthrough(
    _: Annotated[
        bool,
        typer.Option("--version", callback=_tell_version, is_eager=True, help="print the version and end"),
    ] = False,
) -> None:
    """Is this entity owned or controlled by those parties, under this rule, on this date?"""


def main() -> None:
    """Run a command; exits 0 when it did its work, 2 on bad input, 3 when Neo4j is away, else 1."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    set_up_streams()
    quiet_libraries()
    try:
        code = typer.main.get_command(app).main(arguments, prog_name="lookthrough", standalone_mode=False)
    except Exception as error:  # the one place where an error becomes an exit code
        if interrupted(error):
            return stopped()
        return exit_code(error, json="--json" in arguments)
    if code == INTERRUPTED:
        return stopped()
    return code if isinstance(code, int) else 0

"""The command `lookthrough`: its commands, exit codes, and errors as one sentence."""

from __future__ import annotations

import sys

import click
import orjson
import typer
from pydantic import ValidationError

from lookthrough.investigations.problems import Problem, problem_of

from . import doctor, load, neo4j, policies, questions, serve
from .output import complain

AWAY, BAD_INPUT, FAILED = 3, 2, 1
_EXIT = {503: AWAY, 404: BAD_INPUT, 409: FAILED, 422: BAD_INPUT}

app = typer.Typer(
    name="lookthrough",
    help="Is this entity owned or controlled by those parties, under this rule, on this date?",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
for module in (serve, load, questions, doctor):
    module.add_to(app)
app.add_typer(policies.app, name="policies")
app.add_typer(neo4j.app, name="neo4j")


def main() -> None:
    """Run a command; exits 0 when it did its work, 2 on bad input, 3 when Neo4j is away, else 1."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    try:
        code = typer.main.get_command(app).main(arguments, prog_name="lookthrough", standalone_mode=False)
    except click.ClickException as error:
        return _usage(error, arguments)
    except (click.Abort, KeyboardInterrupt):
        complain("stopped")
        return FAILED
    except Exception as error:  # the one place where an error becomes an exit code
        return _failed(error, arguments)
    return code if isinstance(code, int) else 0


def _usage(error: click.ClickException, arguments: list[str]) -> int:
    problem = Problem(
        type="urn:lookthrough:bad-usage",
        title="The command cannot be run",
        status=422,
        detail=error.format_message(),
    )
    return _say(problem, arguments, BAD_INPUT)


def _failed(error: Exception, arguments: list[str]) -> int:
    if isinstance(error, ValidationError):
        fault = error.errors()[0]
        name = "LOOKTHROUGH_" + "_".join(str(part) for part in fault["loc"]).upper()
        error = click.UsageError(f"{name}: {fault['msg']}")
        return _usage(error, arguments)
    problem = problem_of(error)
    if problem.type == "urn:lookthrough:internal":
        raise error
    return _say(problem, arguments, _EXIT.get(problem.status, FAILED))


def _say(problem: Problem, arguments: list[str], code: int) -> int:
    if "--json" in arguments:
        sys.stdout.write(orjson.dumps(problem.model_dump()).decode() + "\n")
    complain(problem.detail)
    return code

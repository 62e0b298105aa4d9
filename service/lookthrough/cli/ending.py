"""How a command ends that could not do its work: one sentence, with `--json` a document, and a number."""

from __future__ import annotations

import traceback

import orjson
import typer
from pydantic import ValidationError

from lookthrough.graph.embedded import SettingRefused
from lookthrough.investigations.problems import Problem, problem_of
from lookthrough.settings import SettingMissing, Settings

from .output import complain, write_json

AWAY, BAD_INPUT, FAILED = 3, 2, 1
INTERNAL = "urn:lookthrough:internal"
_OF_STATUS = {503: AWAY, 404: BAD_INPUT, 422: BAD_INPUT}
_WRONG_PLACE = (FileNotFoundError, FileExistsError, NotADirectoryError, IsADirectoryError, PermissionError)


def interrupted(error: BaseException | None) -> bool:
    """Whether it came of Ctrl-C: one that falls into the driver's work surfaces as an error of the driver."""
    while error is not None:
        if isinstance(error, KeyboardInterrupt | typer.Abort):
            return True
        error = error.__context__
    return False


def stopped() -> int:
    complain("stopped")
    return FAILED


def exit_code(error: Exception, *, json: bool) -> int:
    """Say what went wrong and give the number to exit with."""
    problem = _problem(error)
    if problem.detail:  # a command without arguments has printed its help
        _say(error, problem, json=json)
    return _OF_STATUS.get(problem.status, FAILED)


def _say(error: Exception, problem: Problem, *, json: bool) -> None:
    if json:
        write_json(orjson.dumps(problem.model_dump()))
    if problem.type == INTERNAL:
        traceback.print_exception(error)
    complain(problem.detail)


def _problem(error: Exception) -> Problem:
    """What is wrong with the command line or the settings, before what the use-cases know."""
    if isinstance(error, typer.TyperException):
        return _bad_usage(" ".join(error.format_message().split()))
    if isinstance(error, SettingMissing | SettingRefused):
        return _bad_usage(str(error))
    if isinstance(error, ValidationError) and error.title == Settings.__name__:
        fault = error.errors()[0]
        return _bad_usage(f"LOOKTHROUGH_{'_'.join(map(str, fault['loc'])).upper()}: {fault['msg']}")
    if isinstance(error, UnicodeEncodeError):
        return _bad_usage("an argument is not text that can be read as UTF-8")
    return _of_system(error) if isinstance(error, OSError) else problem_of(error)


def _bad_usage(detail: str) -> Problem:
    title = "The command cannot be run"
    return Problem(type="urn:lookthrough:bad-usage", title=title, status=422, detail=detail)


def _of_system(error: OSError) -> Problem:
    reason = error.strerror or type(error).__name__
    told = f"{error.filename}: {reason}" if error.filename else reason
    if isinstance(error, _WRONG_PLACE):
        return _bad_usage(told)
    return Problem(type="urn:lookthrough:system", title="The system refused", status=500, detail=told)

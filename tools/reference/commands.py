"""The page of every command, with its arguments and options, from the command line itself."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Literal, cast, get_args, get_origin

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from lookthrough.cli.main import app

from .markdown import code, table

HEAD = """# Every command

Made from the program (`make reference`); `lookthrough COMMAND --help` says the same. What the commands are
for, and how they end, is on the page about the [command line](../cli.md).
"""
_KINDS: dict[object, str] = {str: "text", Path: "path", int: "number", float: "number"}
Command = TyperCommand | TyperGroup
Parameter = TyperArgument | TyperOption


def page() -> str:
    return HEAD + "".join(f"\n{section(name, command)}" for name, command in commands().items())


@cache
def commands() -> dict[str, Command]:
    """Every command by its name, those of groups as `neo4j start`, behind their group."""
    return dict(_below(cast(TyperGroup, typer.main.get_command(app)), ""))


def _below(group: TyperGroup, prefix: str) -> Iterator[tuple[str, Command]]:
    for name, command in cast("dict[str, Command]", group.commands).items():
        yield f"{prefix}{name}", command
        if isinstance(command, TyperGroup):
            yield from _below(command, f"{prefix}{name} ")


def options(command: Command) -> set[str]:
    """Every way to write an option of the command."""
    return {
        way for each in parameters(command) for way in (*each.opts, *each.secondary_opts) if way[0] == "-"
    }


def parameters(command: Command) -> list[Parameter]:
    return [each for each in command.params if isinstance(each, Parameter) and not each.hidden]


def section(name: str, command: Command) -> str:
    """Its heading, what it does, how it is called and what each parameter means."""
    rows = [
        (code(_written(each)), _takes(each), _default(each), each.help or "") for each in parameters(command)
    ]
    told = " ".join((command.help or "").split())
    shown = table(("", "takes", "default", "meaning"), rows)
    return f"## lookthrough {name}\n\n{told}\n\n{shown}\n"


def _written(parameter: Parameter) -> str:
    if isinstance(parameter, TyperOption):
        return ", ".join((*parameter.opts, *parameter.secondary_opts))
    return (parameter.metavar or str(parameter.name)).upper()


def _takes(parameter: Parameter) -> str:
    """The kind of value, the words to choose from, and how often."""
    if isinstance(parameter, TyperOption) and parameter.is_flag:
        return ""
    annotation: object = parameter.type_descriptor.annotation
    many = get_origin(annotation) is list
    kind = _kind(get_args(annotation)[0] if many else annotation)
    return f"{kind}, as often as needed" if many else kind


def _kind(annotation: object) -> str:
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return _choice([str(each.value) for each in annotation])
    if get_origin(annotation) is Literal:
        return _choice([str(each) for each in get_args(annotation)])
    return _KINDS[annotation]


def _choice(words: list[str]) -> str:
    return ", ".join(code(word) for word in words)


def _default(parameter: Parameter) -> str:
    if parameter.required:
        return "required"
    if isinstance(parameter, TyperOption) and parameter.is_flag:
        return ""
    given = parameter.default
    return code(str(given.value if isinstance(given, Enum) else given)) if given not in (None, "", []) else ""

"""Somebody who types what a page says, before the demo set and a running service."""

from __future__ import annotations

import argparse
import doctest
import re
import shlex
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO, TextIOWrapper
from pathlib import Path

import httpx
import pytest
import typer

from lookthrough.cli.main import app

SHOWN = "http://127.0.0.1:8080"
"""Where the pages say that the service is."""
_FILE = re.compile(r"^cat > (\S+) <<'END'\n(.*?)^END$\n?", re.MULTILINE | re.DOTALL)
_LOOSE = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


@dataclass(frozen=True, slots=True)
class Reader:
    """Types in `folder`; the service is at `address`."""

    folder: Path
    address: str
    patch: pytest.MonkeyPatch

    def sh(self, text: str) -> None:
        """A block of commands, each of which must do its work."""
        for file, content in _FILE.findall(text):
            (self.folder / file).write_text(content, encoding="utf-8")
        for line in _commands(_FILE.sub("", text)):
            self.type(line)

    def console(self, text: str) -> None:
        """Commands behind `$ `, each with what it prints; a line `…` stands for any number of lines."""
        for typed, shown in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", text, re.MULTILINE):
            got, wanted = self.type(typed), re.sub(r"^…$", "...", shown, flags=re.MULTILINE)
            assert doctest.OutputChecker().check_output(wanted, got, _LOOSE), f"$ {typed}\n{got}"

    def python(self, text: str) -> None:
        exec(compile(text.replace(SHOWN, self.address), "block", "exec"), {})  # noqa: S102  our own page

    def type(self, line: str) -> str:
        """What a command prints; AssertionError where it fails or is none that can be typed here."""
        command, *arguments = shlex.split(line, comments=True)
        if command in ("lookthrough", ".venv/bin/lookthrough"):
            return self._lookthrough(arguments)
        if command == "curl":
            return self._curl(arguments)
        assert command == "make", (
            f"{line}: no test can type this; say why above the block: <!-- not run: … -->"
        )
        return ""

    def _lookthrough(self, arguments: list[str]) -> str:
        with self.patch.context() as patch, TextIOWrapper(BytesIO(), encoding="utf-8") as printed:
            patch.setattr(sys, "stdout", printed)
            code = typer.main.get_command(app).main(arguments, prog_name="lookthrough", standalone_mode=False)
            assert not code, arguments
            printed.seek(0)
            return printed.read()

    def _curl(self, arguments: list[str]) -> str:
        asked = _CURL.parse_args(arguments)
        url = asked.url.replace(SHOWN, self.address)
        headers = dict(each.split(": ", 1) for each in asked.header)
        method = asked.request or ("POST" if asked.data else "GET")
        answer = httpx.request(method, url, headers=headers, content=asked.data, timeout=60)
        assert answer.is_success, answer.text
        return answer.text


def _commands(text: str) -> Iterator[str]:
    for line in text.replace("\\\n", " ").splitlines():
        if line.strip() and not line.lstrip().startswith("#"):
            yield line.strip()


_CURL = argparse.ArgumentParser("curl", add_help=False)
_CURL.add_argument("url")
_CURL.add_argument("-s", action="store_true")
_CURL.add_argument("-N", action="store_true")
_CURL.add_argument("-X", dest="request")
_CURL.add_argument("-H", dest="header", action="append", default=[])
_CURL.add_argument("-d", dest="data")

"""A file of TOML read strictly: an error names the key that is of a wrong type, or that nobody asked for."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from typing import cast

from .rows import UnusableFile

MOST_BYTES = 1_000_000


def toml_in(content: bytes, name: str) -> Keys:
    """The content of a file of that name. Raises UnusableFile where it is no TOML in UTF-8."""
    if len(content) > MOST_BYTES:
        raise UnusableFile(name, "is larger than a megabyte, which no such file is.")
    try:
        return Keys(tomllib.loads(content.decode("utf-8-sig")), name)
    except (ValueError, RecursionError) as error:
        raise UnusableFile(name, f"is no TOML in UTF-8: {error}.") from error


class Keys:
    """One table of the file; `path` leads to it: `tables[0].columns`.

    Use it in a `with`, or close it, when everything that is understood was asked for.
    """

    def __init__(self, values: Mapping[str, object], file: str, path: str = "") -> None:
        self._values = values
        self._asked: set[str] = set()
        self._file = file
        self.path = path

    def __enter__(self) -> Keys:
        return self

    def __exit__(self, error: object, *_: object) -> None:
        if error is None:
            self.close()

    def close(self) -> None:
        """Raises UnusableFile for the first key that nobody asked for."""
        for name in self._values:
            if name not in self._asked:
                raise self.wrong(name, f"is an unknown key; known here are {', '.join(sorted(self._asked))}")

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def has(self, name: str) -> bool:
        return name in self._values

    def wrong(self, name: str, why: str) -> UnusableFile:
        """The error about a key of this table."""
        return UnusableFile(self._file, f"the key {self._at(name)} {why}.")

    def text(self, name: str, default: str = "") -> str:
        value = self._value(name)
        if value is None:
            return default
        if not isinstance(value, str) or not value:
            raise self.wrong(name, "must be a text that is not empty")
        return value

    def flag(self, name: str) -> bool:
        value = self._value(name)
        if value is not None and not isinstance(value, bool):
            raise self.wrong(name, "must be true or false")
        return value is True

    def one_of(self, name: str, choices: Mapping[str, object] | tuple[str, ...], default: str = "") -> str:
        value = self.text(name, default)
        if value and value not in choices:
            raise self.wrong(name, f"is {value!r}, none of {', '.join(choices)}")
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        """The texts of a list; one that stands by itself is a list of one."""
        value = self._value(name)
        listed = cast("list[object]", value) if isinstance(value, list) else [] if value is None else [value]
        if not all(isinstance(one, str) and one for one in listed):
            raise self.wrong(name, "must be a text or a list of texts that are not empty")
        return tuple(cast("list[str]", listed))

    def table(self, name: str) -> Keys:
        """A table; empty where there is none."""
        value = self._value(name)
        if value is not None and not isinstance(value, dict):
            raise self.wrong(name, "must be a table")
        return Keys(cast("dict[str, object]", value or {}), self._file, self._at(name))

    def tables(self, name: str) -> list[Keys]:
        """The tables of a list; one by itself is a list of one, and a text `x` is `{column = "x"}`."""
        value = self._value(name)
        listed = cast("list[object]", value) if isinstance(value, list) else [] if value is None else [value]
        found: list[Keys] = []
        for number, one in enumerate(listed):
            path = f"{self._at(name)}[{number}]" if isinstance(value, list) else self._at(name)
            told = {"column": one} if isinstance(one, str) else one
            if not isinstance(told, dict):
                raise UnusableFile(self._file, f"the key {path} must be a table, or the name of a column.")
            found.append(Keys(cast("dict[str, object]", told), self._file, path))
        return found

    def _value(self, name: str) -> object:
        self._asked.add(name)
        return self._values.get(name)

    def _at(self, name: str) -> str:
        return f"{self.path}.{name}" if self.path else name

"""What can go wrong with the embedded server.

EmbeddedError
├── EmbeddedExtraMissing    the packages of the extra `embedded` are not installed
├── SettingRefused          an environment variable or a file of the home cannot be used
├── DownloadFailed          a jar could not be fetched
│   └── JarRefused          a jar was fetched and is not the one that the lock names
├── PasswordRefused         the server does not take the password kept in the home
├── ServerCrashed           the process ended without being stopped
├── NewerHome               a newer Neo4j has opened the data of the home
├── HalfImported            a first load was interrupted while the database was made
└── ServerTimeout           the server did not answer, or the home did not come free, in time
"""

from __future__ import annotations

from pathlib import Path


class EmbeddedError(Exception):
    """Anything that keeps the embedded server from doing what it was asked; `str` is one sentence."""


class EmbeddedExtraMissing(EmbeddedError):
    """Java or the fetcher of jars is not installed."""

    def __init__(self, package: str) -> None:
        super().__init__(
            f"the embedded Neo4j needs the package {package}: pip install 'lookthrough[embedded]'"
        )
        self.package = package


class SettingRefused(EmbeddedError):
    """A setting or a kept file has a value that cannot be used; the sentence names it."""


class DownloadFailed(EmbeddedError):
    """A jar could not be fetched, after all attempts."""


class JarRefused(DownloadFailed):
    """A fetched jar has another SHA-256 sum than the lock; nothing of it is kept."""

    def __init__(self, jar: str, expected: str, found: str) -> None:
        super().__init__(
            f"{jar} is refused and was deleted: expected SHA-256 {expected}, the repository sent {found}"
        )
        self.jar, self.expected, self.found = jar, expected, found


class PasswordRefused(EmbeddedError):
    """The data of the home were made with another password than the one in its password file."""


class ServerCrashed(EmbeddedError):
    """The server process ended by itself or was killed; `log_tail` holds the last lines of its log."""

    def __init__(self, happened: str, log_tail: str) -> None:
        super().__init__(f"{happened}; the log ends:\n{log_tail}" if log_tail else f"{happened}; no log")
        self.log_tail = log_tail


class NewerHome(EmbeddedError):
    """Neo4j migrates its data forward only."""

    def __init__(self, home: Path, opened_by: str, version: str) -> None:
        super().__init__(
            f"the data in {home} were opened by Neo4j {opened_by}, and this version of the program brings "
            f"{version}, which cannot open them any more: use the newer one, or restore a backup elsewhere"
        )


class HalfImported(EmbeddedError):
    """What is in the home is not yet what was loaded."""

    def __init__(self, home: Path) -> None:
        super().__init__(
            f"a first load into {home} was interrupted: "
            "give it again, `lookthrough load --bulk` with the same files"
        )


class ServerTimeout(EmbeddedError):
    """Nothing is known to be broken, but the time that the caller gave is over."""

"""Settings: environment variables `LOOKTHROUGH_…`, and the same names in a `.env` file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from lookthrough.logs import Level


class SettingMissing(ValueError):
    """A setting that is needed is not there, or what it names cannot be read; the sentence names it."""


_Place = Annotated[Path, AfterValidator(Path.expanduser)]


class Settings(BaseSettings):
    """Without `neo4j_uri` the embedded server is used, with its data in `home`."""

    model_config = SettingsConfigDict(
        env_prefix="LOOKTHROUGH_",
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        use_attribute_docstrings=True,  # docs/settings.md is made of them
    )

    neo4j_uri: str | None = None
    """a Neo4j to use, also `neo4j://` and `neo4j+s://`; without it the embedded server is used"""
    neo4j_user: str = "neo4j"
    """its user"""
    neo4j_password: SecretStr | None = None
    """its password; there is no default. It or the file is needed with a URI"""
    neo4j_password_file: _Place | None = None
    """a file that holds the password (blanks and line ends around it don't count)"""
    neo4j_database: str | None = None
    """its database; without it the server's default"""
    neo4j_browser: str | None = None
    """where Neo4j Browser of that Neo4j answers, such as `http://127.0.0.1:7474/browser/`, so that pages can
    link to it"""
    home: _Place | None = None
    """the embedded server's data, password and ports; two homes run side by side. Without it a folder in the
    user data folder"""
    cache: _Place | None = None
    """where the embedded server's jars are kept; without it a folder in the user cache folder"""
    max_fact_age_days: int | None = Field(default=None, ge=0, le=100_000)
    """how old a source may be, in days, before a verdict warns; where a policy names a figure too, the
    smaller counts. A verdict keeps the figure (`max_age_days`)"""
    log_level: Level = "warning"
    """from which level upward `up` and `serve` log: `debug`, `info` (a line a request), `warning`, `error`"""
    max_upload_mb: int = Field(default=200, ge=1, le=100_000)
    """how large a body of files that are imported over HTTP may be, in megabytes"""
    allowed_hosts: str = "127.0.0.1,localhost,[::1]"
    """names under which the service may be asked for, with commas; others are refused. Needed beside `--host`
    when others are to reach it; `*` lets every name in"""

    def password(self) -> str:
        """Raises SettingMissing, naming the setting, if there is none or its file cannot be read."""
        if self.neo4j_password is not None:
            return self.neo4j_password.get_secret_value()
        if self.neo4j_password_file is None:
            raise SettingMissing(
                "LOOKTHROUGH_NEO4J_URI needs LOOKTHROUGH_NEO4J_PASSWORD or …_PASSWORD_FILE beside it"
            )
        return _content(self.neo4j_password_file)


def _content(password_file: Path) -> str:
    try:
        password = password_file.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise SettingMissing(
            f"LOOKTHROUGH_NEO4J_PASSWORD_FILE: {password_file} cannot be read: {error.strerror}"
        ) from None
    except UnicodeDecodeError:
        raise SettingMissing(f"LOOKTHROUGH_NEO4J_PASSWORD_FILE: {password_file} is not UTF-8 text") from None
    if not password:
        raise SettingMissing(f"LOOKTHROUGH_NEO4J_PASSWORD_FILE: {password_file} is empty")
    return password

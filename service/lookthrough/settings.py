"""Settings: environment variables `LOOKTHROUGH_…`, and the same names in a `.env` file."""

from __future__ import annotations

from pathlib import Path

from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Without `neo4j_uri` the embedded server is used, with its data in `home`."""

    model_config = SettingsConfigDict(env_prefix="LOOKTHROUGH_", env_file=".env", extra="ignore", frozen=True)

    neo4j_uri: str | None = None
    neo4j_user: str = "neo4j"
    neo4j_password: SecretStr | None = None
    neo4j_password_file: Path | None = None
    neo4j_database: str | None = None
    home: Path | None = None
    cache: Path | None = None
    allowed_hosts: str = "127.0.0.1,localhost,[::1]"
    """Names under which the service may be asked for, with commas; others are refused."""

    def password(self) -> str:
        """Raises ValueError, naming the setting, if there is none or its file cannot be read."""
        if self.neo4j_password is not None:
            return self.neo4j_password.get_secret_value()
        if self.neo4j_password_file is None:
            raise ValueError(
                "LOOKTHROUGH_NEO4J_PASSWORD or LOOKTHROUGH_NEO4J_PASSWORD_FILE is needed with …_URI"
            )
        try:
            return self.neo4j_password_file.read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ValueError(f"LOOKTHROUGH_NEO4J_PASSWORD_FILE: {error.strerror}: {error.filename}") from None

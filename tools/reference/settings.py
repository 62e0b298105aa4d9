"""The table of settings, from the settings themselves."""

from __future__ import annotations

from lookthrough.settings import Settings

from .markdown import code, table


def settings() -> str:
    rows = [
        (
            code(f"LOOKTHROUGH_{name.upper()}"),
            code(str(field.default)) if field.default else "none",
            field.description or "",
        )
        for name, field in Settings.model_fields.items()
    ]
    return table(("variable", "default", "meaning"), rows)

"""Every document, or part of one, that is made from the code."""

from __future__ import annotations

from pathlib import Path

from tools import openapi, worked_examples

from . import commands, decisions, packs, routes
from .columns import columns
from .markdown import put
from .settings import settings

HERE = Path(__file__).parents[2]
DOCS = HERE / "docs"


def written() -> dict[Path, str]:
    """Each made document as it should be now, by its path."""
    return {
        DOCS / "openapi.json": openapi.text(),
        DOCS / "policy.schema.json": packs.schema_text(),
        DOCS / "reference" / "commands.md": commands.page(),
        DOCS / "reference" / "routes.md": routes.page(openapi.openapi()),
        DOCS / "decisions" / "README.md": decisions.page(DOCS / "decisions"),
        DOCS / "settings.md": _with("settings.md", "settings", settings()),
        DOCS / "csv.md": _with("csv.md", "columns", columns()),
        DOCS / "policies.md": _with("policies.md", "packs", packs.table()),
        DOCS / "worked-examples.md": worked_examples.page(),
    }


def _with(page: str, name: str, made: str) -> str:
    return put((DOCS / page).read_text(encoding="utf-8"), name, made)

"""The API's description of itself, as a file to read and to compare: `make openapi` writes it anew."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from lookthrough.api.app import create_app
from lookthrough.graph.database import Database
from lookthrough.settings import Settings

DOCUMENT = Path(__file__).parent.parent / "docs" / "openapi.json"


def openapi() -> dict[str, Any]:
    """The document that `/openapi.json` answers with; no database is asked."""
    database = Database("bolt://127.0.0.1:1", "neo4j", "unused")
    try:
        return create_app(database, Settings.model_construct()).openapi()
    finally:
        database.close()


def text() -> str:
    return json.dumps(openapi(), indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    DOCUMENT.write_text(text(), encoding="utf-8")

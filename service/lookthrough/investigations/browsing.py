"""Links that open Neo4j Browser with a query of `cypher/investigate/` filled in."""

from __future__ import annotations

import json
from urllib.parse import quote

from lookthrough.graph.queries import load


def browser_link(browser_url: str, query: str, entity: str) -> str:
    """The address of Neo4j Browser with the query in its editor and `$entity` set by a `:param` line."""
    # The id stands in a client-side command as a JSON string; the statement itself stays as it ships.
    text = f":param entity => {json.dumps(entity)};\n{load(f'investigate/{query}').text};"
    return f"{browser_url}?cmd=edit&arg={quote(text)}"

"""Reads entities with the library of the model, in an environment of its own, and says what it made of them.

`python as_the_library_reads.py FILE` prints JSON, with the values that did not survive cleaning and the
references that lead to nobody.
"""

# pyright: basic
from __future__ import annotations

import json
import sys
from pathlib import Path

from followthemoney import model  # type: ignore[import-not-found]


def main(path: Path) -> None:
    schemata: dict[str, int] = {}
    lost: list[list[str]] = []
    edges: list[list[str]] = []
    ids: set[str] = set()
    named: set[str] = set()
    for line in path.read_text(encoding="utf-8").splitlines():
        data = json.loads(line)
        proxy = model.get_proxy(data, cleaned=False)
        schemata[proxy.schema.name] = schemata.get(proxy.schema.name, 0) + 1
        ids.add(proxy.id)
        for name, values in data["properties"].items():
            prop = proxy.schema.get(name)
            kept = proxy.get(name, quiet=True)
            lost += [[data["id"], name, value] for value in values if prop is None or value not in kept]
            named |= set(kept) if prop is not None and prop.type.name == "entity" else set()
        edges += [[proxy.schema.name, source, target] for source, target in proxy.edgepairs()]
    print(json.dumps({"schemata": schemata, "lost": lost, "edges": edges, "dangling": sorted(named - ids)}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))

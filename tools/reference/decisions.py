"""The list of decisions, by their titles."""

from __future__ import annotations

from pathlib import Path

HEAD = """# Decisions

Why it is built as it is, one decision a page, in their order (`make reference` lists them).

"""


def page(folder: Path) -> str:
    return HEAD + "".join(f"- [{_title(file)}]({file.name})\n" for file in sorted(folder.glob("[0-9]*.md")))


def _title(file: Path) -> str:
    first, _, _ = file.read_text(encoding="utf-8").partition("\n")
    return first.removeprefix("# ")

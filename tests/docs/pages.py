"""The pages of this repository, and the blocks of code in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parents[2]
DOCS = HERE / "docs"
MADE = (DOCS / "reference", DOCS / "decisions" / "README.md", DOCS / "worked-examples.md")
"""What `make reference` writes, which a test compares as a whole."""
PAGES = sorted((*HERE.glob("*.md"), *DOCS.rglob("*.md"), HERE / "bench" / "README.md"))
HISTORY = HERE / "CHANGELOG.md"
WRITTEN = [page for page in PAGES if page != HISTORY and not any(page.is_relative_to(made) for made in MADE)]
"""Those that are written by hand and tell what is there now."""
FENCE = re.compile(
    r"(?:^<!-- not run: (?P<reason>[^\n]+) -->\n)?^```(?P<language>[^\n]*)\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
SPAN = re.compile(r"`([^`\n]+)`")


@dataclass(frozen=True, slots=True)
class Block:
    """A block of code; `reason` says why it is not run."""

    page: Path
    line: int
    language: str
    text: str
    reason: str | None

    @property
    def place(self) -> str:
        return f"{name(self.page)}:{self.line}"


def name(page: Path) -> str:
    return page.relative_to(HERE).as_posix()


def read(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def blocks(page: Path) -> Iterator[Block]:
    text = read(page)
    for found in FENCE.finditer(text):
        line = text.count("\n", 0, found.start("text"))
        yield Block(page, line, found["language"], found["text"], found["reason"])


def spans(page: Path) -> list[str]:
    """What stands in backquotes within sentences and tables; a bar there is written as \\|."""
    return [span.replace("\\|", "|") for span in SPAN.findall(FENCE.sub("", read(page)))]


def shell_lines(text: str) -> list[str]:
    """The commands of a shell block, each on one line."""
    return [line.strip() for line in text.replace("\\\n", " ").splitlines() if line.strip()]

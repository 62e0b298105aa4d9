"""Markdown that people write into notes, as HTML that can do nothing: no markup of their own, no pictures."""

from __future__ import annotations

from functools import cache

from markdown_it import MarkdownIt

HEADINGS_BEGIN = 4
"""Notes stand below headings of a page: `# …` is a heading of this level, and so on to the sixth."""


def to_html(text: str) -> str:
    """HTML of paragraphs, lists, tables, emphasis, code and links to the web; anything else stays text."""
    reader = _reader()
    tokens = reader.parse(text)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1:]) + HEADINGS_BEGIN - 1)}"
        for child in token.children or ():
            if child.type == "link_open":
                child.attrSet("rel", "noreferrer noopener")
    return str(reader.renderer.render(tokens, reader.options, {}))


@cache
def _reader() -> MarkdownIt:
    return _Reader("commonmark", {"html": False, "breaks": True}).enable("table").disable("image")


class _Reader(MarkdownIt):
    """Links lead to the web and nowhere else."""

    def validateLink(self, url: str) -> bool:  # noqa: N802  the library's name
        return url.lower().startswith(("http://", "https://"))

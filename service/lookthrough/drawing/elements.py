"""SVG elements: attributes instead of styles, so that a page with a strict policy can show them."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, tostring

from .paths import number

FONT = "system-ui, 'Helvetica Neue', Arial, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif"


def root(width: float, height: float) -> Element:
    return Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {number(width)} {number(height)}",
            "width": number(width),
            "height": number(height),
            "font-family": FONT,
        },
    )


def add(parent: Element, tag: str, text: str | None = None, /, **attributes: str | float) -> Element:
    """A child; `fill_opacity` becomes `fill-opacity`, `class_` becomes `class`, numbers have one decimal."""
    named = {
        name.rstrip("_").replace("_", "-"): value if isinstance(value, str) else number(value)
        for name, value in attributes.items()
    }
    child = SubElement(parent, tag, named)
    child.text = text
    return child


def text_of(svg: Element) -> str:
    """The document, one line."""
    return tostring(svg, encoding="unicode")

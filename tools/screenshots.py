"""Pictures of every page: `make screenshots` for those in docs/images, or all of them into another folder."""

from __future__ import annotations

import sys
from base64 import b64decode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page

from .browser import browsing
from .views import VIEWS, View

IMAGES = Path(__file__).parent.parent / "docs" / "images"
WIDE, PHONE = 1280, 390
HIGHEST = 1000
QUALITY = 40
LANGUAGES = {"en": "English", "zh": "Chinese"}
SCALE = 0.75
"""Of pictures at full width: still to be read, and half the bytes."""
GALLERY = IMAGES.parent / "screens.md"
LEAD = """# What the pages look like

Every page on the demo set, light and dark, at full width and on a phone, as `make screenshots` takes it;
long pages are cut.
"""
PLACE = """(part) => {
  const {top, height} = document.querySelector(part).getBoundingClientRect();
  return part === 'body' ? [0, document.documentElement.scrollHeight] : [top + scrollY - 40, height + 60];
}"""


@dataclass(frozen=True, slots=True)
class Shot:
    view: View
    language: str
    scheme: Literal["light", "dark"]
    width: int

    @property
    def scale(self) -> float:
        return 1 if self.width == PHONE else SCALE

    @property
    def name(self) -> str:
        size = "phone" if self.width == PHONE else "wide"
        return f"{self.view.name}-{self.language}-{self.scheme}-{size}.webp"

    @property
    def words(self) -> str:
        """For those who cannot see it."""
        size = "on a phone" if self.width == PHONE else "at full width"
        return f"{self.view.name.replace('-', ' ')}, {LANGUAGES[self.language]}, {self.scheme}, {size}"


def chosen() -> Iterator[Shot]:
    """Of each view both languages, both schemes and both widths, if not each with each."""
    for i, view in enumerate(VIEWS):
        yield Shot(view, "en", "light", WIDE)
        yield Shot(view, "zh", "dark", WIDE)
        yield Shot(view, "en" if i % 2 else "zh", "dark" if i % 2 else "light", PHONE)


def everything() -> Iterator[Shot]:
    for view, language, width in product(VIEWS, ("en", "zh"), (WIDE, PHONE)):
        yield Shot(view, language, "light", width)
        yield Shot(view, language, "dark", width)


def take(browser: Browser, address: str, shot: Shot, folder: Path) -> None:
    context = browser.new_context(
        viewport={"width": shot.width, "height": 900}, base_url=address, color_scheme=shot.scheme
    )
    page = context.new_page()
    shot.view.open(page, shot.language)
    (folder / shot.name).write_bytes(picture(page, shot))
    context.close()


def picture(page: Page, shot: Shot) -> bytes:
    """The page, or its part, as WebP, cut where it is very long."""
    top, height = page.evaluate(PLACE, shot.view.part or "body")
    clip = {"x": 0, "y": top, "width": shot.width, "height": min(height, HIGHEST), "scale": shot.scale}
    asked = {"format": "webp", "quality": QUALITY, "captureBeyondViewport": True, "clip": clip}
    told = page.context.new_cdp_session(page).send("Page.captureScreenshot", asked)  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    return b64decode(str(told["data"]))  # pyright: ignore[reportUnknownArgumentType]


def gallery(shots: Sequence[Shot]) -> str:
    """The document that shows them, a part for each view."""
    text = LEAD
    for view in VIEWS:
        text += f"\n## {view.name.replace('-', ' ').capitalize()}\n\n"
        shown = [shot for shot in shots if shot.view is view]
        text += "\n".join(f"![{shot.words}](images/{shot.name})" for shot in shown) + "\n"
    return text


def main(folder: Path | None) -> None:
    shots = list(chosen() if folder is None else everything())
    into = folder or IMAGES
    into.mkdir(parents=True, exist_ok=True)
    with browsing() as (browser, address):
        for shot in shots:
            take(browser, address, shot, into)
    if folder is None:
        GALLERY.write_text(gallery(shots), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)

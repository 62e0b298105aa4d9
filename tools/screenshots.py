"""Pictures of every page: `make screenshots` for those in docs/images, or all of them into another folder."""

from __future__ import annotations

import sys
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page

from .browser import browsing
from .views import VIEWS, View

IMAGES = Path(__file__).parent.parent / "docs" / "images"
WIDE, PHONE = 1280, 390
HIGHEST = 2400
QUALITY = 60
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
    def name(self) -> str:
        size = "phone" if self.width == PHONE else "wide"
        return f"{self.view.name}-{self.language}-{self.scheme}-{size}.webp"


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
    clip = {"x": 0, "y": top, "width": shot.width, "height": min(height, HIGHEST), "scale": 1}
    asked = {"format": "webp", "quality": QUALITY, "captureBeyondViewport": True, "clip": clip}
    told = page.context.new_cdp_session(page).send("Page.captureScreenshot", asked)  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    return b64decode(str(told["data"]))  # pyright: ignore[reportUnknownArgumentType]


def main(folder: Path | None) -> None:
    shots = chosen() if folder is None else everything()
    into = folder or IMAGES
    into.mkdir(parents=True, exist_ok=True)
    with browsing() as (browser, address):
        for shot in shots:
            take(browser, address, shot, into)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)

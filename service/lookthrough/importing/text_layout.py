"""How a file of text seems to be written: its encoding and its delimiter, by its beginning."""

from __future__ import annotations

import codecs
import csv
import io

from .files import InputFile
from .mapping import Layout

_HEAD = 2**20
_OTHERS = ("gb18030", "cp1252", "iso8859-1")
_SIGNS = ",;\t|"


def layout_of(file: InputFile) -> Layout:
    """The layout to propose; whether it holds for the whole file shows when it is read."""
    with file.open() as stream:
        head = stream.read(_HEAD)
    encoding = _encoding(head)
    text = codecs.getincrementaldecoder(encoding)(errors="replace").decode(head)
    first = next((line for line in text.lstrip("\ufeff").splitlines() if line.strip()), "")
    return Layout(encoding, _delimiter(first))


def _encoding(head: bytes) -> str:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    for encoding in ("utf-8", *_OTHERS):
        text = _decoded(head, encoding)
        # any bytes are some text in gb18030; words of a language that is written in it show in its characters
        if text is not None and (encoding != "gb18030" or _is_chinese(text)):
            return encoding
    return "utf-8"


def _decoded(head: bytes, encoding: str) -> str | None:
    try:
        return codecs.getincrementaldecoder(encoding)().decode(head)
    except UnicodeDecodeError:
        return None


def _is_chinese(text: str) -> bool:
    wide = [character for character in text if character > "\x7f"]
    common = sum("\u4e00" <= character <= "\u9fff" or "\uff00" <= character <= "\uffef" for character in wide)
    return common > 0.9 * len(wide)


def _delimiter(header: str) -> str:
    """The sign that parts the header into the most cells, quotes heeded."""
    counts = {
        sign: len(next(csv.reader(io.StringIO(header), delimiter=sign), list[str]())) for sign in _SIGNS
    }
    return max(_SIGNS, key=lambda sign: counts[sign])

"""Records of XML files, one after the other: elements of a name, as values of JSON."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from .files import CHUNK, InputFile
from .json_records import LONGEST_RECORD, MOST_PARTS
from .json_values import DEEPEST, Json, JsonObject
from .rows import UnusableFile

TEXT = "$"
"""The key of an element's text; attributes have the keys `@name`."""
_DEEPEST_OF_ALL = 256
"""Levels of a file, records and what lies around them."""
_XML = "http://www.w3.org/XML/1998/namespace"


@dataclass(frozen=True, slots=True)
class XmlRecord:
    """An element that is a record; `item` counts them from 1, `wrong` says why there is no `value`.

    Names are those of the record's own namespace, others have their prefix: `gleif:Deletion`. An element
    that stands several times is a list, one that is empty is None.
    """

    item: int
    name: str
    value: JsonObject | None
    wrong: str = ""


def xml_records(file: InputFile, names: Collection[str]) -> Iterator[XmlRecord]:
    """Every outermost element with one of these names (without namespace), in order.

    Raises UnusableFile where the file is broken, cut short or wrongly encoded, and where it declares a
    document type: entities in it could grow without bounds or stand for other files.
    """
    target = _Records(names)
    parser = _parser(target)
    with file.open() as stream:
        while chunk := stream.read(CHUNK):
            _fed(parser, chunk, file)
            yield from target.taken()
    _closed(parser, file)
    yield from target.taken()


def root_of(file: InputFile, start: bytes) -> str:
    """The name of the outermost element, as `{namespace}name`, from the first bytes of a file.

    Raises UnusableFile as `xml_records` does.
    """
    target = _Records(())
    parser = _parser(target)
    _fed(parser, start, file)
    if not target.root:
        _closed(parser, file)
    return target.root


class _Refused(Exception):
    """The file is of a kind that is not read; the text says which, as the end of a sentence."""


def _parser(target: _Records) -> etree.XMLParser:
    # the stubs ask for methods of a target that the parser itself can do without
    return etree.XMLParser(
        target=target,  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
    )


def _fed(parser: etree.XMLParser, chunk: bytes, file: InputFile) -> None:
    try:
        parser.feed(chunk)
    except _Refused as refused:
        raise UnusableFile(file.name, str(refused)) from None
    except etree.XMLSyntaxError as error:
        raise _broken(file, error) from None


def _closed(parser: etree.XMLParser, file: InputFile) -> None:
    try:
        parser.close()
    except etree.XMLSyntaxError as error:
        raise _broken(file, error) from None


def _broken(file: InputFile, error: etree.XMLSyntaxError) -> UnusableFile:
    why = " ".join(str(error.msg).split())[:200]
    return UnusableFile(file.name, f"is no whole XML document: {why}.")


@dataclass(slots=True)
class _Open:
    """An element of which more is to come."""

    key: str
    value: JsonObject
    text: str = ""

    def add(self, key: str, inner: Json) -> None:
        """Puts an element beside those of its name."""
        if key not in self.value:
            self.value[key] = inner
            return
        present = self.value[key]
        if isinstance(present, list):
            present.append(inner)
        else:
            self.value[key] = [present, inner]

    def closed(self) -> JsonObject:
        if self.text and not self.text.isspace():
            self.value[TEXT] = self.text
        return self.value


class _Records:
    """What the parser tells, put together record by record; all that lies between them is passed over."""

    def __init__(self, names: Collection[str]) -> None:
        self.root = ""
        self._count = 0
        self._names = names
        self._prefixes = {_XML: "xml"}
        self._own = ""
        self._keys: dict[str, str] = {}
        self._open: list[_Open] = []
        self._level = 0
        self._record = 0
        self._size = 0
        self._parts = 0
        self._wrong = ""
        self._done: list[XmlRecord] = []

    def taken(self) -> list[XmlRecord]:
        """The records that were completed since they were last asked for."""
        done, self._done = self._done, []
        return done

    def doctype(self, name: str, public: str | None, system: str | None) -> None:
        raise _Refused("declares a document type (DOCTYPE), which no data needs and which is not read.")

    def start(self, tag: str, attributes: Mapping[str, str], prefixes: Mapping[str | None, str]) -> None:
        self._level += 1
        if self._level > _DEEPEST_OF_ALL:
            raise _Refused(f"is nested deeper than {_DEEPEST_OF_ALL} levels.")
        self.root = self.root or tag
        for prefix, namespace in prefixes.items() if prefixes else ():
            self._prefixes[namespace] = prefix or self._prefixes.get(namespace, "")
        if self._record:
            self._inside(tag, attributes)
        elif tag.rpartition("}")[2] in self._names:
            self._begin(tag, attributes)

    def data(self, text: str) -> None:
        if not self._open:
            return
        self._size += len(text)
        if self._size > LONGEST_RECORD:
            self._refuse(f"It is longer than {LONGEST_RECORD} characters.")
        else:
            self._open[-1].text += text

    def end(self, tag: str) -> None:
        self._level -= 1
        if self._level < self._record:
            self._complete(tag.rpartition("}")[2])
        elif self._open:
            done = self._open.pop()
            self._open[-1].add(done.key, done.closed() or None)

    def close(self) -> None:
        """Nothing is left to do; the parser wants to be told."""

    def _begin(self, tag: str, attributes: Mapping[str, str]) -> None:
        own = tag.rpartition("}")[0]
        if own != self._own:
            self._own = own
            self._keys.clear()
        self._record = self._level
        self._size = self._parts = 0
        self._wrong = ""
        self._inside(tag, attributes)

    def _inside(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._parts += 1 + len(attributes)
        if self._level - self._record >= DEEPEST:
            self._refuse(f"It is nested deeper than {DEEPEST} levels.")
        elif self._parts > MOST_PARTS:
            self._refuse(f"It has more than {MOST_PARTS} parts.")
        elif not self._wrong:
            value: JsonObject = {}
            for name, text in attributes.items() if attributes else ():
                self._size += len(text)
                # a parser that resolves no entities leaves this one, and no other, in attributes
                value[f"@{self._key(name)}"] = text.replace("&#38;", "&")
            self._open.append(_Open(self._key(tag), value))

    def _refuse(self, reason: str) -> None:
        self._wrong = self._wrong or reason
        self._open.clear()

    def _complete(self, name: str) -> None:
        self._count += 1
        self._record = 0
        value = self._open.pop().closed() if self._open else None
        self._done.append(XmlRecord(self._count, name, value, self._wrong))

    def _key(self, tag: str) -> str:
        """The name as a key: bare in the record's namespace or in none, with its prefix in others."""
        found = self._keys.get(tag)
        if found is None:
            namespace, _, name = tag.rpartition("}")
            prefix = self._prefixes.get(namespace.removeprefix("{"))
            bare = not namespace or namespace == self._own
            found = self._keys[tag] = name if bare else f"{prefix}:{name}" if prefix else tag
        return found

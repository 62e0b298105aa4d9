"""What if: the edits of a question, as they are written and checked."""

from __future__ import annotations

from typing import Annotated, Literal, cast

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from lookthrough.control.facts import Attribute, Kind, Lane
from lookthrough.control.interval import UNKNOWN, Interval
from lookthrough.importing import cells
from lookthrough.importing.figures import share

from .errors import BadQuestion

MOST_EDITS = 50


class BadEdit(BadQuestion):
    """`edits[2].percent: …`, counted from 0."""

    def __init__(self, index: int, field: str, reason: str) -> None:
        super().__init__(f"edits[{index}]{'.' + field if field else ''}: {reason}")
        self.index = index
        self.told = f"{field}: {reason}" if field else reason


def _key(text: str) -> str:
    if not text:
        raise ValueError("It is empty.")
    return cells.key(text)


def _percent(text: str) -> str:
    if text:
        share(text)
    return text


def _codes(text: str) -> str:
    if text:
        cells.jurisdictions(text)
    return text


Id = Annotated[str, AfterValidator(_key)]
Percent = Annotated[
    str,
    AfterValidator(_percent),
    Field(description="as in stakes.csv: 38.37, 100/3, (25,50], empty = unknown"),
]
Codes = Annotated[
    str, AfterValidator(_codes), Field(description="as in entities.csv: CN, CN|HK, empty = nothing on record")
]


class Edit(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class _OfStake(Edit):
    owner: Id
    owned: Id
    lane: Annotated[Lane, Field(strict=False)] = Lane.SHARES


class _WithFigure(_OfStake):
    percent: Percent = ""
    owner_kind: Annotated[Kind | None, Field(strict=False, description="of an owner not on record")] = None
    owned_kind: Annotated[Kind | None, Field(strict=False, description="of an owned not on record")] = None

    @property
    def interval(self) -> Interval | None:
        """What the percent says; None in lanes without figures."""
        if not self.lane.has_figure:
            return None
        return share(self.percent) if self.percent else UNKNOWN


class SetStake(_WithFigure):
    """The owner's stake becomes this one: that `holding`, or all its holdings where none is named."""

    op: Literal["set_stake"]
    holding: str | None = Field(default=None, max_length=200)


class AddStake(_WithFigure):
    """A stake beside those on record; there must not be the same holding yet."""

    op: Literal["add_stake"]
    holding: str = Field(default="", max_length=200)


class RemoveStake(_OfStake):
    """The owner has no such stake: that `holding`, or none at all where none is named."""

    op: Literal["remove_stake"]
    holding: str | None = Field(default=None, max_length=200)


class SetLocation(Edit):
    """The only recorded values of the attribute become these."""

    op: Literal["set_location"]
    entity: Id
    attribute: Annotated[Attribute, Field(strict=False)]
    jurisdiction: Codes
    kind: Annotated[Kind | None, Field(strict=False, description="of an entity not on record")] = None


AnyEdit = SetStake | AddStake | RemoveStake | SetLocation
_EDIT: TypeAdapter[AnyEdit] = TypeAdapter(Annotated[AnyEdit, Field(discriminator="op")])


def parse_edits(written: object) -> tuple[AnyEdit, ...]:
    """1 to `MOST_EDITS` edits from JSON values. Raises BadQuestion, which names the edit and its field."""
    found = cast("list[object]", written) if isinstance(written, list) else []
    if not 1 <= len(found) <= MOST_EDITS:
        raise BadQuestion(f"edits: a list of 1 to {MOST_EDITS} edits is needed")
    return tuple(_parsed(index, each) for index, each in enumerate(found))


def _parsed(index: int, written: object) -> AnyEdit:
    try:
        edit = _EDIT.validate_python(written)
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        field = ".".join(str(part) for part in fault["loc"][1:])
        raise BadEdit(
            index, field or _tag(fault["type"]), fault["msg"].removeprefix("Value error, ")
        ) from None
    if isinstance(edit, _WithFigure) and edit.percent and not edit.lane.has_figure:
        raise BadEdit(index, "percent", f"a stake in the lane {edit.lane} has none")
    return edit


def _tag(kind: str) -> str:
    return "op" if kind.startswith("union_tag") else ""

"""What became of every row of a load."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field

from lookthrough.importing.rows import Rejection

from .completing import NotClosed


@dataclass(slots=True)
class Tally:
    """`read` = `loaded` + `duplicate` + `rejected`; rows with something `noted` are counted within these."""

    read: int = 0
    loaded: int = 0
    duplicate: int = 0
    rejected: int = 0
    noted: int = 0


@dataclass(slots=True)
class FileReport(Tally):
    """One file: how it was read and what became of its rows, by type of statement."""

    file: str = ""
    format: str = ""
    why: str = ""
    by_type: dict[str, Tally] = field(default_factory=dict[str, Tally])
    notes: dict[str, int] = field(default_factory=dict[str, int])
    unknown_fields: dict[str, int] = field(default_factory=dict[str, int])


@dataclass(slots=True)
class LoadReport(Tally):
    """What became of every row: `read` = `loaded` + `duplicate` + `rejected`, and what was closed.

    `rejections` are all that were rejected but `rejections_left_out`.
    """

    files: int = 0
    entities_new: int = 0
    entities_implied: int = 0
    stakes_new: int = 0
    rejections: list[Rejection] = field(default_factory=list[Rejection])
    rejections_left_out: int = 0
    ignored: list[str] = field(default_factory=list[str])
    resumed: bool = False
    files_read: list[FileReport] = field(default_factory=list[FileReport])
    closed: dict[str, int] = field(default_factory=dict[str, int])
    not_closed: list[NotClosed] = field(default_factory=list[NotClosed])

    def document(self) -> dict[str, object]:
        """The report as it is printed; a rejection has only the fields that apply, without its record."""
        told: dict[str, object] = {
            **asdict(self),
            "rejections": [rejection_document(r) for r in self.rejections],
        }
        if not self.rejections_left_out:
            del told["rejections_left_out"]
        return told


def rejection_document(rejection: Rejection) -> dict[str, object]:
    told = {name: getattr(rejection, name) for name in ("file", "line", "field", "value", "reason")}
    more = {name: getattr(rejection, name) for name in ("item", "id", "type")}
    return {**told, **{name: value for name, value in more.items() if value}}

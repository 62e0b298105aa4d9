"""Short ways to write CSV files, load them and ask about them."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from itertools import count
from pathlib import Path
from typing import cast

from lookthrough.graph.database import Database
from lookthrough.graph.snapshot import Limits
from lookthrough.investigations.chains import Asked
from lookthrough.investigations.documents import Chain, ChainLink, TestResult, VerdictDocument
from lookthrough.investigations.loading import LoadReport, load_files
from lookthrough.investigations.verdicts import Question, verdict
from lookthrough.policies.library import Library
from lookthrough.policies.policy import PolicyDocument

TODAY = date(2026, 11, 23)
_numbers = count()


def files(folder: Path, /, **tables: str) -> Path:
    """Write `stakes="owner,owned …"` as stakes.csv, and so on; gives the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in tables.items():
        lines = [line.strip() for line in text.strip().splitlines()]
        (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def load(database: Database, folder: Path, /, **tables: str) -> LoadReport:
    """Load tables from a new folder below `folder`, all of whose rows must be usable."""
    report = load_files(database, [files(folder / f"load-{next(_numbers)}", **tables)])
    assert report.rejections == []
    return report


def figures(report: LoadReport) -> tuple[int, int, int, int]:
    """Rows read, loaded, duplicate and rejected."""
    return report.read, report.loaded, report.duplicate, report.rejected


@cache
def policy(over: str = "> 50", lane: str = "shares", public_float: str = "clean") -> PolicyDocument:
    """Owned by parties with headquarters or nationality CN; `over` as in `>= 25`, in percent."""
    operator, percent = over.split()
    return Library().parse(
        {
            "id": "test",
            "version": "1",
            "title": {"en": "Test"},
            "seeds": {
                "public_float": public_float,
                "any": [
                    {"attribute": "headquarters", "in": ["CN"]},
                    {"attribute": "nationality", "in": ["CN"]},
                ],
            },
            "tests": [
                {
                    "id": "ownership",
                    "kind": "ownership",
                    "lane": lane,
                    "threshold": f"{percent}%",
                    "operator": operator,
                }
            ],
        }
    )


def ask(
    database: Database,
    entity: str,
    rule: PolicyDocument | None = None,
    /,
    *,
    as_of: date = TODAY,
    known_at: datetime | None = None,
    chains: Asked | None = None,
    limits: Limits | None = None,
) -> VerdictDocument:
    question = Question(entity, rule or policy(), as_of, known_at=known_at, chains=chains or Asked())
    return verdict(database, question, limits)


def ownership(document: VerdictDocument) -> TestResult:
    """The first ownership test."""
    return next(test for test in document.tests if test.kind == "ownership")


def shares(document: VerdictDocument) -> tuple[str | None, str | None, str | None]:
    """R, C and U as exact fractions."""
    test = ownership(document)
    return test.restricted_exact, test.clean_exact, test.unknown_exact


def links(chain: Chain) -> list[ChainLink]:
    """The links of a chain, from the seed down."""
    assert chain.links is not None
    return chain.links


def walk(chain: Chain) -> tuple[str, ...]:
    """The entities of a chain, from the seed down."""
    return (links(chain)[0].owner, *(link.owned for link in links(chain)))


def without_instants(document: VerdictDocument) -> object:
    """What a verdict says, without when the database learned it and what is hashed over that."""
    return _without(document.model_dump(mode="json"), ("verdict_id", "known_at", "facts", "known_from"))


def _without(value: object, names: tuple[str, ...]) -> object:
    if isinstance(value, dict):
        table = cast(dict[str, object], value)
        # `facts` of a source is a count
        return {
            name: _without(inner, names)
            for name, inner in table.items()
            if name not in names or isinstance(inner, int)
        }
    return (
        [_without(inner, names) for inner in cast(list[object], value)] if isinstance(value, list) else value
    )

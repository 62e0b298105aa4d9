"""Facts of every shape that a CSV file can state, some told by several sources and several times."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

PERCENTS = (
    "",
    "0",
    "100",
    "38.37",
    "38.370",
    "100/3",
    "(25,50]",
    "[75,100]",
    "(0,100)",
    "[100/3,200/3)",
    ".5",
)
TEXTS = (
    "",
    "plain",
    'with "quotes", commas; and | bars',
    "it's \\ back\\slashed \\u0027",
    "中文名稱 “引號”",
    "Ünï©ødé 𠀀",
    "= 1 + 1",
    "'); MATCH (n) DETACH DELETE n; //",
)
NOTES = (*TEXTS, "two\nlines", "three\r\nmore\rlines")
SOURCES = ("register", "annual report", "新聞")
DATES = ("", "1999", "2005-06", "2010-02-28")
ENDS = ("", "2015", "2020-12-31")
LANES = ("shares", "votes", "board", "control")
HOLDINGS = ("", "A", "类别 B")
IDS = [*(f"company-{i}" for i in range(8)), "一 公司", "o'hara\\", "a/b?c#d", "𠀀"]
PEOPLE = ("person-1", "person-2")

Table = list[Mapping[str, str]]


def nasty(folder: Path, chance: random.Random, loads: int = 3) -> Iterator[Path]:
    """Folders of CSV files, to be loaded one after the other."""
    for load in range(loads):
        tables: dict[str, Table] = {
            "entities": _entities(chance, load),
            "stakes": _of_days(chance, _stakes(chance)),
            "locations": _of_days(chance, _locations(chance)),
            "lists": _of_days(chance, [{"list": _of(chance, TEXTS[1:5]), "entity": _of(chance, IDS)}]),
            "groups": _of_days(chance, [{"group": _of(chance, TEXTS[1:5]), "member": _of(chance, PEOPLE)}]),
            "same_as": [{"entity": IDS[0], "same_as": IDS[load + 1], **_evidence(chance)}],
            "sources": [_source(chance)] if load == 0 else [],
        }
        place = folder / str(load)
        place.mkdir(parents=True)
        for name, rows in tables.items():
            if rows:
                _write(place / f"{name}.csv", rows)
        yield place


def _entities(chance: random.Random, load: int) -> Table:
    people = [{"id": id_, "kind": "person", "nationality": "CN|HK"} for id_ in PEOPLE]
    described = [
        {"id": id_, "kind": _of(chance, ("company", "fund", "unknown"))}
        for id_ in IDS
        if load == 0 or chance.random() < 0.3
    ]
    return [
        {
            **told,
            "name": _of(chance, TEXTS),
            "name_original": _of(chance, TEXTS),
            "aliases": "|".join(chance.sample([t for t in TEXTS if t and "|" not in t], 2)),
            "headquarters": _of(chance, ("", "CN", "US|GB")),
            "founded": _of(chance, ("", "1990", "2001-02-03")),
            "dissolved": _of(chance, ("", "", "2023")),
            "lei": _of(chance, ("", "5493001KJTIIGC8Y1R12")),
            "identifiers": _of(chance, ("", "gb-coh:01234567|cn-uscc:91310000MA1K12345X")),
            "unspecified": _of(chance, ("", "", "super-secure-person")),
            "source": SOURCES[load],
            "url": _of(chance, ("", "https://example.org/?a=1&b='2'")),
            "note": _of(chance, NOTES),
        }
        for told in (described + people if load == 0 else described)
    ]


def _stakes(chance: random.Random) -> Table:
    found: Table = []
    for _ in range(30):
        lane = _of(chance, LANES)
        percent = _of(chance, PERCENTS) if lane in ("shares", "votes") else ""
        ends = {"owner": _of(chance, [*IDS, *PEOPLE, "only-named"]), "owned": _of(chance, IDS)}
        holding, confidence = _of(chance, HOLDINGS), _of(chance, TEXTS)
        found.append({**ends, "lane": lane, "percent": percent, "holding": holding, "confidence": confidence})
    return found


def _locations(chance: random.Random) -> Table:
    places = ("headquarters", "incorporation", "principal_place", "listing")
    return [
        {
            "entity": _of(chance, IDS),
            "attribute": _of(chance, places),
            "jurisdiction": _of(chance, ("CN", "HK|US", "XK")),
        }
        for _ in range(8)
    ]


def _source(chance: random.Random) -> Mapping[str, str]:
    told = {"source": SOURCES[0], "title": TEXTS[2], "url": "https://example.org", "licence": TEXTS[4]}
    return {**told, "retrieved": _of(chance, ("2024-05", "2024-05-06T07:08:09Z")), "sha256": "0f" * 32}


def _of_days(chance: random.Random, rows: Table) -> Table:
    return [{**row, **_dates(chance), **_evidence(chance)} for row in rows]


def _dates(chance: random.Random) -> Mapping[str, str]:
    return {"valid_from": _of(chance, DATES), "valid_to": _of(chance, ENDS)}


def _evidence(chance: random.Random) -> Mapping[str, str]:
    return {
        "source": _of(chance, SOURCES),
        "ref": _of(chance, TEXTS),
        "url": _of(chance, ("", "https://example.org/x?y=%27")),
        "note": _of(chance, NOTES),
    }


def _of(chance: random.Random, choices: Sequence[str]) -> str:
    return chance.choice(choices)


def _write(path: Path, rows: Table) -> None:
    columns = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\r\n")
        writer.writeheader()
        writer.writerows(rows)

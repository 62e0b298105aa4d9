"""Files of registers into the graph: loaded, asked about, loaded again, interrupted, mended."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path

import orjson
import pytest

from lookthrough.graph.database import Database
from lookthrough.importing.rows import UnusableFile
from lookthrough.investigations.checkup import examine
from lookthrough.investigations.exporting import canonical_hash
from lookthrough.investigations.loading import Progress, load_files
from lookthrough.policies.library import Library

from .canonical import canonical
from .facts import ask, figures, ownership, policy

DATA = Path(__file__).parents[1] / "data"
SAMPLES = ["psc", "bods", "ftm", "companies-house", "gleif-xml", "ofac-sdn"]


def of(name: str) -> list[Path]:
    """The good files of a format."""
    files = sorted((DATA / name).iterdir())
    return [file for file in files if not file.name.startswith(("adversarial", "codes"))]


@pytest.mark.parametrize("name", SAMPLES)
def test_a_second_load_in_another_order_is_all_duplicates(
    database: Database, wipe: Callable[[], None], name: str
) -> None:
    first = load_files(database, of(name))
    assert first.rejections == []
    assert {file.format for file in first.files_read} == {name}
    assert all(file.read == sum(t.read for t in file.by_type.values()) for file in first.files_read)
    before = canonical(database)
    assert figures(load_files(database, of(name))) == (first.read, 0, first.read, 0)
    assert canonical(database) == before
    assert all(finding.well for finding in examine(database))
    wipe()
    load_files(database, reversed(of(name)))
    assert canonical(database) == before


@pytest.mark.parametrize("name", SAMPLES)
def test_the_graph_does_not_depend_on_how_rows_are_batched(
    database: Database, wipe: Callable[[], None], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """What several rows say alike is in it once, whether they came together or not."""
    load_files(database, of(name))
    together = canonical_hash(database)
    wipe()
    monkeypatch.setattr("lookthrough.investigations.loading.BATCH", 1)
    load_files(database, of(name))
    assert canonical_hash(database) == together


@pytest.mark.parametrize("name", SAMPLES)
def test_an_interrupted_load_ends_in_the_same_graph(
    database: Database, wipe: Callable[[], None], name: str
) -> None:
    clean = load_files(database, of(name))
    graph = canonical(database)
    wipe()
    steps = 0

    def stop(_: Progress) -> None:
        nonlocal steps
        steps += 1
        if steps == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load_files(database, of(name), progress=stop)
    again = load_files(database, of(name))
    assert again.resumed
    assert figures(again) == figures(clean)
    assert canonical(database) == graph


@pytest.mark.parametrize("name", [*SAMPLES, "gleif-json", "gleif-csv"])
def test_what_was_rejected_is_written_out_and_can_be_loaded_again(
    database: Database, tmp_path: Path, name: str
) -> None:
    out = tmp_path / "rejected.ndjson"
    bad = next((DATA / name).glob("adversarial*"))
    report = load_files(database, [bad], rejected=out)
    assert report.rejected == len(out.read_bytes().splitlines()) > 0
    assert report.read == report.loaded + report.duplicate + report.rejected
    again = load_files(database, [out])
    assert [file.format for file in again.files_read] == ["rejected"]
    assert figures(again) == (report.rejected, 0, 0, report.rejected)


def test_a_mended_record_is_loaded_with_the_source_it_had(database: Database, tmp_path: Path) -> None:
    out = tmp_path / "rejected.ndjson"
    load_files(database, [DATA / "psc" / "adversarial.jsonl"], rejected=out)
    record = orjson.loads(out.read_bytes().splitlines()[0])
    record["raw"]["company_number"] = "09000001"
    record["raw"]["data"]["links"]["self"] += "x"
    out.write_bytes(orjson.dumps(record) + b"\n")
    assert figures(load_files(database, [out])) == (1, 1, 0, 0)
    assert canonical(database).mentioning('"OWNS"', 'aaaaAAAA1111x"', '"uk-psc"')


def test_rows_of_tables_are_mended_too(database: Database, tmp_path: Path) -> None:
    table, out = tmp_path / "stakes.csv", tmp_path / "out"
    table.write_text("owner,owned,percent\na,b,140\na,c\n", encoding="utf-8")
    assert load_files(database, [table], rejected=out).rejected == 2
    out.write_bytes(out.read_bytes().replace(b'"percent":"140"', b'"percent":"40"'))
    assert figures(load_files(database, [out])) == (2, 2, 0, 0)
    assert canonical(database).mentioning('"OWNS"', '"start":"a"', '"end":"b"', '"sources":["stakes"]')


def test_a_verdict_over_the_register_of_people_with_significant_control(database: Database) -> None:
    load_files(database, of("psc"))
    caught = ownership(ask(database, "GB-COH-09000001"))
    assert (caught.outcome, caught.lower_exact, caught.lower_strict) == ("RESTRICTED", "1/2", True)
    through = ownership(ask(database, "GB-COH-SC000123"))
    assert (through.outcome, through.lower_exact) == ("UNDETERMINED", "3/8")
    trust = ownership(ask(database, "GB-COH-09000002", policy(">= 25")))
    assert (trust.outcome, trust.lower_exact) == ("UNDETERMINED", "0")


def test_the_register_of_companies_names_those_of_the_register_of_their_owners(database: Database) -> None:
    """In one load both may describe a company, each in its words."""
    report = load_files(database, [*of("psc"), *of("companies-house")])
    assert report.rejections == []
    held = ask(database, "GB-COH-09000001")
    assert (held.entity.name, ownership(held).outcome) == ("!EXAMPLE & SONS LIMITED", "RESTRICTED")


def test_a_verdict_over_statements_of_beneficial_ownership(database: Database) -> None:
    """The indirect interest that is declared beside its chain is not added to it."""
    load_files(database, of("bods"))
    held = ownership(ask(database, "e-target", policy("> 30")))
    through = Fraction("0.6") * (Fraction("0.383700000000000000010") + Fraction("0.125"))
    assert (held.outcome, held.lower_exact) == ("RESTRICTED", str(through))
    before = ownership(ask(database, "e-target", policy("> 30"), as_of=date(2019, 6, 1)))
    assert (before.outcome, before.clean_exact) == ("UNDETERMINED", "1/4")
    gone = ownership(ask(database, "e-other"))
    assert (gone.outcome, gone.reason) == ("UNDETERMINED", "disputed_or_unknown_party")


def test_a_verdict_over_followthemoney(database: Database) -> None:
    """An owner on a list, through a company whose stake several records tell with ends of their own."""
    load_files(database, of("ftm"), source="sample")
    pack = Library().pack("ofac-50-percent")
    caught = ownership(ask(database, "NK-works", pack))
    assert caught.outcome == "RESTRICTED"
    before = ask(database, "NK-works", pack, as_of=date(2023, 6, 1))
    assert (before.outcome, before.reason) == ("UNDETERMINED", "could_cross_the_line")
    unlisted = ask(database, "NK-works", pack, as_of=date(2022, 1, 1))
    assert (unlisted.outcome, unlisted.reason) == ("UNDETERMINED", "nothing_restricted_on_record")
    listed = ask(database, "NK-owner", pack).sentence.en
    assert "(lists on record: ofac-sdn)" in listed
    product = ownership(ask(database, "cn-1", policy(">= 25")))
    assert (product.outcome, product.lower_exact) == ("UNDETERMINED", "0")


def test_a_format_that_is_named_is_not_recognised_anew(database: Database, tmp_path: Path) -> None:
    report = load_files(database, [DATA / "psc" / "snapshot.jsonl"], form="psc")
    assert [file.why for file in report.files_read] == ["it was named"]
    with pytest.raises(UnusableFile):
        load_files(database, [DATA / "psc" / "snapshot.jsonl"], form="csv")


def test_tables_through_a_mapping_are_loaded_once_and_asked_about(database: Database, tmp_path: Path) -> None:
    mapping = DATA / "mapped" / "relationships.toml"
    files = [file for file in of("mapped") if file != mapping]
    first = load_files(database, files, mapping=mapping)
    assert (first.rejections, first.read) == ([], 5 * 5 + 3)
    again = load_files(database, files, mapping=mapping)
    assert (again.loaded, again.duplicate) == (0, first.read)
    told = ask(database, "fr/552100554", policy("> 30"))
    assert (told.entity.name, ownership(told).outcome) == ("Example Two SAS", "UNDETERMINED")
    assert canonical(database).mentioning('"fr/552100554"', '"Company"', "Example Two SAS")
    out = tmp_path / "rejected.ndjson"
    table = tmp_path / "relationships.csv"
    table.write_bytes((DATA / "mapped" / "relationships.csv").read_bytes().replace(b"75,100,75", b"75,10,75"))
    assert load_files(database, [table], mapping=mapping, rejected=out).rejected == 1
    out.write_bytes(out.read_bytes().replace(b"[75,10]", b"[75,100]"))
    assert figures(load_files(database, [out])) == (1, 0, 1, 0)


def test_a_company_of_a_blocked_party_is_blocked_under_the_fifty_percent_rule(
    database: Database, tmp_path: Path
) -> None:
    stakes = tmp_path / "stakes.csv"
    stakes.write_text(
        "owner,owned,percent\nOFAC-90001,t,30\nOFAC-92002,t,20\nOFAC-91001,u,100\n", encoding="utf-8"
    )
    load_files(database, [stakes, *of("ofac-sdn"), *of("ofac-consolidated")])
    rule = Library().pack("ofac-50-percent")
    assert ask(database, "t", rule).outcome == "RESTRICTED"
    assert ask(database, "OFAC-90001", rule).outcome == "RESTRICTED"
    assert ask(database, "u", rule).outcome != "RESTRICTED"


def test_two_sources_that_describe_an_entity_in_one_breath_are_both_heard(
    database: Database, tmp_path: Path
) -> None:
    table, mapping = tmp_path / "t.csv", tmp_path / "m.toml"
    table.write_text("id,name,kind\na,Alpha,fund\n", encoding="utf-8")
    entry = '[[tables]]\ntable = "entities"\n[tables.columns]\nid = "id"\n'
    mapping.write_text(
        f'{entry}name = "name"\nsource = {{ value = "z" }}\n'
        f'{entry}kind = "kind"\nsource = {{ value = "y" }}\n',
        encoding="utf-8",
    )
    assert figures(load_files(database, [table], mapping=mapping)) == (2, 2, 0, 0)
    assert canonical(database).mentioning('["Entity","Fund"]', '"Alpha"')
    assert figures(load_files(database, [table], mapping=mapping)) == (2, 0, 2, 0)

"""Documents that are not policies: each is refused in one sentence that names the key."""

from __future__ import annotations

from pathlib import Path

import pytest

from lookthrough.policies import Library, PolicyError

from .samples import LIBRARY, Document, document, ownership, without

PLACE: Document = {"attribute": "headquarters", "in": ["CN"]}
LOCATION: Document = {"id": "place", "kind": "location"}
NOTHING: Document = {}
LINE: Document = {"threshold": "50%", "operator": ">"}


def with_test(**keys: object) -> Document:
    return document(tests=[ownership(**keys)])


def with_seeds(**keys: object) -> Document:
    return document(seeds=keys)


def with_variant(**keys: object) -> Document:
    return document(variants={"other": {"owned": keys}})


BAD: dict[str, tuple[Document, str]] = {
    "unknown key": (document(treshold="5%"), "treshold"),
    "misspelt required key": (
        document(tests=[{"id": "a", "kind": "ownership", "treshold": "5%"}]),
        "tests[0].treshold",
    ),
    "key that needs quotes": (document(**{"x y": "1"}), '"x y"'),
    "no id": (without(document(), "id"), "id"),
    "id with a version": (document(id="mine@2"), "id"),
    "empty id": (document(id=""), "id"),
    "no version": (without(document(), "version"), "version"),
    "version as a number": (document(version=1), "version"),
    "no English title": (document(title={"zh": "规则"}), "title.en"),
    "blank title": (document(title={"en": " "}), "title.en"),
    "third language": (document(title={"en": "Rule", "fr": "Règle"}), "title.fr"),
    "no tests": (without(document(), "tests"), "tests"),
    "empty tests": (document(tests=[]), "tests"),
    "no seeds": (without(document(), "seeds"), "seeds"),
    "unknown join": (document(join="xor"), "join"),
    "impossible date": (document(in_force_from="2025-02-30"), "in_force_from"),
    "date and time": (document(in_force_from="2025-09-05T00:00:00"), "in_force_from"),
    "date in seconds": (document(in_force_from="1757030400"), "in_force_from"),
    "ends before it starts": (document(in_force_from="2025-01-01", in_force_to="2025-01-01"), "in_force_to"),
    "half an interval": (document(suspended=[["2025-01-01"]]), "suspended[0][1]"),
    "backward interval": (document(suspended=[["2025-01-02", "2025-01-01"]]), "suspended[0]"),
    "three dates": (document(suspended=[["2025-01-01", "2025-01-02", "2025-01-03"]]), "suspended[0]"),
    "null": (document(authority=None), "authority"),
    "no kind": (document(tests=[{"id": "owned"}]), "tests[0].kind"),
    "unknown kind": (with_test(kind="owner"), "tests[0].kind"),
    "same id twice": (document(tests=[ownership(), ownership()]), "tests[1].id"),
    "no threshold": (document(tests=[without(ownership(), "threshold")]), "tests[0].threshold"),
    "no operator": (document(tests=[without(ownership(), "operator")]), "tests[0].operator"),
    "over 100%": (with_test(threshold="140%"), "tests[0].threshold"),
    "under 0%": (with_test(threshold="-0.1%"), "tests[0].threshold"),
    "fraction over 1": (with_test(threshold="3/2"), "tests[0].threshold"),
    "decimal over 1": (with_test(threshold="1.01"), "tests[0].threshold"),
    "1% or 100%?": (with_test(threshold="1"), "tests[0].threshold"),
    "binary number": (with_test(threshold=0.5), "tests[0].threshold"),
    "over nothing": (with_test(threshold="1/0"), "tests[0].threshold"),
    "words": (with_test(threshold="half"), "tests[0].threshold"),
    "other digits": (with_test(threshold="５０%"), "tests[0].threshold"),
    "unknown operator": (with_test(operator="=>"), "tests[0].operator"),
    "unknown lane": (with_test(lane="dividends"), "tests[0].lane"),
    "lane without figures": (with_test(lane="board"), "tests[0].lane"),
    "unknown arithmetic": (with_test(arithmetic="additive"), "tests[0].arithmetic"),
    "unknown pooling": (with_test(pooling="some"), "tests[0].pooling"),
    "carrier of a product": (with_test(carrier=LINE), "tests[0].carrier"),
    "full links of a cascade": (with_test(arithmetic="cascade", full_links=LINE), "tests[0].full_links"),
    "half a carrier": (
        with_test(arithmetic="cascade", carrier={"operator": ">"}),
        "tests[0].carrier.threshold",
    ),
    "carrier over 100%": (
        with_test(arithmetic="cascade", carrier={"threshold": "101%", "operator": ">"}),
        "tests[0].carrier.threshold",
    ),
    "multiplied control": (
        document(tests=[{"id": "c", "kind": "control", "arithmetic": "multiplicative"}]),
        "tests[0].arithmetic",
    ),
    "location without condition": (document(tests=[LOCATION]), "tests[0]"),
    "location with a threshold": (
        document(tests=[{**LOCATION, "any": [PLACE], "threshold": "5%"}]),
        "tests[0].threshold",
    ),
    "attribute alone": (with_seeds(any=[{"attribute": "headquarters"}]), "seeds.any[0].attribute"),
    "in alone": (with_seeds(**{"in": ["CN"]}), "seeds.in"),
    "not_in alone": (with_seeds(not_in=["CN"]), "seeds.not_in"),
    "territories alone": (with_seeds(id=["a"], territories="parent"), "seeds.territories"),
    "unknown attribute": (with_seeds(attribute="seat", **{"in": ["CN"]}), "seeds.attribute"),
    "unknown code": (with_seeds(attribute="headquarters", **{"in": ["CN", "UK"]}), "seeds.in"),
    "small letters": (with_seeds(attribute="headquarters", **{"in": ["cn"]}), "seeds.in"),
    "part of a country": (with_seeds(attribute="headquarters", not_in=["UA-43"]), "seeds.not_in"),
    "unknown region list": (with_seeds(attribute="headquarters", not_in="regions:mars"), "seeds.not_in"),
    "code outside a list": (with_seeds(attribute="headquarters", not_in="CN"), "seeds.not_in"),
    "unknown entity kind": (with_seeds(kind=["firm"]), "seeds.kind[0]"),
    "kind outside a list": (with_seeds(kind="state"), "seeds.kind"),
    "nothing but a float": (with_seeds(public_float="unknown"), "seeds"),
    "unknown float": (with_seeds(id=["a"], public_float="dirty"), "seeds.public_float"),
    "nested float": (with_seeds(any=[{"id": ["a"], "public_float": "clean"}]), "seeds.any[0].public_float"),
    "empty condition": (with_seeds(none=[NOTHING]), "seeds.none[0]"),
    "all of nothing": (with_seeds(all=[]), "seeds.all"),
    "none of nothing": (with_seeds(any=[{"none": list[object]()}]), "seeds.any[0].none"),
    "bad seeds of a test": (with_test(seeds={"kind": ["firm"]}), "tests[0].seeds.kind[0]"),
    "variant of no test": (document(variants={"other": {"sold": {}}}), "variants.other.sold"),
    "variant over 100%": (with_variant(threshold="140%"), "variants.other.owned.threshold"),
    "variant with unknown key": (with_variant(treshold="5%"), "variants.other.owned.treshold"),
    "variant that renames": (with_variant(id="sold"), "variants.other.owned.id"),
    "variant with a list for a line": (with_variant(threshold=[]), "variants.other.owned.threshold"),
    "variant with lost condition": (with_variant(kind="location"), "variants.other.owned"),
    "filled base": (document(variants={"base": {"owned": {"operator": ">="}}}), "variants.base"),
    "filled default": (
        document(default_variant="usual", variants={"usual": {"owned": {"operator": ">="}}}),
        "variants.usual",
    ),
    "variants in a list": (document(variants=[]), "variants"),
    "empty variant name": (document(variants={"": {}}), 'variants.""'),
    "half a surrogate pair": (document(authority="\ud800"), "authority"),
    "no number": (document(version=float("nan")), "version"),
    "huge number": (document(version=10**400), "version"),
}


@pytest.mark.parametrize(("plain", "key"), BAD.values(), ids=BAD.keys())
def test_a_bad_document_is_refused_with_its_key(plain: Document, key: str) -> None:
    with pytest.raises(PolicyError) as refusal:
        LIBRARY.parse(plain, "mine.toml")
    assert refusal.value.location == key
    assert str(refusal.value).startswith(f"mine.toml: {key}: ")
    assert str(refusal.value).isprintable()


def test_the_sentence_says_what_is_wrong() -> None:
    with pytest.raises(
        PolicyError, match=r'^mine\.toml: tests\[0\]\.threshold: "140%" is not between 0% and 100%$'
    ):
        LIBRARY.parse(with_test(threshold="140%"), "mine.toml")


def test_a_document_without_a_file_is_called_so() -> None:
    with pytest.raises(PolicyError, match=r"^the policy document: colour: unknown key$"):
        LIBRARY.parse(document(colour="red"))


def test_a_variant_that_looks_for_parties_needs_seeds() -> None:
    place = {**LOCATION, "any": [PLACE]}
    other = {"other": {"place": {"kind": "control"}}}
    with pytest.raises(PolicyError, match=r"variants\.other\.seeds: required"):
        LIBRARY.parse(without(document(tests=[place], variants=other), "seeds"))


@pytest.mark.parametrize("plain", [[], "text", 3, None, {1: 2}])
def test_what_is_no_table_is_refused(plain: object) -> None:
    with pytest.raises(PolicyError, match="the policy document"):
        LIBRARY.parse(plain)


def test_twenty_levels_are_enough() -> None:
    nested: Document = {"id": ["acme"]}
    for _ in range(30):
        nested = {"any": [nested]}
    with pytest.raises(PolicyError, match="nested deeper than 20 levels"):
        LIBRARY.parse(document(seeds=nested))


def test_a_table_inside_itself_is_refused() -> None:
    endless: Document = {}
    endless["any"] = [endless, endless]
    with pytest.raises(PolicyError, match=r"nested deeper|larger than"):
        LIBRARY.parse(document(seeds=endless))


def test_parts_that_are_shared_a_million_times_are_refused() -> None:
    shared: object = "x"
    for _ in range(7):
        shared = [shared] * 10
    with pytest.raises(PolicyError, match="larger than a megabyte"):
        LIBRARY.parse(document(sources=shared))


def test_a_megabyte_is_enough() -> None:
    with pytest.raises(PolicyError, match="larger than a megabyte"):
        LIBRARY.parse(document(authority="x" * 1_000_000))


def test_a_thousand_tests_are_enough() -> None:
    tests = [ownership(id=str(number)) for number in range(1001)]
    assert LIBRARY.parse(document(tests=tests[:1000])).variants() == ["base"]
    with pytest.raises(PolicyError, match=": tests: more entries"):
        LIBRARY.parse(document(tests=tests))


def test_a_thousand_variants_are_enough() -> None:
    variants: Document = {str(number): {} for number in range(1001)}
    with pytest.raises(PolicyError, match=": variants: more entries"):
        LIBRARY.parse(document(variants=variants))


def test_variants_do_not_multiply_a_long_test() -> None:
    long = {**LOCATION, "any": [{"id": [f"entity-{number}" for number in range(40_000)]}]}
    variants = {str(number): {"place": {"list": ["others"]}} for number in range(1000)}
    with pytest.raises(PolicyError, match="variants repeat too much"):
        LIBRARY.parse(document(tests=[long], variants=variants))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"id = ", "not valid TOML"),
        (b"id = 'a'\nid = 'b'", "not valid TOML"),
        (b"id = '\xff'", "not UTF-8"),
        (b"x = " + b"[" * 5000, "nested deeper"),
        (b"a." * 400_000 + b"a = 1", "nested deeper"),
        (b"x = { " + b"'a' . " * 40_000 + b"a = 1 }", "nested deeper"),
        (b"x = " + b"9" * 5000, "not valid TOML"),
        (b"#" * 1_000_001, "larger than a megabyte"),
        (b"in_force_from = 2025-09-05T00:00:00", "without a time of day"),
        (b"in_force_from = 10:00:00", "has no place in a policy"),
        (b"version = nan", "no policy has such a number"),
        (b"", "required"),
    ],
)
def test_what_is_no_policy_file_is_refused(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_bytes(content)
    with pytest.raises(PolicyError, match=reason) as refusal:
        Library().find(str(path))
    assert refusal.value.source == str(path)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "mine.toml"
    path.touch()

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(PolicyError, match=r"mine\.toml: cannot be read: Permission denied"):
        Library().read(path)

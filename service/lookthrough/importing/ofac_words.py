"""The words of OFAC's lists: programmes, identifiers and countries."""

from __future__ import annotations

from lookthrough.control.jurisdictions import JURISDICTIONS

from .places import country, nationalities

UNDER_744_8 = frozenset(
    (
        *("BELARUS", "BELARUS-EO14038", "RUSSIA-EO14024", "UKRAINE-EO13660", "UKRAINE-EO13661"),
        *("UKRAINE-EO13662", "UKRAINE-EO13685", "FTO", "SDGT", "NPWMD", "TCO", "ILLICIT-DRUGS-EO14059"),
        *("SDNT", "SDNTK"),
    )
)
"""The fourteen programmes that 15 CFR 744.8(a)(1) names, by the tags of the list."""

_REGISTRATION = (
    *("registration number", "company number", "uk company number", "registration id", "file number"),
    *("business registration number", "business registration document #", "business number"),
    *("commercial registry number", "c.r. no.", "chamber of commerce number", "enterprise number"),
    *("public registration number", "certificate of incorporation number"),
)
_TAX = (
    *("tax id no.", "v.a.t. number", "nit #", "ruc #", "rif #", "rfc", "r.f.c.", "r.f.c. #", "rtn"),
    *("fiscal code", "italian fiscal code", "romanian tax registration", "c.u.i.t.", "cnpj"),
)
SCHEMES: dict[str, str] = {
    **dict.fromkeys(_REGISTRATION, "registration"),
    **dict.fromkeys(_TAX, "tax"),
    "legal entity number": "lei",
    "unified social credit code (uscc)": "cn-uscc",
    "united social credit code certificate (uscc)": "cn-uscc",
    "swift/bic": "bic",
    "d-u-n-s number": "duns",
}
"""Kinds of identifiers that companies are known by; those of persons and ships are not kept."""

_PLACES = {
    "korea, north": "KP",
    "korea, south": "KR",
    "congo, democratic republic of the": "CD",
    "congo, republic of the": "CG",
    "gambia, the": "GM",
    "bahamas, the": "BS",
    "cote d ivoire": "CI",
    "micronesia, federated states of": "FM",
    "palestinian": "PS",
    "bosnia and herzegovina": "BA",
    "trinidad and tobago": "TT",
    "dominican republic": "DO",
    "central african republic": "CF",
    "south sudan": "SS",
    "chad": "TD",
    "mali": "ML",
    "niger": "NE",
    "mauritania": "MR",
    "senegal": "SN",
    "eritrea": "ER",
    "burundi": "BI",
    "haiti": "HT",
    "guatemala": "GT",
    "honduras": "HN",
    "nicaragua": "NI",
    "el salvador": "SV",
    "cuba": "CU",
    "tajikistan": "TJ",
    "maldives": "MV",
}


def place(words: str) -> str | None:
    """The code of a country as OFAC writes it, or as a code; None where the words are not known."""
    return words if words in JURISDICTIONS else _PLACES.get(words.casefold()) or country(words)


def nationality(words: str) -> tuple[str, ...]:
    """The codes of a nationality, which OFAC gives by the name of the country; none where it is not known."""
    code = place(words)
    return (code,) if code else nationalities(words) or ()

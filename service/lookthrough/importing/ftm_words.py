"""The vocabulary of FollowTheMoney 4 in the words of this program: schemata, roles, identifiers, lists."""

from __future__ import annotations

from lookthrough.control.facts import Kind, Lane

from .cells import Fault

PARTIES = {
    "Company": Kind.COMPANY,
    "LegalEntity": Kind.UNKNOWN,
    "Organization": Kind.UNKNOWN,
    "Person": Kind.PERSON,
    "PublicBody": Kind.STATE,
}
"""An organization may be a body without owners or a company that a list calls so: its kind is left open."""

THINGS_HELD = (
    *("Airplane", "Asset", "BankAccount", "Contract", "CryptoWallet", "License", "RealEstate", "Security"),
    *("Vehicle", "Vessel"),
)
"""What parties hold, and lists name, that is no party itself."""

OWNERSHIP, DIRECTORSHIP, CONTROL = "Ownership", "Directorship", "Control"
SANCTION, RISK = "Sanction", "Risk"
NOTED = (
    *THINGS_HELD,
    *("Address", "Article", "Associate", "Audio", "Call", "CallForTenders", "ContractAward", "CourtCase"),
    *("CourtCaseParty", "Debt", "Document", "Documentation", "EconomicActivity", "Email", "Employment"),
    *("Event", "Family", "Folder", "HyperText", "Identification", "Image", "Membership", "Mention"),
    *("Message", "Note", "Occupancy", "Package", "Page", "Pages", "Passport", "Payment", "PlainText"),
    *("Position", "Project", "ProjectParticipant", "Representation", "Similar", "Succession"),
    *("Table", "TaxRoll", "Territory", "Trip", "UnknownLink", "UserAccount", "Video", "Workbook"),
)
SCHEMATA = (*PARTIES, OWNERSHIP, DIRECTORSHIP, CONTROL, SANCTION, RISK, *NOTED)

LEGAL_FORMS = {
    **dict.fromkeys(("trust", "unit trust", "business trust", "discretionary trust"), Kind.TRUST),
    **dict.fromkeys(("partnership", "general partnership", "limited partnership", "lp"), Kind.PARTNERSHIP),
    **dict.fromkeys(("limited liability partnership", "llp"), Kind.PARTNERSHIP),
    **dict.fromkeys(("fund", "investment fund", "mutual fund"), Kind.FUND),
}

CONTROL_TYPES: dict[str, Lane | None] = {
    "appointment": Lane.BOARD,
    "contractual": Lane.CONTROL,
    "management": Lane.CONTROL,
    "nominee": Lane.CONTROL,
    "state": Lane.CONTROL,
    "trust": Lane.CONTROL,
    "voting": Lane.CONTROL,
    "indirect": None,
}
CONTROLLING = {OWNERSHIP: ("is directly consolidated by",), DIRECTORSHIP: ("general partner", "trustee")}
"""Roles that say control, whatever the schema; consolidation in accounts is no percentage."""
CONSOLIDATED_AT_THE_TOP = "is ultimately consolidated by"
BRANCH = "is international branch of"
"""A branch is the same legal person as its head office."""

OF_VOTES = ("ownership of voting rights", "votes", "voting rights")
"""Roles by which a percentage is one of the votes."""

INDIRECT = ("indirect", "ultimate")
CURRENT = ("active", "current", "in force", "ongoing", "registered", "valid")
ENDED = (
    *("cancelled", "canceled", "ceased", "closed", "dissolved", "ended", "expired", "former", "historic"),
    *("historical", "inactive", "past", "terminated"),
)

IDENTIFIERS = {
    "bikCode": "bik",
    "brightQueryId": "brightquery",
    "bvdId": "bvd",
    "cageCode": "cage",
    "cikCode": "cik",
    "dunsCode": "duns",
    "fnsCode": "fns",
    "giiNumber": "giin",
    "icijId": "icij",
    "imoNumber": "imo",
    "innCode": "inn",
    "ipoCode": "ipo",
    "irsCode": "irs",
    "isinCode": "isin",
    "jibCode": "jib",
    "kppCode": "kpp",
    "leiCode": "lei",
    "licenseNumber": "license",
    "mbsCode": "mbs",
    "npiCode": "npi",
    "ogrnCode": "ogrn",
    "okpoCode": "okpo",
    "permId": "permid",
    "pfrNumber": "pfr",
    "registrationNumber": "registration",
    "ricCode": "ric",
    "sayariId": "sayari",
    "swiftBic": "bic",
    "taxNumber": "tax",
    "ticker": "ticker",
    "uniqueEntityId": "uei",
    "uscCode": "uscc",
    "vatCode": "vat",
    "voenCode": "voen",
    "wikidataId": "wikidata",
}

_SCRIPTS = {
    "ARABIC": "AE AF BH DZ EG IQ IR JO KW LB LY MA OM PK PS QA SA SD SY TN YE",
    "ARMENIAN": "AM",
    "BENGALI": "BD IN",
    "CJK": "CN HK JP MO SG TW",
    "CYRILLIC": "BG BY KG KZ MK MN RS RU TJ UA",
    "DEVANAGARI": "IN NP",
    "GEORGIAN": "GE",
    "GREEK": "CY GR",
    "HANGUL": "KP KR",
    "HEBREW": "IL",
    "HIRAGANA": "JP",
    "KATAKANA": "JP",
    "KHMER": "KH",
    "LAO": "LA",
    "MYANMAR": "MM",
    "SINHALA": "LK",
    "TAMIL": "IN LK SG",
    "THAI": "TH",
}
WRITTEN_IN = {script: frozenset(codes.split()) for script, codes in _SCRIPTS.items()}
"""Countries in which names are written in a script (the first word of its letters in Unicode)."""

LISTS = {
    "ca_dfatd_sema_sanctions": "ca-sema",
    "ch_seco_sanctions": "seco-sanctions",
    "eu_fsf": "eu-consolidated",
    "gb_fcdo_sanctions": "uk-sanctions",
    "us_ofac_sdn": "ofac-sdn",
}
"""Datasets of OpenSanctions that are a list which the policies here ask for by name."""
TOPIC_LIST = "ftm-"
"""What a topic's list is called: `ftm-sanction`."""


def schema(name: str) -> str:
    """Raises Fault."""
    if name not in SCHEMATA:
        raise Fault(f"{name[:100]!r} is no schema that is known.")
    return name

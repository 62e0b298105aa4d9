"""The code lists of the Beneficial Ownership Data Standard, 0.2 to 0.4, in the words of this program."""

from __future__ import annotations

from lookthrough.control.facts import Kind, Lane

from .cells import Fault

INTERESTS: dict[str, Lane | None] = {
    "shareholding": Lane.SHARES,
    "votingRights": Lane.VOTES,
    "appointmentOfBoard": Lane.BOARD,
    "otherInfluenceOrControl": Lane.CONTROL,
    "controlViaCompanyRulesOrArticles": Lane.CONTROL,
    "controlByLegalFramework": Lane.CONTROL,
    "rightsGrantedByContract": Lane.CONTROL,
    "trustee": Lane.CONTROL,
    "seniorManagingOfficial": None,
    "settlor": None,
    "protector": None,
    "beneficiaryOfLegalArrangement": None,
    "rightsToSurplusAssetsOnDissolution": None,
    "rightsToProfitOrIncome": None,
    "conditionalRightsGrantedByContract": None,
    "boardMember": None,
    "boardChair": None,
    "unknownInterest": None,
    "unpublishedInterest": None,
    "enjoymentAndUseOfAssets": None,
    "rightToProfitOrIncomeFromAssets": None,
    "nominee": None,
    "nominator": None,
}
"""Types that are no stake are None: income and assets would count beside shares what is in them already."""

_OLDER = {
    "influenceOrControl": "otherInfluenceOrControl",
    "settlorOfTrust": "settlor",
    "trusteeOfTrust": "trustee",
    "protectorOfTrust": "protector",
    "beneficiaryOfTrust": "beneficiaryOfLegalArrangement",
    "otherBeneficiaryOfTrust": "beneficiaryOfLegalArrangement",
    "rightsToSurplusAssets": "rightsToSurplusAssetsOnDissolution",
}
ENTITIES = {
    "registeredEntity": Kind.COMPANY,
    "legalEntity": Kind.UNKNOWN,
    "arrangement": Kind.UNKNOWN,
    "anonymousEntity": Kind.UNKNOWN,
    "unknownEntity": Kind.UNKNOWN,
    "state": Kind.STATE,
    "stateBody": Kind.STATE,
}
PERSONS = ("knownPerson", "anonymousPerson", "unknownPerson")
_SUBTYPES = {"trust": Kind.TRUST, "stateAgency": Kind.STATE, "governmentDepartment": Kind.STATE}
REASONS = (
    "noBeneficialOwners",
    "subjectUnableToConfirmOrIdentifyBeneficialOwner",
    "interestedPartyHasNotProvidedInformation",
    "subjectExemptFromDisclosure",
    "interestedPartyExemptFromDisclosure",
    "unknown",
    "informationUnknownToPublisher",
)
NO_STAKE = ("noBeneficialOwners", "subjectExemptFromDisclosure")
"""Reasons that say nothing of a holder."""


def word(code: str) -> str:
    """A code of any version as that of 0.4: `voting-rights` is `votingRights`."""
    first, *others = code.split("-")
    camel = first + "".join(part[:1].upper() + part[1:] for part in others)
    return _OLDER.get(camel, camel)


def interest(code: str) -> tuple[str, Lane | None]:
    """The type in the words of 0.4, and its lane. Raises Fault."""
    plain = word(code)
    if plain not in INTERESTS:
        raise Fault(f"{code[:100]!r} is no type of interest that is known.")
    return plain, INTERESTS[plain]


def entity_kind(code: str, subtype: str = "") -> Kind:
    """Raises Fault."""
    if word(code) not in ENTITIES:
        raise Fault(f"{code[:100]!r} is no type of entity that is known.")
    return _SUBTYPES.get(word(subtype), ENTITIES[word(code)])


def person_type(code: str) -> str:
    """Raises Fault."""
    if word(code) not in PERSONS:
        raise Fault(f"{code[:100]!r} is no type of person that is known.")
    return word(code)


def reason(code: str) -> str:
    """Raises Fault."""
    plain = word(code)
    if plain not in REASONS:
        raise Fault(f"{code[:100]!r} is no reason that is known.")
    return plain

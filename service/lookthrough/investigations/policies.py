"""The policies that ship and those of one's own, as documents."""

from __future__ import annotations

from pydantic import JsonValue

from lookthrough.policies.comparing import differences
from lookthrough.policies.library import Library
from lookthrough.policies.policy import PolicyDocument

from .documents import PolicyPage, PolicySummary, Sentence, WithNulls


class PolicySide(WithNulls):
    id: str
    version: str
    digest: str


class FieldDifference(WithNulls):
    """`field` is a path of keys, tests by id; null stands for a side that has no such thing."""

    field: str
    left: JsonValue
    right: JsonValue
    decides: bool


class PolicyComparison(WithNulls):
    left: PolicySide
    right: PolicySide
    differences: list[FieldDifference]

    @property
    def deciding(self) -> list[FieldDifference]:
        return [each for each in self.differences if each.decides]

    @property
    def texts(self) -> list[str]:
        """Fields that only tell about the rule."""
        return [each.field for each in self.differences if not each.decides]


class PolicyCheck(WithNulls):
    """A file that is a policy: what it holds."""

    file: str
    policy: PolicySummary
    tests: list[str]

    @property
    def sentence(self) -> str:
        named = f"{self.policy.id}@{self.policy.version}"
        tests, readings = ", ".join(self.tests), ", ".join(self.policy.variants)
        return f"{self.file}: {named} is a valid policy with tests {tests} and readings {readings}"


def summaries(library: Library) -> PolicyPage:
    return PolicyPage(items=[summary(policy) for policy in library.all()], next=None)


def summary(policy: PolicyDocument) -> PolicySummary:
    return PolicySummary(
        id=policy.id,
        version=policy.version,
        title=Sentence(en=policy.title.en, zh=policy.title.zh or policy.title.en),
        authority=policy.authority,
        in_force_from=policy.in_force_from.isoformat() if policy.in_force_from else None,
        in_force_to=policy.in_force_to.isoformat() if policy.in_force_to else None,
        default_variant=policy.default_variant,
        variants=policy.variants(),
        digest=policy.digest,
    )


def comparison(left: PolicyDocument, right: PolicyDocument) -> PolicyComparison:
    """What the two say differently, field by field; texts about the rule last."""
    found = [
        FieldDifference(field=each.field, left=each.left, right=each.right, decides=each.decides)
        for each in differences(left, right)
    ]
    return PolicyComparison(left=_side(left), right=_side(right), differences=found)


def check(policy: PolicyDocument, file: str) -> PolicyCheck:
    """What is in a policy that was read from `file` without complaint."""
    return PolicyCheck(
        file=file, policy=summary(policy), tests=[str(test.id) for test in policy.written.tests]
    )


def _side(policy: PolicyDocument) -> PolicySide:
    return PolicySide(id=policy.id, version=policy.version, digest=policy.digest)

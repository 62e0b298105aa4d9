"""The policies that ship, as documents."""

from __future__ import annotations

from lookthrough.policies.library import Library
from lookthrough.policies.policy import PolicyDocument

from .documents import PolicyPage, PolicySummary, Sentence


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

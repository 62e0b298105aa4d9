"""Entities that may be one under several ids, as documents."""

from __future__ import annotations

from typing import Literal

from .documents import EntityRef, Sentence, WithNulls


class MatchReason(WithNulls):
    """One thing that speaks for a pair, or against it."""

    code: str
    sentence: Sentence


class MatchDocument(WithNulls):
    """Two ids that may be one entity; `score` from 0 to 1, 1 only for one number in one register."""

    entity: EntityRef
    other: EntityRef
    basis: Literal["identifier", "name"]
    score: str
    reasons: list[MatchReason]
    against: list[MatchReason]


class ConfirmedMatch(WithNulls):
    """Who takes the two for one, and since when that is known; sources of files do so too."""

    other: str
    source: str
    ref: str
    why: str
    known_from: str


class RejectedMatch(WithNulls):
    other: str
    why: str
    by: str
    at: str


class EntityMatches(WithNulls):
    """`complete`: false where there were more candidates than were looked at."""

    entity: EntityRef
    items: list[MatchDocument]
    confirmed: list[ConfirmedMatch]
    rejected: list[RejectedMatch]
    complete: bool


class MatchPage(WithNulls):
    """Pairs among the `looked_at` entities behind the cursor; `next` leads on to the others."""

    items: list[MatchDocument]
    next: str | None
    looked_at: int
    complete: bool


class ConfirmationDocument(WithNulls):
    """The claim that a confirmation made; `new` is false where the same person had said so before."""

    entity: str
    same_as: str
    source: str
    ref: str
    why: str
    known_at: str
    new: bool


class RejectionDocument(WithNulls):
    entity: str
    other: str
    why: str
    by: str

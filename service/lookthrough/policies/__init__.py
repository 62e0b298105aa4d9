"""Policies: the rules by which a verdict is given, as TOML or JSON documents, and the packs that ship."""

from __future__ import annotations

from .errors import PolicyError, UnknownPolicy, UnknownVariant
from .fields import Text
from .library import Library
from .policy import PolicyDocument
from .resolving import PolicyWarning, ResolvedPolicy

__all__ = [
    "Library",
    "PolicyDocument",
    "PolicyError",
    "PolicyWarning",
    "ResolvedPolicy",
    "Text",
    "UnknownPolicy",
    "UnknownVariant",
]

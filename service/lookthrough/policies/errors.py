"""What can be wrong with a policy: each error is one sentence that names the file and the key."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

Location = tuple[str | int, ...]

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]{1,60}")
_SHOWN = 120


class PolicyError(ValueError):
    """A policy document that cannot be used: `source: location: reason`, in one line."""

    def __init__(self, source: str, location: Location, reason: str) -> None:
        self.source = source
        self.location = dotted(location)
        self.reason = reason
        super().__init__(": ".join(part for part in (source, self.location, reason) if part))


class KeyProblem(ValueError):
    """What is wrong with one key of a table, seen from the table."""

    def __init__(self, key: str, reason: str) -> None:
        self.key = key
        super().__init__(reason)


class UnknownPolicy(LookupError):
    """No policy, or no file, goes by `reference`; `nearest` are the ids that look most like it."""

    def __init__(self, reference: str, nearest: Iterable[str] = (), *, is_path: bool = False) -> None:
        self.reference = reference
        self.nearest = tuple(nearest)
        hint = f"; the nearest are {', '.join(self.nearest)}" if self.nearest else ""
        sought = "policy file" if is_path else "policy"
        super().__init__(f"there is no {sought} {quoted(reference)}{hint}")


class UnknownVariant(LookupError):
    """The policy `policy` has no variant `variant`; `known` are those that it has."""

    def __init__(self, policy: str, variant: str, known: Iterable[str]) -> None:
        self.policy = policy
        self.variant = variant
        self.known = tuple(known)
        names = ", ".join(self.known)
        super().__init__(f"policy {policy} has no variant {quoted(variant)}; it has {names}")


def dotted(location: Location) -> str:
    """`tests[0].threshold`; a key with other characters than a bare TOML key stands in quotes."""
    text = ""
    for step in location:
        text += f"[{step}]" if isinstance(step, int) else f".{_key(step)}"
    return text.removeprefix(".")


def quoted(value: object) -> str:
    """The value as JSON in one printable line, cut to a readable length."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    if len(text) > _SHOWN:
        text = f"{text[:_SHOWN]}…"
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def _key(step: str) -> str:
    return step if _BARE_KEY.fullmatch(step) else quoted(step)

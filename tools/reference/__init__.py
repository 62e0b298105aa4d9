"""What the documents take from the code: made here, kept in `docs/`, and compared by a test.

`make reference` (`python -m tools.reference`) writes all of it anew.
"""

from __future__ import annotations

from .written import written

__all__ = ["written"]

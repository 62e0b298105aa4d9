"""Write every made document anew."""

from __future__ import annotations

from .written import written

for path, text in written().items():
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")

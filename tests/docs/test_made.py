"""What the documents take from the code is what the code says now."""

from __future__ import annotations

from difflib import unified_diff
from pathlib import Path

import pytest
from tools.reference import written
from tools.reference.commands import commands, parameters

from lookthrough.settings import Settings

from .pages import DOCS, name

MADE = written()


@pytest.mark.parametrize("page", MADE, ids=name)
def test_a_made_document_is_current(page: Path) -> None:
    kept, now = page.read_text(encoding="utf-8"), MADE[page]
    changed = unified_diff(kept.splitlines(), now.splitlines(), name(page), "made now", lineterm="", n=1)
    assert kept == now, "`make reference` writes it anew; the difference:\n" + "\n".join(changed)


def test_nothing_lies_beside_the_made_documents() -> None:
    assert {page for page in (DOCS / "reference").iterdir() if page not in MADE} == set()


def test_every_command_and_parameter_says_what_it_means() -> None:
    assert [command for command, told in commands().items() if not told.help] == []
    assert [
        f"{command} {parameter.name}"
        for command, told in commands().items()
        for parameter in parameters(told)
        if not parameter.help
    ] == []


def test_every_setting_says_what_it_means() -> None:
    assert [setting for setting, field in Settings.model_fields.items() if not field.description] == []

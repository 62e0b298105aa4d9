"""What an investigation is handed over as: a report in one file, and a bundle that can be checked."""

from __future__ import annotations

import hashlib
import io
import json
import re
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest
from httpx import Client

from .documents import policy, verdict
from .investigation import Dossier, opened

SCRIPT = "<script>alert(1)</script>"


@pytest.fixture(scope="module")
def worked(client: Client) -> Dossier:
    """From a question to a decision that was superseded, with everything on the way."""
    dossier = opened(client, "nayara", question=f"May we serve Nayara? {SCRIPT}")
    cited = dossier.pin("nayara")["verdict_id"]
    dossier.pin("bytedance")
    dossier.change("POST", "/notes", text=f"**Bold** and {SCRIPT}")
    dossier.change("PUT", "/notes/1", text="**Bolder**")
    stake = {"op": "set_stake", "owner": "t:seed", "owned": "nayara", "percent": "40"}
    dossier.change("POST", "/facts", edit=stake, source=f"a newspaper {SCRIPT}", confidence="hearsay")
    dossier.change("POST", "/decisions", kind="documents_requested", verdict_id=cited, text=SCRIPT)
    dossier.change("POST", "/decisions", kind="service_refused", verdict_id=cited, supersedes=1)
    return dossier


def report(dossier: Dossier, language: str) -> str:
    answer = dossier.client.get(f"{dossier.path}/report", params={"language": language})
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("text/html")
    assert answer.headers["content-security-policy"].startswith("default-src 'none'; style-src")
    return answer.text


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "en",
            ["Undetermined", "Service refused", "superseded by decision 2", "hearsay", "Timeline"],
        ),
        ("zh", ["无法确定", "拒绝服务", "已被决定 2 取代", "时间线", "字节跳动", "Bolder"]),
    ],
)
def test_the_report_tells_everything_in_one_file(worked: Dossier, language: str, words: list[str]) -> None:
    html = report(worked, language)
    assert [word for word in words if word not in html] == []
    assert html.count("<svg") == len(worked.now["verdicts"])
    assert all(pin["verdict_id"] in html for pin in worked.now["verdicts"])
    assert "<strong>Bolder</strong>" in html


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_report_runs_nothing_and_fetches_nothing(worked: Dossier, language: str) -> None:
    html = report(worked, language)
    assert "<script" not in html
    assert re.findall(r'(?:src|href|xlink:href)="(?!#)[^"]*"', html) == []
    assert "url(http" not in html


def test_the_bundle_can_be_checked_without_the_software(worked: Dossier, tmp_path: Path) -> None:
    answer = worked.client.get(f"{worked.path}/evidence", params={"language": "zh"})
    assert answer.headers["content-type"] == "application/zip"
    again = worked.client.get(f"{worked.path}/evidence", params={"language": "zh"})
    assert answer.content == again.content
    with ZipFile(io.BytesIO(answer.content)) as archive:
        archive.extractall(tmp_path)
    named = dict(line.split("  ")[::-1] for line in (tmp_path / "MANIFEST").read_text().splitlines())
    files = {str(path.relative_to(tmp_path)): path for path in tmp_path.rglob("*") if path.is_file()}
    assert files.keys() - named.keys() == {"MANIFEST"}
    assert all(hashlib.sha256(files[name].read_bytes()).hexdigest() == told for name, told in named.items())
    assert (tmp_path / "notes/1-v1.md").read_text().startswith("**Bold**")
    assert (tmp_path / "notes/1-v2.md").read_text() == "**Bolder**"
    assert json.loads((tmp_path / "investigation.json").read_bytes()) == worked.now
    assert len(json.loads((tmp_path / "timeline.json").read_bytes())) == worked.now["version"]
    supposed = json.loads((tmp_path / "suspected-facts.json").read_bytes())["what_if"]
    assert supposed[0]["after"]["hypothetical"] is True
    for number, pin in enumerate(worked.now["verdicts"], 1):
        folder = tmp_path / "verdicts" / str(number)
        assert json.loads((folder / "verdict.json").read_bytes())["verdict_id"] == pin["verdict_id"]
        checked = subprocess.run([sys.executable, "-I", "verify.py"], cwd=folder, check=False)
        assert checked.returncode == 0


def test_an_investigation_without_anything_in_it_has_a_report(client: Client) -> None:
    dossier = opened(client, "t:markup")
    assert "No decision yet." in report(dossier, "en")
    assert "尚无笔记" in report(dossier, "zh")


def test_a_fact_that_cannot_be_is_told_in_the_report(client: Client) -> None:
    dossier = opened(client, "t:four", policy=policy())
    dossier.change(
        "POST", "/verdicts", verdict_id=verdict(client, "t:four", policy(), variant="base")["verdict_id"]
    )
    gone = {"op": "remove_stake", "owner": "nobody-here", "owned": "t:four"}
    dossier.change("POST", "/facts", edit=gone, source="a guess")
    assert "suspected fact 1: owner" in report(dossier, "en")

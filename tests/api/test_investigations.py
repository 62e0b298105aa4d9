"""Investigations over HTTP: what is kept, what is refused, and what never changes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from httpx import Client

from lookthrough.graph.database import Database
from lookthrough.investigations.exporting import canonical_hash

from .documents import AS_OF, POLICY, Json, got, policy, verdict
from .investigation import Dossier, opened

STAKE = {"op": "set_stake", "owner": "rosneft", "owned": "nayara", "percent": "51"}


@pytest.fixture
def dossier(client: Client) -> Dossier:
    return opened(client)


def test_an_investigation_is_opened_read_and_listed(client: Client) -> None:
    dossier = opened(client, "nayara", "a/owners", "nayara", variant="cascade")
    now = dossier.now
    assert (now["version"], now["status"], now["as_of"], now["known_at"]) == (1, "open", AS_OF, None)
    assert [each["id"] for each in now["subjects"]] == ["a/owners", "nayara"]
    assert (now["policy"]["id"], now["policy"]["variant"]) == (POLICY, "cascade")
    assert got(client, dossier.path) == now
    newer = opened(client)
    page = got(client, "/v1/investigations", limit=1)
    assert [each["id"] for each in page["items"]] == [newer.now["id"]]
    page = got(client, "/v1/investigations", limit=1, cursor=page["next"])
    assert [each["id"] for each in page["items"]] == [now["id"]]
    dossier.change("PATCH", status="waiting")
    waiting = got(client, "/v1/investigations", status="waiting")["items"]
    assert [each["id"] for each in waiting] == [now["id"]]


def test_what_cannot_be_opened_is_refused_in_a_sentence(client: Client) -> None:
    asked = {"question": "?", "subjects": ["nayara"], "policy": POLICY}
    cases: list[tuple[Json, int, str]] = [
        ({"subjects": ["nobody"]}, 404, "nobody"),
        ({"subjects": []}, 422, "subjects"),
        ({"policy": "no-such"}, 404, "no-such"),
        ({"variant": "no-such"}, 422, "no-such"),
        ({"question": "  "}, 422, "question"),
        ({"as_of": "soon"}, 422, "as_of"),
        ({"question": "a\x00b"}, 422, "question"),
    ]
    for fields, status, word in cases:
        answer = client.post("/v1/investigations", json={**asked, **fields})
        assert (answer.status_code, word in answer.json()["detail"]) == (status, True), answer.text
    assert client.get("/v1/investigations/no-such").status_code == 404
    assert client.get("/v1/investigations/no-such/timeline").status_code == 404


def test_question_status_and_subjects_change_and_the_timeline_tells(dossier: Dossier) -> None:
    dossier.change("PATCH", question="May we sell to them?")
    dossier.change("POST", "/subjects", entity="股权/穿透")
    assert "already" in dossier.refused(409, "POST", "/subjects", entity="股权/穿透")
    assert "nobody" in dossier.refused(404, "POST", "/subjects", entity="nobody")
    path = f"{dossier.path}/subjects/%E8%82%A1%E6%9D%83%2F%E7%A9%BF%E9%80%8F"
    answer = dossier.client.delete(path, params={"version": dossier.now["version"]})
    assert answer.status_code == 200, answer.text
    dossier.now = answer.json()
    last = dossier.client.delete(
        f"{dossier.path}/subjects/nayara", params={"version": dossier.now["version"]}
    )
    assert (last.status_code, "last subject" in last.json()["detail"]) == (409, True)
    dossier.change("PATCH", status="closed")
    assert "closed" in dossier.refused(409, "POST", "/notes", text="too late")
    dossier.change("PATCH", status="open")
    events = got(dossier.client, f"{dossier.path}/timeline")["items"]
    assert [each["what"] for each in events] == [
        "opened",
        "question_changed",
        "subject_added",
        "subject_removed",
        "status_changed",
        "status_changed",
    ]
    assert [each["number"] for each in events] == list(range(1, 7))
    assert events[1]["details"] == {"from": "May we serve them?", "to": "May we sell to them?"}
    first = got(dossier.client, f"{dossier.path}/timeline", limit=4)
    rest = got(dossier.client, f"{dossier.path}/timeline", limit=4, cursor=first["next"])
    assert (first["items"] + rest["items"], rest["next"]) == (events, None)


def test_a_pinned_verdict_stays_as_it_was(dossier: Dossier) -> None:
    told = dossier.pin()
    (pin,) = dossier.now["verdicts"]
    assert (pin["verdict_id"], pin["outcome"]) == (told["verdict_id"], told["outcome"])
    assert "already" in dossier.refused(409, "POST", "/verdicts", verdict_id=told["verdict_id"])
    assert "v1:no" in dossier.refused(404, "POST", "/verdicts", verdict_id="v1:no")
    assert got(dossier.client, f"/v1/verdicts/{told['verdict_id']}") == told
    assert dossier.client.delete(f"{dossier.path}/verdicts/{told['verdict_id']}").status_code in (404, 405)


def test_every_version_of_a_note_stays_readable(dossier: Dossier) -> None:
    dossier.change(
        "POST", "/notes", text="# First\n\n<script>x</script> **bold** [a](javascript:x) ![p](http://x/y)"
    )
    dossier.change("POST", "/notes", text="另一条 [链接](https://example.org)")
    dossier.change("PUT", "/notes/1", text="First, mended")
    first, second = dossier.now["notes"]
    assert (first["text"], first["revision"], second["revision"]) == ("First, mended", 2, 1)
    assert '<a href="https://example.org" rel="noreferrer noopener">' in second["html"]
    versions = got(dossier.client, f"{dossier.path}/notes/1")["items"]
    assert [each["revision"] for each in versions] == [1, 2]
    html = versions[0]["html"]
    assert "<h4>First</h4>" in html
    assert "<strong>bold</strong>" in html
    assert not any(bad in html for bad in ("<script", "<img", 'href="javascript'))
    assert "no note 9" in dossier.refused(422, "PUT", "/notes/9", text="x")
    assert "empty" in dossier.refused(422, "POST", "/notes", text=" \n ")
    assert dossier.send("POST", "/notes", text="x" * 10_001).status_code == 422


def test_decisions_cite_a_pinned_verdict_and_are_superseded_never_changed(dossier: Dossier) -> None:
    loose = verdict(dossier.client, "proton")["verdict_id"]
    assert "pinned" in dossier.refused(422, "POST", "/decisions", kind="cleared", verdict_id=loose)
    cited = dossier.pin()["verdict_id"]
    assert "text" in dossier.refused(422, "POST", "/decisions", kind="other", verdict_id=cited)
    dossier.change(
        "POST", "/decisions", kind="documents_requested", verdict_id=cited, text="Registers of 2026"
    )
    dossier.change("POST", "/decisions", kind="service_refused", verdict_id=cited, supersedes=1)
    first, second = dossier.now["decisions"]
    assert (first["text"], first["superseded_by"], second["supersedes"]) == ("Registers of 2026", 2, 1)
    told = dossier.refused(409, "POST", "/decisions", kind="cleared", verdict_id=cited, supersedes=1)
    assert "superseded by decision 2" in told
    assert "no decision 7" in dossier.refused(
        422, "POST", "/decisions", kind="cleared", verdict_id=cited, supersedes=7
    )
    for method in ("PUT", "PATCH", "DELETE"):
        assert dossier.client.request(method, f"{dossier.path}/decisions/1").status_code == 404


def test_suspected_facts_are_switched_and_never_reach_a_verdict(client: Client, demo: Database) -> None:
    dossier = opened(client, "t:four", policy=policy())
    asked = verdict(client, "t:four", policy())
    facts = canonical_hash(demo).hash
    assert asked["outcome"] == "NOT_RESTRICTED"  # four named holders have exactly half
    bought = {"op": "set_stake", "owner": "t:seed", "owned": "t:four", "percent": "3"}
    sold = {"op": "set_stake", "owner": "t:clean", "owned": "t:four", "percent": "49"}
    dossier.change("POST", "/facts", edit=bought, source="a newspaper", confidence="hearsay")
    dossier.change("POST", "/facts", edit=sold, source="a newspaper")
    told = got(client, f"{dossier.path}/what-if", entity="t:four")
    assert (told["before"], told["after"]["outcome"]) == (asked, "RESTRICTED")
    assert told["after"]["tests"][0]["restricted_exact"] == "51/100"
    assert told["after"]["hypothetical"] is True
    assert told["after"]["verdict_id"].startswith("w1:")
    assert client.get(f"/v1/verdicts/{told['after']['verdict_id']}").status_code == 404
    assert "w1:" in dossier.refused(404, "POST", "/verdicts", verdict_id=told["after"]["verdict_id"])
    assert verdict(client, "t:four", policy()) == asked
    assert canonical_hash(demo).hash == facts
    owners = got(client, "/v1/entities/t:four/owners", limit=500)["items"]
    assert {claim["source"] for each in owners for claim in each["claims"]} == {"tests"}
    dossier.change("PATCH", "/facts/2", state="off")
    one = got(client, f"{dossier.path}/what-if", entity="t:four")
    assert one["edits"][0]["percent"] == "3"
    dossier.change("PATCH", "/facts/1", state="off")
    answer = client.get(f"{dossier.path}/what-if", params={"entity": "t:four"})
    assert (answer.status_code, "switched on" in answer.json()["detail"]) == (422, True)
    dossier.change("PATCH", "/facts/1", state="withdrawn")
    assert "withdrawn already" in dossier.refused(409, "PATCH", "/facts/1", state="on")
    assert "no suspected fact 4" in dossier.refused(422, "PATCH", "/facts/4", state="on")
    assert dossier.now["facts"][0]["edit"] == {**bought, "lane": "shares"}


@pytest.mark.parametrize(
    ("edit", "word"),
    [
        ({"op": "set_stake", "owner": "x", "owned": "y", "percent": "140"}, "percent"),
        ({"op": "set_location", "entity": "x", "attribute": "headquarters", "jurisdiction": "QQ"}, "jurisd"),
        ({"op": "guess"}, "op"),
        ({"op": "set_stake", "owner": "", "owned": "y"}, "owner"),
    ],
)
def test_a_suspected_fact_that_says_nothing_is_refused(dossier: Dossier, edit: Json, word: str) -> None:
    assert word in dossier.refused(422, "POST", "/facts", edit=edit, source="somebody")


def test_a_suspected_fact_that_cannot_be_is_named(dossier: Dossier) -> None:
    dossier.change("POST", "/facts", edit=STAKE, source="a newspaper")
    gone = {"op": "remove_stake", "owner": "nobody-here", "owned": "nayara"}
    dossier.change("POST", "/facts", edit=gone, source="a guess")
    answer = dossier.client.get(f"{dossier.path}/what-if", params={"entity": "nayara"})
    assert answer.status_code == 422
    assert answer.json()["detail"].startswith("suspected fact 2: owner")
    elsewhere = dossier.client.get(f"{dossier.path}/what-if", params={"entity": "proton"})
    assert (elsewhere.status_code, "no subject" in elsewhere.json()["detail"]) == (422, True)


def test_a_change_made_on_an_old_version_is_refused(dossier: Dossier) -> None:
    dossier.change("POST", "/notes", text="one")
    dossier.now["version"] -= 1
    answer = dossier.send("POST", "/notes", text="two")
    assert (answer.status_code, answer.json()["type"]) == (409, "urn:lookthrough:changed-meanwhile")
    assert answer.json()["detail"].startswith("version: the change was made on version 1")


def test_of_changes_made_at_once_one_is_made(dossier: Dossier) -> None:
    def add(number: int) -> int:
        return dossier.send("POST", "/notes", text=f"note {number}").status_code

    with ThreadPoolExecutor(4) as pool:
        statuses = sorted(pool.map(add, range(4)))
    assert statuses == [200, 409, 409, 409]
    now = got(dossier.client, dossier.path)
    assert (now["version"], len(now["notes"])) == (2, 1)


def test_an_investigation_under_a_policy_of_ones_own(client: Client) -> None:
    dossier = opened(client, "t:loop-a", policy=policy(">="))
    sale = {"op": "set_stake", "owner": "t:seed", "owned": "t:loop-a", "percent": "9"}
    dossier.change("POST", "/facts", edit=sale, source="x")
    told = got(client, f"{dossier.path}/what-if", entity="t:loop-a")
    assert told["before"]["policy"]["digest"] == dossier.now["policy"]["digest"]
    assert told["before"]["tests"][0]["restricted_exact"] == "10/19"
    # loop-a: 0.09 + 0.9 · 0.9 · R, of which the rest is undisclosed
    assert told["after"]["tests"][0]["restricted_exact"] == "9/19"

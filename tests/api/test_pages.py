"""The pages as they leave the server: words of both languages, nothing inline, the API reference."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from urllib.parse import parse_qs, urlsplit

import pytest
from httpx import Client
from tests import service

from lookthrough.graph.database import Database
from lookthrough.graph.queries import parse
from lookthrough.web import STATIC
from lookthrough.words import catalogue, say

PAGES = ["/?lang=en", "/?lang=zh", "/screen?lang=en", "/screen?lang=zh", "/docs?lang=en", "/docs?lang=zh"]
_SAID = re.compile(r"""\bsay\(\s*(?:test[^?]*\?\s*)?["']([\w.]+)["']""")


class _Reader(HTMLParser):
    """Collects what a strict content security policy would refuse, and every address."""

    def __init__(self) -> None:
        super().__init__()
        self.inline: list[str] = []
        self.addresses: list[str] = []
        self.ids: set[str] = set()
        self.lang = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "style" or (tag == "script" and not (given.get("src") or given.get("type") == DATA)):
            self.inline.append(tag)
        self.inline += [name for name in given if name == "style" or name.startswith("on")]
        self.addresses += [value for name in ("href", "src") if (value := given.get(name))]
        self.ids.add(given.get("id") or "")
        self.lang = self.lang or (given.get("lang") or "")


DATA = "application/json"


def read(client: Client, path: str) -> _Reader:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    reader = _Reader()
    reader.feed(answer.text)
    return reader


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_nothing_inline_and_fetches_nothing_from_elsewhere(client: Client, path: str) -> None:
    reader = read(client, path)
    assert reader.inline == []
    assert [each for each in reader.addresses if not each.startswith(("/", "#", "?"))] == []


@pytest.mark.parametrize("path", PAGES)
def test_every_address_on_a_page_answers(client: Client, path: str) -> None:
    reader = read(client, path)
    for address in set(reader.addresses):
        if address.startswith("#"):
            assert address[1:] in reader.ids
        else:
            assert client.get(address).status_code == 200, address


def test_the_address_chooses_the_language_and_else_the_browser(client: Client) -> None:
    assert read(client, "/?lang=en").lang == "en"
    assert read(client, "/?lang=zh").lang == "zh-Hans"
    assert 'lang="zh-Hans"' in client.get("/", headers={"Accept-Language": "zh-CN,zh;q=0.9"}).text[:60]
    assert 'lang="en"' in client.get("/", headers={"Accept-Language": "fr"}).text[:60]
    assert 'lang="en"' in client.get("/?lang=tlh").text[:60]


def test_the_other_language_keeps_the_question(client: Client) -> None:
    other = next(
        each for each in read(client, "/?entity=a%2Fowners&policy=xai&lang=en").addresses if "lang=zh" in each
    )
    assert parse_qs(urlsplit(other).query) == {"entity": ["a/owners"], "policy": ["xai"], "lang": ["zh"]}


def test_the_page_carries_the_policies_and_words_of_its_language(client: Client) -> None:
    text = client.get("/?lang=zh").text
    block = re.search(r'<script type="application/json" id="setup">(.*?)</script>', text, re.DOTALL)
    assert block
    setup = json.loads(block[1])
    assert [each["id"] for each in setup["policies"]] == [
        each["id"] for each in client.get("/v1/policies").json()["items"]
    ]
    assert setup["words"]["outcome.UNDETERMINED"] == say("outcome.UNDETERMINED", "zh")


def test_without_scripts_the_page_says_what_it_is_and_where_the_reference_is(client: Client) -> None:
    text = client.get("/?lang=en").text
    fallback = re.search(r'<p id="without-script".*?</p>', text, re.DOTALL)
    assert fallback
    assert say("page.no_script", "en") in fallback[0]
    assert "/docs" in fallback[0]


def test_every_word_that_a_module_says_is_in_the_catalogue() -> None:
    said = {key for module in STATIC.glob("*.js") for key in _SAID.findall(module.read_text("utf-8"))}
    assert len(said) > 60
    assert said - set(catalogue()) == set()


def test_no_module_makes_markup_from_text() -> None:
    for module in STATIC.glob("*.js"):
        text = module.read_text("utf-8")
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", text), module
        assert not re.search(r"parseFloat|Number\(|toFixed", text), module
        assert "http://" not in text.replace("http://www.w3.org/2000/svg", ""), module


def test_the_reference_shows_every_operation_and_document(client: Client) -> None:
    described = client.get("/openapi.json").json()
    text = client.get("/docs?lang=en").text
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            assert f'<span class="method">{method.upper()}</span> {path}</code>' in text
            assert f'id="{operation["operationId"]}"' in text
    for name in described["components"]["schemas"]:
        assert f'id="schema-{name}"' in text
    assert "&#34;entity&#34;: &#34;bytedance&#34;" in text


def test_neo4j_browser_opens_with_the_query_of_the_entity(client: Client) -> None:
    answer = client.get("/neo4j-browser", params={"entity": 'a/"owners'}, follow_redirects=False)
    assert answer.status_code == 307
    address = answer.headers["location"]
    assert address.startswith(service.BROWSER)
    asked = parse_qs(urlsplit(address).query)
    assert asked["cmd"] == ["edit"]
    assert '(t:Entity {id: "a/\\"owners"})' in asked["arg"][0]


def test_a_query_that_needs_more_says_so(client: Client) -> None:
    answer = client.get("/neo4j-browser", params={"entity": "lynk", "query": "hidden_links"})
    assert answer.status_code == 422
    assert answer.json()["detail"] == "the query 'hidden_links' needs other"


@pytest.mark.parametrize(
    "hostile", ['"}) DETACH DELETE t //', "\\", "\\u0022}) RETURN 1 //", "a\nb", "`", "\u2028", "'"]
)
def test_an_id_in_a_link_is_one_text_to_the_server(
    client: Client, migrated_database: Database, hostile: str
) -> None:
    answer = client.get(
        "/neo4j-browser", params={"entity": hostile, "query": "owners"}, follow_redirects=False
    )
    text = parse_qs(urlsplit(answer.headers["location"]).query)["arg"][0]
    literal = re.search(r"\(t:Entity \{id: (\".*\")\}\)", text)
    assert literal is not None
    shown = parse("shown", f"// x\n// Purpose: x.\n// Access: read\nCYPHER 25\nRETURN {literal[1]} AS id")
    assert migrated_database.read(lambda tx: tx.run_query(shown)) == [{"id": hostile}]


def test_the_guide_is_for_pages_of_neo4j_browser_alone(client: Client) -> None:
    asked = {"Origin": "http://127.0.0.1:7474", "Access-Control-Request-Headers": "pragma,cache-control"}
    allowed = client.options("/neo4j-browser-guide", headers=asked)
    assert allowed.status_code == 204
    assert allowed.headers["access-control-allow-headers"] == "pragma,cache-control"
    for answer in (allowed, client.get("/neo4j-browser-guide")):
        assert answer.headers["access-control-allow-origin"] == "http://127.0.0.1:7474"
    assert "access-control-allow-origin" not in client.get("/").headers

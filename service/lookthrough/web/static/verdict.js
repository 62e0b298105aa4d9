// One verdict as an article: the headline first, then everything that it rests on.

import { addressOf } from "./address.js";
import * as api from "./api.js";
import { intervalBar } from "./bar.js";
import { chainsSection } from "./chains.js";
import { chartSection } from "./chart.js";
import { ownersSection } from "./claims.js";
import { el, named, section, webLink } from "./dom.js";
import { codes, kindTag, Parties, placeTag, titles } from "./parties.js";
import { pinning } from "./pinning.js";
import { instantText, stripSection } from "./strip.js";
import { outcome, testsSection, variantsSection, warningsSection } from "./sections.js";
import { changesSection, missingSection } from "./settling.js";
import { lang, say, setup, word } from "./setup.js";
import { whatIfSection } from "./what_if.js";

/**
 * The article for a verdict document, or for one before and one after edits; `text` is the answer as it came,
 * `onAsk` takes what is asked otherwise.
 */
export function verdictArticle(text, question, onAsk, signal) {
  const told = JSON.parse(text);
  const document = told.after ?? told;
  const parties = new Parties(question, { as_of: document.as_of, known_at: document.known_at });
  const owners = el("div", {}, section(say("page.owners"), el("p", { class: "aside" }, say("page.loading"))));
  fillOwners(owners, document.entity.id, parties, signal);
  const whatIf = whatIfSection(question, told, parties, onAsk);
  return el(
    "article",
    { class: "verdict", tabindex: "-1", "aria-labelledby": "headline" },
    told.after ? sides(told, question, parties) : headline(document, question, parties),
    told.after ? null : stripSection({ ...question, variant: document.policy.variant }, { as_of: document.as_of, known_at: document.known_at }, onAsk, signal),
    told.after ? whatIf : null,
    el(
      "div",
      { class: "columns" },
      el("div", { class: "main" }, testsSection(document), chainsSection(document, parties, signal), missingSection(document, parties), changesSection(document, parties)),
      el("aside", { class: "side", "aria-label": say("page.side") }, variants(document, question), warningsSection(document, parties), party(document, parties), policy(document), record(document, text, question)),
    ),
    told.after ? null : whatIf,
    told.after ? null : chartSection(document, parties, signal),
    owners,
  );
}

/** On record, and with the changes. */
function sides({ before, after }, question, parties) {
  const bars = before.tests.filter((test) => test.lower != null).map((test) => intervalBar({ ...test, id: `${test.id}-before` }));
  const one = el(
    "section",
    { class: `headline ${before.outcome}` },
    el("p", { class: "side-name" }, say("what_if.before")),
    el("div", { class: "side-outcome" }, outcome(before.outcome)),
    el("p", { class: "reason" }, word("reason", before.reason)),
    bars,
  );
  const other = headline(after, question, parties);
  other.prepend(el("p", { class: "side-name" }, say("what_if.after")));
  return el("div", { class: "sides" }, one, other);
}

function headline(document, question, parties) {
  const bars = document.tests.filter((test) => test.lower != null).map(intervalBar);
  const name = el("span", { class: "subject" }, named(document.entity.name));
  parties.describe(document.entity.id).then((entity) => name.replaceChildren(...titles(entity).map(named)), () => {});
  return el(
    "header",
    { class: `headline ${document.outcome}` },
    name,
    el("h2", { id: "headline" }, outcome(document.outcome)),
    el("p", { class: "reason" }, word("reason", document.reason)),
    el("p", { class: "sentence" }, document.sentence[lang]),
    question.known_at ? el("p", { class: "sentence" }, el("strong", {}, say("strip.known_at", { instant: instantText(document.known_at) }))) : null,
    document.complete ? null : el("p", { class: "sentence" }, el("strong", {}, say("page.incomplete"))),
    bars,
  );
}

async function fillOwners(place, id, parties, signal) {
  try {
    place.replaceChildren(await ownersSection(id, parties, signal));
  } catch (problem) {
    if (problem.name !== "AbortError") place.replaceChildren(el("p", { role: "alert" }, problem.message || say("page.error.0")));
  }
}

function variants(document, question) {
  return variantsSection(document, (variant, path) => addressOf({ ...question, variant }, lang, path));
}

/** What is on record of the entity itself. */
function party(document, parties) {
  const body = el("div", {}, say("page.loading"));
  parties.describe(document.entity.id).then(
    (entity) => body.replaceChildren(...describe(entity)),
    (problem) => body.replaceChildren(problem.message || say("page.error.0")),
  );
  return section(say("page.party"), body);
}

function describe(entity) {
  const places = ["headquarters", "incorporation", "principal_place", "nationality", "residence", "listing"];
  const rows = [
    ["id", el("code", {}, entity.id)],
    [say("page.kind"), kindTag(entity.kind)],
    ...places.filter((place) => codes(entity, place).length).map((place) => [word("attribute", place), placeTag(entity, place)]),
    [say("page.aliases"), entity.aliases.length ? el("bdi", {}, entity.aliases.join(" · ")) : null],
    ...entity.identifiers.map(({ scheme, value }) => [scheme, el("code", {}, value)]),
    [say("page.founded"), entity.founded],
    [say("page.dissolved"), entity.dissolved],
    [say("page.note"), entity.note ? el("span", { dir: "auto" }, entity.note) : null],
    [say("page.link"), webLink(entity.url, entity.url)],
  ];
  return [facts(rows)];
}

function facts(rows) {
  const told = rows.filter(([, value]) => value);
  return el("dl", { class: "facts" }, told.map(([name, value]) => [el("dt", {}, name), el("dd", {}, value)]));
}

/** The rule's own notes and sources, fetched when somebody opens them. */
function policy(document) {
  const { id, version } = document.policy;
  const known = setup.policies.find((candidate) => candidate.id === id);
  const body = el("div", {});
  const details = el("details", {}, el("summary", {}, say("page.rule_notes")), body);
  details.addEventListener("toggle", async () => {
    if (!details.open || body.hasChildNodes()) return;
    body.append(say("page.loading"));
    body.replaceChildren(...(await api.policy(`${id}@${version}`).then(notes, (problem) => [problem.message])));
  });
  const title = el("p", {}, known?.title[lang] ?? id, " ", el("code", {}, `${id}@${version}`));
  return section(say("page.rule"), title, details);
}

function notes(written) {
  const told = written.notes?.[lang] ?? written.notes?.en ?? "";
  const links = (written.sources ?? []).map((source) => el("li", {}, webLink(source, source) ?? source));
  return [el("p", { class: "note" }, told), el("ul", { class: "plain" }, links)];
}

/** Everything needed to ask the same again and get the same bytes. */
function record(document, text, question) {
  const fixed = { ...question, variant: document.policy.variant, as_of: document.as_of, known_at: document.known_at };
  const rows = [
    [say("page.as_of"), document.as_of],
    [say("page.known_at"), el("code", {}, document.known_at)],
    [say("page.engine"), document.engine],
    [say("page.verdict_id"), el("code", { class: "digest" }, document.verdict_id)],
    [say("page.policy_digest"), el("code", { class: "digest" }, document.policy.digest)],
    [say("page.facts_digest"), el("code", { class: "digest" }, document.facts)],
  ];
  const links = [
    el("a", { href: addressOf(fixed), "data-go": true, class: "permalink" }, say("page.permalink")),
    el("a", { href: download(text), download: `${document.entity.id}.verdict.json` }, say("page.json")),
  ];
  return section(say("page.record"), facts(rows), el("ul", { class: "plain" }, links.map((link) => el("li", {}, link))), document.hypothetical ? null : pinning(document), inBrowser(document.entity.id));
}

/** The queries that ship for Neo4j Browser, filled in for this entity, and where their guide is. */
function inBrowser(entity) {
  if (!setup.browser_queries.length) return null;
  const address = (query) => `/neo4j-browser?${new URLSearchParams({ entity, query })}`;
  const links = setup.browser_queries.map((query) =>
    el("li", {}, el("a", { href: address(query), target: "_blank", rel: "noopener" }, say(`guide.${query}`))));
  const guide = `:guide ${location.origin}/neo4j-browser-guide?lang=${lang}`;
  return el("details", { class: "in-browser" }, el("summary", {}, say("page.browser")),
    el("ul", { class: "plain" }, links), el("p", { class: "note" }, say("page.browser_guide"), " ", el("code", {}, guide)));
}

/** The very bytes of the answer as a file. */
function download(text) {
  return URL.createObjectURL(new Blob([text], { type: "application/json" }));
}

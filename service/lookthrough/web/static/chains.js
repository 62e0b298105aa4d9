// The chains, written so that a reader can multiply along each and add them all up.

import { el, section } from "./dom.js";
import { band, percent, share } from "./figures.js";
import { claimsOf } from "./claims.js";
import { say, setup, word } from "./setup.js";
import { waterfall } from "./waterfall.js";

/** One table a test; the sums belong to the first test that multiplies along chains. */
export function chainsSection(document, parties, signal) {
  const summed = document.tests.find((test) => test.restricted != null)?.id;
  const tests = [...new Set([summed, ...document.chains.map((chain) => chain.test)])].filter(Boolean);
  return tests.map((test) => {
    const chains = document.chains.filter((chain) => chain.test === test);
    const sums = test === summed && document.chains_total != null ? sumRows(document) : [];
    if (!chains.length) return null;
    const title = say(tests.length > 1 ? "page.chains_of" : "page.chains", { test });
    const sum = sums.length ? waterfall(document, parties, signal) : null;
    return section(title, sum, el("p", { class: "aside" }, say("page.chains_note")), list(chains, sums, parties));
  });
}

function list(chains, sums, parties) {
  return el("div", { class: "chains" }, el("ol", {}, chains.map((chain) => row(chain, parties))), sums);
}

function row(chain, parties) {
  if (chain.joins) return joining(chain, parties);
  const [first] = chain.links;
  const steps = chain.links.map((link) => el("span", { class: "step" }, arrow(link), parties.link(link.owned)));
  return el(
    "li",
    { class: "chain" },
    el("div", { class: "steps" }, parties.link(first.owner), steps),
    el("div", { class: "product" }, share(chain.product_min, chain.product_min_exact), upTo(chain)),
    sources(chain, parties),
    inBrowser(chain, parties),
  );
}

/** The chain as it stands in Neo4j: opens Neo4j Browser, where its address is known, with the query filled in. */
function inBrowser(chain, parties) {
  if (!setup.browser_queries.length || parties.question.edits) return null; // Neo4j has no stakes on trial.
  const ids = [chain.links[0].owner, ...chain.links.map((link) => link.owned)];
  const asked = new URLSearchParams([["query", "one_chain"], ...ids.map((id) => ["chain", id]), ...Object.entries(parties.clocks)]);
  return el("a", { class: "in-browser aside", href: `/neo4j-browser?${asked}`, target: "_blank", rel: "noopener" }, say("chain.in_browser"));
}

/** How a test that passes holdings on tier by tier got there: who joined, on the strength of which stakes. */
function joining(chain, parties) {
  const joins = chain.joins.map(({ entity, sum, links }) => el(
    "li",
    { class: "steps" },
    parties.link(entity),
    sum == null ? null : share(sum),
    "←",
    links.map((link) => el("span", {}, parties.link(link.owner), " ", band(link))),
  ));
  return el("li", { class: "chain" }, el("ol", {}, joins));
}

function upTo(chain) {
  if (chain.product_max === chain.product_min) return null;
  return el("span", { class: "aside" }, say("page.up_to", { figure: percent(chain.product_max) }));
}

/** The direct share on the arrow; what is on record beside it where that is not just this figure. */
function arrow(link) {
  const exact = link.min === link.max && link.min === link.weight;
  const lane = link.lane === "shares" ? null : el("span", { class: "aside" }, word("lane", link.lane));
  return el(
    "span",
    { class: "arrow" },
    el("span", { class: "visually-hidden" }, ` ${say("page.holds")} `),
    el("span", { class: "on-arrow" }, `${percent(link.weight)}%`, lane),
    el("span", { class: "shaft", "aria-hidden": "true" }),
    exact ? null : el("span", { class: "aside" }, say("page.on_record", { band: band(link) })),
    el("span", { class: "visually-hidden" }, ` ${say("page.of")} `),
  );
}

/** The claims behind each link, fetched when somebody opens them. */
function sources(chain, parties) {
  const names = [...new Set(chain.links.flatMap((link) => link.sources))];
  const body = el("div", { class: "claims-box" });
  const details = el("details", { class: "sources" }, el("summary", {}, say("page.sources", { names: names.join(", ") })), body);
  details.addEventListener("toggle", () => {
    if (details.open && !body.hasChildNodes()) body.append(...chain.links.map((link) => claimsOf(link, parties)));
  });
  return details;
}

function sumRows(document) {
  const test = document.tests.find((candidate) => candidate.restricted != null);
  const line = (text, figure, exact, kind = "") =>
    el("div", { class: `sum ${kind}` }, el("span", {}, text), el("span", { class: "product" }, share(figure, exact)));
  return [
    line(say("page.chains_total"), document.chains_total, document.chains_total_exact),
    line(say("page.rest"), document.rest, document.rest_exact),
    line(say("page.part.restricted"), test.restricted, test.restricted_exact, "grand"),
  ];
}

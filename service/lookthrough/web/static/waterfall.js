// The proven share as a sum: a bar a chain, each beginning where the last one ended, and the line to reach.

import * as api from "./api.js";
import { cell, el, named, row, svg, table } from "./dom.js";
import { percent, share } from "./figures.js";
import { add, decimal, fraction, larger, ratio } from "./fractions.js";
import { say } from "./setup.js";
import { titles } from "./parties.js";

const MOST = 500; // chains that the service lists at once
const HEIGHT = 22;
const ROOM = [25n, 26n]; // of the width for the largest of total, sums and line, so that none lies on the edge
const NOTHING = [0n, 1n];

/** The steps of the test that adds up chains; what is beyond the listed ones is told apart as soon as it is known. */
export function waterfall(document, parties, signal) {
  const test = document.tests.find((candidate) => candidate.restricted != null);
  const listed = document.chains.filter((chain) => chain.test === test.id && chain.links);
  const steps = listed.map((chain, place) => ({
    label: [say("waterfall.chain", { place: place + 1 }), " ", route(chain, parties)],
    figure: chain.product_min, exact: chain.product_min_exact,
  }));
  const rest = { label: say("page.rest"), figure: document.rest, exact: document.rest_exact };
  const box = el("div", { class: "waterfall" }, drawing(test, [...steps, ...(isNothing(rest) ? [] : [rest])]));
  if (!isNothing(rest) && !document.hypothetical) {
    beyond(document, parties.question, rest, signal).then((parts) => box.replaceChildren(drawing(test, [...steps, ...parts])), () => {});
  }
  return box;
}

const isNothing = (step) => step.figure === "0" && (step.exact == null || step.exact === "0");

/** The owners along a chain, from the one that the rule names. */
function route(chain, parties) {
  const names = chain.links.map(({ owner }) => {
    const name = named(owner);
    parties.describe(owner).then((entity) => name.replaceChildren(titles(entity)[0] ?? owner), () => {});
    return name;
  });
  return el("span", {}, names.flatMap((name, place) => (place ? [" → ", name] : [name])));
}

/** What the listed chains leave: further chains, and what goes round in loops; both together where there are too many. */
async function beyond(document, question, rest, signal) {
  const { as_of, known_at } = document;
  const all = await api.chains(document.entity.id, { policy: question.policy, variant: document.policy.variant, as_of, known_at, limit: String(MOST), min_product: "0" }, signal);
  const chains = all.chains.filter((chain) => chain.test === all.chains[0].test);
  const cut = chains.length >= MOST || all.warnings?.some(({ code }) => code === "chains_cut_off");
  if (cut) return [rest];
  const [listed, whole] = [document, all].map((told) => fraction(told.chains_total, told.chains_total_exact));
  const further = add(whole, [-listed[0], listed[1]]);
  const count = chains.length - document.chains.filter((chain) => chain.test === chains[0]?.test).length;
  return [
    { label: say("waterfall.further", { count }), figure: decimal(further) },
    { label: say("waterfall.loops"), figure: all.rest, exact: all.rest_exact },
  ].filter((step) => !isNothing(step));
}

function drawing(test, steps) {
  const line = fraction(test.threshold);
  const total = fraction(test.restricted, test.restricted_exact);
  const top = ratio([total, line, ...sums(steps)].reduce(larger), ROOM);
  const scale = { at: (value) => `${percent(decimal(top[0] ? ratio(value, top) : NOTHING))}%`, line };
  const heads = [[say("waterfall.step")], [say("waterfall.bar")], [say("waterfall.adds"), "number"], [say("waterfall.sum"), "number"]];
  const reached = sums(steps);
  const rows = steps.map((step, place) => row([
    cell(say("waterfall.step"), "", step.label),
    cell(say("waterfall.bar"), "fall", bar(scale, place ? reached[place - 1] : NOTHING, reached[place], "part")),
    cell(say("waterfall.adds"), "number", share(step.figure, step.exact)),
    cell(say("waterfall.sum"), "number", share(decimal(reached[place]))),
  ]));
  const told = say(`line.${test.operator}`, { threshold: percent(test.threshold) });
  const end = row([
    cell(say("waterfall.step"), "", el("strong", {}, say("page.part.restricted")), el("span", { class: "aside" }, say("page.part.line", { line: told }))),
    cell(say("waterfall.bar"), "fall", bar(scale, NOTHING, total, "whole")),
    cell(say("waterfall.adds"), "number", ""),
    cell(say("waterfall.sum"), "number", share(test.restricted, test.restricted_exact)),
  ], "grand");
  return table(say("waterfall.note"), heads, [...rows, end]);
}

/** Where each step ends. */
function sums(steps) {
  let sum = NOTHING;
  return steps.map((step) => (sum = add(sum, fraction(step.figure, step.exact))));
}

function bar(scale, from, to, kind) {
  const right = larger(to, from);
  const left = right === to ? from : to;
  const width = add(right, [-left[0], left[1]]);
  return svg(
    "svg",
    { class: "fall-bar", width: "100%", height: HEIGHT + 8, "aria-hidden": "true" },
    svg("rect", { class: `fall-${kind}`, x: scale.at(left), width: scale.at(width), y: 4, height: HEIGHT }),
    svg("line", { class: "fall-edge", x1: scale.at(to), x2: scale.at(to), y1: 4, y2: HEIGHT + 8 }),
    svg("line", { class: "fall-line", x1: scale.at(scale.line), x2: scale.at(scale.line), y1: 0, y2: HEIGHT + 8 }),
  );
}

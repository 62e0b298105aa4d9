// The parts of a verdict below its headline.

import { cell, el, row, section, table } from "./dom.js";
import { percent, share } from "./figures.js";
import { lang, say, word } from "./setup.js";

/** The mark besides the colour; the same as in the terminal. */
const MARKS = { RESTRICTED: "■", NOT_RESTRICTED: "□", UNDETERMINED: "◧" };

export function outcome(value) {
  const mark = el("span", { class: "mark", "aria-hidden": "true" }, MARKS[value]);
  return el("span", { class: `outcome ${value}` }, mark, ` ${word("outcome", value)}`);
}

export function testsSection(document) {
  const heads = [
    [say("page.test")], [say("page.outcome")], [say("page.lower"), "number"], [say("page.upper"), "number"],
    [say("page.line"), "number"], [say("page.why")],
  ];
  return section(say("page.tests"), table(say("page.tests_note"), heads, document.tests.map(testRow)));
}

function testRow(test) {
  const figure = (value, sign) => (value == null ? "–" : share(value, null, sign));
  const line = test.threshold == null ? "–" : `${test.operator} ${percent(test.threshold)}%`;
  const how = [word("test", test.kind), test.arithmetic && word("arithmetic", test.arithmetic), test.lane && word("lane", test.lane)];
  return row([
    cell(say("page.test"), "", el("code", {}, test.id), el("span", { class: "aside" }, how.filter(Boolean).join(" · "))),
    cell(say("page.outcome"), "", outcome(test.outcome)),
    cell(say("page.lower"), "number", figure(test.lower, test.lower_strict ? ">" : "")),
    cell(say("page.upper"), "number", figure(test.upper, test.upper_strict ? "<" : "")),
    cell(say("page.line"), "number", line),
    cell(say("page.why"), "", word("reason", test.reason), slack(test)),
  ]);
}

function slack(test) {
  if (test.slack == null) return null;
  return el("span", { class: "aside" }, say("page.slack", { slack: percent(test.slack) }));
}

export function variantsSection(document, addressOfVariant) {
  const items = document.variants.map((variant) => {
    const current = variant.variant === document.policy.variant;
    const link = el("a", { href: addressOfVariant(variant.variant), "data-go": true, "aria-current": current ? "true" : null }, variant.variant);
    const because = variant.because ? el("span", { class: "aside" }, variant.because[lang]) : null;
    return el("li", {}, link, outcome(variant.outcome), because);
  });
  const all = el("a", { href: addressOfVariant(document.policy.variant, "/compare") }, say("compare.all"));
  return section(say("page.variants"), el("ul", { class: "variants" }, items), el("p", {}, all));
}

export function warningsSection(document, parties) {
  const items = document.warnings.map((warning) => el(
    "li",
    {},
    el("strong", {}, word("warning_name", warning.code)),
    warning.entity ? [" ", parties.link(warning.entity)] : null,
    el("span", { class: "aside", lang: "en", dir: "auto" }, warning.detail),
  ));
  return section(say("page.warnings"), items.length ? el("ul", { class: "warnings" }, items) : null);
}

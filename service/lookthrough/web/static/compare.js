// One entity under all policies, side by side, and what makes them part.

import { addressOf } from "./address.js";
import { cell, el, named, row, section, table } from "./dom.js";
import { percent, share } from "./figures.js";
import { Parties, titles } from "./parties.js";
import { outcome } from "./sections.js";
import { lang, say, word } from "./setup.js";

export function comparisonArticle(told, question) {
  const parties = new Parties(question, { as_of: told.as_of, known_at: told.known_at });
  const rows = grouped(told.readings);
  const name = el("span", { class: "subject" }, named(told.entity.name));
  parties.describe(told.entity.id).then((entity) => name.replaceChildren(...titles(entity).map(named)), () => {});
  const tally = {
    count: told.readings.length,
    rules: new Set(told.readings.map(({ policy }) => `${policy.id}@${policy.version}`)).size,
    parting: told.readings.filter(({ parting }) => parting).length,
  };
  const heads = [[say("page.policy")], [say("page.outcome")], [say("page.lower"), "number"], [say("page.upper"), "number"], [say("page.line"), "number"], [say("compare.parts")]];
  return el(
    "article",
    { class: "verdict compare", tabindex: "-1", "aria-labelledby": "headline" },
    el("header", {}, name, el("h2", { id: "headline" }, say("compare.title")), el("p", {}, say("compare.tally", tally), " ", say("page.as_of"), ` ${told.as_of}`)),
    told.complete ? null : el("p", {}, el("strong", {}, told.left_out.length ? say("compare.left_out", { readings: told.left_out.join(", ") }) : say("page.incomplete"))),
    section(say("compare.title"), table(say("compare.note"), heads, rows.map((entry, place) => readingRow(entry, !place, question, told, parties)))),
  );
}

/** A row for each reading; those that say the same as one of the same policy above it are named there. */
function grouped(readings) {
  const rows = [];
  for (const reading of readings) {
    const like = rows.find((entry) => entry.reading.policy.digest === reading.policy.digest && said(entry.reading) === said(reading));
    if (like) like.same.push(reading.policy.variant);
    else rows.push({ reading, same: [] });
  }
  return rows;
}

const said = ({ outcome: value, reason, tests }) => JSON.stringify([value, reason, tests.map((test) => [test.id, test.outcome, test.lower, test.upper, test.threshold, test.operator])]);

function readingRow({ reading, same }, chosen, question, told, parties) {
  const { id, version, variant } = reading.policy;
  const address = addressOf({ ...question, policy: id, variant, as_of: question.as_of, known_at: question.known_at, edits: "" }, lang, "/");
  const tests = reading.tests.filter((test) => test.lower != null);
  const each = (show) => tests.map((test) => el("div", {}, show(test)));
  return row([
    cell(say("page.policy"), "",
      el("a", { href: address }, reading.title[lang]),
      el("span", { class: "aside" }, el("code", {}, `${id}@${version}`), ` · ${variant}`, reading.in_force ? null : ` · ${say("compare.not_in_force")}`),
      chosen ? el("span", { class: "tag" }, `▸ ${say("compare.chosen")}`) : null,
      same.length ? el("span", { class: "aside" }, say("compare.same", { readings: same.join(", ") })) : null),
    cell(say("page.outcome"), "", outcome(reading.outcome), el("span", { class: "aside" }, word("reason", reading.reason))),
    cell(say("page.lower"), "number", each((test) => share(test.lower, null, test.lower_strict ? ">" : ""))),
    cell(say("page.upper"), "number", each((test) => share(test.upper, null, test.upper_strict ? "<" : ""))),
    cell(say("page.line"), "number", each((test) => `${test.operator} ${percent(test.threshold)}%`)),
    cell(say("compare.parts"), "parting", reading.parting ? parting(reading.parting, parties) : "–"),
  ], chosen ? "chosen" : null);
}

/** In words, and the party or stake itself. */
function parting(found, parties) {
  const ways = {
    party: () => parties.link(found.entity),
    together: () => parties.link(found.entity),
    stake: () => [parties.link(found.owner), " → ", parties.link(found.owned)],
    rule: () => null,
  };
  return [el("span", {}, found.sentence[lang]), el("span", { class: "aside" }, ways[found.kind]())];
}

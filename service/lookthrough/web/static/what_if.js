// What if: changes to the facts that are in the address alone, and the verdict before and after them.

import { addressOf } from "./address.js";
import * as api from "./api.js";
import { cell, el, row, section, table } from "./dom.js";
import { percent } from "./figures.js";
import { EditDesk, PLACES } from "./edit_desk.js";
import { codes } from "./parties.js";
import { outcome } from "./sections.js";
import { say, word } from "./setup.js";

let desk = null; // the form of the verdict that is shown, which buttons elsewhere on the page fill in

/** The edits that an address carries. Raises Problem. */
export function editsOf(question) {
  let edits = null;
  try {
    edits = JSON.parse(question.edits || "[]");
  } catch { /* said below, like everything else that is no list */ }
  if (!Array.isArray(edits)) throw new api.Problem(422, "edits: not a JSON list");
  return edits;
}

/** The edits made, what they change, and the form to make one more; `told` has `before` and `after`, if any were made. */
export function whatIfSection(question, told, parties, onAsk) {
  const edits = editsOf(question);
  desk = new EditDesk(question, { words: say("what_if.ask"), onEdit: (edit) => asked(question, [...edits, edit], onAsk) });
  const made = edits.length ? [list(edits, question, parties), changesTable(told)] : [];
  const shown = section(say("what_if.title"), el("p", { class: "aside" }, say("what_if.note")), made, desk.element);
  shown.id = "what-if";
  shown.tabIndex = -1;
  return shown;
}

/** Ask with these edits, and go where they are the address's; raises Problem where they cannot be made. */
async function asked(question, edits, onAsk) {
  const written = JSON.stringify(edits);
  await api.whatIf({ ...question, edits: written });
  onAsk({ edits: written }, "#what-if");
}

/** A button that puts an edit into the form, to be completed and asked. */
export function proposal(edit, words = say("what_if.propose")) {
  return el("button", { type: "button", class: "small no-print", onclick: () => desk?.fill(edit) }, words);
}

/** A button that asks with one more edit. */
function settling(edit, words) {
  return el("button", { type: "button", class: "small no-print", onclick: () => desk?.ask(edit) }, words);
}

/** The ways on from a missing fact: each recorded place on trial where they are disputed, else the form. */
export function settle(fact, parties) {
  const box = el("div", { class: "settle" });
  const attribute = (entity) => (entity.kind === "person" ? "nationality" : "headquarters");
  if (fact.kind.endsWith("_location")) {
    parties.describe(fact.entity).then((entity) => {
      const disputed = PLACES.filter((place) => entity.locations.some((at) => at.attribute === place && at.disputed));
      const tried = disputed.flatMap((place) => codes(entity, place).map((code) =>
        settling({ op: "set_location", entity: fact.entity, attribute: place, jurisdiction: code }, say("what_if.place", { place: word("attribute", place), code }))));
      box.replaceChildren(...(tried.length ? tried : [proposal({ op: "set_location", entity: fact.entity, attribute: attribute(entity), jurisdiction: "" }, say("what_if.set_place"))]));
    }, () => {});
  } else {
    box.append(proposal({ op: "add_stake", owner: "", owned: fact.entity, lane: "shares", percent: "" }, say("what_if.add_stake")));
  }
  return box;
}

/** On trial: the stake at the figure to which it must fall. */
export function tryChange(change, test) {
  const to = percent(change.to);
  const edit = { op: "set_stake", owner: change.owner, owned: change.owned, lane: test?.lane ?? "shares", percent: change.to_open ? `[0,${to})` : to };
  return settling(change.holding ? { ...edit, holding: change.holding } : edit, say("what_if.try"));
}

function list(edits, question, parties) {
  const items = edits.map((edit, place) => {
    const rest = edits.filter((_, other) => other !== place);
    const without = addressOf({ ...question, edits: rest.length ? JSON.stringify(rest) : "" });
    return el("li", {}, el("strong", {}, word("what_if.op", edit.op)), " ", described(edit, parties), " ", el("a", { href: without, "data-go": true, class: "no-print" }, say("what_if.undo")));
  });
  const back = el("a", { href: addressOf({ ...question, edits: "" }), "data-go": true }, say("what_if.back"));
  return [el("ol", { class: "edits" }, items), el("p", { class: "no-print" }, back)];
}

function described(edit, parties) {
  if (edit.op === "set_location") {
    return [parties.link(String(edit.entity)), ` · ${word("attribute", edit.attribute)}: ${edit.jurisdiction || say("what_if.nothing")}`];
  }
  const figure = edit.op === "remove_stake" ? "" : `: ${edit.percent ? `${edit.percent} %` : say("page.unknown_share")}`;
  return [parties.link(String(edit.owner)), " → ", parties.link(String(edit.owned)), ` · ${word("lane", edit.lane ?? "shares")}${figure}`];
}

/** What the edits change, figure by figure. */
function changesTable({ before, after }) {
  const pairs = [
    [say("page.outcome"), outcome(before.outcome), outcome(after.outcome), before.outcome !== after.outcome],
    [say("page.why"), word("reason", before.reason), word("reason", after.reason), before.reason !== after.reason],
    ...after.tests.flatMap((test) => figures(before.tests.find(({ id }) => id === test.id), test)),
    ...after.variants.map((variant, place) => [say("what_if.reading", { variant: variant.variant }), outcome(before.variants[place].outcome), outcome(variant.outcome), before.variants[place].outcome !== variant.outcome]),
  ];
  const changed = pairs.filter(([, , , differs]) => differs);
  if (!changed.length) return el("p", {}, el("strong", {}, say("what_if.same")));
  const heads = [[say("page.what")], [say("what_if.before")], [say("what_if.then")]];
  return table(say("what_if.changes"), heads, changed.map(([what, one, other]) => row([
    cell(say("page.what"), "", what), cell(say("what_if.before"), "", one), cell(say("what_if.then"), "", other),
  ])));
}

function figures(before, after) {
  const named = (what) => [el("code", {}, after.id), ` · ${what}`];
  const told = (test, name) => (test?.[name] == null ? "–" : `${percent(test[name])}%`);
  const bounds = ["lower", "upper"].filter((name) => after[name] != null);
  return [
    [named(say("page.outcome")), outcome(before.outcome), outcome(after.outcome), before.outcome !== after.outcome],
    ...bounds.map((name) => [named(say(`page.${name}`)), told(before, name), told(after, name), before[name] !== after[name]]),
  ];
}

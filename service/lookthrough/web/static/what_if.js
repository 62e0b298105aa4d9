// What if: changes to the facts that are in the address alone, and the verdict before and after them.

import { addressOf } from "./address.js";
import * as api from "./api.js";
import { cell, el, row, section, table } from "./dom.js";
import { percent } from "./figures.js";
import { codes } from "./parties.js";
import { Search } from "./search.js";
import { outcome } from "./sections.js";
import { say, word } from "./setup.js";

const OPS = ["set_stake", "add_stake", "remove_stake", "set_location"];
const LANES = ["shares", "votes", "board", "control"];
const PLACES = ["headquarters", "incorporation", "principal_place", "nationality", "residence", "listing"];

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
  desk = new Desk(question, edits, onAsk);
  const made = edits.length ? [list(edits, question, parties), changesTable(told)] : [];
  const shown = section(say("what_if.title"), el("p", { class: "aside" }, say("what_if.note")), made, desk.element);
  shown.id = "what-if";
  shown.tabIndex = -1;
  return shown;
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

/** The form for one more edit. */
class Desk {
  #op = select("edit-op", OPS.map((op) => [op, word("what_if.op", op)]));
  #lane = select("edit-lane", LANES.map((lane) => [lane, word("lane", lane)]));
  #attribute = select("edit-attribute", PLACES.map((place) => [place, word("attribute", place)]));
  #percent = el("input", { id: "edit-percent", type: "text", maxlength: 60, autocomplete: "off" });
  #code = el("input", { id: "edit-code", type: "text", maxlength: 60, autocomplete: "off" });
  #said = el("p", { class: "alert", role: "alert" });
  #filled = {}; // what a proposal names and the form does not show

  constructor(question, edits, onAsk) {
    Object.assign(this, { question, edits, onAsk });
    this.owner = box("edit-owner", question);
    this.owned = box("edit-owned", question);
    this.entity = box("edit-entity", question);
    this.element = this.#form();
    this.#fill({ op: "set_stake", owner: "", owned: question.entity, lane: "shares", percent: "" });
    this.#op.addEventListener("change", () => this.#toggle());
  }

  #form() {
    const stake = [field("what_if.owner", this.owner.element), field("what_if.owned", this.owned.element), field("page.lane", this.#lane), field("what_if.percent", this.#percent, "what_if.percent_hint")];
    const place = [field("what_if.entity", this.entity.element), field("what_if.attribute", this.#attribute), field("what_if.code", this.#code, "what_if.code_hint")];
    this.parts = { stake, place };
    const button = el("button", { type: "submit", class: "primary" }, say("what_if.ask"));
    return el("form", { class: "desk no-print", onsubmit: (event) => this.#submitted(event) }, field("what_if.change", this.#op), stake, place, button, this.#said);
  }

  fill(edit) {
    this.#fill(edit);
    this.element.scrollIntoView({ block: "center" });
    const first = [this.owner.input, this.#percent, this.#code].find((input) => !input.closest("[hidden]") && !input.value);
    (first ?? this.#op).focus({ preventScroll: true });
  }

  #fill(edit) {
    this.#op.value = edit.op;
    this.owner.search.show(edit.owner ?? "", "");
    this.owned.search.show(edit.owned ?? edit.entity ?? "", "");
    this.entity.search.show(edit.entity ?? edit.owned ?? "", "");
    this.#lane.value = edit.lane ?? "shares";
    this.#percent.value = edit.percent ?? "";
    this.#attribute.value = edit.attribute ?? "headquarters";
    this.#code.value = edit.jurisdiction ?? "";
    this.#filled = edit.holding ? { holding: edit.holding } : {};
    this.#toggle();
  }

  #toggle() {
    const ofPlace = this.#op.value === "set_location";
    this.parts.stake.forEach((part) => { part.hidden = ofPlace; });
    this.parts.place.forEach((part) => { part.hidden = !ofPlace; });
    this.#percent.closest(".field").hidden = ofPlace || this.#op.value === "remove_stake";
  }

  async #submitted(event) {
    event.preventDefault();
    this.ask(await this.#edit());
  }

  async #edit() {
    const op = this.#op.value;
    if (op === "set_location") {
      return { op, entity: await chosen(this.entity), attribute: this.#attribute.value, jurisdiction: this.#code.value.trim().toUpperCase() };
    }
    const stake = { op, owner: await chosen(this.owner), owned: await chosen(this.owned), lane: this.#lane.value, ...this.#filled };
    return op === "remove_stake" ? stake : { ...stake, percent: this.#percent.value.trim() };
  }

  /** Ask with this edit too; what is wrong with it is said here, where it can be mended. */
  async ask(edit) {
    const edits = JSON.stringify([...this.edits, edit]);
    this.#said.textContent = "";
    try {
      await api.whatIf({ ...this.question, edits });
    } catch (problem) {
      this.#said.textContent = problem.message || say("page.error.0");
      return this.element.scrollIntoView({ block: "nearest" });
    }
    this.onAsk({ edits }, "#what-if");
  }
}

/** The id of the entity that was chosen, or found by what was typed; else the text, as an id not on record. */
async function chosen(box) {
  return (await box.search.settle()) ?? box.input.value.trim();
}

function box(id, { policy, variant, as_of }) {
  const list = el("ul", { id: `${id}-found`, class: "suggestions", role: "listbox", "aria-label": say("page.suggestions"), hidden: true });
  const input = el("input", {
    id, type: "text", autocomplete: "off", autocapitalize: "off", spellcheck: "false", maxlength: 300,
    role: "combobox", "aria-expanded": "false", "aria-controls": list.id, "aria-autocomplete": "list",
  });
  const nothing = () => {};
  const search = new Search({ input, list, onChoose: nothing, onStatus: nothing, onProblem: nothing, question: () => ({ policy, variant, as_of }) });
  return { input, search, element: el("div", { class: "combo" }, input, list) };
}

function select(id, options) {
  return el("select", { id }, options.map(([value, words]) => el("option", { value }, words)));
}

function field(words, control, hint = null) {
  const input = control.matches("input, select") ? control : control.querySelector("input");
  return el("div", { class: "field" }, el("label", { for: input.id }, say(words)), control, hint ? el("span", { class: "hint" }, say(hint)) : null);
}

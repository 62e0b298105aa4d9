// The form for one edit to the facts: a stake set, added or taken away, or a place set.

import { el } from "./dom.js";
import { Search } from "./search.js";
import { say, word } from "./setup.js";

const OPS = ["set_stake", "add_stake", "remove_stake", "set_location"];
const LANES = ["shares", "votes", "board", "control"];
export const PLACES = ["headquarters", "incorporation", "principal_place", "nationality", "residence", "listing"];

/** The form; `onEdit` takes an edit and raises Problem where it cannot be, `more` are fields of its own. */
export class EditDesk {
  #op = select("edit-op", OPS.map((op) => [op, word("what_if.op", op)]));
  #lane = select("edit-lane", LANES.map((lane) => [lane, word("lane", lane)]));
  #attribute = select("edit-attribute", PLACES.map((place) => [place, word("attribute", place)]));
  #percent = el("input", { id: "edit-percent", type: "text", maxlength: 60, autocomplete: "off" });
  #code = el("input", { id: "edit-code", type: "text", maxlength: 60, autocomplete: "off" });
  #said = el("p", { class: "alert", role: "alert" });
  #filled = {}; // what a proposal names and the form does not show

  constructor(question, { words, more = [], onEdit }) {
    Object.assign(this, { words, more, onEdit });
    const { policy, variant, as_of } = question;
    const [owner, owned, entity] = ["edit-owner", "edit-owned", "edit-entity"].map((id) => box(id, () => ({ policy, variant, as_of })));
    Object.assign(this, { owner, owned, entity });
    this.element = this.#form();
    this.#fill({ op: "set_stake", owner: "", owned: question.entity, lane: "shares", percent: "" });
    this.#op.addEventListener("change", () => this.#toggle());
  }

  #form() {
    const stake = [field("what_if.owner", this.owner.element), field("what_if.owned", this.owned.element), field("page.lane", this.#lane), field("what_if.percent", this.#percent, "what_if.percent_hint")];
    const place = [field("what_if.entity", this.entity.element), field("what_if.attribute", this.#attribute), field("what_if.code", this.#code, "what_if.code_hint")];
    this.parts = { stake, place };
    const button = el("button", { type: "submit", class: "primary" }, this.words);
    return el("form", { class: "desk no-print", onsubmit: (event) => this.#submitted(event) }, field("what_if.change", this.#op), stake, place, this.more, button, this.#said);
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

  /** Hand the edit on; what is wrong with it is said here, where it can be mended. */
  async ask(edit) {
    this.#said.textContent = "";
    try {
      await this.onEdit(edit);
    } catch (problem) {
      this.#said.textContent = problem.message || say("page.error.0");
      this.element.scrollIntoView({ block: "nearest" });
    }
  }
}

/** The id of the entity that was chosen, or found by what was typed; else the text, as an id not on record. */
export async function chosen(box) {
  return (await box.search.settle()) ?? box.input.value.trim();
}

/** A search box over entities; `rule` tells under which policy and on which day its rows are judged. */
export function box(id, rule) {
  const list = el("ul", { id: `${id}-found`, class: "suggestions", role: "listbox", "aria-label": say("page.suggestions"), hidden: true });
  const input = el("input", {
    id, type: "text", autocomplete: "off", autocapitalize: "off", spellcheck: "false", maxlength: 300,
    role: "combobox", "aria-expanded": "false", "aria-controls": list.id, "aria-autocomplete": "list",
  });
  const nothing = () => {};
  const search = new Search({ input, list, onChoose: nothing, onStatus: nothing, onProblem: nothing, question: rule });
  return { input, search, element: el("div", { class: "combo" }, input, list) };
}

export function select(id, options) {
  return el("select", { id }, options.map(([value, words]) => el("option", { value }, words)));
}

export function field(words, control, hint = null) {
  const input = control.matches("input, select, textarea") ? control : control.querySelector("input");
  return el("div", { class: "field" }, el("label", { for: input.id }, say(words)), control, hint ? el("span", { class: "hint" }, say(hint)) : null);
}

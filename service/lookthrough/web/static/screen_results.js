// One screening: how far it is, how its rows came out, and the rows as a table to sort and filter.

import { addressOf } from "./address.js";
import * as api from "./api.js";
import { cell, el, named, row } from "./dom.js";
import { percent } from "./figures.js";
import { problemBox } from "./problem.js";
import { outcome } from "./sections.js";
import { lang, say, setup, word } from "./setup.js";

const SHOWN = 1000;
const ORDER = ["RESTRICTED", "UNDETERMINED", "NOT_RESTRICTED", null];
const RUNNING = "running";

export class Watched {
  #document = null;
  #rows = [];
  #filter = { outcome: undefined, reason: null, text: "" };
  #sort = { by: "row", down: false };
  #shown = SHOWN;
  #head = el("header", { class: "screening" });
  #counts = el("div", { class: "counts", role: "group", "aria-label": say("screen.counts") });
  #table = el("div", {});

  constructor({ answer, tell, onNew, signal }) {
    Object.assign(this, { answer, tell, onNew, signal });
  }

  async show(id, focus) {
    this.tell(say("page.loading"));
    this.#document = await api.screening(id);
    if (this.signal.aborted) return;
    this.answer.replaceChildren(this.#head, this.#counts, this.#table);
    this.#tellState();
    if (focus) this.#head.querySelector("h2").focus();
    if (this.#document.status === RUNNING) this.#watch();
    else await this.#load();
  }

  /** Listen until it ends; a connection that is lost is taken up again by the browser. */
  #watch() {
    const events = new EventSource(`${api.screeningPath(this.#document.id)}/events`);
    this.signal.addEventListener("abort", () => events.close());
    const told = (event) => {
      this.#document = JSON.parse(event.data);
      this.#tellState();
    };
    const ended = (event) => {
      if (!event.data) return; // the connection, not the screening
      events.close();
      told(event);
      this.#load().catch((problem) => this.#problem(problem));
    };
    events.addEventListener("progress", told);
    events.addEventListener("done", ended);
    events.addEventListener("error", ended);
  }

  async #load() {
    this.#rows = await api.screeningRows(this.#document.id);
    if (this.signal.aborted) return;
    this.#showCounts();
    this.#showTable();
  }

  async #change(what) {
    try {
      this.#document = await api.changeScreening(this.#document.id, what);
      this.#tellState();
      if (what === "resume") {
        this.#table.replaceChildren();
        this.#watch();
      }
    } catch (problem) {
      this.#problem(problem);
    }
  }

  #problem(problem) {
    this.#table.replaceChildren(problemBox(problem, () => this.show(this.#document.id)));
  }

  #tellState() {
    const { status, done, total, policy, as_of, problem } = this.#document;
    const known = setup.policies.find((candidate) => candidate.id === policy.id);
    const had = this.#head.contains(document.activeElement) ? document.activeElement.dataset?.what : null;
    const parts = [
      el("h2", { tabindex: "-1" }, known?.title[lang] ?? policy.id),
      el("p", { class: "aside" }, `${policy.id}@${policy.version} · ${policy.variant} · ${say("page.as_of")} ${as_of}`),
      el("p", { class: "state" }, el("strong", {}, say(`screen.status.${status}`)), ` ${say("screen.progress", { done, total })}`),
      status === RUNNING ? el("progress", { max: total, value: done, "aria-label": say("screen.rows_done") }) : null,
      problem ? el("p", { class: "aside", lang: "en" }, problem) : null,
      el("p", { class: "buttons" }, this.#buttons(status)),
    ];
    this.#head.replaceChildren(...parts.filter(Boolean));
    if (had) this.#head.querySelector(`[data-what="${had}"]`)?.focus();
    this.tell(status === RUNNING ? "" : say(`screen.status.${status}`));
    this.#showCounts();
  }

  #buttons(status) {
    const button = (what, act) => el("button", { type: "button", "data-what": what, onclick: act }, say(`screen.${what}`));
    const file = (form) => el("a", { class: "button", href: `${api.screeningPath(this.#document.id)}/results?format=${form}`, download: true }, say("screen.export", { form: form === "parquet" ? "Parquet" : form.toUpperCase() }));
    return [
      status === RUNNING ? button("cancel", () => this.#change("cancel")) : null,
      ["interrupted", "cancelled", "failed"].includes(status) ? button("resume", () => this.#change("resume")) : null,
      status === "done" ? ["csv", "ndjson", "parquet"].map(file) : null,
      button("new", this.onNew),
    ];
  }

  /** Counts are buttons: each shows its rows alone. */
  #showCounts() {
    const { outcomes, undetermined, problems, done } = this.#document;
    const chip = (label, count, filter, kind) => el(
      "button",
      { type: "button", class: kind, "aria-pressed": this.#filter.outcome === filter.outcome && this.#filter.reason === filter.reason ? "true" : "false", disabled: !this.#rows.length, onclick: () => this.#choose(filter) },
      label,
      el("strong", {}, ` ${count}`),
    );
    const reasons = Object.entries(undetermined).map(([reason, count]) => chip(word("reason", reason), count, { outcome: "UNDETERMINED", reason }, "because"));
    const focused = [...this.#counts.children].indexOf(document.activeElement);
    this.#counts.replaceChildren(
      chip(say("screen.all"), done, { outcome: undefined, reason: null }),
      chip(outcome("RESTRICTED"), outcomes.RESTRICTED, { outcome: "RESTRICTED", reason: null }),
      chip(outcome("UNDETERMINED"), outcomes.UNDETERMINED, { outcome: "UNDETERMINED", reason: null }),
      ...reasons,
      chip(outcome("NOT_RESTRICTED"), outcomes.NOT_RESTRICTED, { outcome: "NOT_RESTRICTED", reason: null }),
      chip(say("screen.no_verdict"), problems, { outcome: null, reason: null }),
    );
    this.#counts.children[focused]?.focus();
  }

  #choose(filter) {
    Object.assign(this.#filter, filter);
    this.#shown = SHOWN;
    this.#showCounts();
    this.#showRows();
  }

  #showTable() {
    const search = el("input", { type: "search", id: "filter", value: this.#filter.text, oninput: (event) => this.#choose({ text: event.target.value.trim().toLowerCase() }) });
    const heads = COLUMNS.map(([by, key, kind]) => el("th", { scope: "col", role: "columnheader", class: kind, "data-by": by }, el("button", { type: "button", class: "sort", onclick: () => this.#order(by) }, say(key))));
    this.body = el("tbody", { role: "rowgroup" });
    this.more = el("p", { class: "buttons" });
    this.#table.replaceChildren(
      el("div", { class: "field filter" }, el("label", { for: "filter" }, say("screen.filter")), search),
      el("table", { role: "table", class: "results" }, el("caption", { class: "visually-hidden" }, say("screen.title")), el("thead", { role: "rowgroup" }, row(heads)), this.body),
      this.more,
    );
    this.#showRows();
  }

  #order(by) {
    this.#sort = { by, down: this.#sort.by === by && !this.#sort.down };
    this.#showRows();
  }

  #showRows() {
    if (!this.body) return;
    const { by, down } = this.#sort;
    const found = this.#rows.filter((each) => this.#passes(each)).sort((one, other) => comparing(by, one, other, down));
    const question = this.#question();
    this.body.replaceChildren(...found.slice(0, this.#shown).map((each) => (each.element ??= this.#row(each, question))));
    for (const head of this.#table.querySelectorAll("th")) {
      head.setAttribute("aria-sort", head.dataset.by !== by ? "none" : down ? "descending" : "ascending");
    }
    const left = found.length - this.#shown;
    const further = el("button", { type: "button", onclick: () => { this.#shown += SHOWN; this.#showRows(); } }, say("screen.more", { count: left }));
    this.more.replaceChildren(...(left > 0 ? [further] : found.length ? [] : [say("screen.no_rows")]));
    this.tell(say("screen.shown", { count: found.length, total: this.#rows.length }));
  }

  #passes(each) {
    const { outcome: wanted, reason, text } = this.#filter;
    if (wanted !== undefined && each.outcome !== wanted) return false;
    if (reason && each.reason !== reason) return false;
    return !text || [each.entity, each.name, each.given].some((part) => part?.toLowerCase().includes(text));
  }

  #question() {
    const { policy, as_of, known_at } = this.#document;
    return { policy: policy.id, variant: policy.variant, as_of, known_at };
  }

  #row(each, question) {
    const link = el("a", { href: addressOf({ ...question, entity: each.entity }) }, named(each.name ?? each.entity));
    const given = each.given && each.given !== each.name ? el("span", { class: "aside" }, say("screen.given", { text: each.given })) : null;
    const figure = (key, value) => cell(say(key), value === null ? "number none" : "number", value === null ? null : `${percent(value)}%`);
    return row([
      cell(say("screen.row"), "number", `${each.row}`),
      cell(say("screen.entity"), null, each.outcome ? [link, el("code", { class: "aside" }, ` ${each.entity}`), given] : named(each.given ?? each.entity)),
      cell(say("page.outcome"), null, each.outcome ? outcome(each.outcome) : el("strong", { class: "without" }, say("screen.no_verdict"))),
      cell(say("page.why"), null, word("reason", each.reason)),
      figure("page.lower", each.lower),
      figure("page.upper", each.upper),
      figure("screen.unknown", each.unknown),
    ], each.outcome ? null : "decisive");
  }
}

const COLUMNS = [
  ["row", "screen.row", "number"],
  ["name", "screen.entity", null],
  ["outcome", "page.outcome", null],
  ["reason", "page.why", null],
  ["lower", "page.lower", "number"],
  ["upper", "page.upper", "number"],
  ["unknown", "screen.unknown", "number"],
];

/** Rows without the figure come last either way; equal ones keep the order of the list. */
function comparing(by, one, other, down) {
  const [first, second] = [keyOf(by, one), keyOf(by, other)];
  if (first === null || second === null) return (first === null) - (second === null) || one.row - other.row;
  const way = typeof first === "string" ? compareText(by, first, second) : first - second;
  return (down ? -way : way) || one.row - other.row;
}

function keyOf(by, each) {
  if (by === "outcome") return ORDER.indexOf(each.outcome);
  if (by === "name") return each.name ?? each.given ?? each.entity;
  return by === "reason" ? word("reason", each.reason) : each[by];
}

const words = new Intl.Collator(lang === "zh" ? "zh-Hans" : "en");

/** Figures are decimal text of fractions, 0 to 1, and compare as such. */
function compareText(by, first, second) {
  if (by === "name" || by === "reason") return words.compare(first, second);
  return first === second ? 0 : first < second ? -1 : 1;
}

// The answer over time: a strip of the days on which anything changed, a slider on them, and the other clock.

import * as api from "./api.js";
import { addressOf } from "./address.js";
import { cell, el, row, section, svg, table } from "./dom.js";
import { percent } from "./figures.js";
import { hatch } from "./patterns.js";
import { outcome } from "./sections.js";
import { lang, say, word } from "./setup.js";

const HEIGHT = 40;
const PAUSE = 250; // milliseconds without a move before the service is asked
const MOST_TICKS = 60;
const FEW = 6; // stretches that are told without being asked for

let kept = null; // the strip that was shown last: another day on it is no reason to draw it anew

/** `onAsk` gets what is to be asked otherwise: `as_of` or `known_at`. */
export function stripSection(question, clocks, onAsk, signal) {
  const { entity, policy, variant, known_at } = question;
  const key = JSON.stringify([entity, policy, variant, known_at, clocks.known_at]);
  if (kept?.key !== key) kept = new Strip(key, { entity, policy, variant, known_at }, signal);
  kept.onAsk = onAsk;
  kept.show(question, clocks);
  return kept.element;
}

class Strip {
  #body = el("div", { class: "strip-box" }, el("p", { class: "aside" }, say("page.loading")));
  #told = null; // the history, once it is here
  #slots = []; // a day each; the first stands for all days before anything changed
  #timer = 0;

  constructor(key, question, signal) {
    this.key = key;
    this.question = question;
    this.element = section(say("strip.title"), el("p", { class: "aside" }, say("strip.note")), this.#body);
    this.element.classList.add("strip");
    api.history(question, signal).then((told) => this.#arrived(told), (problem) => this.#failed(problem));
  }

  show(question, clocks) {
    this.asked = question;
    this.clocks = clocks;
    if (this.#told) this.#draw();
  }

  #arrived(told) {
    this.#told = told;
    const [first] = told.days;
    this.#slots = told.periods[0].from == null ? [first ? dayBefore(first) : this.clocks.as_of, ...told.days] : told.days;
    this.#draw();
  }

  #failed(problem) {
    kept = null;
    if (problem.name !== "AbortError") this.#body.replaceChildren(el("p", { role: "alert" }, problem.message || say("page.error.0")));
  }

  #draw() {
    const { periods, instants } = this.#told;
    const place = this.#placeOf(this.clocks.as_of);
    const slider = this.#slots.length > 1 ? this.#slider(place) : el("p", {}, say("strip.nothing_changes"));
    this.#body.replaceChildren(
      this.#picture(place),
      slider,
      this.#warning() ?? "",
      known(instants, this.asked.known_at, (known_at) => this.onAsk({ known_at })),
      stretches(periods, this.asked),
    );
  }

  /** In which slot a day lies. */
  #placeOf(day) {
    const later = this.#slots.findIndex((slot, place) => place && slot > day);
    return (later < 0 ? this.#slots.length : later) - 1;
  }

  #periodAt(place) {
    const { periods } = this.#told;
    return place ? periods.findLast((period) => period.from == null || period.from <= this.#slots[place]) : periods[0];
  }

  #picture(place) {
    const count = this.#slots.length;
    const at = (slot) => `${(100 * slot) / count}%`;
    const begins = this.#told.periods.map((period) => (period.from == null ? 0 : this.#slots.indexOf(period.from)));
    const bands = this.#told.periods.map((period, index) => band(period.outcome, begins[index], (begins[index + 1] ?? count), at));
    const ticks = count > MOST_TICKS ? [] : this.#slots.slice(1).map((_, slot) => svg("line", { class: "strip-tick", x1: at(slot + 1), x2: at(slot + 1), y1: HEIGHT - 6, y2: HEIGHT }));
    return svg(
      "svg",
      { class: "strip-picture", width: "100%", height: HEIGHT + 8, "aria-hidden": "true" },
      svg("defs", {}, hatch("strip-open")),
      bands,
      ticks,
      svg("rect", { class: "strip-here", x: at(place), width: at(1), y: 1, height: HEIGHT + 5 }),
    );
  }

  #slider(place) {
    const last = this.#slots.length - 1;
    const shown = el("output", { class: "strip-shown" });
    const range = el("input", { id: "strip-day", type: "range", min: 0, max: last, step: 1, "aria-label": say("strip.day") });
    range.value = place;
    const tell = () => {
      const told = this.#sentence(range.valueAsNumber);
      range.setAttribute("aria-valuetext", told);
      shown.textContent = told;
    };
    range.addEventListener("input", () => { tell(); this.#later(range.valueAsNumber); });
    tell();
    const step = (by, key) => el("button", { type: "button", id: `strip-${key}`, disabled: place + by < 0 || place + by > last, onclick: () => this.#ask(place + by, `#strip-${key}`) }, say(`strip.${key}`));
    const ends = el("div", { class: "strip-ends aside", "aria-hidden": "true" }, el("span", {}, `< ${this.#slots[1]}`), el("span", {}, `${this.#slots[last]} …`));
    return el("div", { class: "strip-slider" }, range, ends, el("div", { class: "strip-steps" }, step(-1, "earlier"), shown, step(1, "later")));
  }

  #sentence(place) {
    const day = place || this.#told.periods[0].from ? say("strip.since", { day: this.#slots[place] }) : say("strip.before", { day: this.#slots[1] });
    return `${day}: ${word("outcome", this.#periodAt(place).outcome)}`;
  }

  #later(place) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#ask(place, "#strip-day"), PAUSE);
  }

  #ask(place, focus) {
    this.onAsk({ as_of: this.#slots[place] }, focus);
  }

  #warning() {
    if (this.#told.complete) return null;
    const { told_from: day } = this.#told;
    return el("p", {}, el("strong", {}, day ? say("strip.cut", { day }) : say("strip.incomplete")));
  }
}

function band(outcome, from, to, at) {
  const place = { x: at(from), width: at(to - from), y: 4, height: HEIGHT - 10 };
  return [
    svg("rect", { class: `strip-band ${outcome}`, ...place }),
    outcome === "UNDETERMINED" ? svg("rect", { fill: "url(#strip-open)", ...place }) : null,
    svg("rect", { class: "bar-frame", ...place }),
    svg("text", { class: `strip-letter ${outcome}`, x: at(from), dx: 9, y: HEIGHT / 2 + 4 }, say(`strip.letter.${outcome}`)),
  ];
}

function dayBefore(day) {
  const before = new Date(`${day}T00:00:00Z`);
  before.setUTCDate(before.getUTCDate() - 1);
  return before.toISOString().slice(0, 10).padStart(10, "0");
}

/** "As we knew it on": the moments at which something became known, the newest first. */
function known(instants, chosen, onChoose) {
  const moments = [...new Set([...instants, chosen].filter(Boolean))].sort().reverse();
  const options = [el("option", { value: "" }, say("strip.known_now")), ...moments.map((instant) => el("option", { value: instant }, instantText(instant)))];
  const select = el("select", { id: "strip-known", onchange: () => onChoose(select.value) }, options);
  select.value = chosen;
  return el("div", { class: "strip-known" }, el("label", { for: "strip-known" }, say("strip.known")), select, el("span", { class: "hint" }, say("strip.known_hint")));
}

/** "2026-11-23T20:26:51.149988Z" as people read it. */
export function instantText(instant) {
  return instant.replace("T", " ").replace(/(\.\d+)?Z$/, " UTC");
}

function stretches(periods, question) {
  const heads = [[say("strip.from")], [say("page.outcome")], [say("strip.bounds"), "number"], [say("page.why")]];
  const rows = periods.map((period) => row([
    cell(say("strip.from"), "period", start(period, question)),
    cell(say("page.outcome"), "", outcome(period.outcome)),
    cell(say("strip.bounds"), "number", period.tests.filter((test) => test.lower != null).map((test) => el("div", {}, `${percent(test.lower)}–${percent(test.upper)}%`))),
    cell(say("page.why"), "", word("reason", period.reason), period.because.map((change) => el("span", { class: "aside" }, change.sentence[lang]))),
  ]));
  const shown = table(say("strip.table"), heads, rows);
  return el("details", { open: periods.length <= FEW }, el("summary", {}, say("strip.stretches", { count: periods.length })), shown);
}

function start({ from, to }, question) {
  const day = from ?? (to ? dayBefore(to) : null);
  const words = from ?? (to ? say("strip.before", { day: to }) : say("strip.always"));
  return day ? el("a", { href: addressOf({ ...question, as_of: day }), "data-go": true }, words) : words;
}

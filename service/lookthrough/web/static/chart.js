// The ownership chart: looked at, followed by hand or keys, opened and folded, and taken along as a file.

import { chartOf, withChart } from "./address.js";
import * as api from "./api.js";
import { chartFiles, stakesTable } from "./chart_files.js";
import { el, section, svg } from "./dom.js";
import { adopted } from "./drawing.js";
import { arrowDetails, boxDetails } from "./inspector.js";
import { lang, say } from "./setup.js";
import { Tracing } from "./tracing.js";
import { Viewport } from "./viewport.js";

const STEP = 1.3;

/** The chart of the facts that a verdict rests on. */
export function chartSection(verdict, parties, signal) {
  return section(say("page.chart"), new Chart(verdict, parties, signal).node);
}

class Chart {
  node;
  #verdict;
  #parties;
  #signal;
  #asked = chartOf(location.search);
  #asking = new AbortController();
  #frame = el("div", { class: "chart-frame" });
  #panel = el("div", { class: "chart-panel", role: "region", tabindex: "-1", "aria-label": say("page.chart_details"), hidden: true });
  #under = el("div", { class: "chart-under" });
  #reset = el("button", { type: "button", onclick: () => this.#ask({ expand: [], collapse: [] }, this.#verdict.entity.id) }, say("page.chart_reset"));
  #view = new Viewport(this.#frame);
  #drawn = null; // what `adopted` gives, with `traced`, `nodes` and `boxes`
  #from = null; // the box from which arrows are gone through
  #inspected = null;

  constructor(verdict, parties, signal) {
    this.#verdict = verdict;
    this.#parties = parties;
    this.#signal = signal;
    const stage = el("div", { class: "chart-stage" }, this.#tools(), this.#frame, this.#panel);
    this.#follow(stage);
    this.node = el("div", { class: "chart" }, stage, this.#under);
    this.#load();
  }

  #address(form) {
    const { id, version, variant } = this.#verdict.policy;
    const { as_of, known_at, entity } = this.#verdict;
    return api.chartAddress(entity.id, form, { policy: `${id}@${version}`, variant, as_of, known_at, lang, ...this.#asked });
  }

  /** Asks for the drawing; `keep` is the entity whose box stays where it is on the screen. */
  async #load(keep = null) {
    this.#asking.abort();
    this.#asking = new AbortController();
    const signal = AbortSignal.any([this.#signal, this.#asking.signal]);
    this.#frame.setAttribute("aria-busy", "true");
    this.#reset.hidden = !this.#asked.expand.length && !this.#asked.collapse.length;
    if (!this.#drawn) this.#frame.replaceChildren(el("p", { class: "aside" }, say("page.loading")));
    try {
      const text = await api.text(this.#address("chart.svg"), signal);
      this.#show(text, keep);
    } catch (problem) {
      if (problem.name !== "AbortError") this.#fail(problem);
    }
    if (!signal.aborted) this.#frame.removeAttribute("aria-busy");
  }

  #fail(problem) {
    if (!(problem instanceof api.Problem)) console.error(problem);
    const retry = el("button", { type: "button", onclick: () => this.#load() }, say("page.retry"));
    this.#drawn = null;
    this.#frame.replaceChildren(el("div", { class: "problem", role: "alert" }, el("p", {}, problem.message || say("page.error.other")), retry));
  }

  #show(text, keep) {
    const old = this.#drawn;
    const drawn = adopted(text);
    drawn.boxes = new Map(drawn.data.boxes.map((box) => [box.box, box]));
    drawn.traced = new Tracing(drawn.data);
    drawn.nodes = [...drawn.picture.querySelectorAll("[data-box], [data-arrow]")];
    drawn.picture.setAttribute("aria-label", say("page.chart_label"));
    for (const node of drawn.nodes) this.#furnish(node, drawn.boxes.get(node.dataset.box));
    this.#drawn = drawn;
    this.#close();
    const [before, after] = [old && this.#boxOf(old, keep), this.#boxOf(drawn, keep)];
    this.#view.show(drawn.picture, before && after ? { from: place(before), to: place(after) } : null);
    const node = after ?? this.#node("box", "0");
    if (!before || !after) this.#view.open(place(node));
    this.#enter(node, { focus: Boolean(keep) });
    this.#fillUnder(text);
  }

  #furnish(node, box) {
    const title = node.querySelector("title").textContent;
    const more = box?.hidden ? ` · ${say("page.chart_hidden", { count: box.hidden })}` : "";
    node.setAttribute("role", "button");
    node.setAttribute("tabindex", "-1");
    node.setAttribute("aria-label", title + more);
  }

  #boxOf(drawn, entity) {
    const found = drawn.data.boxes.find((box) => box.shape === "party" && box.entity.id === entity);
    return found && drawn.nodes.find((node) => node.dataset.box === found.box);
  }

  #node(kind, number) {
    return this.#drawn.nodes.find((node) => node.dataset[kind] === String(number));
  }

  #tools() {
    const button = (words, onclick, text) => el("button", { type: "button", title: words, "aria-label": text ? words : null, onclick }, text ?? words);
    const directions = ["up", "down", "both"].map((value) => el("option", { value, selected: this.#asked.direction === value }, say(`page.chart_${value}`)));
    const onchange = (event) => this.#ask({ direction: event.target.value }, this.#verdict.entity.id);
    return el(
      "div",
      { class: "chart-tools", role: "group", "aria-label": say("page.chart_tools") },
      el("label", {}, el("span", { class: "visually-hidden" }, say("page.chart_direction")), el("select", { onchange }, directions)),
      this.#reset,
      el("span", { class: "chart-gap" }),
      button(say("page.chart_closer"), () => this.#view.zoom(STEP), "+"),
      button(say("page.chart_further"), () => this.#view.zoom(1 / STEP), "−"),
      button(say("page.chart_fit"), () => this.#view.fit()),
      document.fullscreenEnabled ? button(say("page.chart_full"), () => this.#full()) : null,
    );
  }

  async #full() {
    const stage = this.#frame.parentNode;
    await (document.fullscreenElement ? document.exitFullscreen() : stage.requestFullscreen());
    if (this.#drawn) this.#view.open(place(this.#resting() ?? this.#node("box", "0")));
  }

  /** Another part of the structure; the address says which, so that it can be shared. */
  #ask(changed, keep) {
    Object.assign(this.#asked, changed);
    history.replaceState(history.state, "", withChart(location.href, this.#asked));
    const other = document.getElementById("other-language");
    other.href = withChart(other.href, this.#asked);
    this.#load(keep);
  }

  /** What can be opened or folded at a box: the words for it, and what is asked then; null where nothing can. */
  #change(box) {
    const { expand, collapse } = this.#asked;
    const id = box.entity.id;
    const without = (ids) => ids.filter((other) => other !== id);
    if (box.shape === "open") return null;
    if (collapse.includes(id)) return ["page.chart_open", { collapse: without(collapse) }];
    if (expand.includes(id)) return ["page.chart_refold", { expand: without(expand) }];
    if (box.hidden || box.shape !== "party") return ["page.chart_open", { expand: [...expand, id] }];
    return this.#drawn.traced.goesOn(box) ? ["page.chart_close", { collapse: [...collapse, id] }] : null;
  }

  #toggle(box) {
    const change = this.#change(box);
    if (change) this.#ask(change[1], box.entity.id);
  }

  #actions(box) {
    const change = this.#change(box);
    return change ? [[say(change[0]), () => this.#toggle(box)]] : [];
  }

  /** Hover, focus, click and keys on boxes and arrows. */
  #follow(stage) {
    const at = (event) => event.target.closest?.("[data-box], [data-arrow]");
    this.#frame.addEventListener("pointerover", (event) => this.#light(at(event) ?? this.#resting()));
    this.#frame.addEventListener("pointerleave", () => this.#light(this.#resting()));
    this.#frame.addEventListener("focusin", (event) => at(event) && this.#enter(at(event), { lit: true }));
    this.#frame.addEventListener("focusout", () => this.#light(this.#resting()));
    this.#frame.addEventListener("click", (event) => this.#clicked(at(event), event));
    stage.addEventListener("keydown", (event) => this.#pressed(event));
  }

  #focused() {
    return this.#drawn?.nodes.includes(document.activeElement) ? document.activeElement : null;
  }

  /** What is lit while the pointer is on nothing: where the focus is, else what the details are about. */
  #resting() {
    return this.#focused() ?? (this.#panel.hidden ? null : this.#inspected);
  }

  /** The one node that Tab leads to. */
  #enter(node, { focus = false, lit = false } = {}) {
    for (const other of this.#drawn.nodes) other.setAttribute("tabindex", other === node ? "0" : "-1");
    if (node.dataset.box) this.#from = node.dataset.box;
    if (focus) node.focus({ preventScroll: true });
    if (lit) this.#light(node);
    if (node.matches(":focus-visible")) this.#view.reveal(node.getBBox());
  }

  #light(node) {
    if (!this.#drawn) return;
    const { traced, nodes, picture } = this.#drawn;
    picture.classList.toggle("traced", Boolean(node));
    if (!node) return;
    const chain = node.dataset.box ? traced.throughBox(node.dataset.box) : traced.throughArrow(node.dataset.arrow);
    for (const other of nodes) {
      const { box, arrow } = other.dataset;
      other.classList.toggle("lit", box ? chain.boxes.has(box) : chain.arrows.has(arrow));
    }
  }

  #clicked(node, event) {
    if (!node) return this.#close();
    const box = this.#drawn.boxes.get(node.dataset.box);
    const opens = box && (event.target.matches(".more") || ["holders", "companies"].includes(box.shape));
    if (opens && !this.#asked.expand.includes(box.entity.id)) return this.#toggle(box);
    this.#inspect(node);
  }

  /** The details of a box or an arrow; from the keyboard the focus goes there. */
  #inspect(node, { focus = false } = {}) {
    const { boxes, data } = this.#drawn;
    const box = boxes.get(node.dataset.box);
    const told = box ? boxDetails(box, this.#parties, this.#actions(box)) : arrowDetails(data.arrows[node.dataset.arrow], boxes, this.#parties);
    const close = el("button", { type: "button", class: "chart-close", "aria-label": say("page.chart_dismiss"), onclick: () => this.#close(node) }, "×");
    this.#panel.replaceChildren(close, ...told.flat(Infinity).filter(Boolean));
    this.#panel.hidden = false;
    this.#inspected = node;
    this.#light(node);
    if (focus) this.#panel.focus({ preventScroll: true });
  }

  #close(back = null) {
    this.#panel.hidden = true;
    back?.focus({ preventScroll: true });
    this.#light(this.#resting());
  }

  #pressed(event) {
    if (event.target.matches("select, input") || event.ctrlKey || event.metaKey || event.altKey || !this.#drawn) return;
    const node = this.#focused();
    const act = (node && this.#onNode(node)[event.key]) ?? this.#onChart()[event.key];
    if (!act || (event.target.matches("button, a") && !node && ["Enter", " "].includes(event.key))) return;
    event.preventDefault();
    act();
  }

  #onChart() {
    return {
      "+": () => this.#view.zoom(STEP),
      "=": () => this.#view.zoom(STEP),
      "-": () => this.#view.zoom(1 / STEP),
      0: () => this.#view.fit(),
      f: () => document.fullscreenEnabled && this.#full(),
      Escape: () => this.#closeByKey(),
    };
  }

  #closeByKey() {
    if (!this.#panel.hidden) this.#close(this.#inspected);
    else if (document.fullscreenElement) document.exitFullscreen();
  }

  #onNode(node) {
    const go = (next) => next && this.#enter(next, { focus: true });
    return {
      ArrowUp: () => go(this.#along(node, "into", "owner_box")),
      ArrowDown: () => go(this.#along(node, "out", "owned_box")),
      ArrowLeft: () => go(this.#beside(node, -1)),
      ArrowRight: () => go(this.#beside(node, 1)),
      Home: () => go(this.#node("box", "0")),
      Enter: () => this.#inspect(node, { focus: true }),
      " ": () => node.dataset.box && this.#toggle(this.#drawn.boxes.get(node.dataset.box)),
    };
  }

  /** From a box to its first arrow on a side, from an arrow to the box at that end. */
  #along(node, side, end) {
    const { traced, data } = this.#drawn;
    if (node.dataset.arrow) return this.#node("box", data.arrows[node.dataset.arrow][end]);
    const arrows = traced[side].get(node.dataset.box).map((number) => this.#node("arrow", number));
    const { x } = place(node);
    return arrows.sort((one, other) => Math.abs(place(one).x - x) - Math.abs(place(other).x - x))[0];
  }

  /** The next one to the left or right: of the boxes in a row, or of the arrows at the box that one came from. */
  #beside(node, step) {
    const { traced, nodes } = this.#drawn;
    const number = node.dataset.arrow;
    const sides = [traced.into.get(this.#from), traced.out.get(this.#from)];
    const row = node.dataset.box
      ? nodes.filter((other) => other.dataset.box && Math.abs(place(other).y - place(node).y) < 8)
      : (sides.find((arrows) => arrows.includes(number)) ?? [number]).map((arrow) => this.#node("arrow", arrow));
    row.sort((one, other) => place(one).x - place(other).x);
    return row[row.indexOf(node) + step];
  }

  /** Below the picture: how to read it, its stakes as a table, and files. */
  #fillUnder(text) {
    const { keys, told, data, boxes } = this.#drawn;
    const list = el("ul", { class: "chart-keys" });
    const table = this.#under.querySelector("details");
    this.#under.replaceChildren(
      list,
      el("p", { class: "aside note" }, told),
      el("p", { class: "aside", id: "chart-keys-told" }, say("page.chart_keys")),
      stakesTable(data, boxes, this.#parties, Boolean(table?.open)),
      chartFiles((form) => this.#address(form), text, this.#verdict.entity.id),
    );
    for (const key of keys) showKey(list, key);
  }
}

/** Measured where it is shown, since words are as wide as the reader's font makes them. */
function showKey(list, key) {
  const picture = svg("svg", { class: "drawing", "aria-hidden": "true" }, key);
  const words = key.querySelector(".key").textContent;
  list.append(el("li", {}, picture, el("span", {}, words)));
  key.querySelector(".key").remove();
  const { x, y, width, height } = key.getBBox();
  picture.setAttribute("viewBox", `${x - 2} ${y - 2} ${width + 4} ${height + 4}`);
  picture.setAttribute("width", width + 4);
  picture.setAttribute("height", height + 4);
}

function place(node) {
  const shape = node.querySelector(".edge, .label, .line").getBBox();
  return { x: shape.x + shape.width / 2, y: shape.y + shape.height / 2 };
}

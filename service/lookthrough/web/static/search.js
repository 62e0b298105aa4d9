// The search box: a combobox after the ARIA practice, with suggestions from the service as one types.

import * as api from "./api.js";
import { el, named } from "./dom.js";
import { kindTag, listTag, placeTag, titles } from "./parties.js";
import { outcome } from "./sections.js";
import { say } from "./setup.js";

const PAUSE = 180; // milliseconds without a key before the service is asked
const SHOWN = 8;
const AT_ONCE = 2; // outcomes asked for side by side

export class Search {
  #input;
  #list;
  #found = [];
  #active = -1;
  #timer = 0;
  #asking = new AbortController();
  #chosen = null; // the entity that the text in the box stands for

  /** Over the search box of the page, or over another `input` with its `list`. */
  constructor({ input, list, onChoose, onStatus, onProblem, question }) {
    this.#input = input ?? document.getElementById("q");
    this.#list = list ?? document.getElementById("suggestions");
    Object.assign(this, { onChoose, onStatus, onProblem, question });
    this.#input.addEventListener("input", () => this.#typed());
    this.#input.addEventListener("keydown", (event) => this.#pressed(event));
    this.#input.addEventListener("blur", () => this.#close());
    this.#list.addEventListener("mousedown", (event) => event.preventDefault()); // keeps the focus in the box
    this.#list.addEventListener("click", (event) => this.#clicked(event));
  }

  focus() {
    this.#input.focus();
  }

  /** Show which entity the page is about. */
  show(id, name) {
    this.#chosen = id ? { id, text: name || id } : null;
    this.#input.value = this.#chosen?.text ?? "";
  }

  /** The name of the entity that is shown, once it is known; what was typed meanwhile stays. */
  rename(name) {
    if (this.#chosen && this.#input.value === this.#chosen.text) this.show(this.#chosen.id, name);
  }

  /** The entity that the box stands for; where the text was typed only, what it finds, if that is one. */
  async settle() {
    const text = this.#input.value.trim();
    if (this.#chosen && this.#chosen.text === text) return this.#chosen.id;
    if (!text) return null;
    await this.#ask(text);
    const exact = this.#found.find((entity) => entity.id === text);
    if (exact || this.#found.length === 1) return (exact ?? this.#found[0]).id;
    return null;
  }

  #typed() {
    clearTimeout(this.#timer);
    const text = this.#input.value.trim();
    if (!text) return this.#close();
    this.#timer = setTimeout(() => this.#ask(text), PAUSE);
  }

  async #ask(text) {
    clearTimeout(this.#timer);
    this.#asking.abort(); // An answer to older text must not replace that to newer.
    this.#asking = new AbortController();
    try {
      const { as_of } = this.question();
      this.#open(await api.search(text, SHOWN, { as_of }, this.#asking.signal));
    } catch (problem) {
      if (problem.name === "AbortError") return;
      this.#close();
      this.onProblem(problem);
    }
  }

  #open(found) {
    this.#found = found;
    this.#list.replaceChildren(...found.map((entity, place) => option(entity, `${this.#list.id}-${place}`)));
    this.#list.hidden = !found.length;
    this.#input.setAttribute("aria-expanded", String(found.length > 0));
    this.#activate(-1);
    this.onStatus(found.length ? say("page.found", { count: found.length }) : say("page.nothing_found"));
    const waiting = [...this.#list.children].map((item, place) => [found[place].id, item]);
    for (let line = 0; line < AT_ONCE; line += 1) this.#judge(waiting, this.question(), this.#asking.signal);
  }

  /** The outcome of each row under the chosen rule, one after the other until the list is gone. */
  async #judge(waiting, question, signal) {
    while (waiting.length && !signal.aborted) {
      const [id, item] = waiting.shift();
      const given = await api.outcome(id, question, signal).catch(() => null);
      if (given) item.querySelector(".option-outcome").replaceChildren(outcome(given.outcome));
    }
  }

  #close() {
    clearTimeout(this.#timer);
    this.#asking.abort();
    this.#list.hidden = true;
    this.#input.setAttribute("aria-expanded", "false");
    this.#activate(-1);
  }

  #activate(index) {
    this.#active = index;
    [...this.#list.children].forEach((item, place) => item.setAttribute("aria-selected", String(place === index)));
    const item = this.#list.children[index];
    if (item) this.#input.setAttribute("aria-activedescendant", item.id);
    else this.#input.removeAttribute("aria-activedescendant");
    item?.scrollIntoView({ block: "nearest" });
  }

  #pressed(event) {
    if (event.isComposing) return; // Enter ends the writing of Chinese characters, it chooses nothing.
    const last = this.#found.length - 1;
    const open = !this.#list.hidden;
    const moves = {
      ArrowDown: () => this.#activate(this.#active >= last ? 0 : this.#active + 1),
      ArrowUp: () => this.#activate(this.#active <= 0 ? last : this.#active - 1),
      Enter: () => this.#choose(this.#found[this.#active]),
      Escape: () => this.#close(),
    };
    if (event.key === "ArrowDown" && !open) this.#typed();
    if (!open || !(event.key in moves) || (event.key === "Enter" && this.#active < 0)) return;
    event.preventDefault();
    moves[event.key]();
  }

  #clicked(event) {
    const item = event.target.closest("[role=option]");
    if (item) this.#choose(this.#found[[...this.#list.children].indexOf(item)]);
  }

  #choose(entity) {
    this.show(entity.id, titles(entity)[0]);
    this.#close();
    this.onChoose(entity.id);
  }
}

function option(entity, id) {
  const [first, second] = titles(entity);
  return el(
    "li",
    { role: "option", id, "aria-selected": "false" },
    el(
      "span",
      { class: "option-name" },
      named(first ?? entity.id),
      second ? el("bdi", { class: "aside" }, second) : null,
      el("span", { class: "option-outcome" }),
    ),
    el(
      "span",
      { class: "option-tags" },
      kindTag(entity.kind),
      placeTag(entity, "headquarters") ?? placeTag(entity, "nationality"),
      placeTag(entity, "incorporation"),
      listTag(entity),
      el("code", {}, entity.id),
    ),
  );
}

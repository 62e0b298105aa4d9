// Which entity each line means: what is plain stands folded away, for the rest a person chooses.

import { el, named } from "./dom.js";
import { codes, titles } from "./parties.js";
import { say, word } from "./setup.js";

export class Choices {
  #lines; // { given, by, candidates, chosen }
  #begin;
  #heading = el("h2", { tabindex: "-1", class: "small" }, say("screen.choices"));

  constructor(found, { onBegin, onBack }) {
    this.#lines = found.map((line) => ({ ...line, chosen: line.by ? line.candidates[0].id : null }));
    this.#begin = el("button", { type: "button", class: "primary", onclick: () => onBegin(this.#entities()) });
    const back = el("button", { type: "button", onclick: onBack }, say("screen.change_list"));
    const open = this.#lines.filter((line) => !line.by && line.candidates.length);
    const byName = this.#lines.filter((line) => line.by === "name");
    const plain = this.#lines.filter((line) => line.by && line.by !== "name");
    const nothing = this.#lines.filter((line) => !line.candidates.length);
    this.article = el(
      "section",
      { class: "choices" },
      this.#heading,
      open.length ? [el("p", { class: "aside" }, say("screen.choose", { count: open.length })), this.#list(open)] : null,
      folded(say("screen.by_name", { count: byName.length }), byName, () => this.#list(byName)),
      folded(say("screen.by_id", { count: plain.length }), plain, () => this.#list(plain)),
      nothing.length ? el("details", { open: true }, el("summary", {}, say("screen.nothing", { count: nothing.length })), el("ul", { class: "plain" }, nothing.map((line) => el("li", {}, named(line.given))))) : null,
      el("p", { class: "buttons" }, this.#begin, back),
    );
    this.#count();
  }

  focus() {
    (this.article.querySelector(":scope > ol select") ?? this.#heading).focus();
  }

  #list(lines) {
    return el("ol", { class: "lines" }, lines.map((line) => this.#item(line)));
  }

  #item(line) {
    const option = (entity) => el("option", { value: entity.id, selected: entity.id === line.chosen }, described(entity));
    const choose = (event) => {
      line.chosen = event.target.value || null;
      this.#count();
    };
    const more = line.complete ? null : el("span", { class: "aside" }, say("screen.more_candidates"));
    return el("li", {}, el(
      "label",
      {},
      el("span", { class: "given" }, named(line.given)),
      el("select", { onchange: choose }, el("option", { value: "" }, say("screen.none_chosen")), line.candidates.map(option)),
      more,
    ));
  }

  #count() {
    const chosen = this.#lines.filter((line) => line.chosen).length;
    const left = this.#lines.length - chosen;
    this.#begin.textContent = say(left ? "screen.begin_with_left" : "screen.begin", { count: chosen, left });
  }

  #entities() {
    return this.#lines.map(({ given, chosen }) => (given === chosen ? chosen : { given, entity: chosen }));
  }
}

/** Made when it is opened: a long list stays light. */
function folded(title, lines, make) {
  if (!lines.length) return null;
  const details = el("details", {}, el("summary", {}, title));
  details.addEventListener("toggle", () => details.querySelector("ol") ?? details.append(make()), { once: true });
  return details;
}

/** An entity in one line of text, as an option can show it. */
function described(entity) {
  const seat = codes(entity, entity.kind === "person" ? "nationality" : "headquarters").join("/");
  return [...titles(entity), word("kind", entity.kind), seat, entity.id].filter(Boolean).join(" · ");
}

// Entities by id: verdicts and chains name ids, people read names and countries.

import { addressOf } from "./address.js";
import * as api from "./api.js";
import { el, named } from "./dom.js";
import { lang, regionName, say, word } from "./setup.js";

/** Codes of one attribute on record, each once. */
export function codes(document, attribute) {
  const of = document.locations.filter((location) => location.attribute === attribute);
  return [...new Set(of.map((location) => location.jurisdiction))];
}

/** "Headquarters CN", with the country's full name at hand; several values stay side by side. */
export function placeTag(document, attribute) {
  const found = codes(document, attribute);
  if (!found.length) return null;
  const disputed = document.locations.some((at) => at.attribute === attribute && at.disputed);
  const names = found.map((code) => `${code} ${regionName(code)}`).join(", ");
  const mark = disputed ? el("strong", { class: "alert" }, ` ${say("page.disputed")}`) : null;
  return el(
    "span",
    { class: "tag", title: `${word("attribute", attribute)}: ${names}` },
    el("span", { class: "tag-name" }, say(`page.short.${attribute}`)),
    ` ${found.join(" / ")}`,
    mark,
  );
}

/** The lists that it is on. */
export function listTag(document) {
  const lists = [...new Set(document.lists.map((entry) => entry.list))];
  if (!lists.length) return null;
  return el("span", { class: "tag" }, el("span", { class: "tag-name" }, say("page.short.lists")), ` ${lists.join(", ")}`);
}

export function kindTag(kind) {
  return el("span", { class: "tag kind" }, word("kind", kind));
}

/** The name in the language of the page first, the other name after it. */
export function titles(document) {
  const both = [document.name, document.name_original].filter(Boolean);
  const chinese = (text) => /\p{Script=Han}/u.test(text);
  if (lang === "zh") both.sort((one, other) => chinese(other) - chinese(one));
  return [...new Set(both)];
}

/** Links to entities at the clocks of one question; every description is fetched once. */
export class Parties {
  #asked = new Map();

  constructor(question, clocks) {
    this.question = question;
    this.clocks = clocks;
  }

  describe(id) {
    if (!this.#asked.has(id)) this.#asked.set(id, api.entity(id, this.clocks));
    return this.#asked.get(id);
  }

  /** A link with the id in it at once, and with name and seat as soon as they are known. */
  link(id, name = "") {
    const address = addressOf({ ...this.question, entity: id, edits: "" });
    const link = el("a", { href: address, "data-go": true, title: id, class: "party" }, named(name || id));
    const place = el("span", { class: "seat" });
    this.describe(id).then((document) => {
      link.replaceChildren(named(titles(document)[0] ?? id));
      const tag = placeTag(document, document.kind === "person" ? "nationality" : "headquarters");
      if (tag) place.replaceChildren(" ", tag);
    }, () => {}); // The id stands there already, and the verdict does not hang on the name.
    return el("span", { class: "party-box" }, link, place);
  }
}

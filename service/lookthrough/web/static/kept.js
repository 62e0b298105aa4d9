// A page of what is kept: all of it, or the one that the address names, as /screen/ID and /investigations/ID.

import { onFollow } from "./following.js";
import { lang } from "./setup.js";

export class Kept {
  #path;
  #show;
  #leaving = new AbortController();

  /** `show(id, signal, focus)` fills the page, without an id with all; the signal ends when it is left. */
  constructor(path, show) {
    this.#path = path;
    this.#show = show;
    addEventListener("popstate", () => this.show());
    onFollow((link) => this.go(link.dataset.go));
  }

  addressOf(id, language = lang) {
    return `${this.#path}${id ? `/${encodeURIComponent(id)}` : ""}?lang=${language}`;
  }

  go(id) {
    history.pushState(null, "", this.addressOf(id));
    this.show({ focus: true });
  }

  /** What was under way is left. */
  leave() {
    this.#leaving.abort();
    this.#leaving = new AbortController();
    return this.#leaving.signal;
  }

  show({ focus = false } = {}) {
    const [, , named = ""] = location.pathname.split("/");
    const id = decodeURIComponent(named);
    document.getElementById("other-language").href = this.addressOf(id, lang === "zh" ? "en" : "zh");
    return this.#show(id, this.leave(), focus);
  }
}

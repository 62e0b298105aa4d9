// The ownership chart, as the service draws it.

import { el, section } from "./dom.js";
import { lang, say } from "./setup.js";

/** A picture of the facts of this verdict; what is below the entity, and the figures behind it, as links. */
export function chartSection(document) {
  const picture = el("img", { class: "chart", src: address(document, "chart.svg", "up"), alt: say("page.chart_alt") });
  const links = [
    [address(document, "chart.svg", "up"), say("page.chart_alone")],
    [address(document, "chart.svg", "both"), say("page.chart_both")],
    [address(document, "chart", "up"), say("page.chart_json")],
  ];
  const list = links.map(([href, words]) => el("li", {}, el("a", { href, target: "_blank", rel: "noopener" }, words)));
  return section(say("page.chart"), el("div", { class: "paper", tabindex: "0", role: "group", "aria-label": say("page.chart") }, picture), el("ul", { class: "plain" }, list));
}

function address(document, form, direction) {
  const { id, version, variant } = document.policy;
  const asked = { policy: `${id}@${version}`, variant, as_of: document.as_of, known_at: document.known_at, direction, lang };
  return `/v1/entities/${encodeURIComponent(document.entity.id)}/${form}?${new URLSearchParams(asked)}`;
}

// What stands behind one box or arrow of the chart: totals, claims, and what can be opened there.

import { claimsOf, onTrial } from "./claims.js";
import { el, named } from "./dom.js";
import { band, share } from "./figures.js";
import { kindTag, titles } from "./parties.js";
import { outcome } from "./sections.js";
import { say, word } from "./setup.js";

/** A party's name, or what a box without a name stands for. */
export function nameOf(box) {
  if (box.shape === "holders") return say("chart.holders_alone", { count: box.count });
  if (box.shape === "companies") return say("chart.companies", { count: box.count });
  if (box.shape === "open") return word("missing", box.missing);
  return titles({ name: box.entity.name, name_original: box.name_original })[0] ?? box.entity.id;
}

/** `actions` are [words, what to do] of the box. */
export function boxDetails(box, parties, actions) {
  const at = box.shape === "party" ? null : el("p", {}, parties.link(box.entity.id, box.entity.name));
  const title = box.shape === "party" ? parties.link(box.entity.id, nameOf(box)) : named(nameOf(box));
  return [
    el("p", { class: "claims-title" }, title),
    at,
    el("p", { class: "chart-facts" }, box.shape === "party" ? kindTag(box.entity.kind) : null, box.outcome ? outcome(box.outcome) : null),
    total(box),
    box.groups ? el("p", {}, say("chart.group", { name: box.groups.join(", ") })) : null,
    actions.length ? el("p", { class: "chart-facts" }, actions.map(([words, onclick]) => el("button", { type: "button", onclick }, words))) : null,
  ];
}

/** How much of it counts, or what it holds in all. */
function total(box) {
  if (box.named) return el("p", {}, say("chart.named"));
  if (box.lower == null) return null;
  const figures = [share(box.lower, box.lower_exact), box.upper === box.lower ? null : [" – ", share(box.upper, box.upper_exact)]];
  return el("p", {}, say("page.chart_total"), " ", figures);
}

export function arrowDetails(arrow, boxes, parties) {
  const [owner, owned] = [boxes.get(arrow.owner_box), boxes.get(arrow.owned_box)];
  const told = el("p", { class: "chart-facts" }, word("lane", arrow.lane), figure(arrow, owner), conflict(arrow));
  if (arrow.owner && arrow.owned && owned.shape === "party") return [told, claimsOf(arrow, parties), onTrial(arrow)];
  return [el("p", { class: "claims-title" }, named(nameOf(owner)), " → ", named(nameOf(owned))), told];
}

/** The stake as it is on record; what is left over where nobody is recorded. */
export function figure(arrow, owner) {
  if (owner.shape === "open") return share(arrow.weight);
  return arrow.min == null ? null : el("span", { class: "figure" }, band(arrow));
}

export function conflict(arrow) {
  return arrow.conflict ? el("span", { class: "tag alert" }, say("page.conflict")) : null;
}

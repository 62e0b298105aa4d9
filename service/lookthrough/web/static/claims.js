// Who says so: every source's claim of a direct stake, as it was filed.

import * as api from "./api.js";
import { cell, el, row, section, table, webLink } from "./dom.js";
import { band, percent } from "./figures.js";
import { say, word } from "./setup.js";
import { proposal } from "./what_if.js";

/** The claims of one link of a chain. */
export function claimsOf(link, parties) {
  const body = el("div", {}, say("page.loading"));
  const title = el("p", { class: "claims-title" }, parties.link(link.owner), " → ", parties.link(link.owned));
  stakesOf(link, parties).then(
    (stakes) => body.replaceChildren(...stakes.map((stake) => claimList(stake.claims))),
    (problem) => body.replaceChildren(problem.message || say("page.error.0")),
  );
  return el("div", {}, title, body);
}

async function stakesOf(link, parties) {
  const found = [];
  let cursor = "";
  do {
    const page = await api.owners(link.owned, { ...parties.clocks, lane: link.lane, other: link.owner, limit: "500" }, cursor);
    found.push(...page.items);
    cursor = page.next;
  } while (cursor);
  return found;
}

function claimList(claims) {
  return el("ul", { class: "claims" }, claims.map(claimItem));
}

function claimItem(claim) {
  const confidence = claim.confidence ? word("confidence", claim.confidence) : null;
  const told = [asFiled(claim.percent), period(claim), confidence].filter(Boolean).join(" · ");
  return el(
    "li",
    {},
    el("span", { class: "claim-source" }, webLink(claim.url, claim.source) ?? claim.source),
    claim.ref ? el("span", { class: "aside" }, ` ${claim.ref}`) : null,
    el("span", { class: "claim-told" }, told),
    claim.note ? el("span", { class: "aside note", dir: "auto" }, claim.note) : null,
  );
}

function asFiled(percent) {
  return percent ? say("page.as_filed", { percent }) : say("page.no_percent");
}

/** "from 2017-08-18", "until …", both, or nothing where both ends are open. */
export function period({ valid_from: from, valid_to: to }) {
  if (from && to) return say("page.from_to", { from, to });
  if (from) return say("page.from", { from });
  return to ? say("page.until", { to }) : "";
}

/** The direct owners with the first page of stakes, and a button for each further one. */
export async function ownersSection(id, parties, signal) {
  const body = el("tbody", { role: "rowgroup" });
  const more = el("button", { type: "button", hidden: true }, say("page.more"));
  let cursor = "";
  async function load() {
    const page = await api.owners(id, parties.clocks, cursor, signal);
    body.append(...page.items.map((stake) => ownerRow(stake, parties)));
    cursor = page.next;
    more.hidden = !cursor;
  }
  more.addEventListener("click", load);
  await load();
  if (!body.hasChildNodes()) return section(say("page.owners"), el("p", {}, say("page.no_owners")));
  const heads = [[say("page.owner")], [say("page.lane")], [say("page.share"), "number"], [say("page.period")], [say("page.claims")]];
  const shown = table(say("page.owners_note"), heads, []);
  shown.tBodies[0].replaceWith(body);
  return section(say("page.owners"), shown, more);
}

/** A button that puts the stake into the form for changes, as it is on record. */
export function onTrial({ owner, owned, lane, holding, min, max }) {
  const [from, to] = [owner, owned].map((party) => party.id ?? party);
  const figure = min != null && min === max ? percent(min) : "";
  const edit = { op: "set_stake", owner: from, owned: to, lane, percent: figure };
  return el("div", {}, proposal(holding ? { ...edit, holding } : edit));
}

function ownerRow(stake, parties) {
  const conflict = stake.conflict ? el("span", { class: "tag alert" }, say("page.conflict")) : null;
  const lane = [word("lane", stake.lane), stake.holding].filter(Boolean).join(" · ");
  return row([
    cell(say("page.owner"), "", parties.link(stake.owner.id, stake.owner.name)),
    cell(say("page.lane"), "", lane),
    cell(say("page.share"), "number", band(stake), " ", conflict, onTrial(stake)),
    cell(say("page.period"), "period", period(stake) || "–"),
    cell(say("page.claims"), "", claimList(stake.claims)),
  ]);
}

// What happened and what is suspected, in words of the catalogue.

import { say, setup, word } from "./setup.js";

const ROOMS = { kind: ["decision"], from: ["status", "fact"], to: ["status", "fact"] };

/** A date and a time of day in UTC; the whole instant is in the title of what shows it. */
export function instant(text) {
  return `${text.slice(0, 16).replace("T", " ")} UTC`;
}

export function eventWords(event) {
  const told = Object.entries(event.details).map(([key, value]) => [key, wordOf(ROOMS[key] ?? [], value)]);
  return say(`investigation.event.${event.what}`, Object.fromEntries(told));
}

function wordOf(rooms, value) {
  const known = rooms.map((room) => setup.words[`investigation.${room}.${value}`]).find(Boolean);
  return known ?? String(value);
}

export function editWords(edit) {
  if (edit.op === "set_location") {
    return say("investigation.edit.set_location", { ...edit, attribute: word("attribute", edit.attribute), jurisdiction: edit.jurisdiction || say("places.none") });
  }
  const holding = edit.holding ? ` (${edit.holding})` : "";
  return say(`investigation.edit.${edit.op}`, { ...edit, lane: word("lane", edit.lane), share: share(edit), holding });
}

function share({ lane, percent }) {
  if (lane === "board" || lane === "control") return "";
  return percent ? `${percent}%` : say("investigation.unknown_share");
}

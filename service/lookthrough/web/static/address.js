// The question lives in the address: whoever gets the link sees the same verdict.

import { lang } from "./setup.js";

export const FIELDS = ["entity", "policy", "variant", "as_of", "known_at", "edits"];

export function questionOf(search) {
  const given = new URLSearchParams(search);
  return Object.fromEntries(FIELDS.map((field) => [field, given.get(field) ?? ""]));
}

/** The page that asks for a verdict, or the one that compares policies: questions stay on their page. */
const PATH = location.pathname === "/compare" ? "/compare" : "/";

export function addressOf(question, language = lang, path = PATH) {
  const given = FIELDS.filter((field) => question[field]).map((field) => [field, question[field]]);
  return `${path}?${new URLSearchParams([...given, ["lang", language]])}`;
}

/** How much of the chart is drawn: to which side, and what was opened or folded by hand. */
export function chartOf(search) {
  const given = new URLSearchParams(search);
  return { direction: given.get("direction") ?? "up", expand: given.getAll("expand"), collapse: given.getAll("collapse") };
}

/** The same address with another part of the chart drawn. */
export function withChart(href, { direction, expand, collapse }) {
  const address = new URL(href, location.href);
  for (const field of ["direction", "expand", "collapse"]) address.searchParams.delete(field);
  if (direction !== "up") address.searchParams.set("direction", direction);
  for (const id of expand) address.searchParams.append("expand", id);
  for (const id of collapse) address.searchParams.append("collapse", id);
  return address.href;
}

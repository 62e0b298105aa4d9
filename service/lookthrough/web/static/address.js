// The question lives in the address: whoever gets the link sees the same verdict.

import { lang } from "./setup.js";

export const FIELDS = ["entity", "policy", "variant", "as_of", "known_at"];

export function questionOf(search) {
  const given = new URLSearchParams(search);
  return Object.fromEntries(FIELDS.map((field) => [field, given.get(field) ?? ""]));
}

export function addressOf(question, language = lang) {
  const given = FIELDS.filter((field) => question[field]).map((field) => [field, question[field]]);
  return `/?${new URLSearchParams([...given, ["lang", language]])}`;
}

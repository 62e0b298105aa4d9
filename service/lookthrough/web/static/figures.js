// Figures arrive as decimal text of fractions and stay text: the point moves two places, nothing is computed.

import { el } from "./dom.js";
import { say } from "./setup.js";

const READ = 4; // decimals of a percent figure that people read; the others stand there, but subdued

/** "0.4913" → "49.13" */
export function percent(figure) {
  if (figure.startsWith("-")) return `-${percent(figure.slice(1))}`; // a rest can be below nothing
  const [units, decimals = ""] = figure.split(".");
  const digits = decimals.padEnd(2, "0");
  const whole = (units + digits.slice(0, 2)).replace(/^0+(?=\d)/, "");
  const rest = digits.slice(2).replace(/0+$/, "");
  return rest ? `${whole}.${rest}` : whole;
}

/** The percentage with every digit; `exact` is the fraction behind a figure that was cut, `sign` a ">" or "<". */
export function share(figure, exact, sign = "") {
  const [whole, decimals = ""] = percent(figure).split(".");
  const cut = exact && decimals.length > READ;
  return el(
    "span",
    { class: "figure", title: exact && exact.includes("/") ? exact : null },
    sign,
    decimals ? `${whole}.${decimals.slice(0, READ)}` : whole,
    decimals.length > READ ? el("span", { class: "fine" }, decimals.slice(READ)) : null,
    "%",
    cut && exact.length <= 12 ? el("span", { class: "exact" }, ` = ${exact}`) : null,
  );
}

/** What is on record of a stake: one figure, a band, or nothing. */
export function band(stake) {
  if (stake.min == null) return say("page.no_figure");
  if (stake.min === "0" && stake.max === "1") return say("page.unknown_share");
  if (stake.min === stake.max) return `${percent(stake.min)}%`;
  const [least, most] = [stake.min_open ? ">" : "", stake.max_open ? "<" : ""];
  return `${least}${percent(stake.min)}–${most}${percent(stake.max)}%`;
}

// The interval as a picture: what is proven, what is open, and where the line is. The text beside it says the same.

import { el, svg } from "./dom.js";
import { percent, share } from "./figures.js";
import { hatch } from "./patterns.js";
import { say, word } from "./setup.js";

const HEIGHT = 26;
const ROOM = 6; // how far the mark of the line stands out above and below

/** Bar and legend of one ownership test. Widths are the figures themselves, as percent text. */
export function intervalBar(test) {
  const line = say(`line.${test.operator}`, { threshold: percent(test.threshold) });
  return el("figure", { class: "interval" }, picture(test, line), legend(test, line));
}

function picture(test, line) {
  const told = say("page.bar", {
    lower: percent(test.lower), upper: percent(test.upper), line, lane: word("lane", test.lane),
  });
  const at = `${percent(test.threshold)}%`;
  const layer = (kind, figure, fill) => svg("rect", { class: kind, y: ROOM, height: HEIGHT, width: `${percent(figure)}%`, fill });
  return svg(
    "svg",
    { class: "bar", role: "img", "aria-label": told, height: HEIGHT + 2 * ROOM, width: "100%" },
    svg("defs", {}, hatch(`open-${test.id}`)),
    layer("bar-clean", "1"),
    layer("bar-unknown", test.upper),
    layer("bar-hatch", test.upper, `url(#open-${test.id})`),
    layer("bar-restricted", test.lower),
    svg("rect", { class: "bar-frame", y: ROOM, height: HEIGHT, width: "100%" }),
    svg("line", { class: "bar-line", x1: at, x2: at, y1: 0, y2: HEIGHT + 2 * ROOM }),
  );
}

function legend(test, line) {
  const part = (kind, figure, exact, strict) =>
    el("li", {}, swatch(kind), el("span", {}, say(`page.part.${kind}`)), " ", share(figure, exact, strict ? ">" : ""));
  return el(
    "figcaption",
    {},
    el(
      "ul",
      { class: "legend" },
      part("restricted", test.restricted ?? test.lower, test.restricted_exact ?? test.lower_exact, test.lower_strict),
      test.unknown == null ? null : part("unknown", test.unknown, test.unknown_exact),
      test.clean == null ? null : part("clean", test.clean, test.clean_exact, test.upper_strict),
      el("li", {}, swatch("line"), say("page.part.line", { line })),
    ),
  );
}

function swatch(kind) {
  const box = svg("rect", { class: `bar-${kind}`, width: 14, height: 14 });
  const marks = {
    restricted: [box],
    unknown: [svg("defs", {}, hatch("open-swatch")), box, svg("rect", { width: 14, height: 14, fill: "url(#open-swatch)" })],
    clean: [box, svg("rect", { class: "bar-frame", width: 14, height: 14 })],
    line: [svg("line", { class: "bar-line", x1: 7, x2: 7, y1: 0, y2: 14 })],
  };
  return svg("svg", { class: "swatch", width: 14, height: 14, "aria-hidden": "true" }, marks[kind]);
}

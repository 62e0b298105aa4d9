// Stripes, so that what is open is told apart without colour.

import { svg } from "./dom.js";

export function hatch(id) {
  const stripe = svg("line", { class: "bar-stripe", x1: 0, y1: 0, x2: 0, y2: 7 });
  const frame = { id, width: 7, height: 7, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" };
  return svg("pattern", frame, stripe);
}

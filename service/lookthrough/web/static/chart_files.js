// The chart as a table for those who cannot see it, and as files: SVG, PNG, CSV, JSON.

import { cell, el, row, table } from "./dom.js";
import { conflict, figure, nameOf } from "./inspector.js";
import { say, word } from "./setup.js";

const DOTS = 16_000_000; // at most so many in a picture, and at most so many at a side: what every browser can draw
const SIDE = 8_000;
const SHARP = 2;

/** Every arrow of the chart in words, made when somebody opens it. */
export function stakesTable(data, boxes, parties, open) {
  const body = el("div", {});
  const details = el("details", { open }, el("summary", {}, say("page.chart_table", { count: data.arrows.length })), body);
  details.addEventListener("toggle", () => {
    if (details.open && !body.hasChildNodes()) body.append(stakes(data, boxes, parties));
  });
  return details;
}

function stakes({ arrows }, boxes, parties) {
  const heads = [[say("page.owner")], [say("page.chart_owned")], [say("page.lane")], [say("page.share"), "number"], [say("page.chart_sources")]];
  const party = (box) => (box.shape === "party" ? parties.link(box.entity.id, nameOf(box)) : nameOf(box));
  const rows = arrows.map((arrow) => {
    const [owner, owned] = [boxes.get(arrow.owner_box), boxes.get(arrow.owned_box)];
    return row([
      cell(say("page.owner"), "", party(owner)),
      cell(say("page.chart_owned"), "", party(owned)),
      cell(say("page.lane"), "", word("lane", arrow.lane)),
      cell(say("page.share"), "number", figure(arrow, owner) ?? "–", " ", conflict(arrow)),
      cell(say("page.chart_sources"), "", (arrow.sources ?? []).join(", ") || "–"),
    ]);
  });
  return table(say("page.chart_table_note"), heads, rows);
}

/** `address` gives where the service has a form of the chart; `text` is the drawing as it came. */
export function chartFiles(address, text, name) {
  const link = (form, words) => el("a", { href: address(form), download: `${name}.${form === "chart" ? "chart.json" : form}` }, words);
  const png = el("button", { type: "button", class: "plain-link", onclick: () => save(text, name) }, "PNG");
  return el("p", { class: "chart-files" }, say("page.chart_files"), link("chart.svg", "SVG"), png, link("chart.csv", "CSV"), link("chart", "JSON"));
}

/** Drawn from the text itself, so that the file is what is seen. */
async function save(text, name) {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const { width, height } = image;
  const scale = Math.min(SHARP, SIDE / width, SIDE / height, Math.sqrt(DOTS / (width * height)));
  const canvas = el("canvas", { width: Math.floor(width * scale), height: Math.floor(height * scale) });
  const context = canvas.getContext("2d");
  context.scale(scale, scale);
  context.drawImage(image, 0, 0);
  canvas.toBlob((file) => {
    const address = URL.createObjectURL(file);
    el("a", { href: address, download: `${name}.chart.png` }).click();
    setTimeout(() => URL.revokeObjectURL(address), 1000);
  }, "image/png");
}

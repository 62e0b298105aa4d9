// Lists as people have them: lines that are pasted, or one column of a file, read in the browser.

import { el } from "./dom.js";
import { say } from "./setup.js";

export const MOST_LINES = 10000;
export const LONGEST_LINE = 300; // characters, as the service takes them
const LARGEST = 20000000; // bytes
const LIKELY = ["entity", "id", "name", "company", "party", "名称", "公司", "企业名称"];

/** The lines with something in them. */
export function linesOf(text) {
  return text.split(/\r\n|\r|\n/).map((line) => line.trim()).filter(Boolean);
}

/** Records of a table in text, whose cells may be quoted. */
export function records(text, separator) {
  const found = [[""]];
  let quoted = false;
  for (let place = 0; place < text.length; place += 1) {
    const sign = text[place];
    const cells = found.at(-1);
    if (quoted) {
      if (sign !== '"') cells[cells.length - 1] += sign;
      else if (text[place + 1] === '"') cells[cells.length - 1] += text[place += 1];
      else quoted = false;
    } else if (sign === '"' && cells.at(-1) === "") quoted = true;
    else if (sign === separator) cells.push("");
    else if (sign === "\n") found.push([""]);
    else if (sign !== "\r") cells[cells.length - 1] += sign;
  }
  return found.filter((cells) => cells.some((each) => each.trim()));
}

/** What separates the columns of a header: the sign that is there most often. */
function separatorOf(text) {
  const header = text.split("\n", 1)[0];
  const often = (sign) => header.split(sign).length;
  return [",", ";", "\t"].sort((one, other) => often(other) - often(one))[0];
}

/** Fill the box from a file, by the column that somebody chooses. */
export function listFields(form, tell) {
  const { lines } = form.elements;
  const file = document.getElementById("file");
  const column = document.getElementById("column");
  const field = document.getElementById("column-field");
  let table = [];

  function take() {
    const place = column.selectedIndex;
    const cells = table.slice(1).map((row) => (row[place] ?? "").replace(/\s+/g, " ").trim());
    lines.value = cells.filter(Boolean).join("\n");
    const empty = cells.filter((each) => !each).length;
    tell(say(empty ? "screen.read_with_empty" : "screen.read", { count: cells.length - empty, empty }));
  }

  file.addEventListener("change", async () => {
    const [chosen] = file.files;
    field.hidden = true;
    if (!chosen) return;
    const text = chosen.size > LARGEST ? null : await textOf(chosen);
    if (text === null) {
      lines.value = "";
      return tell(say(chosen.size > LARGEST ? "screen.file_large" : "screen.file_encoding"));
    }
    if (chosen.name.toLowerCase().endsWith(".txt")) {
      lines.value = linesOf(text).join("\n");
      return tell(say("screen.read", { count: linesOf(text).length }));
    }
    table = records(text, separatorOf(text));
    const heads = (table[0] ?? [""]).map((head) => head.trim());
    column.replaceChildren(...heads.map((head, place) => el("option", { value: place }, head || `${place + 1}`)));
    column.selectedIndex = Math.max(0, heads.findIndex((head) => LIKELY.includes(head.toLowerCase())));
    field.hidden = heads.length < 2;
    take();
  });
  column.addEventListener("change", take);
}

/** The text of a file in UTF-8, or null. */
async function textOf(file) {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
  } catch {
    return null;
  }
}

// Elements made from text, never from markup: names come from anybody's files.

const SVG = "http://www.w3.org/2000/svg";

/** An element with attributes, listeners (`onclick`) and children; text and null are fine as children. */
export function el(tag, attributes = {}, ...children) {
  return furnish(document.createElement(tag), attributes, children);
}

export function svg(tag, attributes = {}, ...children) {
  return furnish(document.createElementNS(SVG, tag), attributes, children);
}

function furnish(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value != null) node.setAttribute(name, value);
  }
  node.append(...children.flat(Infinity).filter((child) => child != null && child !== false));
  return node;
}

/** A name as it was filed, kept from turning the text around it when it is written right to left. */
export function named(text) {
  return el("bdi", {}, text);
}

/** A link only where the address is one of the web; claims can carry anything. */
export function webLink(address, text) {
  if (!/^https?:\/\//i.test(address)) return address ? el("span", {}, text) : null;
  return el("a", { href: address, rel: "noreferrer noopener", target: "_blank" }, text);
}

/** A section with a heading, or nothing where it would be empty. */
export function section(title, ...children) {
  const filled = children.flat(Infinity).filter(Boolean);
  return filled.length ? el("section", {}, el("h3", {}, title), filled) : null;
}

/** A table; the roles are spelt out because a narrow screen folds it, which would take them away. */
export function table(caption, heads, rows) {
  const cells = heads.map(([text, kind]) => el("th", { scope: "col", role: "columnheader", class: kind }, text));
  return el(
    "table",
    { role: "table" },
    el("caption", { class: "aside" }, caption),
    el("thead", { role: "rowgroup" }, row(cells)),
    el("tbody", { role: "rowgroup" }, rows),
  );
}

export function row(cells, kind = null) {
  return el("tr", { role: "row", class: kind }, cells);
}

/** A cell; `head` names its column where the table is folded on a narrow screen. */
export function cell(head, kind, ...children) {
  return el("td", { role: "cell", "data-head": head, class: kind || null }, el("div", {}, children));
}

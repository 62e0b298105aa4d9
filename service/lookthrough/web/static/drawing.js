// The service's drawing as elements of the page: only shapes and words, whatever the text holds.

const SHAPES = new Set(["svg", "defs", "pattern", "path", "circle", "rect", "polygon", "g", "title", "text"]);

/** The parts of a chart's SVG: `body` to look at, `keys` of its legend, what is `told` about it, and its `data`. */
export function adopted(text) {
  const read = new DOMParser().parseFromString(text, "image/svg+xml");
  if (read.querySelector("parsererror")) throw new Error("the chart cannot be read");
  const [told, data] = ["desc", "metadata"].map((tag) => read.querySelector(tag).textContent);
  const picture = document.importNode(read.documentElement, true);
  for (const node of [...picture.querySelectorAll("*")]) {
    if (!SHAPES.has(node.localName)) node.remove();
  }
  for (const node of [picture, ...picture.querySelectorAll("*")]) {
    for (const { name } of [...node.attributes]) if (/^on|href$|^style$/i.test(name)) node.removeAttribute(name);
  }
  const keys = [...picture.querySelectorAll(".legend > .entry")];
  for (const node of [...picture.children]) {
    if (node.localName !== "defs" && !node.matches(".body")) node.remove();
  }
  picture.querySelector(".body").removeAttribute("transform");
  for (const name of ["width", "height", "aria-roledescription"]) picture.removeAttribute(name);
  picture.setAttribute("role", "group");
  picture.classList.add("drawing");
  return { picture, keys, told, data: JSON.parse(data) };
}

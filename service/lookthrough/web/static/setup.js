// What the server laid into the page: the words of the chosen language, the policies, the demo cases.

export const setup = JSON.parse(document.getElementById("setup").textContent);
export const lang = setup.lang;

/** The text of the catalogue with its {fields} filled in; an unknown key shows itself. */
export function say(key, values = {}) {
  const text = setup.words[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** The catalogue's word for a code that may be newer than this page; then the code itself. */
export function word(room, code) {
  return setup.words[`${room}.${code}`] ?? code.replaceAll("_", " ");
}

const regions = new Intl.DisplayNames([lang === "zh" ? "zh-Hans" : "en"], { type: "region", fallback: "code" });

/** The name of a country or territory in the chosen language. */
export function regionName(code) {
  try {
    return regions.of(code);
  } catch {
    return code; // Not every code on record is one that the browser knows.
  }
}

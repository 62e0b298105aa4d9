// Notes: shown as they were rendered by the service, written, and revised; every version can be read.

import * as api from "./api.js";
import { el } from "./dom.js";
import { instant } from "./investigation_words.js";
import { say } from "./setup.js";

const TAGS = new Set(["a", "blockquote", "br", "code", "em", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul"]);

/** The section; `dossier` is the investigation and takes changes. */
export function notesSection(dossier) {
  const { notes } = dossier.now;
  return [
    notes.length ? notes.map((note) => noteArticle(dossier, note)) : el("p", { class: "aside" }, say("investigation.no_notes")),
    dossier.closed ? null : noteForm(dossier, "POST", "/notes", "", "investigation.add_note", "new"),
  ];
}

function noteArticle(dossier, note) {
  const body = el("div", { class: "written" }, rendered(note.html));
  const article = el("article", { class: "noted", "aria-label": `${say("investigation.note")} ${note.number}` });
  const revise = el("button", { type: "button", class: "small no-print", onclick: () => {
    const form = noteForm(dossier, "PUT", `/notes/${note.number}`, note.text, "investigation.keep_revision", note.number);
    form.append(el("button", { type: "button", onclick: () => form.replaceWith(body) }, say("investigation.cancel")));
    body.replaceWith(form);
    form.querySelector("textarea").focus();
  } }, say("investigation.revise"));
  const written = el("span", { title: note.written_at }, `${note.number} · ${say("investigation.revision", { number: note.revision })} · ${instant(note.written_at)} `);
  article.append(el("p", { class: "aside" }, written, dossier.closed ? null : revise), body);
  if (note.revision > 1) article.append(earlier(dossier, note));
  return article;
}

/** The versions before, fetched when somebody opens them. */
function earlier(dossier, note) {
  const body = el("div", {}, say("page.loading"));
  const details = el("details", {}, el("summary", {}, say("investigation.earlier")), body);
  details.addEventListener("toggle", async () => {
    if (!details.open) return;
    const told = await api.investigation(dossier.now.id, `/notes/${note.number}`).catch((problem) => problem);
    if (!told.items) return body.replaceChildren(told.message);
    const versions = told.items.filter(({ revision }) => revision < note.revision).reverse();
    body.replaceChildren(...versions.map((each) => el("div", { class: "written old" },
      el("p", { class: "aside" }, `${say("investigation.revision", { number: each.revision })} · ${instant(each.written_at)}`), rendered(each.html))));
  });
  return details;
}

function noteForm(dossier, method, room, text, button, key) {
  const area = el("textarea", { id: `note-${key}`, name: "text", rows: 4, maxlength: 10000, required: true });
  area.value = text;
  const label = el("label", { for: area.id }, say("investigation.note"), " ", el("span", { class: "hint" }, say("investigation.note_hint")));
  return dossier.form("notes", el("div", { class: "field whole" }, label, area), say(button),
    (form) => [method, room, { text: form.elements.text.value }]);
}

/** Elements made anew from the service's HTML: only those that notes can have, only links to the web. */
function rendered(html) {
  return [...new DOMParser().parseFromString(html, "text/html").body.childNodes].map(made);
}

function made(node) {
  if (node.nodeType === Node.TEXT_NODE) return node.textContent;
  const tag = node.nodeName.toLowerCase();
  const children = [...node.childNodes].map(made);
  if (!TAGS.has(tag)) return children;
  const href = tag === "a" ? node.getAttribute("href") : null;
  if (tag === "a" && !/^https?:\/\//i.test(href ?? "")) return children;
  return el(tag, tag === "a" ? { href, rel: "noreferrer noopener", target: "_blank" } : {}, children);
}
